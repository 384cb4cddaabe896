"""The open tickets by what is due next: what `store.first_page` reads in plain SQL before this is loaded."""

from sqlalchemy import func, select

from app.customers.records import Customer
from app.store.first_page import FIRST_PAGE_SIZE
from app.tickets.records import Ticket
from app.tickets.rules import OPEN_STATES

FIRST_ROWS = (
    select(Ticket.number, Ticket.title, func.coalesce(Customer.name, "").label("customer_name"))
    .outerjoin_from(Ticket, Customer, Customer.id == Ticket.customer)
    .where(Ticket.state.in_([state.value for state in OPEN_STATES]), Ticket.deleted.is_(False))
    .order_by(Ticket.next_at, Ticket.last_at.desc(), Ticket.rid.desc())
    .limit(FIRST_PAGE_SIZE)
)
