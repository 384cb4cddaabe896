"""When something is due, in the words that serve best: the nearest useful form first."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from app.kernel.instants import SECOND, day_of
from app.kernel.messages import Message, Shown, say, say_count

MINUTE, HOUR = 60 * SECOND, 3600 * SECOND
SOON = 6 * HOUR


class Urgency(StrEnum):
    """How a due time is shown: over, within hours, or later."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Due:
    """A due time in words: the exact one, the distance to it, and how urgent it is."""

    when: Message
    distance: Message
    urgency: Urgency


def zone_of(session: Session) -> str:
    """The IANA zone of this desk."""
    return str(session.info.get("zone", "UTC"))


def due_of(instant: int, *, now: int, zone: str) -> Due:
    """The words for a due time as seen from `now`."""
    left = instant - now
    urgency = Urgency.NOW if left <= 0 else Urgency.SOON if left <= SOON else Urgency.LATER
    return Due(when_of(instant, now=now, zone=zone), _distance(left, _days_to(instant, now, zone)), urgency)


def when_of(instant: int, *, now: int, zone: str) -> Message:
    """A time today as hours and minutes, another day of this year as a short day, else the date."""
    day, today = day_of(instant, zone), day_of(now, zone)
    if day == today:
        return say("{time}", time=Shown("time", instant, zone))
    if day.year == today.year:
        return say("{day}", day=Shown("short_day", day.isoformat()))
    return say("{day}", day=Shown("date", day.isoformat()))


def exact_of(instant: int, *, now: int, zone: str) -> Message:
    """The same with the time of day beside it."""
    day, today = day_of(instant, zone), day_of(now, zone)
    clock = Shown("time", instant, zone)
    if day == today:
        return say("{time}", time=clock)
    if day.year == today.year:
        return say("{day} {time}", day=Shown("short_day", day.isoformat()), time=clock)
    return say("{moment}", moment=Shown("datetime", instant, zone))


def _days_to(instant: int, now: int, zone: str) -> int:
    """Days by the calendar: tomorrow is one day away, however late it is today."""
    return (day_of(instant, zone) - day_of(now, zone)).days


def _distance(left: int, days: int) -> Message:
    """Another day that is not within hours is so many days away; what is over counts hours for a whole day."""
    if left < 0:
        return say("{span} over", span=_days(-days) if days and -left >= 24 * HOUR else span_of(-left))
    return say("in {span}", span=_days(days) if days and left > SOON else span_of(left))


def _days(count: int) -> Message:
    return say_count("{count} day", "{count} days", count)


def span_of(length: int) -> Message:
    """A length of time in its two largest units; µs."""
    minutes = max(length // MINUTE, 0)
    if minutes < 60:
        return say_count("{count} minute", "{count} minutes", minutes)
    hours = minutes // 60
    if hours < 24:
        return say("{hours} h {minutes} min", hours=hours, minutes=minutes % 60)
    return _days(hours // 24)
