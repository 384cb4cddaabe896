"""Where news comes from: each source reads one kind of thing from the records, and says it with a key that lasts."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.current import installed_catalog
from app.content.records import PackRow
from app.customers.queries import customer_names
from app.kernel.beside import Beside
from app.kernel.instants import DAY, SECOND
from app.kernel.messages import Message, Shown, say
from app.parts.queries import MoveSeen, moves_of, places
from app.parts.rules import Level
from app.people.queries import names_of
from app.signoff.queries import unrendered
from app.store.bases import Operation, Stream
from app.sync.errors import SyncTrouble
from app.sync.links import link_of
from app.sync.records import Refused
from app.sync.sentences import TROUBLES
from app.tickets.queries import Shelf, TicketFacts, due, page_of
from app.tickets.records import Ticket, TicketEvent
from app.tickets.rules import State
from app.views.parts_page import PartRow, parts_page
from app.views.sync_light import manufacturer_of, open_clashes

MOST = 50
PATIENCE = 4 * 3600 * SECOND  # a line that is down for less is the normal case
DRAWN_WITHIN = 600 * SECOND  # a paper takes seconds
MOVES = 200


class Sort(StrEnum):
    """What a person may mute, in the order in which it is told."""

    FOLLOW_UP = "follow_up"
    HANDED = "handed"
    CLASH = "clash"
    EXCHANGE = "exchange"
    PAPER = "paper"
    STOCK = "stock"
    BACKUP = "backup"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, when, and what is known from outside the store."""

    session: Session
    person: str
    language: str
    trouble: str
    trouble_since: int
    beside: Beside
    now: int


@dataclass(frozen=True, slots=True)
class Found:
    """One matter; `at` is since when in microseconds UTC, 0 where nobody knows."""

    key: str
    sort: Sort
    what: Message
    line: Message
    at: int
    place: str
    argument: object = None


def follow_ups(asked: Asked) -> Iterator[Found]:
    """Customers to ask, from the moment on that was set for it."""
    found = [
        each for each in due(asked.session, limit=MOST)
        if each.state is State.RESOLVED and each.next_at is not None and each.next_at <= asked.now
    ]  # fmt: skip
    names = customer_names(asked.session, (each.customer for each in found))
    for each in found:
        what = say("Ask how it went: {title}", title=each.title)
        at = each.next_at or 0
        yield Found(f"follow_up:{each.id}:{at}", Sort.FOLLOW_UP, what, _whose(each, names), at, "tickets", each.id)


def handed(asked: Asked) -> Iterator[Found]:
    """Open tickets that somebody else gave to this person."""
    mine, _ = page_of(asked.session, Shelf.MINE, person=asked.person, limit=MOST) if asked.person else ((), None)
    chosen = select(TicketEvent).where(TicketEvent.kind == "assigned", TicketEvent.subject_id.in_([t.id for t in mine]))
    last = {each.subject_id: each for each in asked.session.scalars(chosen.order_by(TicketEvent.at, TicketEvent.id))}
    made = dict(asked.session.execute(select(Ticket.id, Ticket.created_by).where(Ticket.id.in_([t.id for t in mine])))
                .tuples().all())  # fmt: skip
    names = names_of(asked.session)
    for ticket in mine:
        event = last.get(ticket.id)
        giver, at = (event.by, event.at) if event else (made.get(ticket.id, ""), ticket.opened_at)
        if giver not in ("", asked.person):
            line = say("{number}, from {name}", number=Shown("plain", ticket.number), name=names.get(giver, ""))
            what = say("Handed to you: {title}", title=ticket.title)
            yield Found(f"handed:{event.id if event else ticket.id}", Sort.HANDED, what, line, at, "tickets", ticket.id)


def clashes(asked: Asked) -> Iterator[Found]:
    """Two people wrote the same, or the manufacturer could not take a record: a person decides."""
    table = open_clashes()
    for key, at in asked.session.execute(select(table.c.id, table.c.at).order_by(table.c.at.desc()).limit(MOST)):
        what = say("Two people changed the same thing")
        yield Found(f"clash:{key}", Sort.CLASH, what, say("Both values are kept."), at, "exchange")
    name = manufacturer_of(asked.session, link_of(asked.session))
    refused = select(Refused).where(~Refused.seen).order_by(Refused.at.desc()).limit(MOST)
    for each in asked.session.scalars(refused):
        what = say("{manufacturer} could not take a record", manufacturer=name)
        yield Found(f"refused:{each.op_id}", Sort.CLASH, what, say("It stays here."), each.at, "exchange")


