"""Instants are integer microseconds UTC; a zone is kept beside them, never an offset (domain.md 4.2)."""

import functools
import time
from datetime import UTC, date, datetime
from typing import NewType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.kernel.errors import BugError

Instant = NewType("Instant", int)

SECOND = 1_000_000
LATEST = 2**53 - 1  # in the year 2255: beyond it JSON of several languages counts otherwise
DAY = 86_400 * SECOND


def now() -> Instant:
    """Microseconds UTC of this machine's clock, which may be wrong."""
    return Instant(time.time_ns() // 1000)


def instant_of(moment: datetime) -> Instant:
    """The instant of an aware datetime; a naive one raises BugError."""
    if moment.tzinfo is None:
        raise BugError("a naive datetime is no instant")
    since = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return Instant((since.days * 86_400 + since.seconds) * SECOND + since.microseconds)


def moment_of(instant: int, zone: str) -> datetime:
    """The aware local datetime of an instant in an IANA zone."""
    whole, part = divmod(instant, SECOND)
    return datetime.fromtimestamp(whole, tz=ZoneInfo(zone)).replace(microsecond=part)


@functools.lru_cache(maxsize=1000)
def is_zone(name: str) -> bool:
    """Whether this machine knows an IANA zone of this name."""
    try:
        return bool(name and ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def day_of(instant: int, zone: str) -> date:
    """The calendar day of an instant in an IANA zone."""
    return moment_of(instant, zone).date()
