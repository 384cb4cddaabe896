"""A repair from the intake to the hand-over: writes that touch repair, machine, stock and warranty at once."""

from dataclasses import dataclass

from app.content.published.part import Part
from app.kernel.errors import Trouble, UserError
from app.kernel.ids import new_id
from app.kernel.instants import day_of, now
from app.kernel.messages import say
from app.kernel.packing import packed
from app.kernel.rights import Right
from app.kernel.serials import SerialState
from app.parts import actions as stock
from app.parts.queries import quantity_at
from app.repairs import actions as repairs
from app.repairs.queries import lines_of
from app.repairs.rules.lines import LineAction, PartLine
from app.repairs.rules.serials import SerialEntry, Settled, Slot, settle
from app.repairs.rules.stages import LabourKind, Outcome, RepairPlace, State
from app.repairs.rules.uses import PartUse, check_use, stop_at
from app.store.work import Work
from app.tickets.actions import file_record, open_ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.units import actions as units
from app.units.queries import UnitSeen
from app.units.rules import UnitStatus
from app.warranty.rules.facts import Decision
from app.workflows.repair_facts import (
    component_facts,
    decide_line,
    part_at,
    part_concerns,
    recorded_serials,
    repair_at,
    unit_at,
)


@dataclass(frozen=True, slots=True)
class LineMade:
    """What using a part did: `event` undoes it, `form` is the sign-off form it needs or empty, `left` the stock."""

    event: str
    line: PartLine
    decision: Decision
    form: str
    left: int


def open_repair(
    work: Work, ticket_id: str, unit_id: str, *, place: RepairPlace = RepairPlace.WORKSHOP,
    reported_on: str = "", found_on: str = "",
) -> str:  # fmt: skip
    """The id of a new repair of a machine; terms are held to `reported_on` (ISO day, default today)."""
    work.require(Right.LOG_REPAIR)
    unit = unit_at(work.session, unit_id)
    reported = reported_on or day_of(now(), work.zone).isoformat()
    repair_id = repairs.start_repair(
        work, ticket=ticket_id, unit=unit_id, model=unit.model, place=place, reported_on=reported, found_on=found_on
    )
    if ticket_id:
        file_record(work, ticket_id, "repair", repair_id)
    return repair_id


def log_repair(work: Work, unit_id: str, *, title: str, on_site: bool = False) -> str:
    """The id of a new repair with a ticket of its own, for a machine that is simply there; `title` as the ticket's."""
    work.require(Right.LOG_REPAIR)
    unit = unit_at(work.session, unit_id)
    draft = TicketDraft(
        TicketKind.MAINTENANCE, title, channel=Channel.VISIT, customer=unit.owner, site=unit.site, unit=unit.id,
        serial=unit.serial, market=unit.market,
    )  # fmt: skip
    return open_repair(
        work, open_ticket(work, draft), unit_id, place=RepairPlace.ON_SITE if on_site else RepairPlace.WORKSHOP
    )


def receive_machine(
    work: Work, repair_id: str, *, condition: tuple[str, ...] = (), accessories: tuple[str, ...] = (), note: str = ""
) -> str:
    """Take a machine in; the id of the event that the intake receipt is printed from."""
    work.require(Right.LOG_REPAIR)
    repair = repair_at(work.session, repair_id)
    event = repairs.receive(work, repair_id, condition=condition, accessories=accessories, note=note)
    units.move_unit(work, repair.unit, UnitStatus.IN_REPAIR)
    return event


def diagnose(work: Work, repair_id: str, **said: str) -> None:
    """Record symptom, fault, cause, remedy, text, found_on (app.repairs.actions.diagnose)."""
    work.require(Right.LOG_REPAIR)
    repairs.diagnose(work, repair_id, **said)


def add_labour(work: Work, repair_id: str, *, kind: LabourKind, minutes: int) -> str:
    """Append working time; the event's id."""
    work.require(Right.LOG_REPAIR)
    return repairs.add_labour(work, repair_id, kind=kind, minutes=minutes)


def finish_repair(work: Work, repair_id: str, outcome: Outcome, *, note: str = "") -> None:
    """Record how the repair ended. `repaired` asks for a remedy: UserError(BAD_INPUT, field); the machine of a
    cancelled one counts as in use again."""
    work.require(Right.LOG_REPAIR)
    repair = repair_at(work.session, repair_id)
    if outcome is Outcome.REPAIRED and not repair.remedy:
        raise UserError(Trouble.BAD_INPUT, say("Say what was done: choose the remedy."), field="remedy")
    repairs.finish(work, repair_id, outcome, note=note)
    if outcome is Outcome.CANCELLED:
        units.move_unit(work, repair.unit, UnitStatus.IN_USE)


def move_repair(work: Work, repair_id: str, to: State, *, reason: str = "") -> None:
    """Set where a repair stands when no record says so; the machine of a closed one counts as in use again.

    Raises UserError(BAD_INPUT, field) as app.repairs.actions.move.
    """
    work.require(Right.LOG_REPAIR)
    repair = repair_at(work.session, repair_id)
    repairs.move(work, repair_id, to, reason=reason)
    if to is State.CLOSED and repair.outcome != Outcome.NOT_REPAIRABLE.value:
        units.move_unit(work, repair.unit, UnitStatus.IN_USE)
    elif repair.state is State.CLOSED:
        units.move_unit(work, repair.unit, UnitStatus.IN_REPAIR)


