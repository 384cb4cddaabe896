"""Reads of tickets and their stories."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.kernel.filetypes import FileType
from app.store.many import among
from app.store.search import hits
from app.store.stories import story_of
from app.tickets.records import Ticket, TicketEvent
from app.tickets.rules import OPEN_STATES, State
from app.tickets.standing import NEVER

PAGE = 100
CONTACTS = ("call", "note", "resolved", "follow_up_done")  # a word with the customer, or about what they were told


class Shelf(StrEnum):
    """Which tickets a list shows."""

    OPEN = "open"
    MINE = "mine"
    RESOLVED = "resolved"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the list ended: the next one starts after it."""

    first: int
    second: int
    rid: int


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """A ticket's fields; instants in µs UTC, 0 where there is none, `next_at` None where nothing is due."""

    rid: int
    id: str
    number: str
    kind: str
    channel: str
    severity: str
    title: str
    words: str
    unit: str
    serial: str
    market: str
    customer: str
    site: str
    language: str
    owner: str
    origin: str
    external_id: str
    state: State
    occurred_at: int
    opened_at: int
    resolved_at: int
    replied_at: int
    last_at: int
    next_at: int | None
    follow_up_due: str
    passed_reason: str
    reopened: int
    flagged: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a ticket's story; `undone` when it was taken back."""

    id: str
    kind: str
    at: int
    zone: str
    by: str
    body: Mapping[str, Any]
    undone: bool


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that hangs on a ticket; `type` was read from its content."""

    event_id: str
    sha256: str
    name: str
    type: FileType
    size: int
    at: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tickets stand on each shelf."""

    open: int
    mine: int
    resolved: int
    all: int


def ticket_record(session: Session, ticket_id: str) -> Ticket | None:
    """The mapped record, for this feature's own actions."""
    return session.scalar(select(Ticket).where(Ticket.id == ticket_id))


def event_record(session: Session, event_id: str) -> TicketEvent | None:
    """The mapped entry, for this feature's own actions."""
    return session.scalar(select(TicketEvent).where(TicketEvent.id == event_id))


def ticket_facts(session: Session, ticket_id: str) -> TicketFacts | None:
    """A ticket's fields, or None when it is not here (yet)."""
    found = ticket_record(session, ticket_id)
    return None if found is None else _facts(found)


def tickets_of(session: Session, ids: Iterable[str]) -> dict[str, TicketFacts]:
    """Tickets by id, as far as they are here, for lists."""
    found = session.scalars(select(Ticket).where(Ticket.id.in_({each for each in ids if each})))
    return {each.id: _facts(each) for each in found}


def ticket_by_number(session: Session, number: str) -> str:
    """The id of the ticket with this number, or empty."""
    return session.scalar(select(Ticket.id).where(Ticket.number == number.strip().upper())) or ""


def story(session: Session, ticket_id: str) -> tuple[Entry, ...]:
    """What happened, newest first; entries that only take others back are left out."""
    told = story_of(session, TicketEvent, ticket_id)
    undone = {each.corrects for each in told if each.kind == "undone"}
    return tuple(
        Entry(each.id, each.kind, each.at, each.zone, each.by, each.body, each.id in undone)
        for each in reversed(told)
        if each.kind != "undone"
    )


def attachments(entries: Iterable[Entry]) -> tuple[Attachment, ...]:
    """The files in a story that were not taken back, oldest first."""
    found = [_attachment(each) for each in entries if each.kind == "attached" and not each.undone]
    return tuple(reversed(found))


def read_file(session: Session, sha256: str) -> bytes:
    """An attachment's content; UserError when it is not here yet or damaged."""
    content: bytes = session.info["files"].read(sha256)
    return content


def counts(session: Session, person: str) -> Counts:
    """How many tickets stand on each shelf for this person."""
    rows = dict(session.execute(select(Ticket.state, func.count()).group_by(Ticket.state)).tuples().all())
    opened = sum(rows.get(state, 0) for state in OPEN_STATES)
    mine = session.scalar(select(func.count()).select_from(Ticket).where(_on(Shelf.MINE, person))) or 0
    return Counts(opened, mine, rows.get(State.RESOLVED, 0), sum(rows.values()))


