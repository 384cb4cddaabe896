"""Who is awake now: the local time of a place, and whether its office hours are on. Pure; zones by IANA name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.kernel.instants import Instant, instant_of, moment_of

NIGHT_FROM, NIGHT_TO = 22, 7  # hours: a call wakes somebody
NOON = 12 * 60
LOOK_AHEAD = 60  # days in which the next opening is looked for: longer than any closing period
Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Monday to Sunday the open times in minutes after local midnight, and the dated exceptions.

    A `half` day ends at noon; a day in `extra` is a weekend day on which one works, with the hours of the first
    working day of the week. Outside `complete_years` holidays are not known, and the answer is not sure.
    """

    zone: str
    week: tuple[tuple[Interval, ...], ...]
    off: frozenset[date] = frozenset()
    half: frozenset[date] = frozenset()
    extra: frozenset[date] = frozenset()
    closed: tuple[tuple[date, date], ...] = ()
    complete_years: tuple[int, ...] = ()

    def on(self, day: date) -> tuple[Interval, ...]:
        """The open times of a day."""
        if day in self.off or any(first <= day <= last for first, last in self.closed):
            return ()
        usual = self.week[day.weekday()]
        if day in self.extra:
            usual = usual or next((each for each in self.week if each), ())
        if day in self.half:
            return tuple((first, min(last, NOON)) for first, last in usual if first < NOON)
        return usual


@dataclass(frozen=True, slots=True)
class There:
    """What it is like at a place now: local time, night, office open, and when that changes (None: not soon)."""

    local: datetime
    night: bool
    open: bool
    changes_at: Instant | None
    sure: bool


def there(now: Instant, hours: OfficeHours) -> There:
    """How it is at the place of these hours at `now`."""
    local = moment_of(now, hours.zone)
    spans = [(first, last) for first, last in _spans(local.date() - timedelta(days=1), hours) if last > now]
    is_open = bool(spans) and spans[0][0] <= now
    changes = (spans[0][1] if is_open else spans[0][0]) if spans else None
    night = local.hour >= NIGHT_FROM or local.hour < NIGHT_TO
    return There(local, night, is_open, changes, local.year in hours.complete_years)


def apart(now: Instant, one: str, other: str) -> int:
    """By how many minutes the clock of zone `other` is ahead of the clock of zone `one` at `now`."""
    zones = (moment_of(now, one).utcoffset(), moment_of(now, other).utcoffset())
    first, second = (offset or timedelta() for offset in zones)
    return int((second - first).total_seconds() // 60)


def _spans(first: date, hours: OfficeHours) -> Iterator[tuple[Instant, Instant]]:
    for ahead in range(LOOK_AHEAD):
        day = first + timedelta(days=ahead)
        for opens, closes in hours.on(day):
            yield _at(day, opens, hours.zone), _at(day, closes, hours.zone)


def _at(day: date, minutes: int, zone: str) -> Instant:
    """Minutes after local midnight on the clock of the wall, also on a day on which the clock is changed."""
    days, rest = divmod(minutes, 24 * 60)
    wall = time(rest // 60, rest % 60)
    return instant_of(datetime.combine(day + timedelta(days=days), wall, ZoneInfo(zone)))
