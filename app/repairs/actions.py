"""Writes on one repair; what touches stock, machines and warranty too stands in app/workflows/repair.py."""

from collections.abc import Sequence

from sqlalchemy import select

from app.kernel.days import check_days
from app.kernel.errors import Trouble, UserError
from app.kernel.lengths import LONGEST_LINE, kept_text
from app.kernel.messages import say
from app.kernel.rights import Right
from app.repairs.records import Repair, RepairEvent
from app.repairs.rules.lines import PartLine
from app.repairs.rules.stages import MOVES, LabourKind, Outcome, RepairPlace, State
from app.store.work import Work


def start_repair(
    work: Work, *, ticket: str, unit: str, model: str = "", place: RepairPlace = RepairPlace.WORKSHOP,
    reported_on: str = "", found_on: str = "",
) -> str:  # fmt: skip
    """The id of a new repair for a ticket; the one at the desk is responsible.

    Raises UserError(BAD_INPUT) naming a day that is none: the warranty counts from both.
    """
    work.require(Right.LOG_REPAIR)
    check_days({"reported_on": reported_on, "found_on": found_on})
    repair = Repair(
        ticket=ticket, unit=unit, model=model, place=place.value, reported_on=reported_on, found_on=found_on,
        responsible=work.actor.person,
    )  # fmt: skip
    work.session.add(repair)
    work.session.flush()
    return repair.id


def receive(work: Work, repair_id: str, *, condition: Sequence[str], accessories: Sequence[str], note: str = "") -> str:
    """Record the intake: codes of CONDITION and ACCESSORY, and what was noticed; the event's id."""
    work.require(Right.LOG_REPAIR)
    _repair_row(work, repair_id)
    body = {"condition": list(condition), "accessories": list(accessories), "note": kept_text("note", note)}
    return work.add_event(RepairEvent, repair_id, "received", body).id


def diagnose(
    work: Work, repair_id: str, *, symptom: str = "", fault: str = "", cause: str = "", remedy: str = "",
    text: str = "", found_on: str = "",
) -> None:  # fmt: skip
    """Record what is wrong and why, in codes and in words; what is left empty stays as it was said before.

    Raises UserError(BAD_INPUT) when nothing at all is said, or for a `found_on` that is no ISO day.
    """
    work.require(Right.LOG_REPAIR)
    repair = _repair_row(work, repair_id)
    check_days({"found_on": found_on})
    words = kept_text("text", text)
    said = {"symptom": symptom, "fault": fault, "cause": cause, "remedy": remedy}
    if not any(said.values()) and not words:
        raise UserError(
            Trouble.BAD_INPUT, say("Choose at least the symptom, or say in words what you see."), field="symptom"
        )
    for name, code in said.items():
        if code:
            setattr(repair, name, code)
    if words:
        repair.diagnosis = words
    if found_on:
        repair.found_on = found_on
    work.add_event(RepairEvent, repair_id, "diagnosed", {**said, "text": words})


def add_line(work: Work, repair_id: str, line: PartLine) -> str:
    """Append a part line; the event's id."""
    work.require(Right.LOG_REPAIR)
    return work.add_event(RepairEvent, repair_id, "line", line.body()).id


def undo_line(work: Work, repair_id: str, event_id: str, *, reason: str) -> None:
    """Take a part line back."""
    work.require(Right.LOG_REPAIR)
    work.add_event(RepairEvent, repair_id, "line_undone", {"reason": kept_text("reason", reason)}, corrects_id=event_id)


def add_labour(work: Work, repair_id: str, *, kind: LabourKind, minutes: int) -> str:
    """Append working time; the event's id. UserError(BAD_INPUT) unless it is 1 minute to 24 hours."""
    work.require(Right.LOG_REPAIR)
    _repair_row(work, repair_id)
    if not 1 <= minutes <= 24 * 60:
        raise UserError(Trouble.BAD_INPUT, say("Working time is between 1 minute and 24 hours."), field="minutes")
    return work.add_event(RepairEvent, repair_id, "labour", {"kind": kind.value, "minutes": minutes}).id


def move(work: Work, repair_id: str, to: State, *, reason: str = "") -> None:
    """Set a state that follows from nothing else: waiting, back to work, testing, closed.

    Raises UserError(BAD_INPUT, field): another state, or closed without a reason.
    """
    work.require(Right.LOG_REPAIR)
    _repair_row(work, repair_id)
    if to not in MOVES:
        raise UserError(Trouble.BAD_INPUT, say("This state follows from what is recorded."), field="to")
    why = kept_text("reason", reason)
    if to is State.CLOSED and not why:
        raise UserError(Trouble.BAD_INPUT, say("Say why the repair is closed."), field="reason")
    work.add_event(RepairEvent, repair_id, "moved", {"to": to.value, "reason": why})


def finish(work: Work, repair_id: str, outcome: Outcome, *, note: str = "") -> None:
    """Record how the repair ended; a part fitted later opens it again."""
    work.require(Right.LOG_REPAIR)
    words = kept_text("note", note)
    _repair_row(work, repair_id).outcome = outcome.value
    work.add_event(RepairEvent, repair_id, "outcome", {"outcome": outcome.value, "note": words})


def hand_over(work: Work, repair_id: str, *, to: str) -> None:
    """Record who took the machine back."""
    work.require(Right.LOG_REPAIR)
    _repair_row(work, repair_id)
    name = kept_text("to", to, LONGEST_LINE)
    if not name:
        raise UserError(Trouble.BAD_INPUT, say("Say who took the machine."), field="to")
    work.add_event(RepairEvent, repair_id, "handed_over", {"to": name})


def keep_paper(work: Work, repair_id: str, *, what: str, sha256: str) -> str:
    """Remember a paper of this repair (intake receipt, label, scan) by the hash of its file; the event's id."""
    work.require(Right.LOG_REPAIR)
    return work.add_event(RepairEvent, repair_id, "paper", {"what": what, "sha256": sha256}).id


def _repair_row(work: Work, repair_id: str) -> Repair:
    """The record to change; UserError(MISSING) when it is not here."""
    repair = work.session.scalar(select(Repair).where(Repair.id == repair_id))
    if repair is None:
        raise UserError(Trouble.MISSING, say("This repair is not here yet."))
    return repair
