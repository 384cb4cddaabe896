"""The end of a ticket: what its repair, checklists and forms still lack, and the one guard."""

from dataclasses import replace

from sqlalchemy.orm import Session

from app.kernel.errors import BugError
from app.kernel.rights import Right
from app.repairs.queries import RepairSeen, repairs_of_ticket
from app.repairs.rules.stages import OVER
from app.repairs.rules.stages import State as RepairState
from app.signoff.queries import count_open_drafts, sealed_forms
from app.signoff.rules import FormState
from app.sop.queries import RunFacts, runs_of
from app.sop.rules import RunState
from app.store.work import Work
from app.tickets import actions
from app.tickets.queries import ticket_facts
from app.tickets.rules import Resolution, ResolveFacts, missing_codes

_DONE = OVER | {RepairState.READY, RepairState.NO_FAULT_FOUND, RepairState.NOT_REPAIRABLE}


def resolve_facts(session: Session, ticket_id: str, resolution: Resolution) -> ResolveFacts:
    """What the guard judges, gathered from everything that was made for the ticket.

    Cause and remedy that nobody typed are the latest repair's.
    """
    ticket = ticket_facts(session, ticket_id)
    if ticket is None:
        raise BugError(f"no ticket {ticket_id}")
    repairs = repairs_of_ticket(session, ticket_id)
    return ResolveFacts(
        kind=ticket.kind,
        resolution=_with_codes(resolution, repairs),
        open_repairs=sum(each.state not in _DONE for each in repairs),
        open_checklists=sum(each.state is RunState.OPEN for each in _runs(session, ticket_id, repairs)),
        unsigned_forms=_unsigned(session, ticket_id, repairs),
    )


def resolve_ticket(work: Work, ticket_id: str, resolution: Resolution, *, reason: str = "") -> None:
    """End the ticket and set its follow-up.

    When something is missing a reason lets it pass and a manager sees it; without one it raises UserError
    (NEEDS_REASON).
    """
    work.require(Right.RESOLVE_TICKET)
    facts = resolve_facts(work.session, ticket_id, resolution)
    actions.resolve(work, ticket_id, facts.resolution, missing_codes(facts), reason=reason)


def _with_codes(resolution: Resolution, repairs: tuple[RepairSeen, ...]) -> Resolution:
    latest = repairs[-1] if repairs else None
    if latest is None:
        return resolution
    return replace(
        resolution, cause=resolution.cause.strip() or latest.cause, remedy=resolution.remedy.strip() or latest.remedy
    )


def _runs(session: Session, ticket_id: str, repairs: tuple[RepairSeen, ...]) -> list[RunFacts]:
    found = {each.id: each for each in runs_of(session, ticket=ticket_id)}
    for repair in repairs:
        found |= {each.id: each for each in runs_of(session, repair=repair.id)}
    return list(found.values())


def _unsigned(session: Session, ticket_id: str, repairs: tuple[RepairSeen, ...]) -> int:
    """Drafts that nobody sealed, and sealed forms that nobody accepted, refused or was absent for."""
    mine = {each.id for each in repairs}
    drafts = count_open_drafts(session, ticket=ticket_id, repairs=mine)
    sealed = {each.sealed.id: each for each in sealed_forms(session, ticket=ticket_id)}
    for repair in mine:
        sealed |= {each.sealed.id: each for each in sealed_forms(session, repair=repair)}
    return drafts + sum(each.state is FormState.OPEN for each in sealed.values())
