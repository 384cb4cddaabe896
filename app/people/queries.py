"""Reads about staff."""

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.kernel.rights import Actor, How, Right, Role
from app.people.records import Staff
from app.people.rights import rights_of
from app.people.rules import Member
from app.store.bases import Setting, Stream

AT_THE_DESK = "people.at_the_desk"


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One person as lists show them."""

    id: str
    name: str
    initials: str
    language: str
    roles: tuple[Role, ...]
    active: bool


def staff_list(session: Session, *, everyone: bool = False) -> tuple[StaffRow, ...]:
    """Active people by name; with `everyone` also those who left, last."""
    rows = (_row(each) for each in session.scalars(_staff()) if everyone or each.active)
    return tuple(sorted(rows, key=lambda row: (not row.active, row.name.casefold(), row.id)))


def names_of(session: Session) -> dict[str, str]:
    """Name by staff id, those who left included; what the device did itself has the id "" and no name."""
    return dict(session.execute(select(Staff.id, Staff.name)).tuples().all())


def members(session: Session) -> list[Member]:
    """What the rules ask about everybody."""
    return [Member(each.id, each.initials, _roles(each), each.active) for each in session.scalars(_staff())]


def staff_record(session: Session, staff_id: str) -> Staff | None:
    """The mapped record, for this feature's own actions."""
    return session.scalar(_staff().where(Staff.id == staff_id))


def at_the_desk(session: Session) -> str:
    """The staff id that this device remembers, if that person still works here; else empty."""
    staff_id = session.scalar(select(Setting.value).where(Setting.name == AT_THE_DESK)) or ""
    person = staff_record(session, str(staff_id)) if staff_id else None
    return person.id if person is not None and person.active else ""


def actor_for(session: Session, staff_id: str) -> Actor:
    """The actor that this person is on this device.

    While nobody is on the list, "" gives one built-in actor who may do everything, so that a first person can be
    made. Raises UserError (WHO_IS_THERE) for anybody who is not on the list.
    """
    device = session.scalar(select(Stream.device)) or ""
    if not staff_id and session.scalar(_staff().limit(1)) is None:
        return Actor("", frozenset(Role), device, How.CHOSEN, frozenset(Right))
    person = staff_record(session, staff_id)
    if person is None or not person.active:
        raise UserError(Trouble.WHO_IS_THERE, say("Choose who you are first."))
    roles = frozenset(_roles(person))
    return Actor(person.id, roles, device, How.CHOSEN, rights_of(session, roles))


def _staff() -> Select[tuple[Staff]]:
    return select(Staff).where(Staff.deleted.is_(False)).order_by(Staff.rid)


def _roles(person: Staff) -> tuple[Role, ...]:
    """The roles that this version knows: a newer device may have sent one more."""
    return tuple(role for role in Role if role in person.roles)


def _row(person: Staff) -> StaffRow:
    return StaffRow(person.id, person.name, person.initials, person.language, _roles(person), person.active)
