"""What is typed into a panel above the story is lost only where somebody throws it away."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.tickets.actions import log_call
from app.tickets.queries import Shelf, page_of, story
from app.workflows.drafts import keep_draft, read_draft
from tests.ui.real_desk import RealDesk, act, press, shown, types
from ui.tickets.panels import Panel
from ui.tickets.tickets_page import TicketsPage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tickets(desk: RealDesk) -> tuple[str, str]:
    """The two open ones, the one about the heat first."""
    rows, _ = desk.ask(page_of, Shelf.OPEN)
    heat = next(row.id for row in rows if row.title.startswith("No heat"))
    return heat, next(row.id for row in rows if row.id != heat)


@pytest.fixture
def page(desk: RealDesk, tickets: tuple[str, str]) -> TicketsPage:
    made = TicketsPage(desk)
    shown(made, desk, tickets[0])
    return made


def went_away_and_back(desk: RealDesk, page: TicketsPage, tickets: tuple[str, str]) -> None:
    page.show_ticket(tickets[1])
    desk.settle()
    page.show_ticket(tickets[0])
    desk.settle()


def open_panel(page: TicketsPage) -> Panel | None:
    return next((each for each in page.panels.values() if not each.isHidden()), None)


@pytest.mark.parametrize(
    ("keys", "name", "control"),
    [
        ("C", "call", "text"), ("M", "move", "reason"), ("S", "level", "reason"), ("E", "resolve", "answer"),
        ("D", "edit", "subject"), ("K", "customer", "contact"),
    ],
)  # fmt: skip
def test_what_is_typed_into_a_panel_comes_back_with_its_ticket(
    desk: RealDesk, tickets: tuple[str, str], page: TicketsPage, keys: str, name: str, control: str
) -> None:
    act(page, keys).run()
    panel: Any = page.panels[name]
    getattr(panel, control).setFocus()
    types("half a sentence")
    typed = panel.draft_kept._said()

    page.show_ticket(tickets[1])
    desk.settle()
    beside = open_panel(page)
    page.show_ticket(tickets[0])
    desk.settle()

    assert (None, panel) == (beside, open_panel(page))
    assert typed == panel.draft_kept._said()


def test_an_arrow_key_in_the_list_loses_nothing_and_keeps_the_keyboard(desk: RealDesk, page: TicketsPage) -> None:
    act(page, "C").run()
    types("she called about the heat")
    page.list.rows.setFocus()

    ways = [Qt.Key.Key_Down, Qt.Key.Key_Up]
    for way in ways if page.list.rows.currentIndex().row() == 0 else ways[::-1]:
        press(page, way)
        desk.settle()

    panel: Any = page.panels["call"]
    assert (panel, "she called about the heat") == (open_panel(page), panel.text.text)
    assert page.list.rows.hasFocus()


def test_what_was_typed_before_a_crash_stands_there_at_the_next_start(desk: RealDesk, tickets: tuple[str, str]) -> None:
    desk.make(keep_draft, f"tickets.move/{tickets[0]}", {"to": "waiting_customer", "reason": "until she is back"})
    page = TicketsPage(desk)

    shown(page, desk, tickets[0])

    panel: Any = page.panels["move"]
    assert not panel.isHidden()
    assert ("until she is back", "waiting_customer") == (panel.reason.text(), panel.to.value)
    assert panel._day.isVisible()


def test_a_panel_that_was_left_by_escape_forgets(desk: RealDesk, tickets: tuple[str, str], page: TicketsPage) -> None:
    act(page, "C").run()
    types("not this one")
    page.panels["call"].draft_kept.keep_now()

    press(page, Qt.Key.Key_Escape)
    went_away_and_back(desk, page, tickets)

    assert open_panel(page) is None
    assert desk.ask(read_draft, f"tickets.call/{tickets[0]}") is None


def test_what_was_saved_is_kept_no_longer(desk: RealDesk, tickets: tuple[str, str], page: TicketsPage) -> None:
    act(page, "C").run()
    types("comes tomorrow")

    press(page, Qt.Key.Key_Return, CTRL)
    desk.settle()
    went_away_and_back(desk, page, tickets)

    assert "comes tomorrow" == desk.ask(story, tickets[0])[0].body["text"]
    assert open_panel(page) is None
    assert desk.ask(read_draft, f"tickets.call/{tickets[0]}") is None


def test_what_was_not_touched_follows_the_ticket(desk: RealDesk, tickets: tuple[str, str], page: TicketsPage) -> None:
    act(page, "D").run()
    panel: Any = page.panels["edit"]
    panel.words.setPlainText("Only group 2")

    page.leave()
    desk.settle()

    kept = desk.ask(read_draft, f"tickets.edit/{tickets[0]}")
    assert {"words": "Only group 2"} == kept.body


def test_leaving_the_page_keeps_what_was_just_typed(
    desk: RealDesk, tickets: tuple[str, str], page: TicketsPage
) -> None:
    act(page, "C").run()
    types("in one go")

    page.leave()
    desk.settle()

    assert {"text": "in one go"} == desk.ask(read_draft, f"tickets.call/{tickets[0]}").body


def test_a_panel_in_which_nothing_was_typed_stays_away(
    desk: RealDesk, tickets: tuple[str, str], page: TicketsPage
) -> None:
    desk.make(log_call, tickets[0], "another call")
    act(page, "E").run()
    desk.settle()

    went_away_and_back(desk, page, tickets)

    assert open_panel(page) is None


def test_a_text_that_is_too_long_is_refused_at_its_field_and_stays_whole(
    desk: RealDesk, tickets: tuple[str, str], page: TicketsPage
) -> None:
    act(page, "C").run()
    panel: Any = page.panels["call"]

    panel.text.setPlainText("x" * 20_312)
    said = panel._text.problem
    panel.submit()
    desk.settle()

    assert "At most 20,000 characters; 312 too many" == said == panel._text.problem
    assert (20_312, "opened") == (len(panel.text.text), desk.ask(story, tickets[0])[0].kind)
    panel.text.setPlainText("x" * 20_000)
    assert "" == panel._text.problem
