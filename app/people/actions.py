"""Writes about staff, and who is at this desk."""

from dataclasses import replace

from app.kernel.errors import BugError
from app.kernel.rights import Right, Role
from app.people import queries, rules
from app.people.records import Staff
from app.store.bases import Setting
from app.store.work import Work


def add_staff(work: Work, draft: rules.StaffDraft) -> str:
    """The id of the new person. The first person of a store always becomes manager too, else nobody could go on.

    Raises UserError for a missing name or role.
    """
    work.require(Right.MANAGE_STAFF)
    others = queries.members(work.session)
    if not any(each.active for each in others):
        draft = replace(draft, roles=(*draft.roles, Role.MANAGER))
    kept = rules.completed(draft, others)
    person = Staff(name=kept.name, initials=kept.initials, language=kept.language, roles=list(kept.roles))
    work.session.add(person)
    work.session.flush()
    return person.id


def edit_staff(work: Work, staff_id: str, draft: rules.StaffDraft) -> None:
    """Change a person's record; raises UserError when the last manager would lose that role."""
    work.require(Right.MANAGE_STAFF)
    person = _person(work, staff_id)
    others = [each for each in queries.members(work.session) if each.id != staff_id]
    kept = rules.completed(draft, others)
    rules.require_a_manager([*others, rules.Member(staff_id, kept.initials, kept.roles, person.active)])
    person.name, person.initials, person.language = kept.name, kept.initials, kept.language
    person.roles = list(kept.roles)


def retire_staff(work: Work, staff_id: str) -> None:
    """The person has left: off the list, their work keeps their name. Raises UserError for the last manager."""
    work.require(Right.MANAGE_STAFF)
    rules.require_a_manager(each for each in queries.members(work.session) if each.id != staff_id)
    _person(work, staff_id).active = False


def bring_back_staff(work: Work, staff_id: str) -> None:
    """The person works here again, with initials of their own."""
    work.require(Right.MANAGE_STAFF)
    person = _person(work, staff_id)
    others = [each for each in queries.members(work.session) if each.id != staff_id]
    draft = rules.StaffDraft(person.name, person.initials, person.language, tuple(map(Role, person.roles)))
    person.initials = rules.completed(draft, others).initials
    person.active = True


def sit_down(work: Work, staff_id: str) -> None:
    """Remember on this device who is at the desk, for the next start."""
    work.require(Right.LOG_TICKET)
    work.session.merge(Setting(name=queries.AT_THE_DESK, value=staff_id))


def _person(work: Work, staff_id: str) -> Staff:
    found = queries.staff_record(work.session, staff_id)
    if found is None:
        raise BugError(f"no staff {staff_id}")
    return found
