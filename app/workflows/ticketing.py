"""Taking a matter in: a ticket, and a new customer with it, in one transaction."""

from dataclasses import replace

from app.customers.actions import add_customer
from app.customers.rules import CustomerDraft
from app.kernel.rights import Right
from app.store.work import Work
from app.tickets.actions import open_ticket
from app.tickets.rules import TicketDraft, completed
from app.workflows.drafts import drop_draft


def log_ticket(work: Work, draft: TicketDraft, *, customer: CustomerDraft | None = None, place: str = "") -> str:
    """The id of the new ticket; `customer` is added first when there is one, the draft kept at `place` is dropped.

    Raises UserError (BAD_INPUT) naming the field; a wrong ticket leaves no customer behind.
    """
    work.require(Right.LOG_TICKET)
    kept = completed(draft)
    if customer is not None:
        kept = replace(kept, customer=add_customer(work, customer))
    ticket = open_ticket(work, kept)
    if place:
        drop_draft(work, place)
    return ticket
