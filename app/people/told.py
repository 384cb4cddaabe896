"""What a person has been told on this device and does not want to hear of: a choice of theirs, nothing that travels."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.kernel.rights import Right
from app.store.bases import Setting
from app.store.work import Work

MOST = 2_000  # keys a person; the oldest go, and what they named is over long since
_NAME = "news.told/"


@dataclass(frozen=True, slots=True)
class Told:
    """`seen` are keys of notices, `muted` the sorts that are neither counted nor told."""

    seen: tuple[str, ...] = ()
    muted: frozenset[str] = frozenset()


def told_of(session: Session, person: str) -> Told:
    """What this person has seen and muted here."""
    kept = session.get(Setting, _NAME + person)
    said: Any = kept.value if kept is not None else {}
    body = said if isinstance(said, dict) else {}
    return Told(tuple(map(str, body.get("seen", ()))), frozenset(map(str, body.get("muted", ()))))


def mark_seen(work: Work, keys: Iterable[str]) -> None:
    """The person at the desk has seen these notices."""
    work.require(Right.LOG_TICKET)
    before = told_of(work.session, work.actor.person)
    seen = (*before.seen, *(key for key in dict.fromkeys(keys) if key not in before.seen))
    _keep(work, Told(seen[-MOST:], before.muted))


def mark_unseen(work: Work, keys: Iterable[str]) -> None:
    """They count as new again."""
    work.require(Right.LOG_TICKET)
    before, back = told_of(work.session, work.actor.person), frozenset(keys)
    _keep(work, Told(tuple(key for key in before.seen if key not in back), before.muted))


def mute(work: Work, sort: str, *, on: bool) -> None:
    """Notices of this sort are no longer counted and told, or again; they stand in the list either way."""
    work.require(Right.LOG_TICKET)
    before = told_of(work.session, work.actor.person)
    _keep(work, Told(before.seen, before.muted | {sort} if on else before.muted - {sort}))


def _keep(work: Work, told: Told) -> None:
    value = {"seen": list(told.seen), "muted": sorted(told.muted)}
    work.session.merge(Setting(name=_NAME + work.actor.person, value=value))
