"""Machines by serial: what a serial is worth, and which components are in a machine after all that happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.kernel.errors import Trouble, UserError
from app.kernel.happenings import Happening, in_force
from app.kernel.messages import say
from app.kernel.serials import SerialState, UnitSerial, fold, likely_slip, looks_like_unit, unit_serial


class UnitStatus(StrEnum):
    IN_USE = "in_use"
    IN_STOCK = "in_stock"
    IN_REPAIR = "in_repair"
    ON_LOAN = "on_loan"
    RETURNED = "returned"
    SCRAPPED = "scrapped"


class Fate(StrEnum):
    """What becomes of a part that was taken out."""

    RETURN = "return"  # to the manufacturer
    QUARANTINE = "quarantine"
    SCRAP = "scrap"
    CUSTOMER = "customer"  # the customer keeps it
    STOCK = "stock"  # used again


@dataclass(frozen=True, slots=True)
class ReadSerial:
    """A machine's number as typed. `state` is not_confirmed when its shape is right and its check character is not."""

    bare: str
    state: SerialState
    slip: str = ""  # bare number that was probably meant

    @property
    def printed(self) -> str:
        return UnitSerial(self.bare).printed


DAYS = ("purchased_on", "delivered_on", "installed_on", "registered_on")


def read_serial(text: str) -> ReadSerial:
    """The machine serial in `text`; UserError(BAD_INPUT) when it has not the shape of one."""
    known = unit_serial(text)
    if known:
        return ReadSerial(known.bare, SerialState.CHECKED)
    if not looks_like_unit(text):
        shape = say("This is not a machine number. It has 14 characters, as on the plate: FD2A-2617-00428-N.")
        raise UserError(Trouble.BAD_INPUT, shape, field="serial")
    return ReadSerial(fold(text), SerialState.NOT_CONFIRMED, likely_slip(text))


@dataclass(frozen=True, slots=True)
class Fitted:
    """A component in a machine since `since` (microseconds UTC; 0: since it was built). `id` is that of its event."""

    id: str
    type: str
    serial: str
    part: str
    state: SerialState
    since: int


def fold_components(events: Iterable[Happening]) -> tuple[Fitted, ...]:
    """The components after these events, in whatever order they arrived, sorted by type and serial."""
    inside: dict[str, Fitted] = {}
    for each in in_force(events, undo="component_undone"):
        if each.kind == "component_in":
            inside[each.id] = _fitted(each)
        elif each.kind == "component_out":
            gone = _taken_out(inside.values(), each.body)
            inside = {key: fitted for key, fitted in inside.items() if key != gone}
    return tuple(sorted(inside.values(), key=lambda each: (each.type, each.serial, each.id)))


def _fitted(event: Happening) -> Fitted:
    body = event.body
    since = 0 if body.get("factory") else event.at
    return Fitted(event.id, body["type"], body["serial"], body.get("part", ""), SerialState(body["state"]), since)


def _taken_out(inside: Iterable[Fitted], body: Mapping[str, Any]) -> str:
    """The id of what left: the one with this serial, else the only one of its type.

    A machine with one boiler cannot have kept the recorded one when another was found in its place.
    """
    alike = [each for each in inside if each.type == body["type"]]
    exact = [each for each in alike if each.serial == body["serial"] and each.serial]
    if exact:
        return exact[0].id
    return alike[0].id if len(alike) == 1 else ""
