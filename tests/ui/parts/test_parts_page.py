from collections.abc import Callable
from typing import Any

import pytest

from app.kernel.serials import check_character
from app.parts.queries import places
from tests.bench_pack import BOILER, FD2, NEW_BOILER, NEW_VALVE, OLD_BOILER, OLD_VALVE, SEAL
from tests.repair_bench import Bench
from tests.ui.opened import Opened, act, words
from tests.ui.walking import cut, marked_up, unnamed
from ui.parts.parts_page import PartsPage
from ui.widgets.texts import spoken


def shown(page: PartsPage) -> list[str]:
    return [page._model.record(row).number for row in range(page._model.rowCount())]


def test_parts_stand_with_their_places_as_columns(opened: Opened) -> None:
    page = opened.page(PartsPage)

    heads = [str(page._model.headerData(at, page.list.horizontalHeader().orientation()) or "") for at in range(4)]

    assert ["Part", "Van Tiago", "In all", "Floor"] == heads
    assert BOILER in shown(page)


def test_an_old_number_finds_the_part_that_took_over(opened: Opened) -> None:
    page = opened.page(PartsPage)
    page.search.setFocus()

    opened.types(OLD_VALVE, enter=False)
    opened.qtbot.waitUntil(lambda: NEW_VALVE in shown(page) and len(shown(page)) <= 2)

    assert BOILER not in shown(page)


def test_a_count_explains_what_is_below_zero(opened: Opened, bench: Bench) -> None:
    bench.use(SEAL, quantity=3, old=None, new=None)
    page = opened.page(PartsPage, SEAL)
    before = words(page)

    act(page, "count")
    page.forms["count"].found.put(0)  # type: ignore[attr-defined]
    page.forms["count"].submit()
    opened.settle()
    asked = words(page)
    page.forms["count"].reason.setText("never booked in")  # type: ignore[attr-defined]
    page.forms["count"].submit()
    opened.settle()

    assert "1 below zero" in before
    assert "Say why, so that the next person understands it." in asked
    assert 0 == bench.level(SEAL)


def test_pieces_are_received_and_the_booking_is_taken_back(opened: Opened, bench: Bench) -> None:
    page = opened.page(PartsPage, BOILER)
    act(page, "receive")
    page.forms["receive"].submit()
    opened.settle()
    received = bench.level()

    assert page._detail
    page._reverse(page._detail.moves[0])
    opened.settle()

    assert (3, 2) == (received, bench.level())
    assert "(taken back)" in words(page)


def test_a_new_place_becomes_a_column_and_parts_move_there(opened: Opened, bench: Bench) -> None:
    page = opened.page(PartsPage, BOILER)
    act(page, "add_place")
    opened.types("Workshop Porto", enter=False)
    opened.save()
    porto = next(each.id for each in bench.ask(places) if each.name == "Workshop Porto")

    act(page, "move")
    form = page.forms["move"]
    form.place.choose(bench.van)  # type: ignore[attr-defined]
    form.to.choose(porto)  # type: ignore[attr-defined]
    form.submit()
    opened.settle()

    assert 1 == bench.level()
    assert "Workshop Porto" in [spoken.head for spoken in page._model.columns]


def test_the_chosen_part_leads_to_its_predecessor(opened: Opened) -> None:
    page = opened.page(PartsPage, NEW_VALVE)

    page.side.number_asked.emit(OLD_VALVE)
    opened.settle()

    assert "Replaced by" in words(page)


def test_a_filter_keeps_what_it_names(opened: Opened) -> None:
    page = opened.page(PartsPage)

    page._filter_by("low")

    assert BOILER not in shown(page)
    assert SEAL in shown(page)


@pytest.mark.parametrize(
    ("theme", "language"), [("light", "en"), ("dark", "en"), ("light", "ar"), ("light", "zh-Hans")]
)
def test_nothing_is_cut_unnamed_or_read_as_markup(
    opened: Opened, bench: Bench, dress: Callable[[str, str], None], theme: str, language: str
) -> None:
    dress(theme, language)
    page = opened.page(PartsPage, NEW_VALVE)
    found = []

    for name in ("", "count", "receive", "move", "add_place"):
        if name:
            act(page, name)
        opened.settle()
        found += [*cut(page), *unnamed(page), *marked_up(page)]

    assert [] == found


def test_a_question_names_its_part_while_another_one_is_chosen_in_the_list(opened: Opened, bench: Bench) -> None:
    page = opened.page(PartsPage, BOILER)
    act(page, "receive")
    asked = page.forms["receive"].headline.text()
    page.list.setCurrentIndex(page._model.index(shown(page).index(SEAL), 0))
    opened.settle()

    page.forms["receive"].submit()
    opened.settle()

    assert "Receive: Boiler 11 l" == asked
    assert page._detail
    assert (SEAL, 3, 0) == (page._detail.number, bench.level(BOILER), bench.level(SEAL))


