"""Where a ticket stands: a fold over its events that gives the same answer in whatever order they arrived."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from app.kernel.days import is_day
from app.kernel.happenings import Happening, in_force
from app.kernel.instants import SECOND, day_of, instant_of
from app.tickets.rules import MOVES, Severity, State, talked_at_once

NEVER = 1 << 62  # sorts after every instant: one column orders the list by what is due next
HOUR = 3600 * SECOND
MORNING, EVENING = time(9), time(18)


@dataclass(slots=True, unsafe_hash=True)
class Standing:
    """What the events come to; changed only while they are gone through, since a copy for each took most of the time.

    `follow_up_due` is an ISO day or empty; `passed_reason` why a guard was passed, until a manager has seen it;
    `next_at` (µs UTC) when the ticket wants attention, NEVER when it does not; `flagged` that two devices disagree.
    """

    state: State = State.NEW
    opened_at: int = 0
    resolved_at: int = 0
    replied_at: int = 0
    last_at: int = 0
    follow_up_due: str = ""
    passed_reason: str = ""
    reopened: int = 0
    flagged: bool = False
    remind_on: str = ""
    zone: str = "UTC"
    next_at: int = NEVER


def standing(events: Iterable[Happening], *, severity: str, channel: str) -> Standing:
    """The fold; events are put in order of their time, then their id, and those taken back do not count."""
    now = Standing()
    for each in in_force(events, undo="undone"):
        if step := _STEPS.get(each.kind):
            _put(now, step(now, each))
            now.last_at = each.at
    if now.replied_at == 0 and now.opened_at and talked_at_once(channel):
        now.replied_at = now.opened_at
    now.next_at = _next_at(now, severity)
    return now


def _put(now: Standing, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(now, name, value)


def first_contact_due(severity: str, opened_at: int, zone: str) -> int:
    """Until when a person has to answer (domain.md 2.3): at once, an hour, the same day, a day.

    Days here are days of the clock; the market's calendar takes over with the clocks.
    """
    if severity == Severity.S1:
        return opened_at
    if severity == Severity.S2:
        return opened_at + HOUR
    if severity == Severity.S3:
        return max(_at(day_of(opened_at, zone), EVENING, zone), opened_at + HOUR)
    return opened_at + 24 * HOUR


def _next_at(now: Standing, severity: str) -> int:
    if now.state is State.RESOLVED:
        return _at(date.fromisoformat(now.follow_up_due), MORNING, now.zone)
    if not now.state.is_open or not now.opened_at:
        return NEVER
    if not now.replied_at:
        return first_contact_due(severity, now.opened_at, now.zone)
    return _at(date.fromisoformat(now.remind_on), MORNING, now.zone) if now.remind_on else NEVER


def _at(day: date, clock: time, zone: str) -> int:
    return instant_of(datetime.combine(day, clock, tzinfo=ZoneInfo(zone)))


_Changes = Mapping[str, Any]


def _opened(now: Standing, event: Happening) -> _Changes:
    return dict(opened_at=now.opened_at or event.at, zone=event.zone)


def _talked(now: Standing, event: Happening) -> _Changes:
    return dict(replied_at=now.replied_at or event.at)


def _moved(now: Standing, event: Happening) -> _Changes:
    """A move that was made elsewhere after the end is kept in the story and flagged, not obeyed."""
    to = event.body.get("to", "")
    if to not in MOVES:
        return {}
    if not now.state.is_open:
        return dict(flagged=True)
    day = event.body.get("remind_on", "")
    return dict(state=State(to), remind_on=day if is_day(day) else "")


def _resolved(now: Standing, event: Happening) -> _Changes:
    return dict(
        state=State.CLOSED,
        resolved_at=event.at,
        replied_at=now.replied_at or event.at,
        passed_reason=event.body.get("reason", "") if event.body.get("missing") else "",
        follow_up_due="",
        remind_on="",
        flagged=False,
    )


def _reopened(now: Standing, event: Happening) -> _Changes:
    """The first answer keeps its time; a repeat is counted."""
    return dict(state=State.IN_PROGRESS, resolved_at=0, follow_up_due="", passed_reason="", remind_on="",
        reopened=now.reopened + 1, flagged=False,
    )  # fmt: skip


def _follow_up_set(now: Standing, event: Happening) -> _Changes:
    """Only what has ended is followed up; without a day it is closed."""
    day = event.body.get("day", "")
    if now.state not in (State.RESOLVED, State.CLOSED) or not is_day(day):
        return {}
    return dict(state=State.RESOLVED, follow_up_due=day)


def _follow_up_done(now: Standing, event: Happening) -> _Changes:
    ended = now.state in (State.RESOLVED, State.CLOSED)
    return dict(state=State.CLOSED, follow_up_due="") if ended else {}


def _reason_seen(now: Standing, event: Happening) -> _Changes:
    return dict(passed_reason="")


def _filed(now: Standing, event: Happening) -> _Changes:
    """A repair, a checklist or a form was begun: somebody works on it."""
    return dict(state=State.IN_PROGRESS) if now.state is State.NEW else {}


def _told(now: Standing, event: Happening) -> _Changes:
    return {}


_STEPS = {
    "opened": _opened,
    "note": _told,
    "call": _talked,
    "attached": _told,
    "severity": _told,
    "assigned": _told,
    "filed": _filed,
    "moved": _moved,
    "resolved": _resolved,
    "reopened": _reopened,
    "follow_up_set": _follow_up_set,
    "follow_up_done": _follow_up_done,
    "reason_seen": _reason_seen,
}
