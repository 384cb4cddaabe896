"""Markets and their working calendars."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.content.items import Item


class DayKind(StrEnum):
    OFF = "off"
    HALF = "half"
    OPTIONAL = "optional"  # each partner decides; counted as working until it does
    WORKING_WEEKEND = "working_weekend"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A dated exception; `name` in English, `local_name` as the market writes it."""

    day: date
    kind: DayKind
    name: str
    local_name: str


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """`week` holds for Monday to Sunday the open times in minutes after local midnight, e.g. ((480, 720),).

    Only days in `complete_years` may be counted without a warning: lunar holidays and make-up working days of
    other years are not announced yet (domain.md 4.2).
    """

    code: str
    version: int
    zone: str
    week: tuple[tuple[tuple[int, int], ...], ...]
    special_days: tuple[SpecialDay, ...]
    closed: tuple[ClosedPeriod, ...]
    complete_years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Market:
    """A market and the partner in it. Languages are BCP 47; `paper` is A4 or LETTER; `currency` ISO 4217."""

    code: str
    version: int
    name: str
    partner: str
    partner_address: tuple[str, ...]
    zone: str
    calendar: str
    language: str
    other_languages: tuple[str, ...]
    paper: str
    currency: str
    clock_hours: int
    trust: str
    first_channel: str
    second_channel: str


def read_market(item: Item) -> Market:
    """The typed view of an item of kind `market`."""
    body = item.body
    rest = {key: body[key] for key in _PLAIN}
    return Market(
        code=item.code,
        version=item.version,
        partner_address=tuple(body["partner_address"]),
        other_languages=tuple(body.get("other_languages", ())),
        **rest,
    )


def read_calendar(item: Item) -> Calendar:
    """The typed view of an item of kind `calendar`."""
    body = item.body
    return Calendar(
        code=item.code,
        version=item.version,
        zone=body["zone"],
        week=tuple(tuple(_hours(each) for each in body["week"][day]) for day in WEEKDAYS),
        special_days=tuple(_special(each) for each in body["special_days"]),
        closed=tuple(_closed(each) for each in body.get("closed", ())),
        complete_years=tuple(body["complete_years"]),
    )


_PLAIN = (
    "name",
    "partner",
    "zone",
    "calendar",
    "language",
    "paper",
    "currency",
    "clock_hours",
    "trust",
    "first_channel",
    "second_channel",
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _hours(text: str) -> tuple[int, int]:
    first, last = (int(each[:2]) * 60 + int(each[3:]) for each in text.split("-"))
    return first, last


def _special(body: dict[str, Any]) -> SpecialDay:
    day = date.fromisoformat(body["day"])
    return SpecialDay(day, DayKind(body["kind"]), body["name"], body.get("local_name", ""))


def _closed(body: dict[str, Any]) -> ClosedPeriod:
    return ClosedPeriod(date.fromisoformat(body["first"]), date.fromisoformat(body["last"]), body["name"])
