"""Values of a form as plain data: each says what it is, so that it can be written in any language later."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.kernel.limits import limits_in_words
from app.kernel.messages import Message, Shown, say

Value = Any
"""A string as it stands, a whole number, yes or no, or a mapping whose `as` names what it is."""


def read_as(value: Value, form: str) -> Mapping[str, Any]:
    """The value if it is of this form, else nothing: which form stands in a field, another desk has decided."""
    return value if isinstance(value, Mapping) and value.get("as") == form else {}


def serial(number: str, state: str) -> Value:
    """A bare serial and what is known about it: checked, not_confirmed, no_legible."""
    return {"as": "serial", "serial": number, "state": state}


def published(kind: str, code: str) -> Value:
    """Something that the manufacturer named: a model, a component type."""
    return {"as": "published", "kind": kind, "code": code}


def choice(code: str) -> Value:
    """One of the choices of a field, or nothing."""
    return {"as": "choice", "code": code} if code else ""


def yes_no(yes: bool) -> Value:
    """An answer that is yes or no."""
    return {"as": "yes_no", "yes": yes}


def day(iso: str) -> Value:
    """A calendar day, ISO, or nothing."""
    return {"as": "day", "day": iso} if iso else ""


def sentences(packed: Iterable[dict[str, Any]]) -> Value:
    """Packed messages, or nothing."""
    kept = list(packed)
    return {"as": "sentences", "messages": kept} if kept else ""


def answered(answer: dict[str, Any] | None, reasons: Iterable[dict[str, Any]]) -> Value:
    """Packed messages of which the first is the answer, and the others say why; or nothing."""
    if answer is None:
        return sentences(reasons)
    return {"as": "sentences", "messages": [answer, *reasons], "answers": 1}


def procedure(code: str, version: int) -> Value:
    """A procedure in the version that was run."""
    return {"as": "procedure", "code": code, "version": version}


def measured(value: int) -> Value:
    """A number as it was typed into a form, scaled by the decimals of its field; a seal keeps it as a reading."""
    return {"as": "measured", "value": value}


def reading(
    value: int, *, decimals: int, unit: str, minimum: int | None, maximum: int | None, within: bool, reason: str = ""
) -> Value:
    """A measured value, scaled by `decimals`, with the limits that held when it was measured."""
    return {
        "as": "reading", "value": value, "decimals": decimals, "unit": unit, "minimum": minimum, "maximum": maximum,
        "within": within, "reason": reason,
    }  # fmt: skip


def reading_in_words(value: Value) -> Message:
    """`1.78 bar`."""
    number = Shown("decimal", value["value"], str(value["decimals"]))
    return say("{number} {unit}", number=number, unit=Shown("plain", value["unit"]))


def allowed(value: Value) -> Message:
    """The limits that held when it was measured, in words; an empty message where there were none."""
    return limits_in_words(value["minimum"], value["maximum"], decimals=value["decimals"], unit=value["unit"])
