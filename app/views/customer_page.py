"""What the page of one customer shows: who, where it is what time, their machines and cases, the last contact."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from app.catalog.current import installed_catalog
from app.customers.queries import CustomerFacts, SiteRow, customer_facts
from app.customers.texts import KINDS, REACHED_BY
from app.kernel.instants import Instant, day_of, is_zone, moment_of, now
from app.kernel.messages import Message, Shown, say
from app.language.names import language_name, zone_name
from app.people.queries import names_of
from app.tickets.queries import for_customer, latest_contact, tickets_by_customer
from app.units.queries import units_of_owner
from app.views.moments import zone_of
from app.views.published import Published
from app.views.story import story_lines
from app.views.ticket_list import TicketRow, rows_of

MOST_CASES = 500


@dataclass(frozen=True, slots=True)
class CustomerFact:
    """A small label and its value; `code` is for what stays left to right, such as a telephone number."""

    name: str
    label: Message
    value: Message | str
    code: bool = False


@dataclass(frozen=True, slots=True)
class SiteSeen:
    """A site: `there` says the town of its zone and the time there now, `apart` how far it is from here, or None."""

    row: SiteRow
    there: Message
    apart: Message | None


@dataclass(frozen=True, slots=True)
class MachineLine:
    """A machine of the customer and where it stands."""

    id: str
    serial: str
    model: str
    site: str


@dataclass(frozen=True, slots=True)
class Contact:
    """The last word with the customer: who did what, what was said, when, on which ticket."""

    ticket: str
    title: Message
    text: str
    when: Message


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """The whole page; `first_time` when there is one case at most, `older` counts past cases that are not listed."""

    facts: CustomerFacts
    told: tuple[CustomerFact, ...]
    sites: tuple[SiteSeen, ...]
    machines: tuple[MachineLine, ...]
    open: tuple[TicketRow, ...]
    past: tuple[TicketRow, ...]
    older: int
    last: Contact | None
    first_time: bool


def customer_page(session: Session, customer_id: str, language: str) -> CustomerPage | None:
    """The page of a customer, or None when it is not here (yet)."""
    facts = customer_facts(session, customer_id)
    if facts is None:
        return None
    cases = rows_of(session, for_customer(session, customer_id, limit=MOST_CASES))
    number = tickets_by_customer(session, [customer_id]).get(customer_id, 0)
    moment = now()
    return CustomerPage(
        facts=facts,
        told=_told(facts, language),
        sites=tuple(site_seen(each, moment, zone_of(session), language) for each in facts.sites),
        machines=_machines(session, facts, language),
        open=tuple(each for each in cases if each.is_open),
        past=tuple(each for each in cases if not each.is_open),
        older=max(0, number - len(cases)),
        last=_last(session, customer_id, moment),
        first_time=number <= 1,
    )


def site_seen(site: SiteRow, moment: Instant, here: str, language: str) -> SiteSeen:
    """A site with the time there; one without a zone, or with one that this machine does not know, has ours."""
    zone = site.zone if is_zone(site.zone) else here
    town, clock, day = zone_name(zone, language), Shown("time", moment, zone), day_of(moment, zone)
    if day == day_of(moment, here):
        return SiteSeen(site, say("{time} in {town}", time=clock, town=town), _apart(moment, zone, here))
    named = Shown("short_day", day.isoformat())
    there = say("{day}, {time} in {town}", day=named, time=clock, town=town)
    return SiteSeen(site, there, _apart(moment, zone, here))


def _apart(moment: Instant, zone: str, here: str) -> Message | None:
    ours, theirs = (moment_of(moment, each).utcoffset() or timedelta() for each in (here, zone))
    minutes = int((theirs - ours).total_seconds()) // 60
    if not minutes:
        return None
    hours, rest = divmod(abs(minutes), 60)
    span = say("{hours} h {minutes} min", hours=hours, minutes=rest) if rest else say("{hours} h", hours=hours)
    return say("{span} ahead of us", span=span) if minutes > 0 else say("{span} behind us", span=span)


def _told(facts: CustomerFacts, language: str) -> tuple[CustomerFact, ...]:
    """What is known, in the order in which one would use it on the telephone."""
    spoken = language_name(facts.language, language) if facts.language else ""
    told = (
        CustomerFact("kind", say("Kind"), KINDS[facts.kind]),
        CustomerFact("contact", say("Contact person"), facts.contact),
        CustomerFact("phone", say("Telephone"), facts.phone, code=True),
        CustomerFact("email", say("E-mail"), facts.email, code=True),
        CustomerFact("language", say("Language"), spoken),
        CustomerFact("reached_by", say("Reached best by"), REACHED_BY[facts.reached_by]),
    )
    return tuple(each for each in told if each.value)


def _machines(session: Session, facts: CustomerFacts, language: str) -> tuple[MachineLine, ...]:
    catalog = installed_catalog(session)
    published = Published(catalog, language) if catalog else None
    sites = {each.id: each.name for each in facts.sites}
    return tuple(
        MachineLine(
            each.id, each.printed, published.model(each.model) if published else each.model, sites.get(each.site, "")
        )
        for each in units_of_owner(session, facts.id)
    )


def _last(session: Session, customer_id: str, moment: Instant) -> Contact | None:
    found = latest_contact(session, customer_id)
    if found is None:
        return None
    ticket, entry = found
    (line,) = story_lines((entry,), names_of(session), now=moment, zone=zone_of(session))
    return Contact(ticket, line.title, line.text, line.when)
