"""The list of customers with what one needs to choose one: who, how to reach them, where, what is open."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.customers.queries import CustomerRow, customer_count, customer_page, find_customers, sites_by_customer
from app.customers.rules import site_line
from app.tickets.queries import tickets_by_customer

MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """A customer in the list; `place` is their first site, `open` how many of their tickets are not over."""

    id: str
    name: str
    contact: str
    phone: str
    place: str
    open: int


@dataclass(frozen=True, slots=True)
class CustomerCounts:
    """The line above the list."""

    all: int


def customer_lines(session: Session, words: str, after: str, limit: int) -> tuple[CustomerLine, ...]:
    """The next customers by name after the one with the id `after`; with `words` what is found, all at once."""
    if words.strip():
        found = () if after else find_customers(session, words, limit=MOST_FOUND)
    else:
        found = customer_page(session, after=after, limit=limit)
    return _lines(session, found)


def customer_counts(session: Session) -> CustomerCounts:
    """How many customers there are."""
    return CustomerCounts(customer_count(session))


def _lines(session: Session, found: tuple[CustomerRow, ...]) -> tuple[CustomerLine, ...]:
    ids = [each.id for each in found]
    sites, opened = sites_by_customer(session, ids), tickets_by_customer(session, ids, opened=True)
    places = {customer: site_line(theirs[0].name, theirs[0].address) for customer, theirs in sites.items()}
    return tuple(
        CustomerLine(each.id, each.name, each.contact, each.phone, places.get(each.id, ""), opened.get(each.id, 0))
        for each in found
    )
