"""Hostile texts travel: what one desk keeps stands on the other to the letter, and both hold what the hub holds."""

from typing import Any

from sqlalchemy import select

from app.customers.actions import add_customer
from app.customers.records import Customer
from app.customers.rules import CustomerDraft
from app.kernel.errors import UserError
from app.store.work import Work
from app.tickets.actions import add_note, open_ticket
from app.tickets.records import Ticket, TicketEvent
from app.tickets.rules import Channel, TicketDraft, TicketKind
from tests.hostile import STRINGS
from tests.hub.offices import Office
from tests.hub.test_offices import agree, office, pair

__all__ = ["office", "pair"]


def fill(work: Work) -> int:
    """How many were taken."""
    taken = 0
    for text in STRINGS:
        try:
            who = add_customer(work, CustomerDraft(text, note=text[:4000]))
            ticket = open_ticket(work, TicketDraft(TicketKind.HOW_TO, text, text, Channel.EMAIL, customer=who))
            add_note(work, ticket, text)
        except UserError:
            continue
        taken += 1
    return taken


def everything(session: Any) -> list[tuple[Any, ...]]:
    asked = (
        select(Ticket.id, Ticket.title, Ticket.words),
        select(Customer.id, Customer.name, Customer.note),
        select(TicketEvent.id, TicketEvent.kind, TicketEvent.body),
    )
    return [tuple(row) for each in asked for row in session.execute(each.order_by("id"))]


def test_what_one_desk_keeps_stands_on_the_other_to_the_letter(pair: tuple[Office, Office]) -> None:
    a, b = pair

    taken = a.do(fill)
    agree(a, b)

    assert taken > 500
    assert a.ask(everything) == b.ask(everything)
