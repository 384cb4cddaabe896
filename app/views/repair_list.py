"""Where each machine on the bench is: the open repairs, and those that ended lately."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.customers.queries import customer_names
from app.kernel.instants import DAY, now
from app.kernel.messages import Message
from app.kernel.slips import printed_number
from app.people.queries import names_of
from app.repairs.queries import RepairSeen, open_repairs, recent_repairs
from app.repairs.rules.stages import WAITING
from app.tickets.queries import TicketFacts, tickets_of
from app.units.queries import UnitSeen, units_of
from app.views.moments import when_of, zone_of
from app.views.repair_words import state_word

MOST_OPEN, MOST_RECENT = 200, 60


@dataclass(frozen=True, slots=True)
class RepairRow:
    """A repair in a list, which needs no catalogue: `title` of its ticket, `since` the day it was logged and `days`
    from then to now."""

    repair: str
    title: str
    customer: str
    serial: str
    number: str
    step: Message
    waiting: bool
    responsible: str
    since: Message
    days: int


def repairs_on_bench(session: Session, *, most: int = MOST_OPEN) -> tuple[RepairRow, ...]:
    """The repairs that are not over, oldest first."""
    return _rows(session, open_repairs(session, limit=most))


def repairs_lately(session: Session) -> tuple[RepairRow, ...]:
    """The newest repairs that are over."""
    return _rows(session, recent_repairs(session, limit=MOST_RECENT))


def _rows(session: Session, repairs: Iterable[RepairSeen]) -> tuple[RepairRow, ...]:
    listed = tuple(repairs)
    moment, zone, staff = now(), zone_of(session), names_of(session)
    tickets = tickets_of(session, [each.ticket for each in listed])
    units = units_of(session, [each.unit for each in listed])
    names = customer_names(session, (_whose(each, tickets, units) for each in listed))

    def row(repair: RepairSeen) -> RepairRow:
        ticket, unit = tickets.get(repair.ticket), units.get(repair.unit)
        return RepairRow(
            repair=repair.id,
            title=ticket.title if ticket else repair.diagnosis,
            customer=names.get(_whose(repair, tickets, units), ""),
            serial=printed_number(unit.serial) if unit else "",
            number=ticket.number if ticket else "",
            step=state_word(repair.state),
            waiting=repair.state in WAITING,
            responsible=staff.get(repair.responsible, ""),
            since=when_of(repair.created_at, now=moment, zone=zone),
            days=max(moment - repair.created_at, 0) // DAY,
        )

    return tuple(map(row, listed))


def _whose(repair: RepairSeen, tickets: dict[str, TicketFacts], units: dict[str, UnitSeen]) -> str:
    """The customer of the ticket, else the owner of the machine."""
    ticket, unit = tickets.get(repair.ticket), units.get(repair.unit)
    return (ticket.customer if ticket else "") or (unit.owner if unit else "")
