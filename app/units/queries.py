"""Reads of machines and their components."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from app.kernel.happenings import Happening
from app.kernel.serials import SerialState, fold, looks_like_unit
from app.kernel.slips import printed_number
from app.store.stories import story_of
from app.units.records import Component, Unit, UnitEvent


@dataclass(frozen=True, slots=True)
class UnitSeen:
    """A machine as it is stored; days ISO or empty, `duplicate_of` the id of the first with the same serial."""

    id: str
    serial: str
    serial_state: SerialState
    model: str
    supply: str
    market: str
    made_week: str
    purchased_on: str
    delivered_on: str
    installed_on: str
    registered_on: str
    proof: str
    customer_kind: str
    status: str
    owner: str
    site: str
    duplicate_of: str

    @property
    def printed(self) -> str:
        return printed_number(self.serial)


@dataclass(frozen=True, slots=True)
class ComponentSeen:
    """A component in a machine; `serial` bare or empty, `since` microseconds UTC, 0 from the works."""

    type: str
    serial: str
    part: str
    state: SerialState
    since: int


def unit_of(session: Session, unit_id: str) -> UnitSeen | None:
    """The machine with this id."""
    return _seen(session.scalar(select(Unit).where(Unit.id == unit_id)))


def unit_by_serial(session: Session, text: str) -> UnitSeen | None:
    """The machine whose serial was scanned or typed, in any spelling; the first one when it was registered twice.

    A number whose check is wrong leads to its machine too: it was registered as it stands on the plate.
    """
    if not looks_like_unit(text):
        return None
    chosen = select(Unit).where(Unit.serial == fold(text), Unit.deleted.is_(False))
    return _seen(session.scalar(chosen.order_by(Unit.created_at, Unit.id).limit(1)))


def twin_of(session: Session, unit: UnitSeen) -> str:
    """The id of the other machine with this serial: the first one for a second, the second for the first; or empty."""
    if unit.duplicate_of:
        return unit.duplicate_of
    chosen = select(Unit.id).where(Unit.duplicate_of == unit.id, Unit.deleted.is_(False))
    return session.scalar(chosen.order_by(Unit.created_at, Unit.id).limit(1)) or ""


def units_like(session: Session, digits: str, *, limit: int = 20) -> tuple[UnitSeen, ...]:
    """Machines whose serial holds these signs: four digits are enough on the telephone."""
    chosen = select(Unit).where(Unit.serial.contains(digits, autoescape=True), Unit.deleted.is_(False))
    return tuple(filter(None, map(_seen, session.scalars(chosen.order_by(Unit.serial).limit(limit)))))


def unit_page(session: Session, *, after: str = "", like: str = "", limit: int = 60) -> tuple[UnitSeen, ...]:
    """The next machines by serial after the machine with the id `after` (keyset), those holding `like` only."""
    chosen = select(Unit).where(Unit.deleted.is_(False))
    if after:
        last = select(Unit.serial, Unit.id).where(Unit.id == after).scalar_subquery()
        chosen = chosen.where(tuple_(Unit.serial, Unit.id) > last)
    if like:
        chosen = chosen.where(Unit.serial.contains(like, autoescape=True))
    return tuple(filter(None, map(_seen, session.scalars(chosen.order_by(Unit.serial, Unit.id).limit(limit)))))


def unit_count(session: Session) -> int:
    """How many machines are known here."""
    return session.scalar(select(func.count(Unit.rid)).where(Unit.deleted.is_(False))) or 0


def units_by_model(session: Session) -> dict[str, int]:
    """How many machines of each model are in the field: the stock to hold is counted from it."""
    chosen = select(Unit.model, func.count(Unit.rid)).where(Unit.deleted.is_(False), Unit.status != "scrapped")
    return {model: number for model, number in session.execute(chosen.group_by(Unit.model))}


def units_of(session: Session, ids: Sequence[str]) -> dict[str, UnitSeen]:
    """Machines by id, for lists."""
    found = map(_seen, session.scalars(select(Unit).where(Unit.id.in_(ids))))
    return {each.id: each for each in found if each}


def units_of_owner(session: Session, owner: str) -> tuple[UnitSeen, ...]:
    """The machines of a customer, by serial."""
    chosen = select(Unit).where(Unit.owner == owner, Unit.deleted.is_(False)).order_by(Unit.serial, Unit.rid)
    return tuple(filter(None, map(_seen, session.scalars(chosen))))


def components_of(session: Session, unit_id: str) -> tuple[ComponentSeen, ...]:
    """What is in the machine now, by type and serial."""
    chosen = select(Component).where(Component.unit_id == unit_id).order_by(Component.type, Component.serial)
    return tuple(
        ComponentSeen(each.type, each.serial, each.part, SerialState(each.state), each.since)
        for each in session.scalars(chosen)
    )


@dataclass(frozen=True, slots=True)
class ComponentPlace:
    """Which machine a component is in, and what it is."""

    unit: str
    type: str


def component_at(session: Session, serial: str) -> ComponentPlace | None:
    """Where the component with this bare serial is now; None when no machine here holds it."""
    if not serial:
        return None
    chosen = select(Component.unit_id, Component.type).where(Component.serial == serial).limit(1)
    found = session.execute(chosen).first()
    return ComponentPlace(*found) if found else None


def component_home(session: Session, serial: str) -> str:
    """The id of the machine that holds the component with this bare serial, or empty."""
    if not serial:
        return ""
    return session.scalar(select(Component.unit_id).where(Component.serial == serial).limit(1)) or ""


def happenings_of(session: Session, unit_id: str) -> tuple[Happening, ...]:
    """The machine's own events, newest first."""
    return story_of(session, UnitEvent, unit_id)[::-1]


_NAMES = tuple(name for name in UnitSeen.__dataclass_fields__ if name != "serial_state")


def _seen(unit: Unit | None) -> UnitSeen | None:
    if unit is None:
        return None
    plain = {name: getattr(unit, name) for name in _NAMES}
    return UnitSeen(serial_state=SerialState(unit.serial_state), **plain)
