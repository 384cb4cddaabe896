"""Reports of faults that somebody sent: they wait in the store until they went, and can be taken back until then."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.kernel.instants import Instant, now
from app.kernel.rights import Right
from app.store.bases import Setting
from app.store.work import Work

LONGEST = 30_000  # characters of one report, with what its writer added
MOST_WAITING = 5
_NAME = "sync.reports"


@dataclass(frozen=True, slots=True)
class WaitingReport:
    """A report on its way; `text` is what was shown when somebody sent it, to the letter."""

    id: str
    at: Instant
    text: str = field(repr=False)


def waiting_reports(session: Session) -> tuple[WaitingReport, ...]:
    """Those that did not go yet, the oldest first."""
    kept = session.get(Setting, _NAME)
    rows: list[Any] = kept.value if kept is not None and isinstance(kept.value, list) else []
    return tuple(WaitingReport(str(key), Instant(at), str(text)) for key, at, text in rows)


def queue_report(work: Work, key: str, text: str) -> None:
    """Keep a report until it went; the same one twice is one, and of too many the oldest is dropped."""
    work.require(Right.LOG_TICKET)
    others = [each for each in waiting_reports(work.session) if each.id != key]
    _put(work, [*others, WaitingReport(key, now(), text[:LONGEST])][-MOST_WAITING:])


def drop_report(work: Work, key: str) -> None:
    """It went, or was taken back."""
    work.require(Right.LOG_TICKET)
    _put(work, [each for each in waiting_reports(work.session) if each.id != key])


def _put(work: Work, reports: list[WaitingReport]) -> None:
    work.session.merge(Setting(name=_NAME, value=[[each.id, each.at, each.text] for each in reports]))