def page_of(
    session: Session, shelf: Shelf, *, person: str = "", after: Place | None = None, limit: int = PAGE
) -> tuple[tuple[TicketFacts, ...], Place | None]:
    """One page and where the next one starts (None: there is no more).

    Open ones by what is due next, then the latest touched; the others the latest touched first. Keyset: a page costs
    the same wherever it lies.
    """
    query = _after(_ordered(select(Ticket).where(_on(shelf, person)), shelf), shelf, after)
    rows = session.scalars(query.limit(limit + 1)).all()
    page = rows[:limit]
    place = _place(page[-1], shelf) if len(rows) > limit else None
    return tuple(map(_facts, page)), place


def due(session: Session, *, limit: int = 50) -> tuple[TicketFacts, ...]:
    """Tickets that want attention, the earliest first: a first answer, a reminder, a follow-up."""
    states = (*OPEN_STATES, State.RESOLVED)
    query = select(Ticket).where(Ticket.state.in_(states), Ticket.next_at < NEVER, Ticket.deleted.is_(False))
    return tuple(map(_facts, session.scalars(query.order_by(Ticket.next_at, Ticket.rid).limit(limit))))


def passed_with_reason(session: Session, *, limit: int = 50) -> tuple[TicketFacts, ...]:
    """Tickets that ended although something was missing, until a manager has seen the reason; latest first."""
    query = select(Ticket).where(Ticket.passed_reason > "", Ticket.deleted.is_(False))
    return tuple(map(_facts, session.scalars(query.order_by(Ticket.resolved_at.desc()).limit(limit))))


def for_unit(session: Session, unit_id: str, serial: str = "") -> tuple[TicketFacts, ...]:
    """A machine's tickets, the latest first: linked to it, or with its serial."""
    same = or_(Ticket.unit == unit_id, and_(Ticket.serial == serial, Ticket.serial > "")) if serial else (
        Ticket.unit == unit_id
    )  # fmt: skip
    query = select(Ticket).where(same, Ticket.deleted.is_(False)).order_by(Ticket.occurred_at.desc())
    return tuple(map(_facts, session.scalars(query)))


def for_customer(session: Session, customer_id: str, *, limit: int = 50) -> tuple[TicketFacts, ...]:
    """A customer's tickets, the latest first."""
    query = select(Ticket).where(Ticket.customer == customer_id, Ticket.deleted.is_(False))
    return tuple(map(_facts, session.scalars(query.order_by(Ticket.occurred_at.desc()).limit(limit))))


def tickets_by_customer(session: Session, ids: Iterable[str], *, opened: bool = False) -> dict[str, int]:
    """How many tickets each of these customers has, or only how many that are open; one without any is left out."""
    chosen = select(Ticket.customer, func.count()).where(among(Ticket.customer, tuple(ids)), Ticket.deleted.is_(False))
    if opened:
        chosen = chosen.where(Ticket.state.in_(OPEN_STATES))
    return dict(session.execute(chosen.group_by(Ticket.customer)).tuples().all())


def latest_contact(session: Session, customer_id: str) -> tuple[str, Entry] | None:
    """The id of the ticket and the newest call, note or answer of a customer that nobody took back."""
    undoing = aliased(TicketEvent)
    undone = select(undoing.id).where(undoing.corrects_id == TicketEvent.id, undoing.kind == "undone")
    theirs = select(Ticket.id).where(Ticket.customer == customer_id, Ticket.deleted.is_(False))
    spoke = TicketEvent.kind.in_(CONTACTS), TicketEvent.subject_id.in_(theirs), ~undone.correlate(TicketEvent).exists()
    newest = select(TicketEvent).where(*spoke).order_by(TicketEvent.at.desc(), TicketEvent.id.desc()).limit(1)
    each = session.scalar(newest)
    if each is None:
        return None
    return each.subject_id, Entry(each.id, each.kind, each.at, each.zone, each.by, each.body, False)


def find_tickets(session: Session, words: str, *, limit: int = 50) -> tuple[TicketFacts, ...]:
    """Tickets that hold the words in their fields or their story, the latest first."""
    query = select(Ticket).where(_holds(session, words, limit), Ticket.deleted.is_(False))
    return tuple(map(_facts, session.scalars(query.order_by(Ticket.occurred_at.desc()).limit(limit))))


