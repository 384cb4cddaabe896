"""The end of a ticket: what its repair, checklists and forms still lack, and the one guard."""

from sqlalchemy.orm import Session

from app.kernel.errors import BugError
from app.kernel.rights import Right
from app.store.work import Work
from app.tickets import actions
from app.tickets.queries import ticket_facts
from app.tickets.rules import Resolution, ResolveFacts, missing_codes


def resolve_facts(session: Session, ticket_id: str, resolution: Resolution) -> ResolveFacts:
    """What the guard judges, gathered from everything that was made for the ticket."""
    ticket = ticket_facts(session, ticket_id)
    if ticket is None:
        raise BugError(f"no ticket {ticket_id}")
    return ResolveFacts(ticket.kind, resolution)


def resolve_ticket(work: Work, ticket_id: str, resolution: Resolution, *, reason: str = "") -> None:
    """End the ticket and set its follow-up.

    When something is missing a reason lets it pass and a manager sees it; without one it raises UserError
    (NEEDS_REASON).
    """
    work.require(Right.RESOLVE_TICKET)
    missing = missing_codes(resolve_facts(work.session, ticket_id, resolution))
    actions.resolve(work, ticket_id, resolution, missing, reason=reason)
