"""The facts of a ticket that are under lock: what there is, who may open it, never what it says."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.facts.queries import FactSeen, facts_of, readers_of
from app.facts.rules import Sort
from app.facts.texts import SORTS
from app.kernel.instants import now
from app.kernel.messages import Message, say
from app.people.queries import names_of, staff_record
from app.sync.links import link_of
from app.tickets.queries import ticket_facts
from app.views.moments import exact_of, zone_of
from app.views.sync_light import manufacturer_of


@dataclass(frozen=True, slots=True)
class LockedLine:
    """One fact: what it is about, who locked it and when; `state` says more, `can_open` whether there is a key here."""

    id: str
    sort: Message
    by: str
    when: Message
    state: Message | None
    can_open: bool


@dataclass(frozen=True, slots=True)
class LockedPage:
    """`has_words` when the person at the desk has chosen words; `can_lock` while somebody could open a fact."""

    ticket: str
    number: str
    manufacturer: str
    lines: tuple[LockedLine, ...]
    has_words: bool
    can_lock: bool


def locked_page(session: Session, ticket_id: str, person: str) -> LockedPage | None:
    """What is under lock on this ticket, as this person sees it; None while the ticket is not here."""
    ticket = ticket_facts(session, ticket_id)
    if ticket is None:
        return None
    names, zone, known = names_of(session), zone_of(session), staff_record(session, person)
    lines = tuple(_line(session, each, names, zone) for each in facts_of(session, ticket_id))
    return LockedPage(
        ticket.id, ticket.number, manufacturer_of(session, link_of(session)), lines,
        has_words=bool(known and known.guarded), can_lock=bool(readers_of(session)),
    )  # fmt: skip


def _line(session: Session, fact: FactSeen, names: dict[str, str], zone: str) -> LockedLine:
    here = not fact.is_destroyed and session.info["files"].has(fact.wrap)
    state = None
    if fact.is_destroyed:
        state = say("Destroyed: {why}", why=fact.reason) if fact.reason else say("Destroyed")
    elif not here:
        state = say("Its key comes with the next exchange.")
    sort = SORTS[Sort(fact.sort)] if fact.sort in set(Sort) else say("{sort}", sort=fact.sort)
    return LockedLine(
        fact.id, sort, names.get(fact.by, ""), exact_of(fact.at, now=now(), zone=zone), state, can_open=here
    )
