from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.kernel.errors import BugError, Trouble, UserError
from app.kernel.filetypes import FileType
from app.kernel.instants import DAY, now
from app.kernel.rights import Right
from app.store import work
from app.store.sessions import ThreadStore
from app.tickets import actions, queries
from app.tickets.queries import Shelf, TicketFacts
from app.tickets.rules import Channel, FollowUpOutcome, Missing, Resolution, Severity, State, TicketDraft, TicketKind
from tests.kernel.test_filetypes import png
from tests.stores import EVERYTHING, actor

DRAFT = TicketDraft(TicketKind.MAINTENANCE, "No heat on group 2", "It is cold again", Channel.EMAIL)
DONE = Resolution("Element changed", "element", "exchange", follow_up_on="2026-11-27")
TODAY = date(2026, 11, 27)


def write(store: ThreadStore, action: Any, *args: Any, **named: Any) -> Any:
    return store.write(EVERYTHING, action, args, named).result


def opened(store: ThreadStore, draft: TicketDraft = DRAFT) -> str:
    ticket: str = write(store, actions.open_ticket, draft)
    return ticket


def facts(store: ThreadStore, ticket: str) -> TicketFacts:
    found: TicketFacts = store.read(queries.ticket_facts, (ticket,))
    return found


def kinds(store: ThreadStore, ticket: str) -> list[str]:
    return [each.kind for each in store.read(queries.story, (ticket,)) if not each.undone]


def test_a_new_ticket_has_a_number_an_owner_and_its_first_answer_due(desk_store: ThreadStore) -> None:
    ticket = desk_store.write(actor(Right.LOG_TICKET, person="rita"), actions.open_ticket, (DRAFT,)).result

    found = facts(desk_store, ticket)
    assert ("rita", State.NEW, "000001") == (found.owner, found.state, found.number[-6:])
    assert found.next_at is not None and found.next_at > found.opened_at > 0


def test_every_action_asks_for_a_right(desk_store: ThreadStore) -> None:
    with pytest.raises(UserError) as caught:
        desk_store.write(actor(), actions.open_ticket, (DRAFT,))

    assert Trouble.NOT_ALLOWED == caught.value.kind


def test_a_ticket_that_lacks_its_title_is_not_saved(desk_store: ThreadStore) -> None:
    with pytest.raises(UserError):
        opened(desk_store, TicketDraft(TicketKind.HOW_TO))

    assert 0 == desk_store.read(queries.counts, ("",)).all


def test_an_edit_changes_fields_and_leaves_the_story(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)

    write(desk_store, actions.edit_ticket, ticket, TicketDraft(TicketKind.HOW_TO, "Which descaler?", customer="c"))

    found = facts(desk_store, ticket)
    assert ("how_to", "Which descaler?", "c", "phone") == (found.kind, found.title, found.customer, found.channel)
    assert ["opened"] == kinds(desk_store, ticket)


def test_notes_and_calls_stand_newest_first(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)

    write(desk_store, actions.add_note, ticket, "  lent machine is ready ")
    write(desk_store, actions.log_call, ticket, "wants to know today")

    story = desk_store.read(queries.story, (ticket,))
    assert ["call", "note", "opened"] == [each.kind for each in story]
    assert "lent machine is ready" == story[1].body["text"]
    assert facts(desk_store, ticket).replied_at > 0


def test_lowering_the_severity_asks_for_a_reason_and_moves_what_is_due(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)
    write(desk_store, actions.set_severity, ticket, Severity.S1)
    urgent = facts(desk_store, ticket).next_at

    with pytest.raises(UserError):
        write(desk_store, actions.set_severity, ticket, Severity.S4)
    write(desk_store, actions.set_severity, ticket, Severity.S4, reason="nobody was there")
    write(desk_store, actions.set_severity, ticket, Severity.S4)

    later = facts(desk_store, ticket).next_at
    assert urgent is not None and later is not None and later > urgent
    assert ["severity", "severity", "opened"] == kinds(desk_store, ticket)


def test_an_attachment_is_typed_by_its_content_and_encrypted(desk_store: ThreadStore, tmp_path: Path) -> None:
    ticket = opened(desk_store)

    write(desk_store, actions.attach, ticket, "C:\\Users\\x\\plate.pdf", png(4, 3) + b"SENTINEL")

    (found,) = queries.attachments(desk_store.read(queries.story, (ticket,)))
    assert (FileType.PNG, "plate.pdf") == (found.type, found.name)
    assert desk_store.read(queries.read_file, (found.sha256,)).endswith(b"SENTINEL")
    assert not [each for each in tmp_path.rglob("*") if each.is_file() and b"SENTINEL" in each.read_bytes()]