def exchange(asked: Asked) -> Iterator[Found]:
    """The line is down for hours, or somebody has to do something. A clock that was set back waits with the rest."""
    link = link_of(asked.session)
    if link is None or asked.trouble not in set(SyncTrouble):
        return
    trouble = SyncTrouble(asked.trouble)
    whole = link.synced_at or link.enrolled_at  # after a start the trouble is young, the silence is not
    if trouble is SyncTrouble.OFFLINE and asked.now - whole < PATIENCE:
        return
    what, line = (Message(each.msgid, {"manufacturer": manufacturer_of(asked.session, link)})
                  for each in TROUBLES[trouble])  # fmt: skip
    at = whole if trouble is SyncTrouble.OFFLINE else asked.trouble_since
    yield Found(f"exchange:{trouble}:{whole}", Sort.EXCHANGE, what, line, at, "exchange")


def content(asked: Asked) -> Iterator[Found]:
    """A newer pack than the first, and a newer crisis handbook."""
    packs = asked.session.scalars(select(PackRow).order_by(PackRow.rid.desc()).limit(2)).all()
    name = manufacturer_of(asked.session, None)
    if len(packs) > 1:
        what = say("{manufacturer} published version {version}", manufacturer=name, version=packs[0].version)
        line = say("Procedures, parts and answers are up to date.")
        yield Found(f"content:{packs[0].sha256[:16]}", Sort.CONTENT, what, line, packs[0].installed_at, "settings")
    since = asked.beside.handbook_since
    if since:
        line = say("Read it once before it is needed.")
        yield Found(f"handbook:{since}", Sort.CONTENT, say("The crisis handbook is new"), line, since, "crisis")


def papers(asked: Asked) -> Iterator[Found]:
    """What was signed here and has no paper after ten minutes."""
    device = asked.session.scalar(select(Stream.device)) or ""
    for each in unrendered(asked.session, device)[:MOST]:
        if asked.now - each.at > DRAWN_WITHIN:
            what = say("The paper of a signed form could not be made")
            line = say("Nothing is lost. It is tried again at the next start.")
            yield Found(f"paper:{each.id}", Sort.PAPER, what, line, each.at, "forms")


def stock(asked: Asked) -> Iterator[Found]:
    """Parts that fell below what is to be held; what was never there did not fall."""
    if installed_catalog(asked.session) is None:
        return
    locked = frozenset(each.id for each in places(asked.session) if each.locked)
    low = [each for each in parts_page(asked.session, asked.language).rows if each.must and _is_low(each)]
    for each in low:
        fell = fell_at(moves_of(asked.session, each.number, limit=MOVES), each.total, each.floor, locked)
        if fell is not None:
            line = say("{count} there, {floor} to be held", count=each.total, floor=each.floor)
            what = say("{part} is below what is to be held", part=each.name)
            yield Found(f"stock:{each.number}:{fell.id}", Sort.STOCK, what, line, fell.at, "parts", each.number)


def unsaved(asked: Asked) -> Iterator[Found]:
    """Something was entered a day ago and no backup holds it."""
    if asked.beside.backed_up < 0:
        return
    first = select(func.min(Operation.n)).where(Operation.n > asked.beside.backed_up).scalar_subquery()
    body = asked.session.scalar(select(Operation.body).where(Operation.n == first))
    at = int(str(json.loads(body)["hlc"])[:12], 16) * 1000 if body else 0
    if at and asked.now - at > DAY:
        what = say("What you entered is in no backup for a day")
        line = say("Is the disk full? Make room, then it is tried again.")
        yield Found(f"backup:{asked.beside.backed_up}", Sort.BACKUP, what, line, at, "settings")


def fell_at(moves: Sequence[MoveSeen], total: int, floor: int, locked: frozenset[str]) -> MoveSeen | None:
    """The movement by which a stock fell below its floor and has stayed there; `moves` are newest first."""
    fell = None
    for each in moves:
        if total >= floor:
            return fell
        if not each.reversed and each.kind != "reversed":
            fell = each
            total -= _effect(each, locked)
    return fell if total >= floor or len(moves) >= MOVES else None


def _effect(move: MoveSeen, locked: frozenset[str]) -> int:
    """By how many pieces a movement changed what counts as stock."""
    quantity = move.body.get("quantity")
    if type(quantity) is not int:
        return 0
    here = move.body.get("place") not in locked
    if move.kind == "transferred":
        return quantity * ((move.body.get("to") not in locked) - here)
    return quantity if here else 0


def _is_low(row: PartRow) -> bool:
    return row.floor > 0 and row.level in (Level.BELOW, Level.GONE, Level.NEGATIVE)


def _whose(ticket: TicketFacts, names: dict[str, str]) -> Message:
    number = Shown("plain", ticket.number)
    if ticket.customer in names:
        return say("{number}, {customer}", number=number, customer=names[ticket.customer])
    return say("{number}", number=number)
