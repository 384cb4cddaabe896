"""What the manufacturer's people can see of a ticket and of what belongs to it, field by field (product.md 8).

Computed from the declarations that the manufacturer's side is built from, so that both say the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.kernel.instants import now
from app.kernel.messages import Message, say
from app.store.bases import kinds
from app.sync.cells import cells_of
from app.sync.links import link_of
from app.sync.records import SyncEvent
from app.sync.shapes import DELETED, Nature, Shape, shapes_of
from app.sync.texts import FIELDS, KEYS
from app.tickets.records import Ticket
from app.views.field_values import Values
from app.views.moments import exact_of
from app.views.record_kinds import RECORDS
from app.views.sync_light import manufacturer_of

_OWNERS = ("customer", "site")
_ORDER = (
    "ticket", *_OWNERS, "unit", "unit_event", "repair", "repair_event", "sop_run", "sop_tick", "sign_form",
    "sealed_form", "acceptance", "form_event", "ticket_event", "fact_event", "sync_event",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what it is called, what stands in it, and both as they travel; `body.…` is a key of an event."""

    name: Message
    value: Message | str
    field: str
    raw: Any


@dataclass(frozen=True, slots=True)
class RecordSeen:
    """One record: what the manufacturer's people see of it, and what is the partner's alone. `opened`: all is seen."""

    kind: str
    id: str
    icon: str
    title: Message
    opened: bool
    shared: tuple[Line, ...]
    own: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class OpeningSeen:
    """Somebody of the manufacturer opened this case."""

    who: str
    when: Message
    why: str


@dataclass(frozen=True, slots=True)
class Sight:
    """The ticket's records in the order in which people think of them; `manufacturer` is empty when not known."""

    ticket: str
    number: str
    manufacturer: str
    linked: bool
    openings: tuple[OpeningSeen, ...]
    records: tuple[RecordSeen, ...]


def ticket_sight(session: Session, ticket_id: str, language: str = "en") -> Sight | None:
    """What can be seen of this ticket, or None when it is not here."""
    ticket = session.scalars(select(Ticket).where(Ticket.id == ticket_id)).first()
    if ticket is None:
        return None
    link, values, opened = link_of(session), Values(session, language), _opened(session)
    shapes = shapes_of(kinds())
    records = [
        _record(values, shapes[kind], thing, opened=bool(opened & _subjects(kind, thing)))
        for kind, thing in _belonging(session, ticket)
    ]
    return Sight(
        ticket.id, ticket.number, manufacturer_of(session, link), link is not None,
        tuple(_openings(session, values, {each.id for each in records})), tuple(records),
    )  # fmt: skip


def _belonging(session: Session, ticket: Ticket) -> Iterable[tuple[str, Any]]:
    """The ticket, whose it is, its machine, and all that names it or names what names it."""
    named: dict[str, set[str]] = {kind: {str(getattr(ticket, kind))} - {""} for kind in (*_OWNERS, "unit")}
    named["ticket"] = {ticket.id}
    subjects = {ticket.id}
    for kind in _ORDER:
        model: Any = kinds()[kind]
        columns = model.__table__.columns
        ways = [model.id.in_(named.get(kind, set()))]
        if "ticket" in columns:
            ways.append(model.ticket == ticket.id)
        if "subject_id" in columns:
            ways.append(model.subject_id.in_(named["unit"] if kind == "unit_event" else subjects))
        for thing in session.scalars(select(model).where(or_(*ways)).order_by(model.rid)):
            if kind not in (*_OWNERS, "unit", "unit_event"):
                subjects.add(thing.id)
            yield kind, thing


def _opened(session: Session) -> set[str]:
    """Every record whose fields are open: the subjects of all openings, and whose those tickets are."""
    subjects = set(session.scalars(select(SyncEvent.subject_id).where(SyncEvent.kind == "opened")))
    tickets = session.execute(select(Ticket.customer, Ticket.site).where(Ticket.id.in_(subjects)))
    return subjects | {f"/{key}" for row in tickets for key in row if key}


def _subjects(kind: str, thing: Any) -> set[str]:
    """What an opening may name so that this record is open; a slash marks whose a ticket is."""
    own = {f"/{thing.id}"} if kind in _OWNERS else set()
    return own | {thing.id, str(getattr(thing, "subject_id", "")), str(getattr(thing, "ticket", ""))} - {""}


def _openings(session: Session, values: Values, ids: set[str]) -> Iterable[OpeningSeen]:
    rows = select(SyncEvent).where(SyncEvent.kind == "opened", SyncEvent.subject_id.in_(ids)).order_by(SyncEvent.at)
    for event in session.scalars(rows):
        when = exact_of(event.at, now=now(), zone=values.zone)
        yield OpeningSeen(str(event.body.get("opened_by", "")), when, str(event.body.get("why", "")))


def _record(values: Values, shape: Shape, thing: Any, *, opened: bool) -> RecordSeen:
    fields = {name: cell.value for name, cell in cells_of(thing, shape).items()}
    shown = fields if opened else shape.shown(fields)
    seen, hidden = _flat(shape, shown), _flat(shape, _rest(fields, shown))
    icon, words = RECORDS[shape.kind]
    name = values.named(shape.kind, thing.id)
    if shape.nature is Nature.EVENT:
        title = say("{what}: {when}", what=words, when=exact_of(thing.at, now=now(), zone=values.zone))
    else:
        title = say("{what}: {name}", what=words, name=name) if name else words
    return RecordSeen(
        shape.kind, thing.id, icon, title, opened,
        tuple(_lines(values, shape.kind, seen)), tuple(_lines(values, shape.kind, hidden)),
    )  # fmt: skip


def _rest(fields: Mapping[str, Any], shown: Mapping[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in fields.items() if name not in shown}
    if isinstance(body := fields.get("body"), dict):
        seen = shown.get("body", {})
        rest["body"] = {key: value for key, value in body.items() if key not in seen}
    return rest


def _flat(shape: Shape, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with an event's body laid out key by key."""
    flat = dict(fields)
    if shape.nature is Nature.EVENT and isinstance(flat.get("body"), dict):
        flat |= {f"body.{key}": value for key, value in flat.pop("body").items()}
    return flat


def _lines(values: Values, kind: str, fields: Mapping[str, Any]) -> Iterable[Line]:
    for field, raw in fields.items():
        column = "deleted" if field == DELETED else field.removeprefix("body.")
        words = FIELDS.get(column) or KEYS.get(column) or say("{field}", field=column)
        yield Line(words, values.say(kind, column, raw, body=field.startswith("body.")), field, raw)