def test_a_picture_of_too_many_pixels_is_refused_undecoded(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)

    with pytest.raises(UserError):
        write(desk_store, actions.attach, ticket, "bomb.png", png(60_000, 60_000))

    assert () == queries.attachments(desk_store.read(queries.story, (ticket,)))


def test_what_was_taken_back_stays_marked_in_the_story(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)
    note = write(desk_store, actions.add_note, ticket, "wrong ticket")

    write(desk_store, actions.take_back, note)

    assert [True, False] == [each.undone for each in desk_store.read(queries.story, (ticket,))]


def test_the_opening_cannot_be_taken_back(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)
    (first,) = desk_store.read(queries.story, (ticket,))

    with pytest.raises(UserError):
        write(desk_store, actions.take_back, first.id)
    with pytest.raises(BugError):
        write(desk_store, actions.take_back, "elsewhere")


def test_a_ticket_moves_and_is_reminded_of(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)
    write(desk_store, actions.log_call, ticket, "asked for the invoice")

    write(desk_store, actions.move, ticket, State.WAITING_CUSTOMER, remind_on="2026-12-01")

    found = facts(desk_store, ticket)
    assert (State.WAITING_CUSTOMER, 1_796_115_600_000_000) == (found.state, found.next_at)


def test_resolving_sets_the_follow_up(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)

    write(desk_store, actions.resolve, ticket, DONE, [])

    found = facts(desk_store, ticket)
    assert (State.RESOLVED, "2026-11-27") == (found.state, found.follow_up_due)


def test_without_a_follow_up_the_ticket_is_closed(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)

    write(desk_store, actions.resolve, ticket, Resolution("Told her"), [])

    assert State.CLOSED == facts(desk_store, ticket).state


def test_whoever_passes_the_guard_gives_a_reason_that_the_manager_sees(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)

    with pytest.raises(UserError):
        write(desk_store, actions.resolve, ticket, DONE, [Missing.FORM])
    write(desk_store, actions.resolve, ticket, DONE, [Missing.FORM], reason="left for the airport")
    listed = desk_store.read(queries.passed_with_reason)
    write(desk_store, actions.see_reason, ticket)

    assert [(ticket, "left for the airport")] == [(each.id, each.passed_reason) for each in listed]
    assert () == desk_store.read(queries.passed_with_reason)


def test_an_ended_ticket_neither_moves_nor_ends_again(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)
    write(desk_store, actions.resolve, ticket, DONE, [])

    for action, args in ((actions.move, (State.IN_PROGRESS,)), (actions.resolve, (DONE, []))):
        with pytest.raises(UserError):
            write(desk_store, action, ticket, *args)


def test_reopening_says_why(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)
    write(desk_store, actions.resolve, ticket, DONE, [])

    with pytest.raises(UserError):
        write(desk_store, actions.reopen, ticket, " ")
    write(desk_store, actions.reopen, ticket, "cold again")

    assert (State.IN_PROGRESS, 1) == (facts(desk_store, ticket).state, facts(desk_store, ticket).reopened)


@pytest.mark.parametrize(
    ("outcome", "text", "state", "due"),
    [
        (FollowUpOutcome.CONTENT, "", State.CLOSED, ""),
        (FollowUpOutcome.NOT_WANTED, "", State.CLOSED, ""),
        (FollowUpOutcome.NOT_REACHED, "", State.RESOLVED, "2026-11-28"),
        (FollowUpOutcome.NOT_CONTENT, "drips again", State.IN_PROGRESS, ""),
    ],
)
def test_what_the_customer_said_decides_how_it_goes_on(
    desk_store: ThreadStore, outcome: FollowUpOutcome, text: str, state: State, due: str
) -> None:
    ticket = opened(desk_store)
    write(desk_store, actions.resolve, ticket, DONE, [])

    write(desk_store, actions.finish_follow_up, ticket, outcome, today=TODAY, text=text)

    found = facts(desk_store, ticket)
    assert (state, due) == (found.state, found.follow_up_due)


