from datetime import date
from typing import Any

import pytest

from app.customers.actions import add_customer, add_site
from app.customers.rules import CustomerDraft, SiteDraft
from app.kernel.rights import Role
from app.language.speaking import speak
from app.people.actions import add_staff
from app.people.rules import StaffDraft
from app.repairs.records import Repair
from app.store.sessions import ThreadStore
from app.tickets import actions
from app.tickets.queries import Shelf
from app.tickets.rules import (
    Channel,
    FollowUpOutcome,
    Missing,
    Resolution,
    Severity,
    State,
    TicketDraft,
    TicketKind,
    missing_codes,
)
from app.views.moments import Urgency
from app.views.ticket_list import ticket_counts, ticket_rows
from app.views.ticket_page import TicketPage, ticket_page
from app.views.today import Today, today
from app.workflows.resolving import resolve_facts, resolve_ticket
from tests.stores import EVERYTHING

SERIAL = "FD2A261700428N"
DONE = Resolution("Element changed", "element", "exchange", "2026-11-27")


def write(store: ThreadStore, action: Any, *args: Any, **named: Any) -> Any:
    return store.write(EVERYTHING, action, args, named).result


@pytest.fixture
def hotel(desk_store: ThreadStore) -> str:
    customer: str = write(desk_store, add_customer, CustomerDraft("Hotel Foz Velha", phone="22 123 45 67"))
    return customer


def opened(store: ThreadStore, title: str = "No heat", **fields: Any) -> str:
    draft = {"kind": TicketKind.MAINTENANCE, "channel": Channel.EMAIL} | fields
    ticket: str = write(store, actions.open_ticket, TicketDraft(title=title, **draft))
    return ticket


def page(store: ThreadStore, ticket: str) -> TicketPage:
    found: TicketPage = store.read(ticket_page, (ticket,))
    return found


def with_repair(store: ThreadStore, ticket: str, **fields: Any) -> None:
    store.write(EVERYTHING, lambda work: work.session.add(Repair(ticket=ticket, unit="u", **fields)))


def test_a_row_shows_the_matter_whose_it_is_and_what_is_due(desk_store: ThreadStore, hotel: str) -> None:
    opened(desk_store, customer=hotel, serial=SERIAL, severity=Severity.S1)

    (row,) = desk_store.read(ticket_rows, (Shelf.OPEN,))

    assert ("No heat", "Hotel Foz Velha", "FD2A-2617-00428-N") == (row.title, row.customer, row.serial)
    assert row.due is not None
    assert Urgency.NOW == row.due.urgency


def test_the_next_page_starts_after_the_last_ticket_of_the_one_before(desk_store: ThreadStore) -> None:
    for n in range(5):
        opened(desk_store, f"q{n}")

    first = desk_store.read(ticket_rows, (Shelf.ALL,), {"limit": 3})
    rest = desk_store.read(ticket_rows, (Shelf.ALL,), {"limit": 3, "after": first[-1].id})

    assert ["q4", "q3", "q2", "q1", "q0"] == [row.title for row in (*first, *rest)]


def test_a_search_finds_by_story_by_customer_and_by_site(desk_store: ThreadStore, hotel: str) -> None:
    write(desk_store, add_site, hotel, SiteDraft("Roof bar"))
    ticket = opened(desk_store, customer=hotel)
    opened(desk_store, "another")
    write(desk_store, actions.add_note, ticket, "thermostat")

    for words in ("thermo", "velha", "roof"):
        assert [ticket] == [row.id for row in desk_store.read(ticket_rows, (Shelf.OPEN,), {"words": words})]
    assert () == desk_store.read(ticket_rows, (Shelf.OPEN,), {"words": "velha", "after": ticket})
    assert 2 == desk_store.read(ticket_counts, ("",)).open


def test_the_page_of_a_ticket_that_is_not_here_is_none(desk_store: ThreadStore) -> None:
    assert desk_store.read(ticket_page, ("elsewhere",)) is None


def test_the_page_tells_the_story_with_names(desk_store: ThreadStore, hotel: str) -> None:
    rita = write(desk_store, add_staff, StaffDraft("Rita Figueira", roles=(Role.MANAGER,)))
    ticket = opened(desk_store, customer=hotel, serial="no plate")
    write(desk_store, actions.assign, ticket, rita)
    write(desk_store, actions.set_severity, ticket, Severity.S3)
    write(desk_store, actions.move, ticket, State.WAITING_CUSTOMER, remind_on="2026-11-30")
    write(desk_store, actions.file_record, ticket, "repair", "r")
    write(desk_store, actions.log_call, ticket, "is angry")

    found = page(desk_store, ticket)

    assert [
        "This desk called the customer",
        "This desk opened a repair",
        "This desk set: Waiting for the customer",
        "This desk changed the severity from S4 to S3",
        "This desk handed it to Rita Figueira",
        "This desk opened the ticket",
    ] == [speak(line.title, "en") for line in found.story]
    assert ("is angry", "Rita Figueira", "no plate") == (
        found.story[0].text,
        found.owner,
        found.unit and found.unit.printed,
    )
    assert found.customer is not None and "Hotel Foz Velha" == found.customer.name
    assert (True, True, False) == (found.can_move, found.can_resolve, found.can_reopen)