@pytest.mark.parametrize(("name", "field"), [("count", "found"), ("receive", "quantity"), ("move", "quantity")])
@pytest.mark.parametrize("typed", ["", "1o", "2.5"])
def test_what_is_no_whole_number_is_not_booked_as_none(
    opened: Opened, bench: Bench, name: str, field: str, typed: str
) -> None:
    page = opened.page(PartsPage, BOILER)
    act(page, name)
    form: Any = page.forms[name]
    getattr(form, field).line.setText(typed)
    if name == "count":
        form.reason.setText("counted")

    form.submit()
    opened.settle()

    assert "Write a whole number." == form.fields[field].problem
    assert 2 == bench.level(BOILER)


def test_what_was_typed_for_one_part_is_not_in_the_question_about_the_next(opened: Opened) -> None:
    page = opened.page(PartsPage, BOILER)
    form: Any = page.forms["receive"]
    act(page, "receive")
    form.quantity.put(50)
    form.document.setText("LS-1")
    form.close_panel()
    act(page, "receive")
    same = (form.quantity.value, form.document.text())

    page.open(SEAL)
    opened.settle()
    act(page, "receive")

    assert ((50, "LS-1"), (1, "")) == (same, (form.quantity.value, form.document.text()))


def test_a_part_that_is_asked_for_is_shown_whatever_was_looked_for_before(opened: Opened) -> None:
    page = opened.page(PartsPage, BOILER)
    page.search.setText("seal")
    page._read()
    opened.settle()
    page._filter_by("low")

    page.open(NEW_VALVE)
    opened.settle()

    assert page._detail
    assert (NEW_VALVE, "") == (page._detail.number, page.search.text())
    assert NEW_VALVE == page.list.current.number


def test_a_part_that_is_no_longer_listed_is_shown_too_until_something_else_is_looked_for(opened: Opened) -> None:
    page = opened.page(PartsPage, OLD_VALVE)
    page.retranslate()
    opened.settle()
    assert page._detail
    asked = (page._detail.number, page.list.current)

    page.search.setFocus()
    opened.types("seal", enter=False)
    opened.qtbot.waitUntil(lambda: shown(page) == [SEAL])
    opened.settle()

    assert (OLD_VALVE, None) == asked
    assert page._detail
    assert SEAL == page._detail.number


def test_a_count_says_how_it_differs_while_it_is_typed(opened: Opened) -> None:
    page = opened.page(PartsPage, BOILER)
    act(page, "count")
    form: Any = page.forms["count"]
    said = [words(form)]
    for found in (2, 1, 4):
        form.found.put(found)
        said.append(words(form))

    assert ["2 expected", "As expected", "1 fewer than expected", "2 more than expected"] == [
        next(line for line in each.splitlines() if "xpected" in line) for each in said
    ]


def test_a_booking_is_taken_back_with_undo(opened: Opened, bench: Bench) -> None:
    page = opened.page(PartsPage, BOILER)
    act(page, "receive")
    page.forms["receive"].submit()
    opened.settle()
    received = bench.level()

    _, undo = opened.told[-1]
    undo()
    opened.settle()

    assert (3, 2) == (received, bench.level())
    assert "Movement taken back" == spoken(opened.told[-1][0])


def test_a_movement_says_what_was_found_expected_and_why(opened: Opened, bench: Bench) -> None:
    page = opened.page(PartsPage, BOILER)
    act(page, "count")
    form: Any = page.forms["count"]
    form.found.put(1)
    form.reason.setText("<b>lent</b> to Braga")
    form.submit()
    opened.settle()

    assert "Counted at Van Tiago: 1 found, 2 expected" in words(page)
    assert "<b>lent</b> to Braga" in words(page)


@pytest.mark.parametrize(
    ("query", "finds", "says"),
    [(FD2, {BOILER, NEW_VALVE, SEAL}, "Parts that fit FD2A-2617-00428-N"),
     (OLD_BOILER, {BOILER}, "Parts like BL-2617-0042-S"),
     (NEW_BOILER, {BOILER}, "Parts like BL-2634-0212"),
     ("fd2", {BOILER, SEAL}, ""), ("boiler", {BOILER}, "")],
)  # fmt: skip
def test_a_part_is_found_by_machine_component_model_and_name(
    opened: Opened, query: str, finds: set[str], says: str
) -> None:
    page = opened.page(PartsPage)
    page.search.setFocus()
    opened.types(query, enter=False)
    page._read()
    opened.settle()

    assert finds <= set(shown(page))
    assert says in words(page)
    assert says or "Parts like" not in words(page)


def test_the_serial_of_another_model_finds_nothing_of_this_one(opened: Opened) -> None:
    page = opened.page(PartsPage)
    foreign = "WD2A261700428"
    page.search.setText(foreign + check_character(foreign))
    page._read()
    opened.settle()

    assert [] == shown(page)


def test_a_scanned_component_finds_its_like_and_a_scanned_machine_is_left_to_the_frame(opened: Opened) -> None:
    page = opened.page(PartsPage)

    taken = (page.scanned(OLD_BOILER), page.scanned(FD2))
    opened.qtbot.waitUntil(lambda: [BOILER] == shown(page))

    assert (True, False) == taken
