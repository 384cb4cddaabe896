"""The page of facts under lock: by one key from the ticket; nothing of it stays on the screen."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.facts.actions import choose_words, lock_fact
from app.facts.queries import facts_of
from app.facts.rules import Sort
from app.kernel.rights import Right, Role
from app.people.actions import add_staff
from app.people.queries import actor_for
from app.people.rules import StaffDraft
from app.tickets.actions import open_ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from tests.ui.opened import Opened, act, words
from ui.facts import locked_page as module
from ui.facts.locked_page import LockedFactsPage
from ui.tickets.tickets_page import TicketsPage
from ui.widgets.button import Button

SECRET, WORDS = "second-degree burn of the left hand", "four words of mine"


def do(opened: Opened, action: Any, *args: Any, **named: Any) -> Any:
    return opened.bench.store.write(opened.desk.actor, action, args, named).result  # type: ignore[arg-type]


@pytest.fixture
def ticket(opened: Opened) -> str:
    """A ticket; a manager is at the desk."""
    rita = do(opened, add_staff, StaffDraft("Rita Figueira", roles=(Role.MANAGER,)))
    opened.desk.take_over(opened.bench.store.read(actor_for, (rita,)))
    draft = TicketDraft(TicketKind.HOW_TO, "It burst", channel=Channel.EMAIL)
    made: str = do(opened, open_ticket, draft)
    return made


@pytest.fixture
def locked(opened: Opened, ticket: str) -> str:
    do(opened, choose_words, WORDS, WORDS)
    do(opened, lock_fact, ticket, Sort.HEALTH, SECRET)
    return ticket


def open_button(page: LockedFactsPage) -> Button:
    return next(each for each in page.facts.findChildren(Button) if each.text().startswith("Open"))


def test_one_key_on_a_ticket_goes_there(opened: Opened, ticket: str) -> None:
    page = opened.page(TicketsPage, ticket)

    act(page, "locked")

    assert ["X"] == [each.keys for each in page.acts if each.name == "locked"]
    assert [("locked", ticket)] == opened.went


def test_words_are_chosen_a_fact_is_locked_opened_and_closed_again(opened: Opened, ticket: str, qtbot: QtBot) -> None:
    page = opened.page(LockedFactsPage, ticket)
    page.words.words.setText(WORDS)
    page.words.again.setText(WORDS)
    page.words.submit()
    qtbot.waitUntil(lambda: page.words._has_words)

    page.text.setPlainText(SECRET)
    act(page, "lock")
    qtbot.waitUntil(lambda: "Health" in words(page.facts))
    open_button(page).click()
    page.opening.words.setText(WORDS)
    page.opening.submit()
    qtbot.waitUntil(lambda: SECRET in words(page))
    page.opening.close_card()

    assert "" == page.text.text == page.opening.words.text()
    assert SECRET not in words(page)


def test_other_words_are_said_at_the_field_and_can_be_typed_again(opened: Opened, locked: str, qtbot: QtBot) -> None:
    page = opened.page(LockedFactsPage, locked)
    open_button(page).click()
    page.opening.words.setText("guessed words")

    page.opening.submit()

    qtbot.waitUntil(lambda: "These are not your words" in words(page))
    assert page.opening.isVisible() and "" == page.opening.words.text() == page.opening.text.text()


def test_what_was_opened_leaves_the_screen_by_itself_and_with_the_page(
    opened: Opened, locked: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened.page(LockedFactsPage, locked)
    for leave in (lambda: page.opening._timer.timeout.emit(), page.leave, lambda: page.open(locked)):
        open_button(page).click()
        page.opening.words.setText(WORDS)
        page.opening.submit()
        qtbot.waitUntil(lambda: SECRET in words(page))
        assert page.opening._timer.isActive() and module.SHOWN_FOR == page.opening._timer.interval()

        leave()

        assert SECRET not in words(page) and not page.opening._timer.isActive()


def test_who_may_not_read_sees_that_there_is_something_and_can_lock(opened: Opened, locked: str, qtbot: QtBot) -> None:
    actor = opened.desk.actor
    assert actor is not None
    opened.desk.take_over(
        type(actor)(actor.person, actor.roles, actor.device, actor.how, actor.rights - {Right.READ_LOCKED})
    )
    page = opened.page(LockedFactsPage, locked)

    assert "Health" in words(page.facts)
    assert not open_button(page).isVisible()
    assert not page.words.isVisible() and not page.ending.isVisible() and page.writing.isVisible()


def test_they_are_destroyed_with_a_reason_and_their_key_goes_from_the_disk(
    opened: Opened, locked: str, qtbot: QtBot
) -> None:
    page = opened.page(LockedFactsPage, locked)
    page.destroy_now()
    qtbot.waitUntil(lambda: "Write why they are destroyed" in words(page))

    page.reason.setText("the person asked for it")
    page.destroy_now()

    qtbot.waitUntil(lambda: "Destroyed: " in words(page.facts))
    qtbot.waitUntil(lambda: not page.ending.isVisible())
    assert [True] == [each.is_destroyed for each in opened.bench.store.read(facts_of, (locked,))]


def test_what_was_typed_and_not_locked_is_kept_nowhere(opened: Opened, locked: str) -> None:
    page = opened.page(LockedFactsPage, locked)
    page.text.setPlainText("typed for the wrong ticket")

    page.leave()
    page.open(locked)

    assert "" == page.text.text
