"""Taking a matter in and correcting it: a ticket, and a new customer with it, in one transaction."""

from dataclasses import replace

from app.customers.actions import add_customer, add_site, edit_customer
from app.customers.rules import CustomerDraft, SiteDraft
from app.kernel.rights import Right
from app.store.work import Work
from app.tickets.actions import edit_ticket, open_ticket
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


def change_ticket(work: Work, ticket_id: str, draft: TicketDraft, *, customer: CustomerDraft | None = None) -> None:
    """Correct what is known of a ticket; `customer` is added first when there is one. Raises UserError by field."""
    work.require(Right.LOG_TICKET)
    kept = completed(draft)
    if customer is not None:
        kept = replace(kept, customer=add_customer(work, customer))
    edit_ticket(work, ticket_id, kept)


def change_customer(work: Work, customer_id: str, draft: CustomerDraft, *, site: SiteDraft | None = None) -> None:
    """Correct a customer, and add a site of theirs when there is one. Raises UserError by field."""
    work.require(Right.EDIT_CUSTOMER)
    edit_customer(work, customer_id, draft)
    if site is not None:
        add_site(work, customer_id, site)
