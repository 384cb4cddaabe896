"""Writes about customers and sites."""

from dataclasses import fields
from typing import TypeVar

from sqlalchemy import select

from app.customers.records import Customer, Site
from app.customers.rules import CustomerDraft, SiteDraft, completed_customer, completed_site
from app.kernel.errors import BugError
from app.kernel.rights import Right
from app.store.work import Work

_T = TypeVar("_T", Customer, Site)


def add_customer(work: Work, draft: CustomerDraft) -> str:
    """The id of the new customer; raises UserError (BAD_INPUT) naming the field."""
    work.require(Right.EDIT_CUSTOMER)
    customer = Customer(**_values(completed_customer(draft)))
    work.session.add(customer)
    work.session.flush()
    return customer.id


def edit_customer(work: Work, customer_id: str, draft: CustomerDraft) -> None:
    """Change a customer; fields left as they were are not sent. Raises UserError naming the field."""
    work.require(Right.EDIT_CUSTOMER)
    _put(_found(work, Customer, customer_id), _values(completed_customer(draft)))


def add_site(work: Work, customer_id: str, draft: SiteDraft) -> str:
    """The id of the customer's new site; raises UserError naming the field."""
    work.require(Right.EDIT_CUSTOMER)
    site = Site(customer=customer_id, **_values(completed_site(draft)))
    work.session.add(site)
    work.session.flush()
    return site.id


def edit_site(work: Work, site_id: str, draft: SiteDraft) -> None:
    """Change a site; raises UserError naming the field."""
    work.require(Right.EDIT_CUSTOMER)
    _put(_found(work, Site, site_id), _values(completed_site(draft)))


def _values(draft: CustomerDraft | SiteDraft) -> dict[str, str]:
    return {field.name: str(getattr(draft, field.name)) for field in fields(draft)}


def _put(record: Customer | Site, values: dict[str, str]) -> None:
    for name, value in values.items():
        if getattr(record, name) != value:
            setattr(record, name, value)


def _found(work: Work, model: type[_T], record_id: str) -> _T:
    found = work.session.scalar(select(model).where(model.id == record_id))
    if found is None:
        raise BugError(f"no {model.__tablename__} {record_id}")
    return found
