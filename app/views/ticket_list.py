"""The list of tickets with what one needs to choose one: the matter, whose it is, what is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.customers.queries import customer_names, find_customers
from app.kernel.instants import now
from app.kernel.messages import Message
from app.kernel.slips import printed_number
from app.tickets import queries
from app.tickets.queries import Counts, Shelf, TicketFacts
from app.tickets.rules import State
from app.tickets.texts import STATES
from app.views.moments import Due, due_of, when_of, zone_of

MOST_FOUND = 300


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket as lists show it. `due` is None when nothing is; `last` is when it was last touched, in words."""

    id: str
    number: str
    title: str
    customer: str
    serial: str
    kind: str
    severity: str
    state: State
    state_words: Message
    due: Due | None
    last: Message
    is_open: bool


def ticket_rows(
    session: Session, shelf: Shelf, *, person: str = "", words: str = "", after: str = "", limit: int = queries.PAGE
) -> tuple[TicketRow, ...]:
    """A page of a shelf after the ticket `after`; with `words` of what is found on every shelf."""
    if words.strip():
        return rows_of(session, queries.facts_of(session, _page(_found(session, words), after, limit)))
    page, _ = queries.page_of(session, shelf, person=person, after=queries.place_of(session, after, shelf), limit=limit)
    return rows_of(session, page)


def ticket_counts(session: Session, person: str) -> Counts:
    """How many tickets stand on each shelf for this person."""
    return queries.counts(session, person)


def rows_of(session: Session, tickets: Iterable[TicketFacts]) -> tuple[TicketRow, ...]:
    """Tickets as rows, with their customers' names."""
    listed = tuple(tickets)
    names = customer_names(session, (each.customer for each in listed))
    moment, zone = now(), zone_of(session)
    return tuple(_row(each, names, moment, zone) for each in listed)


def _found(session: Session, words: str) -> tuple[str, ...]:
    """Tickets that hold the words, and those of customers whose name or site does, the latest first."""
    customers = [each.id for each in find_customers(session, words, limit=10)]
    return queries.found_ids(session, words, customers, limit=MOST_FOUND)


def _page(ids: Sequence[str], after: str, limit: int) -> Sequence[str]:
    """So many ids after this one; none after one that is no longer found."""
    if not after:
        return ids[:limit]
    return ids[ids.index(after) + 1 :][:limit] if after in ids else ()


def _row(each: TicketFacts, names: dict[str, str], moment: int, zone: str) -> TicketRow:
    due = None if each.next_at is None else due_of(each.next_at, now=moment, zone=zone)
    last = when_of(each.last_at or each.occurred_at, now=moment, zone=zone)
    return TicketRow(
        each.id, each.number, each.title, names.get(each.customer, ""), printed_number(each.serial), each.kind,
        each.severity, each.state, STATES[each.state], due, last, each.state.is_open,
    )  # fmt: skip
