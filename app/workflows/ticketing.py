"""Taking a matter in and correcting it: a ticket, and a new customer with it, in one transaction."""

from dataclasses import replace

from app.customers.actions import add_customer, add_site, edit_customer
from app.customers.rules import CustomerDraft, SiteDraft
from app.kernel.lengths import kept_text
from app.kernel.rights import Right
from app.store.work import Work
from app.tickets.actions import add_note, edit_ticket, open_ticket, resolve
from app.tickets.rules import QuickAnswer, Resolution, TicketDraft, completed, quick_draft
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


def answer_quickly(work: Work, quick: QuickAnswer, *, customer: CustomerDraft | None = None, place: str = "") -> str:
    """The id of the ticket of a two-minute call: logged and, when it is done, ended with the answer; else the answer of
    now is a note on it and it stays open. Raises UserError by field; nothing of it is written then."""
    work.require(Right.LOG_TICKET)
    ticket = log_ticket(work, quick_draft(quick), customer=customer, place=place)
    answered = kept_text("answered", quick.answered)
    if quick.done:
        resolve(work, ticket, Resolution(answer=answered), ())
    elif answered:
        add_note(work, ticket, answered)
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
