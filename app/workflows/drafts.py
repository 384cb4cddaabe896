"""What somebody is typing, kept on this device until it is saved or thrown away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.kernel.instants import now
from app.kernel.rights import Right
from app.store.bases import Draft
from app.store.work import Work


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """As typed: `place` is the page and what it is about, `person` who typed, `at` microseconds UTC."""

    place: str
    person: str
    body: dict[str, Any]
    at: int


def keep_draft(work: Work, place: str, body: dict[str, Any]) -> None:
    """Keep what stands in a form, in the place of what was kept there before; numbers, texts and lists of them."""
    work.require(Right.LOG_TICKET)
    work.session.merge(Draft(place=place, person=work.actor.person, body=body, at=now()))


def drop_draft(work: Work, place: str) -> None:
    """Forget a draft: it was saved or thrown away. Nothing happens when there is none."""
    work.require(Right.LOG_TICKET)
    work.session.execute(delete(Draft).where(Draft.place == place))


def read_draft(session: Session, place: str) -> KeptDraft | None:
    """What was kept at a place, or None."""
    kept = session.get(Draft, place)
    return _kept(kept) if kept else None


def newest_draft(session: Session, places: Sequence[str]) -> KeptDraft | None:
    """What was kept last at any of these places, or None."""
    query = select(Draft).where(Draft.place.in_(places)).order_by(Draft.at.desc(), Draft.place).limit(1)
    kept = session.scalar(query)
    return _kept(kept) if kept else None


def drafts(session: Session) -> tuple[KeptDraft, ...]:
    """Every draft on this device, newest first."""
    return tuple(_kept(each) for each in session.scalars(select(Draft).order_by(Draft.at.desc(), Draft.place)))


def _kept(draft: Draft) -> KeptDraft:
    return KeptDraft(draft.place, draft.person, dict(draft.body), draft.at)
