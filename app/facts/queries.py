"""Reads of facts under lock: what there is, never what it says."""

from dataclasses import dataclass

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
    destroyed, `reason` why."""

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

    @property
    def is_destroyed(self) -> bool:
        return not self.wrap


def facts_of(session: Session, case: str) -> tuple[FactSeen, ...]:
    """The locked facts of a case, the first first."""
    events = session.scalars(
        select(FactEvent).where(FactEvent.subject_id == case).order_by(FactEvent.at, FactEvent.id)
    ).all()  # fmt: skip
    gone = {sha256: str(each.body.get("reason", "")) for each in events for sha256 in each.body.get("erases", ())}
    wraps: dict[str, list[FactEvent]] = {}
    for each in events:
        if each.kind in ("locked", "wrapped"):
            wraps.setdefault(each.body["kid"], []).append(each)
    return tuple(_seen(each, wraps[each.body["kid"]], gone) for each in events if each.kind == "locked")


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


def _seen(fact: FactEvent, wraps: list[FactEvent], gone: dict[str, str]) -> FactSeen:
    body = fact.body
    standing = [each for each in wraps if each.body["sha256"] not in gone]
    reasons = [gone[each.body["sha256"]] for each in wraps if each.body["sha256"] in gone]
    ends = {"wrap": standing[-1].body["sha256"], "readers": tuple(standing[-1].body["for"])} if standing else {}
    return FactSeen(
        fact.id, fact.subject_id, body["sort"], body["kid"], body["ct"], fact.by, Instant(fact.at), fact.zone,
        reason="" if standing else next(filter(None, reversed(reasons)), ""), **ends,
    )  # fmt: skip
