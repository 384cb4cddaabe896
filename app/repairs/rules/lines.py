"""A part line of a repair: what was done with a part, its numbers, and who pays."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from app.kernel.messages import Message
from app.kernel.packing import unpacked


class LineAction(StrEnum):
    ADD = "add"  # fitted from stock; a serialised one takes the place of an old one
    REMOVE = "remove"  # taken out, not replaced
    RECYCLE = "recycle"  # taken out and put into stock


@dataclass(frozen=True, slots=True)
class PartLine:
    """The body of a `line` event, as it is kept and signed.

    `old_…` and `new_…` are bare component numbers and what is known about them; `why` holds packed messages, the
    first of them the sentence; `unit_events` the ids of the component events made with it.
    """

    line: str
    action: str
    part: str
    quantity: int
    place: str = ""
    type: str = ""
    old_serial: str = ""
    old_state: str = ""
    old_fate: str = ""
    new_serial: str = ""
    new_state: str = ""
    photo: str = ""
    parts_verdict: str = ""
    labour_verdict: str = ""
    travel_verdict: str = ""
    parts_payer: str = ""
    labour_payer: str = ""
    travel_payer: str = ""
    missing: list[str] = field(default_factory=list)
    policy: str = ""
    policy_version: int = 0
    why: list[dict[str, Any]] = field(default_factory=list)
    decided_by: str = ""
    unit_events: list[str] = field(default_factory=list)

    def body(self) -> dict[str, Any]:
        """The event's body."""
        return asdict(self)

    @property
    def sentence(self) -> Message | None:
        """The warranty sentence as it was decided."""
        return unpacked(self.why[0]) if self.why else None


LINE_KEYS = tuple(each.name for each in fields(PartLine))


def line_of(body: Mapping[str, Any]) -> PartLine:
    """The line in an event's body; keys of a newer version are left aside."""
    return PartLine(**{name: body[name] for name in LINE_KEYS if name in body})
