"""Reads of facts under lock: what there is, never what it says."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.current import installed_catalog
from app.facts.records import FactEvent
from app.kernel.instants import Instant
from app.kernel.rights import Right, Role
from app.people.records import Staff
from app.people.rights import rights_of
from app.store.locking import is_recipient


@dataclass(frozen=True, slots=True)
class FactSeen:
    """One locked fact: `wrap` is the file that holds its key and `readers` whom that is for, both empty when it was
    destroyed, `reason` why; `all_wraps` are those that ever held it, `left_over` those that outlived its end."""

    id: str
    case: str
    sort: str
    kid: str
    ct: str
    by: str
    at: Instant
    zone: str
    wrap: str = ""
    readers: tuple[str, ...] = ()
    reason: str = ""
    all_wraps: tuple[str, ...] = ()
    left_over: tuple[str, ...] = ()

    @property
    def is_destroyed(self) -> bool:
        return not self.wrap


def facts_of(session: Session, case: str) -> tuple[FactSeen, ...]:
    """The locked facts of a case, the first first."""
    events = session.scalars(
        select(FactEvent).where(FactEvent.subject_id == case).order_by(FactEvent.at, FactEvent.id)
    ).all()  # fmt: skip
    wraps: dict[str, list[FactEvent]] = {}
    for each in events:
        if each.kind in ("locked", "wrapped"):
            wraps.setdefault(each.body["kid"], []).append(each)
    renewed = {sha256 for each in events if each.kind == "wrapped" for sha256 in each.body["erases"]}
    ended = {
        sha256: str(each.body["reason"])
        for each in events
        if each.kind == "destroyed"
        for sha256 in each.body["erases"]
    }
    return tuple(_seen(each, wraps[each.body["kid"]], renewed, ended) for each in events if each.kind == "locked")


def left_over(session: Session) -> dict[str, list[str]]:
    """By case, the wraps of facts that were destroyed by somebody who did not know of them: wrapped anew meanwhile."""
    cases = session.scalars(select(FactEvent.subject_id).where(FactEvent.kind == "destroyed").distinct()).all()
    found = {case: [wrap for fact in facts_of(session, case) for wrap in fact.left_over] for case in cases}
    return {case: wraps for case, wraps in found.items() if wraps}


def readers_of(session: Session) -> tuple[str, ...]:
    """Whom a fact that is locked now is wrapped for: everybody here who may read it and has words of their own, and
    the manufacturer's crisis lead."""
    catalog = installed_catalog(session)
    lead = catalog.manufacturer.crisis_key if catalog else ""
    staff = session.scalars(select(Staff).where(Staff.active, ~Staff.deleted, Staff.recipient != ""))
    ours = {each.recipient for each in staff if Right.READ_LOCKED in rights_of(session, _roles(each))}
    return tuple(sorted(each for each in ours | {lead} - {""} if is_recipient(each)))


def _roles(person: Staff) -> frozenset[Role]:
    return frozenset(role for role in Role if role in person.roles)


def _seen(fact: FactEvent, wraps: list[FactEvent], renewed: set[str], ended: dict[str, str]) -> FactSeen:
    """Destroyed is whatever one wrap of it was destroyed of: who wrapped it anew at the same time did not know."""
    body, files = fact.body, [str(each.body["sha256"]) for each in wraps]
    reasons = [ended[each] for each in files if each in ended]
    standing = [each for each in wraps if each.body["sha256"] not in renewed]
    ends: dict[str, Any] = {"reason": next(filter(None, reversed(reasons)), "")}
    if reasons or not standing:
        ends["left_over"] = tuple(each for each in files if each not in ended and each not in renewed)
    else:
        latest = standing[-1].body
        ends |= {"wrap": latest["sha256"], "readers": tuple(latest["for"]), "all_wraps": tuple(dict.fromkeys(files))}
    return FactSeen(
        fact.id, fact.subject_id, body["sort"], body["kid"], body["ct"], fact.by, Instant(fact.at), fact.zone, **ends
    )