def hand_over_machine(work: Work, repair_id: str, *, to: str) -> None:
    """Give the machine back, repaired or not; it is with its owner again."""
    work.require(Right.LOG_REPAIR)
    repair = repair_at(work.session, repair_id)
    repairs.hand_over(work, repair_id, to=to)
    units.move_unit(work, repair.unit, UnitStatus.IN_USE)


def use_part(work: Work, repair_id: str, use: PartUse) -> LineMade:
    """One act: the stock movement, the old component out and the new one in, and who pays, in one transaction.

    Raises PartStop or SerialStop with concerns to be answered, UserError(field) for what is missing. Stock is never
    a reason to refuse: the part is in the machine already.
    """
    work.require(Right.LOG_REPAIR)
    repair = repair_at(work.session, repair_id)
    unit = unit_at(work.session, repair.unit)
    part = part_at(work.session, use.part)
    if use.action is LineAction.ADD and not use.anyway:
        stop_at(part_concerns(work.session, unit, part))
    check_use(use, part, recorded=bool(recorded_serials(work.session, unit.id, part.component_type)))
    old = _settled(work, use.old, part, unit, Slot.OLD)
    new = _settled(work, use.new, part, unit, Slot.NEW) if use.action is LineAction.ADD else None
    decision = decide_line(work.session, repair, unit, part, old.serial if old else "")
    line = _line(use, part, old, new, decision, decided_by=work.actor.person)
    line.unit_events.extend(_change_components(work, unit.id, repair_id, line))
    left = _move_stock(work, repair_id, line)
    event = repairs.add_line(work, repair_id, line)
    return LineMade(event, line, decision, part.form, left)


def undo_line(work: Work, repair_id: str, event_id: str, *, reason: str = "") -> None:
    """Take a part line back with its movement, its components and its decision; UserError(MISSING) when it is gone."""
    work.require(Right.LOG_REPAIR)
    repair = repair_at(work.session, repair_id)
    line = next((each.line for each in lines_of(work.session, repair_id) if each.event == event_id), None)
    if line is None:
        raise UserError(Trouble.MISSING, say("This line has been taken back already."))
    stock.reverse_line(work, line.part, line=line.line, reason=reason)
    for each in line.unit_events:
        units.undo_component(work, repair.unit, each, reason=reason)
    repairs.undo_line(work, repair_id, event_id, reason=reason)


def _settled(work: Work, entry: SerialEntry | None, part: Part, unit: UnitSeen, slot: Slot) -> Settled | None:
    if entry is None or not part.serialised:
        return None
    return settle(entry, component_facts(work.session, entry.typed, part=part, unit=unit, slot=slot))


def _line(
    use: PartUse, part: Part, old: Settled | None, new: Settled | None, decision: Decision, *, decided_by: str
) -> PartLine:
    parts, labour, travel = decision.costs
    return PartLine(
        line=new_id(),
        action=use.action.value,
        part=part.number,
        quantity=use.quantity,
        place=use.place,
        type=part.component_type,
        old_serial=old.serial if old else "",
        old_state=old.state.value if old else "",
        old_fate=use.old_fate if old else "",
        new_serial=new.serial if new else "",
        new_state=new.state.value if new else "",
        photo=(new.photo if new else "") or (old.photo if old else ""),
        parts_verdict=parts.verdict.value,
        labour_verdict=labour.verdict.value,
        travel_verdict=travel.verdict.value,
        parts_payer=parts.payer.value,
        labour_payer=labour.payer.value,
        travel_payer=travel.payer.value,
        missing=[each.value for each in decision.missing],
        policy=decision.policy,
        policy_version=decision.version,
        why=[packed(each) for each in (decision.sentence, *decision.why)],
        decided_by=decided_by,
    )


def _change_components(work: Work, unit_id: str, repair_id: str, line: PartLine) -> list[str]:
    """Old out before new in, so that a machine never holds both."""
    made = []
    if line.old_state:
        old = units.ComponentDraft(line.type, line.old_serial, line.part, SerialState(line.old_state), repair_id)
        made.append(units.take_component(work, unit_id, old, fate=line.old_fate))
    if line.new_state:
        new = units.ComponentDraft(line.type, line.new_serial, line.part, SerialState(line.new_state), repair_id)
        made.append(units.fit_component(work, unit_id, new))
    return made


def _move_stock(work: Work, repair_id: str, line: PartLine) -> int:
    """The pieces left at the place afterwards; may be negative."""
    if line.action == LineAction.REMOVE.value:
        return 0
    before = quantity_at(work.session, line.part, line.place)
    recycled = line.action == LineAction.RECYCLE.value
    move = stock.recycle_parts if recycled else stock.issue_parts
    move(work, line.part, place=line.place, quantity=line.quantity, repair=repair_id, line=line.line)
    return before + line.quantity if recycled else before - line.quantity
