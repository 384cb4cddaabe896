"""Spans of time in words, as messages that any sentence can hold."""

from app.kernel.instants import SECOND
from app.kernel.messages import Message, say, say_count

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def span(seconds: int) -> Message:
    """`3 h 20 min`, `2 days`, `under a minute`: at most two units, the rest cut off; the sign is dropped."""
    whole = abs(seconds)
    days, hours, minutes = whole // _DAY, whole % _DAY // _HOUR, whole % _HOUR // _MINUTE
    if days and hours and days < 7:
        return say("{days} d {hours} h", days=days, hours=hours)
    if days:
        return say_count("{count} day", "{count} days", days)
    if hours and minutes:
        return say("{hours} h {minutes} min", hours=hours, minutes=minutes)
    if hours:
        return say("{hours} h", hours=hours)
    return say("{minutes} min", minutes=minutes) if minutes else say("under a minute")


def distance(instant: int, now: int) -> Message:
    """`in 3 h`, `20 min ago`, `now`: from `now` to `instant`, both µs UTC."""
    seconds = (instant - now) // SECOND
    if -_MINUTE < seconds < _MINUTE:
        return say("now")
    return say("in {span}", span=span(seconds)) if seconds > 0 else say("{span} ago", span=span(seconds))
