"""Reads of repairs."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.happenings import Happening, in_force
from app.kernel.instants import day_of
from app.repairs.records import Repair, RepairEvent
from app.repairs.rules.lines import PartLine, line_of
from app.repairs.rules.stages import OVER, Outcome, State
from app.store.stories import story_of

CODE_FIELDS = ("symptom", "fault", "cause", "remedy")


@dataclass(frozen=True, slots=True)
class RepairSeen:
    """A repair as it is stored; days ISO or empty, `created_at` microseconds UTC."""

    id: str
    ticket: str
    unit: str
    model: str
    place: str
    reported_on: str
    found_on: str
    symptom: str
    fault: str
    cause: str
    remedy: str
    diagnosis: str
    outcome: str
    responsible: str
    created_at: int
    state: State


@dataclass(frozen=True, slots=True)
class LineSeen:
    """A part line that stands; `event` is what undoing names."""

    event: str
    at: int
    by: str
    line: PartLine


def repair_of(session: Session, repair_id: str) -> RepairSeen | None:
    """The repair with this id."""
    row = session.scalar(select(Repair).where(Repair.id == repair_id))
    return _seen(row) if row else None


def reported_day(repair: RepairSeen) -> date:
    """The day to which the terms of the warranty are held: when the fault was reported, else when it was logged."""
    return date.fromisoformat(repair.reported_on) if repair.reported_on else day_of(repair.created_at, "UTC")


def no_repair(unit: str, model: str) -> RepairSeen:
    """What stands in for the repair of a machine that is in none, such as at its installation: all empty."""
    empty = {name: "" for name in RepairSeen.__slots__ if name not in ("unit", "model", "created_at", "state")}
    return RepairSeen(**empty, unit=unit, model=model, created_at=0, state=next(iter(State)))


def repairs_of_unit(session: Session, unit_id: str) -> tuple[RepairSeen, ...]:
    """All repairs of a machine, newest first."""
    chosen = select(Repair).where(Repair.unit == unit_id, Repair.deleted.is_(False))
    return tuple(map(_seen, session.scalars(chosen.order_by(Repair.created_at.desc(), Repair.id.desc()))))


def repairs_of_ticket(session: Session, ticket_id: str) -> tuple[RepairSeen, ...]:
    """The repairs made for a ticket, oldest first."""
    chosen = select(Repair).where(Repair.ticket == ticket_id, Repair.deleted.is_(False))
    return tuple(map(_seen, session.scalars(chosen.order_by(Repair.created_at, Repair.id))))


def open_repairs(session: Session, *, limit: int = 200) -> tuple[RepairSeen, ...]:
    """Repairs that are not over, oldest first."""
    over = [each.value for each in OVER]
    chosen = select(Repair).where(Repair.state.not_in(over), Repair.deleted.is_(False))
    return tuple(map(_seen, session.scalars(chosen.order_by(Repair.created_at, Repair.id).limit(limit))))


def recent_repairs(session: Session, *, limit: int = 60) -> tuple[RepairSeen, ...]:
    """The newest repairs that are over."""
    over = [each.value for each in OVER]
    chosen = select(Repair).where(Repair.state.in_(over), Repair.deleted.is_(False))
    return tuple(map(_seen, session.scalars(chosen.order_by(Repair.created_at.desc(), Repair.id.desc()).limit(limit))))


def happenings_of(session: Session, repair_id: str) -> tuple[Happening, ...]:
    """The events of a repair in their order."""
    return story_of(session, RepairEvent, repair_id)


def lines_of(session: Session, repair_id: str) -> tuple[LineSeen, ...]:
    """The part lines that stand, in the order in which they were made."""
    happened = in_force(happenings_of(session, repair_id), undo="line_undone")
    return tuple(LineSeen(each.id, each.at, each.by, line_of(each.body)) for each in happened if each.kind == "line")


def code_counts(session: Session, model: str, name: str) -> dict[str, int]:
    """How often each code of symptom, fault, cause or remedy was recorded for a model: most used first is proposed."""
    column = {"symptom": Repair.symptom, "fault": Repair.fault, "cause": Repair.cause, "remedy": Repair.remedy}[name]
    chosen = select(column, func.count(Repair.rid)).where(
        Repair.model == model, column != "", Repair.deleted.is_(False)
    )
    return {code: number for code, number in session.execute(chosen.group_by(column))}


def finished_days(session: Session, unit_id: str, *, without: str = "") -> tuple[date, ...]:
    """The day on which each of a machine's repairs ended as `repaired`, the repair `without` left aside.

    One day for each repair, the latest: one that was opened again and finished twice was still one repair.
    """
    chosen = select(Repair.id, RepairEvent.at, RepairEvent.zone).join(Repair, Repair.id == RepairEvent.subject_id)
    done = chosen.where(
        Repair.unit == unit_id,
        Repair.id != without,
        Repair.outcome == Outcome.REPAIRED.value,
        RepairEvent.kind == "outcome",
        RepairEvent.body["outcome"].as_string() == Outcome.REPAIRED.value,
    )
    ended = {repair: day_of(at, zone) for repair, at, zone in session.execute(done.order_by(RepairEvent.at))}
    return tuple(sorted(ended.values()))


def fitted_under_warranty(session: Session, unit_id: str, serial: str) -> date | None:
    """The day on which this component was fitted at the manufacturer's or seller's cost, if it was and still is."""
    if not serial:
        return None
    undone = select(RepairEvent.corrects_id).where(RepairEvent.kind == "line_undone")
    chosen = select(RepairEvent).join(Repair, Repair.id == RepairEvent.subject_id)
    fitted = chosen.where(
        Repair.unit == unit_id,
        RepairEvent.kind == "line",
        RepairEvent.id.not_in(undone),
        RepairEvent.body["new_serial"].as_string() == serial,
        RepairEvent.body["parts_verdict"].as_string() == "covered",
    )
    found = session.scalars(fitted.order_by(RepairEvent.at.desc())).first()
    return day_of(found.at, found.zone) if found else None


_NAMES = tuple(name for name in RepairSeen.__dataclass_fields__ if name != "state")


def _seen(row: Repair) -> RepairSeen:
    return RepairSeen(**{name: getattr(row, name) for name in _NAMES}, state=State(row.state))