def test_who_is_not_content_is_asked_about_what(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)
    write(desk_store, actions.resolve, ticket, DONE, [])

    with pytest.raises(UserError):
        write(desk_store, actions.finish_follow_up, ticket, FollowUpOutcome.NOT_CONTENT, today=TODAY)
    with pytest.raises(UserError):
        write(desk_store, actions.set_follow_up, ticket, "some day")


def test_a_ticket_is_handed_on_and_filed(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)

    for staff in ("tiago", "tiago"):
        write(desk_store, actions.assign, ticket, staff)
    write(desk_store, actions.file_record, ticket, "repair", "r1")

    assert "tiago" == facts(desk_store, ticket).owner
    assert ["filed", "assigned", "opened"] == kinds(desk_store, ticket)
    with pytest.raises(BugError):
        write(desk_store, actions.assign, "elsewhere", "tiago")


def test_pages_follow_each_other_without_gap_or_double(desk_store: ThreadStore) -> None:
    for n in range(7):
        draft = TicketDraft(TicketKind.HOW_TO, f"q{n}", channel=Channel.EMAIL if n % 2 else Channel.PHONE)
        opened(desk_store, draft)

    for shelf in (Shelf.OPEN, Shelf.ALL):
        seen: list[str] = []
        place = None
        while True:
            rows, place = desk_store.read(queries.page_of, (shelf,), {"after": place, "limit": 3})
            seen += [row.title for row in rows]
            if place is None:
                break
        whole, _ = desk_store.read(queries.page_of, (shelf,))
        assert [row.title for row in whole] == seen
        assert 7 == len(set(seen))


def test_each_shelf_holds_its_own(desk_store: ThreadStore) -> None:
    mine, ended = opened(desk_store), opened(desk_store)
    write(desk_store, actions.assign, mine, "rita")
    write(desk_store, actions.resolve, ended, DONE, [])

    on = {shelf: desk_store.read(queries.page_of, (shelf,), {"person": "rita"})[0] for shelf in Shelf}

    assert [1, 1, 1, 2] == [len(on[shelf]) for shelf in Shelf]
    counted = desk_store.read(queries.counts, ("rita",))
    assert (1, 1, 1, 2) == (counted.open, counted.mine, counted.resolved, counted.all)


def test_a_ticket_is_found_by_its_fields_and_by_what_was_written(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)
    write(desk_store, actions.add_note, ticket, "thermostat 12B")

    for words in ("heat group", "cold again", "thermos", facts(desk_store, ticket).number):
        assert [ticket] == [each.id for each in desk_store.read(queries.find_tickets, (words,))]
    assert ticket == desk_store.read(queries.ticket_by_number, (facts(desk_store, ticket).number.lower(),))


def test_a_machines_and_a_customers_tickets_are_listed(desk_store: ThreadStore) -> None:
    linked = opened(desk_store, TicketDraft(TicketKind.HOW_TO, "a", unit="u1", customer="c1"))
    stated = opened(desk_store, TicketDraft(TicketKind.HOW_TO, "b", serial="fd2a-2617-00428-n"))

    assert {linked, stated} == {each.id for each in desk_store.read(queries.for_unit, ("u1", "FD2A261700428N"))}
    assert [linked] == [each.id for each in desk_store.read(queries.for_unit, ("u1",))]
    assert [linked] == [each.id for each in desk_store.read(queries.for_customer, ("c1",))]


def test_what_is_due_first_stands_first(desk_store: ThreadStore) -> None:
    usual = opened(desk_store)
    grave = opened(desk_store, TicketDraft(TicketKind.SAFETY_INSTRUCTION, "burn", "", Channel.EMAIL, Severity.S1))
    opened(desk_store, TicketDraft(TicketKind.HOW_TO, "answered at once"))

    assert [grave, usual] == [each.id for each in desk_store.read(queries.due)]


def test_a_ticket_resolved_under_a_clock_that_was_a_day_ahead_can_be_opened_again_today(
    desk_store: ThreadStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = opened(desk_store)
    with monkeypatch.context() as ahead:
        ahead.setattr(work, "now", lambda: now() + DAY)
        write(desk_store, actions.resolve, ticket, DONE, ())

    write(desk_store, actions.reopen, ticket, "still cold")
    write(desk_store, actions.move, ticket, State.WAITING_PARTS)

    assert State.WAITING_PARTS == facts(desk_store, ticket).state
    assert ["moved", "reopened"] == kinds(desk_store, ticket)[:2]
