"""How the connection stands, and what of it is worth saying; pure."""

from dataclasses import dataclass
from enum import StrEnum

WRONG_CLOCK_MS = 120_000  # beyond this a person is told (domain.md 4.2)


class Standing(StrEnum):
    """The quiet light at the foot of the rail, the gravest first."""

    NOT_SET_UP = "not_set_up"
    STUCK = "stuck"  # somebody has to do something
    OFFLINE = "offline"
    TO_DECIDE = "to_decide"  # something clashed or was refused
    CLOCK = "clock"  # this machine's clock is far from the manufacturer's
    WAITING = "waiting"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the light is judged by; `trouble` is why the last exchange failed, or empty."""

    linked: bool
    trouble: str
    waiting: int
    to_decide: int
    clock_error: int = 0


def standing(facts: Facts) -> Standing:
    """How it stands now."""
    if not facts.linked:
        return Standing.NOT_SET_UP
    if facts.trouble == "offline":
        return Standing.OFFLINE
    if facts.trouble:
        return Standing.STUCK
    if facts.to_decide:
        return Standing.TO_DECIDE
    if clock_is_wrong(facts.clock_error):
        return Standing.CLOCK
    return Standing.WAITING if facts.waiting else Standing.SENT


def clock_is_wrong(error_ms: int) -> bool:
    """Whether this machine's clock is so far from the hub's that people should know."""
    return abs(error_ms) > WRONG_CLOCK_MS
