"""What the palette finds among the records while one is on the telephone (R45)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.current import installed_catalog
from app.customers.queries import customer_names, find_customers
from app.kernel.messages import Message, Shown, say
from app.kernel.serials import UnitSerial, fold, looks_like_unit, unit_serial
from app.parts.queries import stock_levels
from app.parts.rules import find_parts
from app.store.search import hits
from app.tickets.records import Ticket
from app.units.queries import units_like
from app.views.faq import find_answers
from app.views.parts_sought import part_words

MOST = 6  # of each kind: more would push the acts off the palette
ENOUGH_DIGITS = 4  # "four digits are enough on the telephone"


class Kind(StrEnum):
    UNIT = "unit"
    NEW_UNIT = "new_unit"
    TICKET = "ticket"
    CUSTOMER = "customer"
    PART = "part"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Found:
    """One record: `title` and `line` are a user's text or a message; `argument` is what its page opens with."""

    kind: Kind
    argument: str
    title: str | Message
    line: str | Message = ""


def find_records(session: Session, text: str, language: str) -> tuple[Found, ...]:
    """Machines, tickets, customers, parts and answers for what was typed, at most six of each, newest first."""
    if not text.strip():
        return ()
    customers = find_customers(session, text, limit=MOST)
    return (
        *_units(session, text),
        *_tickets(session, text, [each.id for each in customers]),
        *(Found(Kind.CUSTOMER, each.id, each.name, each.contact) for each in customers),
        *_parts(session, text, language),
        *_answers(session, text, language),
    )


def _units(session: Session, text: str) -> Iterable[Found]:
    bare = fold(text)
    found = units_like(session, bare, limit=MOST) if len(bare) >= ENOUGH_DIGITS else ()
    names = customer_names(session, [each.owner for each in found])
    for each in found:
        yield Found(Kind.UNIT, each.serial, each.printed, names.get(each.owner, ""))
    if not found and looks_like_unit(text):
        known = unit_serial(text)
        line = say("Not here yet: open its page") if known else say("The check character is wrong: look again")
        yield Found(Kind.NEW_UNIT, bare, UnitSerial(bare).printed, line)


def _tickets(session: Session, text: str, customers: Sequence[str]) -> Iterable[Found]:
    """Tickets by their own words, then those of the customers that were found."""
    rids = [rid for _, rid in hits(session.connection(), text, kinds=("ticket",), limit=MOST)]
    chosen = select(Ticket).where(Ticket.deleted.is_(False))
    own = {row.rid: row for row in session.scalars(chosen.where(Ticket.rid.in_(rids)))}
    rows = [own[rid] for rid in rids if rid in own]
    if len(rows) < MOST and customers:
        theirs = chosen.where(Ticket.customer.in_(customers), Ticket.rid.not_in(rids))
        rows += session.scalars(theirs.order_by(Ticket.rid.desc()).limit(MOST - len(rows)))
    names = customer_names(session, [row.customer for row in rows])
    for row in rows:
        who = names.get(row.customer, "")
        number = Shown("plain", row.number)
        line = say("{number} · {customer}", number=number, customer=who) if who else say("{number}", number=number)
        yield Found(Kind.TICKET, row.id, row.title, line)


def _parts(session: Session, text: str, language: str) -> Iterable[Found]:
    catalog = installed_catalog(session)
    if catalog is None:
        return
    numbers = [hit.number for hit in find_parts(part_words(catalog), text)[:MOST]]
    levels = stock_levels(session, numbers) if numbers else {}
    for number in numbers:
        pieces = sum(levels.get(number, {}).values())
        line = say("{number} · {count} in stock", number=Shown("plain", number), count=pieces)
        yield Found(Kind.PART, number, catalog.name("part", number, language).text, line)


def _answers(session: Session, text: str, language: str) -> Iterable[Found]:
    for each in find_answers(session, text, language):
        yield Found(Kind.ANSWER, each.code, each.question, each.source)