def found_ids(session: Session, words: str, customers: Sequence[str] = (), *, limit: int) -> tuple[str, ...]:
    """The ids of tickets that hold the words, and of those of these customers, the latest first.

    Ids alone: a list shows the first of them while somebody still types.
    """
    wanted = _holds(session, words, limit)
    if customers:
        wanted = or_(wanted, Ticket.customer.in_(customers))
    query = select(Ticket.id).where(wanted, Ticket.deleted.is_(False))
    return tuple(session.scalars(query.order_by(Ticket.occurred_at.desc(), Ticket.rid.desc()).limit(limit)))


def facts_of(session: Session, ids: Sequence[str]) -> tuple[TicketFacts, ...]:
    """These tickets in this order; one that is not here is left out."""
    found = {row.id: row for row in session.scalars(select(Ticket).where(Ticket.id.in_(ids)))}
    return tuple(_facts(found[each]) for each in ids if each in found)


def _holds(session: Session, words: str, limit: int) -> ColumnElement[bool]:
    """Whether a ticket is among the newest that the search finds, by its fields or its story."""
    found = hits(session.connection(), words, kinds=("ticket", "ticket_event"), limit=limit)
    told = [rid for kind, rid in found if kind == "ticket_event"]
    subjects = select(TicketEvent.subject_id).where(TicketEvent.rid.in_(told))
    return or_(Ticket.rid.in_([rid for kind, rid in found if kind == "ticket"]), Ticket.id.in_(subjects))


def external_ids(session: Session) -> frozenset[str]:
    """The ids under which imported tickets are known where they came from."""
    return frozenset(session.scalars(select(Ticket.external_id).where(Ticket.external_id > "")))


def _on(shelf: Shelf, person: str) -> ColumnElement[bool]:
    alive = Ticket.deleted.is_(False)
    if shelf is Shelf.ALL:
        return alive
    if shelf is Shelf.RESOLVED:
        return and_(alive, Ticket.state == State.RESOLVED)
    opened = and_(alive, Ticket.state.in_(OPEN_STATES))
    return and_(opened, Ticket.owner == person) if shelf is Shelf.MINE else opened


def _by_due(shelf: Shelf) -> bool:
    return shelf is not Shelf.ALL


def _ordered(query: Select[tuple[Ticket]], shelf: Shelf) -> Select[tuple[Ticket]]:
    if _by_due(shelf):
        return query.order_by(Ticket.next_at, Ticket.last_at.desc(), Ticket.rid.desc())
    return query.order_by(Ticket.last_at.desc(), Ticket.rid.desc())


def _after(query: Select[tuple[Ticket]], shelf: Shelf, place: Place | None) -> Select[tuple[Ticket]]:
    if place is None:
        return query
    older = or_(Ticket.last_at < place.second, and_(Ticket.last_at == place.second, Ticket.rid < place.rid))
    if _by_due(shelf):
        return query.where(or_(Ticket.next_at > place.first, and_(Ticket.next_at == place.first, older)))
    return query.where(older)


def _place(row: Ticket, shelf: Shelf) -> Place:
    return Place(row.next_at if _by_due(shelf) else 0, row.last_at, row.rid)


def _facts(row: Ticket) -> TicketFacts:
    return TicketFacts(
        row.rid, row.id, row.number, row.kind, row.channel, row.severity, row.title, row.words, row.unit, row.serial,
        row.market, row.customer, row.site, row.language, row.owner, row.origin, row.external_id, State(row.state),
        row.occurred_at, row.opened_at, row.resolved_at, row.replied_at, row.last_at,
        None if row.next_at >= NEVER else row.next_at, row.follow_up_due, row.passed_reason, row.reopened, row.flagged,
    )  # fmt: skip


def _attachment(entry: Entry) -> Attachment:
    body, known = entry.body, set(FileType)
    kind = body.get("type", "")
    return Attachment(
        entry.id, str(body.get("sha256", "")), str(body.get("name", "")),
        FileType(kind) if kind in known else FileType.OTHER, int(body.get("size", 0)), entry.at,
    )  # fmt: skip


def place_of(session: Session, ticket_id: str, shelf: Shelf) -> Place | None:
    """Where a ticket stands in a shelf's order, so that the next page starts after it."""
    row = ticket_record(session, ticket_id) if ticket_id else None
    return None if row is None else _place(row, shelf)
