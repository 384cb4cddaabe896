import pytest
from PySide6.QtCore import QPoint, Qt

from app.kernel.changes import Changes
from app.tickets import actions
from app.tickets.queries import Shelf, page_of, passed_with_reason
from app.tickets.rules import Missing, Resolution
from tests.ui import walking
from tests.ui.conftest import Dress
from tests.ui.real_desk import RealDesk, act, press, shown
from ui.today.today_page import TodayPage


def test_what_is_due_first_holds_the_keyboard_and_opens_with_enter(desk: RealDesk) -> None:
    page = TodayPage(desk)
    shown(page, desk)
    went: list[tuple[str, object]] = []
    page.went.connect(lambda place, argument: went.append((place, argument)))

    press(page, Qt.Key.Key_Return)
    act(page, "G").run()

    assert 2 == len(went)
    assert "tickets" == went[0][0] == went[1][0]
    assert page.no_due.isHidden()


def test_when_nothing_is_due_it_says_so_kindly(desk: RealDesk) -> None:
    rows, _ = desk.ask(page_of, Shelf.OPEN)
    for row in rows:
        desk.make(actions.resolve, row.id, Resolution("done"), [])
    page = TodayPage(desk)
    shown(page, desk)

    assert not page.no_due.isHidden()
    assert not act(page, "G").possible()


def test_a_manager_reads_why_something_was_missing(desk: RealDesk) -> None:
    rows, _ = desk.ask(page_of, Shelf.OPEN)
    desk.make(actions.resolve, rows[0].id, Resolution("done"), [Missing.CAUSE], reason="in a hurry")
    page = TodayPage(desk)
    shown(page, desk)
    visible = not page.passed.isHidden()

    desk.make(actions.see_reason, rows[0].id)
    page.on_changed(Changes({"ticket_event": ("x",)}))
    desk.settle()

    assert visible
    assert page.passed.isHidden()
    assert () == desk.ask(passed_with_reason)


def test_no_text_of_today_is_cut_and_every_control_has_a_name(desk: RealDesk, dress: Dress) -> None:
    page = TodayPage(desk)
    shown(page, desk)
    for theme, language in (("light", "en"), ("contrast", "ar")):
        dress(theme, language)
        desk.settle()

        assert [] == walking.cut(page)
    assert [] == walking.unnamed(page)
    assert [] == walking.marked_up(page)


@pytest.mark.parametrize(("width", "height"), [(804, 640), (732, 540)])
def test_in_a_small_window_it_begins_at_its_title_and_the_side_goes_below(
    desk: RealDesk, width: int, height: int
) -> None:
    page = TodayPage(desk)
    shown(page, desk)
    page.resize(width, height)
    desk.settle()

    page.open()
    desk.settle()

    bar = page._scroll.verticalScrollBar()
    desk.bot.waitUntil(lambda: 0 == bar.value() and page._first is not None and page._first.hasFocus())
    assert page._side.mapTo(page, QPoint()).y() > page.due.mapTo(page, page.due.rect().bottomLeft()).y()
    assert page.due.height() < 2 * 130
    assert [] == walking.cut(page)


def test_in_a_wide_window_the_side_stands_beside(desk: RealDesk) -> None:
    page = TodayPage(desk)
    shown(page, desk)

    assert page._side.x() > page.due.width()
