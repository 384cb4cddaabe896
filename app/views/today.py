"""Today: what is due next, by time and not by kind of record; and where each machine on the bench stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.customers.queries import customer_names
from app.kernel.instants import day_of, now
from app.kernel.messages import Message, Shown, say, say_count
from app.kernel.rights import Right
from app.people.queries import actor_for, names_of
from app.tickets import queries
from app.tickets.queries import TicketFacts
from app.tickets.rules import State
from app.views.moments import Due, Urgency, due_of, zone_of
from app.views.repair_list import RepairRow, repairs_on_bench

MOST_ON_BENCH = 100


@dataclass(frozen=True, slots=True)
class DueRow:
    """One line of what is due: the matter, why it is due, what to do."""

    ticket: str
    due: Due
    icon: str
    title: Message
    line: Message
    act: Message


@dataclass(frozen=True, slots=True)
class PassedRow:
    """A ticket that ended although something was missing, with the reason in the words of whoever gave it."""

    ticket: str
    number: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Today:
    """The page. `passed` is filled for managers alone; `summary` is the sentence under the greeting."""

    day: Message
    greeting: Message
    summary: Message
    due: tuple[DueRow, ...]
    bench: tuple[RepairRow, ...]
    passed: tuple[PassedRow, ...]
    open: int
    mine: int
    follow_ups: int


def today(session: Session, person: str) -> Today:
    """What this person sees first."""
    moment, zone = now(), zone_of(session)
    due = queries.due(session)
    counted = queries.counts(session, person)
    rows = _due_rows(session, due, moment, zone)
    return Today(
        day=say("{day}", day=Shown("long_day", day_of(moment, zone).isoformat())),
        greeting=_greeting(names_of(session).get(person, "")),
        summary=_summary(rows),
        due=rows,
        bench=repairs_on_bench(session, most=MOST_ON_BENCH),
        passed=_passed(session, person),
        open=counted.open,
        mine=counted.mine,
        follow_ups=counted.resolved,
    )


def _greeting(name: str) -> Message:
    return say("Good day, {name}.", name=name.split()[0]) if name.split() else say("Good day.")


def _summary(rows: tuple[DueRow, ...]) -> Message:
    over = sum(each.due.urgency is Urgency.NOW for each in rows)
    if over:
        return say_count("{count} matter is over its time.", "{count} matters are over their time.", over)
    if rows:
        return say_count("{count} matter has a date.", "{count} matters have a date.", len(rows))
    return say("Nothing is due.")


def _due_rows(session: Session, tickets: Iterable[TicketFacts], moment: int, zone: str) -> tuple[DueRow, ...]:
    listed = tuple(tickets)
    names = customer_names(session, (each.customer for each in listed))
    return tuple(_due_row(each, names.get(each.customer, ""), moment, zone) for each in listed)


def _due_row(ticket: TicketFacts, customer: str, moment: int, zone: str) -> DueRow:
    due = due_of(ticket.next_at or 0, now=moment, zone=zone)
    whose: object = customer or say("customer not known")
    icon, line, act = _matter(ticket)
    title = say("{title}, {customer}", title=ticket.title, customer=whose)
    return DueRow(ticket.id, due, icon, title, line, act)


def _matter(ticket: TicketFacts) -> tuple[str, Message, Message]:
    """Icon, why it is due, and the act."""
    number = Shown("plain", ticket.number)
    if ticket.state is State.RESOLVED:
        return "phone", say("Ask how it went. {number} is resolved.", number=number), say("Ask now")
    if not ticket.replied_at:
        return (
            "message-square",
            say("No answer yet. {number}, {severity}.", number=number, severity=ticket.severity),
            say("Answer"),
        )
    if ticket.state is State.PLANNED:
        return "calendar-clock", say("Planned for this day. {number}.", number=number), say("Open ticket")
    return "hourglass", say("Look at it again. {number} waits.", number=number), say("Open ticket")


def _passed(session: Session, person: str) -> tuple[PassedRow, ...]:
    if Right.MANAGE_STAFF not in actor_for(session, person).rights:
        return ()
    return tuple(
        PassedRow(each.id, each.number, each.title, each.passed_reason) for each in queries.passed_with_reason(session)
    )