def test_a_note_that_was_taken_back_shows_no_text(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)
    note = write(desk_store, actions.add_note, ticket, "wrong ticket")
    write(desk_store, actions.take_back, note)

    line = page(desk_store, ticket).story[0]

    assert ("", True, False) == (line.text, line.undone, line.can_take_back)


def test_a_resolved_ticket_shows_its_follow_up_and_the_reason(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)
    write(desk_store, resolve_ticket, ticket, Resolution("told her", follow_up_on="2026-11-27"), reason="in a hurry")

    found = page(desk_store, ticket)

    assert found.follow_up is not None
    assert ("Fri 27 Nov", "in a hurry", True) == (speak(found.follow_up.day, "en"), found.show_reason, found.can_reopen)
    assert "2 things were missing." == speak(found.story[1].note or found.story[0].title, "en")
    assert "told her" == found.proposed.answer
    assert found.due is None


def test_what_a_repair_lacks_stops_the_guard_and_its_codes_fill_the_gaps(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)
    with_repair(desk_store, ticket, model="FD2", cause="scale", remedy="exchange")

    facts = desk_store.read(resolve_facts, (ticket, Resolution("done")))

    assert (Missing.REPAIR,) == missing_codes(facts)
    assert ("scale", "exchange") == (facts.resolution.cause, facts.resolution.remedy)
    assert "scale" == page(desk_store, ticket).proposed.cause


def see(store: ThreadStore, person: str = "") -> Today:
    found: Today = store.read(today, (person,))
    return found


def test_an_empty_desk_says_so_kindly(desk_store: ThreadStore) -> None:
    found = see(desk_store)

    assert ("Nothing is due.", "Good day.") == (speak(found.summary, "en"), speak(found.greeting, "en"))
    assert ((), (), ()) == (found.due, found.bench, found.passed)


def test_today_lists_what_is_due_by_time(desk_store: ThreadStore, hotel: str) -> None:
    rita = write(desk_store, add_staff, StaffDraft("Rita Figueira", roles=(Role.MANAGER,)))
    late = opened(desk_store, "burn", severity=Severity.S1, customer=hotel)
    ended = opened(desk_store, "cup light")
    write(desk_store, actions.resolve, ended, DONE, [])
    waits = opened(desk_store, "invoice", channel=Channel.PHONE)
    write(desk_store, actions.move, waits, State.WAITING_CUSTOMER, remind_on="2099-01-01")
    visit = opened(desk_store, "service", channel=Channel.PHONE)
    write(desk_store, actions.move, visit, State.PLANNED, remind_on="2098-01-01")

    found = see(desk_store, rita)

    assert {late: "Answer", ended: "Ask now", visit: "Open ticket", waits: "Open ticket"} == {
        row.ticket: speak(row.act, "en") for row in found.due
    }
    assert [visit, waits] == [row.ticket for row in found.due][-2:]
    assert "burn, Hotel Foz Velha" in [speak(row.title, "en") for row in found.due]
    assert "Good day, Rita." == speak(found.greeting, "en")
    assert (3, 1) == (found.open, found.follow_ups)


def test_the_bench_shows_each_open_repair(desk_store: ThreadStore, hotel: str) -> None:
    ticket = opened(desk_store, customer=hotel)
    with_repair(desk_store, ticket, model="FD2")

    (row,) = see(desk_store).bench

    assert ("No heat", "Hotel Foz Velha", "Logged", 0) == (row.title, row.customer, speak(row.step, "en"), row.days)


def test_only_managers_see_what_ended_with_a_reason(desk_store: ThreadStore) -> None:
    rita = write(desk_store, add_staff, StaffDraft("Rita Figueira", roles=(Role.MANAGER,)))
    tiago = write(desk_store, add_staff, StaffDraft("Tiago Moreira", roles=(Role.TECHNICIAN,)))
    ticket = opened(desk_store)
    write(desk_store, resolve_ticket, ticket, Resolution("told her"), reason="in a hurry")

    assert ["in a hurry"] == [row.reason for row in see(desk_store, rita).passed]
    assert () == see(desk_store, tiago).passed


def test_a_follow_up_in_the_story_says_what_the_customer_said(desk_store: ThreadStore) -> None:
    ticket = opened(desk_store)
    write(desk_store, actions.resolve, ticket, DONE, [])
    write(desk_store, actions.finish_follow_up, ticket, FollowUpOutcome.CONTENT, today=date(2026, 11, 27))

    line = page(desk_store, ticket).story[0]
    assert line.note is not None
    assert "The customer is content" == speak(line.note, "en")
