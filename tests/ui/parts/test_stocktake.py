from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.parts.actions import add_place, receive_parts
from app.parts.queries import moves_of
from app.workflows.drafts import drafts, read_draft
from tests.bench_pack import BOILER, SEAL
from tests.repair_bench import Bench
from tests.stores import EVERYTHING
from tests.ui.opened import CTRL, ENTER, Opened, act, words
from tests.ui.walking import cut, marked_up, unnamed
from ui.parts.stocktake_page import DRAFT, PAUSE, StocktakePage


def do(bench: Bench, action: Any, *args: Any, **named: Any) -> Any:
    return bench.store.write(EVERYTHING, action, args, named).result


def listed(page: StocktakePage) -> list[str]:
    return [page.list.lines.record(row).number for row in range(page.list.lines.rowCount())]


def cells(page: StocktakePage, number: str) -> list[str]:
    row = page.list.lines.row_of(number)
    return [str(page.list.lines.data(page.list.lines.index(row, at))) for at in (1, 2, 3)]


def count(opened: Opened, page: StocktakePage, number: str, found: str) -> None:
    page._choose(number)
    page.found.setFocus()
    page.found.line.selectAll()
    opened.types(found)


def test_a_place_is_counted_by_keyboard_and_booked_in_one_act(opened: Opened, bench: Bench) -> None:
    do(bench, receive_parts, SEAL, place=bench.van, quantity=40)
    page = opened.page(StocktakePage, bench.van)
    before = cells(page, SEAL)
    count(opened, page, BOILER, "2")
    count(opened, page, SEAL, "37")

    page.reason.setFocus()
    opened.types("three were torn", enter=False)
    QTest.keyClick(opened.focus(), ENTER, CTRL)
    opened.settle()

    assert ["", "", ""] == before
    assert (2, 37) == (bench.level(BOILER), bench.level(SEAL))
    newest = bench.ask(moves_of, SEAL)[0]
    assert (-3, 37, "three were torn") == (newest.body["quantity"], newest.body["found"], newest.body["reason"])
    assert "" == bench.ask(moves_of, BOILER)[0].body["reason"]
    assert not page.tally.counted
    assert bench.ask(read_draft, DRAFT + bench.van) is None


def test_what_was_expected_shows_once_a_part_was_counted_or_when_it_is_asked_for(opened: Opened, bench: Bench) -> None:
    page = opened.page(StocktakePage, bench.van)

    count(opened, page, BOILER, "5")
    counted = cells(page, BOILER)
    count(opened, page, SEAL, "") if SEAL in listed(page) else None
    page.forget() if page._wanted == BOILER else page._choose(BOILER)
    page.forget()
    hidden = cells(page, BOILER)
    page.expected.choose(True)
    page._show()

    assert (["2", "5", "+3"], ["", "", ""]) == (counted, hidden)
    assert ["2", "", ""] == cells(page, BOILER)


def test_without_a_reason_for_what_differs_nothing_is_booked_and_the_field_says_so(
    opened: Opened, bench: Bench
) -> None:
    page = opened.page(StocktakePage, bench.van)
    count(opened, page, BOILER, "1")

    act(page, "book_count")
    opened.settle()

    assert page._why.problem
    assert 2 == bench.level(BOILER)
    assert 1 == page.tally.counted[BOILER].found


def test_a_part_used_after_it_was_counted_is_not_counted_away(opened: Opened, bench: Bench) -> None:
    page = opened.page(StocktakePage, bench.van)
    count(opened, page, BOILER, "2")
    bench.use(BOILER)
    opened.settle()

    act(page, "book_count")
    opened.settle()

    assert 1 == bench.level(BOILER)


def test_a_count_is_taken_back_whole(opened: Opened, bench: Bench) -> None:
    do(bench, receive_parts, SEAL, place=bench.van, quantity=4)
    page = opened.page(StocktakePage, bench.van)
    count(opened, page, BOILER, "1")
    count(opened, page, SEAL, "9")
    page.reason.setText("counted")
    act(page, "book_count")
    opened.settle()
    booked = (bench.level(BOILER), bench.level(SEAL))

    _, undo = opened.told[-1]
    undo()
    opened.settle()

    assert ((1, 9), (2, 4)) == (booked, (bench.level(BOILER), bench.level(SEAL)))


def test_a_count_is_kept_for_each_place_and_comes_back(opened: Opened, bench: Bench) -> None:
    porto = do(bench, add_place, "Workshop Porto")
    page = opened.page(StocktakePage, bench.van)
    count(opened, page, BOILER, "1")
    page.reason.setText("one is broken")
    page._go_to(porto)
    opened.settle()
    there = dict(page.tally.counted)
    page.leave()
    opened.settle()

    again = opened.page(StocktakePage)

    assert {} == there
    assert again.sheet
    assert (bench.van, 1, "one is broken") == (
        again.sheet.place,
        again.tally.counted[BOILER].found,
        again.reason.text(),
    )


def test_what_was_thrown_away_comes_back_with_undo(opened: Opened, bench: Bench) -> None:
    page = opened.page(StocktakePage, bench.van)
    count(opened, page, BOILER, "1")

    act(page, "clear_count")
    opened.settle()
    empty = not page.tally.counted
    _, undo = opened.told[-1]
    undo()
    opened.qtbot.wait(PAUSE + 50)
    opened.settle()

    assert empty
    assert 1 == page.tally.counted[BOILER].found
    assert [DRAFT + bench.van] == [each.place for each in bench.ask(drafts)]


def test_a_part_that_lies_there_unexpected_is_scanned_into_the_list(opened: Opened, bench: Bench) -> None:
    page = opened.page(StocktakePage, bench.van)
    before = SEAL in listed(page)

    assert page.scanned(SEAL)
    opened.settle()
    opened.types("7")

    assert SEAL in listed(page)
    assert before or 7 == page.tally.counted[SEAL].difference


def test_a_number_of_no_part_is_said(opened: Opened, bench: Bench) -> None:
    page = opened.page(StocktakePage, bench.van)
    before = listed(page)

    page.scanned("<b>no</b>")
    opened.settle()

    assert "No part has this number." in words(page)
    assert before == listed(page)


def test_a_digit_in_the_list_begins_the_number_and_enter_leads_to_it(opened: Opened, bench: Bench) -> None:
    page = opened.page(StocktakePage, bench.van)
    page.list.setFocus()
    page.list.choose(BOILER)
    page._choose(BOILER)

    QTest.keyClick(page.list, Qt.Key.Key_4)
    typed = page.found.text
    page.list.setFocus()
    QTest.keyClick(page.list, ENTER)

    assert "4" == typed
    assert page.found.line.hasFocus()


@pytest.mark.parametrize("typed", ["", "x", "-1", "2.5"])
def test_what_is_no_count_is_said_and_not_kept(opened: Opened, bench: Bench, typed: str) -> None:
    page = opened.page(StocktakePage, bench.van)

    count(opened, page, BOILER, typed)
    if page.tally.counted:
        act(page, "book_count")
        opened.settle()

    assert page._found.problem
    assert 2 == bench.level(BOILER)


@pytest.mark.parametrize(("theme", "language"), [("light", "en"), ("dark", "ar"), ("light", "zh-Hans")])
def test_nothing_is_cut_or_unnamed(
    opened: Opened, bench: Bench, dress: Callable[[str, str], None], theme: str, language: str
) -> None:
    dress(theme, language)
    page = opened.page(StocktakePage, bench.van)
    count(opened, page, BOILER, "1")

    assert [] == [*cut(page), *unnamed(page), *marked_up(page)]
