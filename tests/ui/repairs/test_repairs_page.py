from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from app.repairs.rules.stages import State
from app.views.repair_list import repairs_lately, repairs_on_bench
from app.workflows.repair import hand_over_machine, log_repair, move_repair
from tests.repair_bench import Bench
from tests.stores import EVERYTHING
from tests.ui.opened import Opened, act, words
from tests.ui.walking import cut, marked_up, unnamed
from ui.repairs.repairs_page import RepairsPage
from ui.widgets.rows import Cell


def test_a_repair_with_its_ticket_and_one_without_are_found_by_machine(opened: Opened, bench: Bench) -> None:
    made = bench.store.write(EVERYTHING, log_repair, (bench.other,), {"title": "Group 2 stays cold"}).result

    first, second = bench.ask(repairs_on_bench)

    assert (bench.repair, "", "", "FD2A-2617-00428-N") == (first.repair, first.title, first.number, first.serial)
    assert (made, "Group 2 stays cold", 0) == (
        second.repair,
        second.title,
        second.days,
    )
    assert second.number


def test_open_repairs_are_listed_with_what_they_wait_for_and_one_key_opens_them(opened: Opened, bench: Bench) -> None:
    bench.store.write(EVERYTHING, move_repair, (bench.repair, State.AWAITING_PARTS), {"reason": "boiler ordered"})

    page = opened.page(RepairsPage)
    opened.press(Qt.Key.Key_Down)
    opened.press(Qt.Key.Key_Return)

    assert "1 open repair, 1 waiting" in words(page)
    state = page.model.cells(0)[3]
    assert isinstance(state, Cell)
    assert "Waiting for parts" == state.text
    assert [("repair", bench.repair)] == opened.went


def test_the_first_repair_is_marked_when_the_page_comes_up(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairsPage)

    opened.press(Qt.Key.Key_Return)

    assert page.list.hasFocus()
    assert [("repair", bench.repair)] == opened.went


def test_a_machine_that_went_back_moves_to_the_other_half(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairsPage)
    opened.desk.write(hand_over_machine, bench.repair, to="Sr. Antunes")
    opened.settle()
    empty = words(page)

    act(page, "repairs_over")
    opened.settle()

    assert "No machine is on the bench" in empty
    assert "1 repair that ended lately" in words(page)
    assert [bench.repair] == [each.repair for each in bench.ask(repairs_lately)]


@pytest.mark.parametrize(("theme", "language"), [("light", "en"), ("dark", "ar"), ("light", "zh-Hans")])
def test_nothing_is_cut_unnamed_or_read_as_markup(
    opened: Opened, dress: Callable[[str, str], None], theme: str, language: str
) -> None:
    dress(theme, language)
    page = opened.page(RepairsPage)
    act(page, "repairs_over")
    opened.settle()

    assert [] == [*cut(page), *unnamed(page), *marked_up(page)]
