"""Texts for people, kept apart from their language: a template, its values, and how to count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Shown:
    """A value that the language room formats: `how` is date, long_day, short_day, month, datetime, time, money,
    decimal, percent or plain.

    `datum` is microseconds UTC for datetime and time, an ISO date for date, long_day, short_day and month, minor
    units for money, a scaled integer for decimal; `detail` is the zone (datetime, time), the currency (money) or the
    number of places (decimal).
    `plain` (serials, part numbers) stays Latin and left to right.
    """

    how: str
    datum: str | int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """`msgid` with named braces, e.g. "{count} parts"; values are isolated and formatted when it is spoken."""

    msgid: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    plural: str = ""
    count: int = 0

    def __hash__(self) -> int:
        return hash((self.msgid, tuple(sorted((k, str(v)) for k, v in self.values.items())), self.count))


def say(msgid: str, **values: object) -> Message:
    """A message to be spoken later; `say` is a keyword of the extractor, so `msgid` must be a literal."""
    return Message(msgid, MappingProxyType(values))


def say_count(one: str, many: str, count: int, **values: object) -> Message:
    """A message whose form depends on `count`, which is also the value `{count}`."""
    return Message(one, MappingProxyType({"count": count, **values}), many, count)
