"""What leaves as a table for other programs: plain codes, days and instants in UTC, row by row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.catalog.current import catalog_of
from app.customers.records import Customer, Site
from app.kernel.days import is_day
from app.kernel.instants import moment_of
from app.kernel.slips import printed_number
from app.parts.records import Place, StockLevel
from app.people.records import Staff
from app.tickets.records import Ticket
from app.units.records import Unit

Cell = str | int | date | datetime  # a datetime is aware, in UTC, without a fraction of a second
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ExportTable:
    """`rows` are read while they are taken, inside the session's block; each has as many cells as `head`."""

    head: tuple[str, ...]
    count: int
    rows: Iterator[Sequence[Cell]]


def tickets_table(session: Session, *, own: bool = False) -> ExportTable:
    """Every ticket, oldest first, with its customer's name; with `own` also the customer's words and addresses."""
    columns: dict[str, Any] = {
        "number": Ticket.number, "kind": Ticket.kind, "channel": Ticket.channel, "severity": Ticket.severity,
        "state": Ticket.state, "title": Ticket.title, "serial": Ticket.serial, "model": Unit.model,
        "market": Ticket.market, "customer": Customer.name, "owner": Staff.name, "occurred_at": Ticket.occurred_at,
        "opened_at": Ticket.opened_at, "resolved_at": Ticket.resolved_at, "follow_up_due": Ticket.follow_up_due,
        "origin": Ticket.origin, "external_id": Ticket.external_id,
    }  # fmt: skip
    query = (
        select(*(columns | (_OWN | {"words": Ticket.words} if own else {})).values())
        .outerjoin(Unit, Unit.id == Ticket.unit)
        .outerjoin(Customer, Customer.id == Ticket.customer)
        .outerjoin(Site, Site.id == Ticket.site)
        .outerjoin(Staff, Staff.id == Ticket.owner)
        .where(Ticket.deleted.is_(False))
        .order_by(Ticket.occurred_at, Ticket.rid)
    )
    head = (*columns, *((*_OWN, "words") if own else ()))
    return _table(session, head, query, Ticket.deleted.is_(False))


def units_table(session: Session, *, own: bool = False) -> ExportTable:
    """Every machine by serial, with its owner's name; with `own` also how the owner can be reached."""
    columns: dict[str, Any] = {
        "serial": Unit.serial, "serial_state": Unit.serial_state, "model": Unit.model, "supply": Unit.supply,
        "market": Unit.market, "made_week": Unit.made_week, "purchased_on": Unit.purchased_on,
        "delivered_on": Unit.delivered_on, "installed_on": Unit.installed_on, "registered_on": Unit.registered_on,
        "proof": Unit.proof, "status": Unit.status, "customer": Customer.name,
    }  # fmt: skip
    query = (
        select(*(columns | (_OWN if own else {})).values())
        .outerjoin(Customer, Customer.id == Unit.owner)
        .outerjoin(Site, Site.id == Unit.site)
        .where(Unit.deleted.is_(False))
        .order_by(Unit.serial, Unit.rid)
    )
    return _table(session, (*columns, *(_OWN if own else ())), query, Unit.deleted.is_(False))


def stock_table(session: Session, *, own: bool = False) -> ExportTable:
    """Pieces by part and place, with the part's English name; a number below zero is a part fitted unbooked."""
    catalog = catalog_of(session)
    columns = {"part": StockLevel.part, "place": Place.name, "place_kind": Place.kind, "quantity": StockLevel.quantity}
    query = (
        select(*columns.values())
        .outerjoin(Place, Place.id == StockLevel.place)
        .order_by(StockLevel.part, Place.name, StockLevel.place)
    )
    found = _table(session, tuple(columns), query, StockLevel.part != "")
    names = {number: catalog.name("part", number, "en").text for number in catalog.spares.by_number}
    named = ((part, names.get(str(part), ""), *rest) for part, *rest in found.rows)
    return ExportTable(("part", "name", *found.head[1:]), found.count, named)


TABLES: Mapping[str, Callable[..., ExportTable]] = {
    "tickets": tickets_table,
    "units": units_table,
    "stock": stock_table,
}
_OWN: dict[str, Any] = {
    "contact": Customer.contact, "phone": Customer.phone, "email": Customer.email, "site": Site.name,
    "address": Site.address,
}  # fmt: skip


def _table(session: Session, head: tuple[str, ...], query: Select[Any], counted: ColumnElement[bool]) -> ExportTable:
    count = session.scalar(select(func.count()).where(counted)) or 0
    found = session.execute(query.execution_options(yield_per=_AT_ONCE))
    shapes = [_SHAPES.get(name, _plain) for name in head]
    rows = ([shape(cell) for shape, cell in zip(shapes, row, strict=True)] for row in found)
    return ExportTable(head, count, rows)


def _plain(value: Any) -> Cell:
    return "" if value is None else value if isinstance(value, int) else str(value)


def _serial(value: str | None) -> Cell:
    return printed_number(value) if value else ""


def _instant(value: int | None) -> Cell:
    return moment_of(value, "UTC").replace(microsecond=0) if value else ""


def _day(value: str | None) -> Cell:
    """What is no day of the calendar came from elsewhere and stands as it is."""
    return date.fromisoformat(value) if value and is_day(value) else value or ""


INSTANTS = ("occurred_at", "opened_at", "resolved_at")
_DAYS = ("purchased_on", "delivered_on", "installed_on", "registered_on", "follow_up_due")
_SHAPES: dict[str, Callable[[Any], Cell]] = {
    "serial": _serial, **dict.fromkeys(INSTANTS, _instant), **dict.fromkeys(_DAYS, _day),
}  # fmt: skip
