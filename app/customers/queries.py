"""Reads about customers and sites."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.customers.records import Customer, Site
from app.customers.rules import BETWEEN_DIGITS, CustomerKind, ReachedBy, phone_digits
from app.store.many import among
from app.store.search import hits


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site as lists show it."""

    id: str
    customer: str
    name: str
    address: str
    zone: str


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer as pickers show it."""

    id: str
    name: str
    contact: str
    phone: str


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """A whole customer with sites."""

    id: str
    name: str
    kind: CustomerKind
    contact: str
    phone: str
    email: str
    language: str
    reached_by: ReachedBy
    note: str
    market: str
    sites: tuple[SiteRow, ...]


def find_customers(session: Session, words: str, *, limit: int = 20) -> tuple[CustomerRow, ...]:
    """Customers whose words begin as typed, also through a site's name or address, and those whose telephone holds
    the number that was typed, however either is set apart; without words the newest."""
    if not words.strip():
        rows = session.scalars(_alive().order_by(Customer.rid.desc()).limit(limit))
        return tuple(_row(each) for each in rows)
    found = hits(session.connection(), words, kinds=("customer", "site"), limit=limit)
    owners = {rid: customer for rid, customer in _owners(session, [rid for kind, rid in found if kind == "site"])}
    direct = _by(session, Customer.rid, [rid for kind, rid in found if kind == "customer"])
    through = _by(session, Customer.id, list(owners.values()))
    order = [direct.get(rid) if kind == "customer" else through.get(owners.get(rid, "")) for kind, rid in found]
    everybody = (*order, *_called(session, phone_digits(words), limit))
    return tuple(dict.fromkeys(_row(each) for each in everybody if each is not None))[:limit]


def customer_page(session: Session, *, after: str = "", limit: int = 100) -> tuple[CustomerRow, ...]:
    """The next customers by name after the one with the id `after` (keyset)."""
    name = func.lower(Customer.name)
    chosen = _alive().order_by(name, Customer.id)
    if after:
        last = select(name, Customer.id).where(Customer.id == after).scalar_subquery()
        chosen = chosen.where(tuple_(name, Customer.id) > last)
    return tuple(_row(each) for each in session.scalars(chosen.limit(limit)))


def customer_count(session: Session) -> int:
    """How many customers there are."""
    return session.scalar(select(func.count(Customer.rid)).where(Customer.deleted.is_(False))) or 0


def customer_facts(session: Session, customer_id: str) -> CustomerFacts | None:
    """Everything about one customer, or None when it is not here (yet)."""
    each = session.scalar(_alive().where(Customer.id == customer_id))
    if each is None:
        return None
    return CustomerFacts(
        each.id, each.name, _kind(each.kind), each.contact, each.phone, each.email, each.language,
        _reached_by(each.reached_by), each.note, each.market, sites_of(session, customer_id),
    )  # fmt: skip


def sites_of(session: Session, customer_id: str) -> tuple[SiteRow, ...]:
    """A customer's sites, oldest first."""
    return sites_by_customer(session, [customer_id]).get(customer_id, ())


def sites_by_customer(session: Session, ids: Iterable[str]) -> dict[str, tuple[SiteRow, ...]]:
    """The sites of each of these customers, oldest first; one without any is left out."""
    wanted = select(Site).where(among(Site.customer, tuple(ids)), Site.deleted.is_(False)).order_by(Site.rid)
    found: dict[str, tuple[SiteRow, ...]] = {}
    for each in session.scalars(wanted):
        row = SiteRow(each.id, each.customer, each.name, each.address, each.zone)
        found[each.customer] = (*found.get(each.customer, ()), row)
    return found


def customer_names(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """Name by id, as far as they are here."""
    wanted = {each for each in ids if each}
    if not wanted:
        return {}
    return dict(session.execute(select(Customer.id, Customer.name).where(Customer.id.in_(wanted))).tuples().all())


def _alive() -> Select[tuple[Customer]]:
    return select(Customer).where(Customer.deleted.is_(False))


def _called(session: Session, digits: str, limit: int) -> Iterable[Customer]:
    """Those whose number holds these digits, the newest first."""
    if not digits:
        return ()
    bare: ColumnElement[str] = Customer.phone.expression
    for sign in BETWEEN_DIGITS:
        bare = func.replace(bare, sign, "")
    return session.scalars(_alive().where(bare.contains(digits)).order_by(Customer.rid.desc()).limit(limit))


def _owners(session: Session, rids: list[int]) -> list[tuple[int, str]]:
    return list(session.execute(select(Site.rid, Site.customer).where(Site.rid.in_(rids))).tuples()) if rids else []


def _by(session: Session, column: InstrumentedAttribute[Any], values: list[Any]) -> dict[Any, Customer]:
    rows = session.scalars(_alive().where(column.in_(values))) if values else ()
    return {getattr(each, column.key): each for each in rows}


def _row(each: Customer) -> CustomerRow:
    return CustomerRow(each.id, each.name, each.contact, each.phone)


def _kind(code: str) -> CustomerKind:
    return CustomerKind(code) if code in set(CustomerKind) else CustomerKind.BUSINESS


def _reached_by(code: str) -> ReachedBy:
    return ReachedBy(code) if code in set(ReachedBy) else ReachedBy.PHONE
