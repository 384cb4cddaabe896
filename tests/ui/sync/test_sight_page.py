"""The page of what the manufacturer sees: by one key from the ticket, back by one."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.sync.records import SyncEvent
from app.tickets.actions import add_note, open_ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from tests.ui.conftest import Dress
from tests.ui.opened import Opened, act, words
from tests.ui.sync.exchanges import HOSTILE, LONG, RTL, connect
from tests.ui.walking import cut, marked_up, unnamed
from ui.sync.sight_page import SightPage
from ui.tickets.tickets_page import TicketsPage


def do(opened: Opened, action: Any, *args: Any, **named: Any) -> Any:
    return opened.bench.store.write(opened.desk.actor, action, args, named).result  # type: ignore[arg-type]


@pytest.fixture
def ticket(opened: Opened) -> str:
    """With hostile texts on both sides."""
    draft = TicketDraft(TicketKind.HOW_TO, HOSTILE, channel=Channel.EMAIL, words=f"{RTL} {HOSTILE}")
    made: str = do(opened, open_ticket, draft)
    do(opened, add_note, made, LONG)
    return made


def open_case(work: Any, ticket: str) -> None:
    work.add_event(SyncEvent, ticket, "opened", {"why": HOSTILE, "opened_by": "K" * 300})


def test_one_key_on_a_ticket_goes_there_and_the_button_names_the_manufacturer(opened: Opened, ticket: str) -> None:
    do(opened, connect)
    page = opened.page(TicketsPage, ticket)
    label = page.view.sight.text()

    act(page, "sight")

    assert ["V"] == [each.keys for each in page.acts if each.name == "sight"]
    assert page.view.sight.isVisible() and label.startswith("What ") and label.endswith(" sees")
    assert [("sight", ticket)] == opened.went


def test_both_sides_stand_beside_each_other_and_escape_goes_back(opened: Opened, ticket: str) -> None:
    do(opened, connect)
    page = opened.page(SightPage, ticket)
    left: list[bool] = []
    page.left.connect(lambda: left.append(True))
    said = words(page)

    act(page, "back")

    assert "Yours alone" in said and " sees" in said and "Nobody has opened it." in said
    assert ("Esc", [True]) == (page.acts[0].keys, left)
    assert page.back_button is page.start()


def test_before_enrolment_it_says_that_nothing_left_this_computer(opened: Opened, ticket: str) -> None:
    assert "Nothing has left this computer." in words(opened.page(SightPage, ticket))


def test_an_opening_shows_while_the_page_is_up(opened: Opened, ticket: str) -> None:
    page = opened.page(SightPage, ticket)

    opened.desk.write(open_case, ticket)
    opened.settle()

    assert HOSTILE in words(page)
    assert "Nobody has opened it." not in words(page)


@pytest.mark.parametrize(
    ("theme", "language", "width"), [("light", "en", 1200), ("dark", "ar", 620), ("light", "zh-Hans", 620)]
)
def test_hostile_texts_are_shown_whole_and_nothing_is_cut(
    qtbot: QtBot, opened: Opened, dress: Dress, ticket: str, theme: str, language: str, width: int
) -> None:
    dress(theme, language)
    do(opened, open_case, ticket)
    page = opened.page(SightPage, ticket)
    page.resize(width, 860)

    qtbot.waitUntil(lambda: cut(page) == [])

    assert ([], []) == (unnamed(page), marked_up(page))
    assert LONG in words(page).replace("\u200b", "")
    assert page.width() == width


def test_a_ticket_that_is_gone_leaves_the_page_as_it_was(opened: Opened) -> None:
    assert "" == opened.page(SightPage, "0" * 32).name.text()
