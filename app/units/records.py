"""Machines, their life, and the components in them."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.days import may_be_day
from app.kernel.serials import SerialState
from app.kernel.slips import printed_number
from app.store.bases import ALL_DERIVED, Base, Event, InstantType, See, Synced, derived, link, lww, projects
from app.store.reads import Read
from app.store.search import SearchText
from app.store.stories import stories, subjects_of
from app.units.rules import DAYS, fold_components

_FITTED = {"type": Read(needed=True), "serial": Read(needed=True)}
_COMPONENT = {"serial": See.SHARED, "type": See.SHARED, "part": See.SHARED, "state": See.SHARED, "repair": See.SHARED}


class Unit(Synced):
    """A machine. `serial` is bare; days are ISO or empty; `serial_state` is checked or not_confirmed."""

    __tablename__ = "unit"
    reads: ClassVar[Mapping[str, Read]] = {
        "serial_state": Read(values=frozenset(SerialState)),
        **dict.fromkeys(DAYS, Read(fits=may_be_day)),
    }
    serial: Mapped[str] = lww(see=See.SHARED, index=True)
    serial_state: Mapped[str] = lww(see=See.SHARED, default="checked")
    model: Mapped[str] = lww(see=See.SHARED, default="")
    supply: Mapped[str] = lww(see=See.SHARED, default="")
    market: Mapped[str] = lww(see=See.SHARED, default="")
    made_week: Mapped[str] = lww(see=See.SHARED, default="")
    purchased_on: Mapped[str] = lww(see=See.SHARED, default="")
    delivered_on: Mapped[str] = lww(see=See.SHARED, default="")
    installed_on: Mapped[str] = lww(see=See.SHARED, default="")
    registered_on: Mapped[str] = lww(see=See.SHARED, default="")
    proof: Mapped[str] = lww(see=See.SHARED, default="")
    customer_kind: Mapped[str] = lww(see=See.SHARED, default="")
    status: Mapped[str] = lww(see=See.SHARED, default="in_use")
    owner: Mapped[str] = link("customer", see=See.PARTNER)
    site: Mapped[str] = link("site", see=See.PARTNER)
    duplicate_of: Mapped[str] = derived(default="")

    def search_text(self) -> SearchText:
        return self.search_text_of(vars(self))

    @staticmethod
    def search_text_of(row: Mapping[str, Any]) -> SearchText:
        serial = row["serial"]
        return SearchText(row["created_at"], (serial, printed_number(serial), serial[8:13], row["model"]))


class UnitEvent(Event):
    """`factory` marks a component that was there when the machine left the works."""

    __tablename__ = "unit_event"
    bodies: ClassVar = {
        "registered": {"serial": See.SHARED, "state": See.SHARED},
        "component_in": {**_COMPONENT, "factory": See.SHARED},
        "component_out": {**_COMPONENT, "fate": See.SHARED},
        "component_undone": {"reason": See.SHARED},
        "owner_changed": {"owner": See.PARTNER, "site": See.PARTNER},
        "moved": {"status": See.SHARED},
    }
    reads: ClassVar = {
        "component_in": {**_FITTED, "part": Read(), "state": Read(needed=True, values=frozenset(SerialState))},
        "component_out": _FITTED,
        "owner_changed": {"owner": Read(needed=True)},
    }


class Component(Base):
    """What is in a machine now: a projection of `unit_event`, keyed by the event that put it in."""

    __tablename__ = "component"
    __table_args__ = {"info": ALL_DERIVED}  # noqa: RUF012 - as SQLAlchemy wants it
    id: Mapped[str] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(index=True)
    type: Mapped[str]
    serial: Mapped[str] = mapped_column(index=True)
    part: Mapped[str]
    state: Mapped[str]
    since: Mapped[int] = mapped_column(InstantType)


@projects("unit_event")
def project_components(connection: Connection, ids: Sequence[str]) -> None:
    """Fold the component events of the machines that these events belong to."""
    units = subjects_of(connection, UnitEvent, ids)
    events = stories(connection, UnitEvent, units)
    connection.execute(delete(Component).where(Component.unit_id.in_(units)))
    rows = [
        {"id": each.id, "unit_id": unit, "type": each.type, "serial": each.serial, "part": each.part,
         "state": each.state.value, "since": each.since}
        for unit in events for each in fold_components(events[unit])
    ]  # fmt: skip
    if rows:
        connection.execute(insert(Component), rows)


@projects("unit")
def project_duplicates(connection: Connection, ids: Sequence[str]) -> None:
    """Flag every machine whose serial was registered before under another id, on this device or another."""
    serials = select(Unit.serial).where(Unit.id.in_(ids))
    chosen = select(Unit.id, Unit.serial, Unit.duplicate_of).where(Unit.serial.in_(serials), Unit.deleted.is_(False))
    first: dict[str, str] = {}
    for unit, serial, flagged in connection.execute(chosen.order_by(Unit.created_at, Unit.id)).all():
        original = first.setdefault(serial, unit)
        right = "" if original == unit else original
        if flagged != right:
            connection.execute(update(Unit).where(Unit.id == unit).values(duplicate_of=right))
