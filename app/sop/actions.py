"""Running a procedure: starting, ticking, taking back, ending (issue 5.4)."""

from collections.abc import Mapping
from typing import Any

from app.content.published.procedure import Procedure, Step, StepKind
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import SECOND, now
from app.kernel.lengths import kept_text
from app.kernel.messages import say
from app.kernel.rights import Right
from app.sop import rules
from app.sop.queries import PLACE, RunFacts, procedure_of, read_run
from app.sop.records import SopRun, SopTick
from app.sop.rules import RunState, TickKind
from app.store.bases import Draft
from app.store.work import Work

SLACK = 120 * SECOND  # a clock that is set between reading it and entering it


def start_run(
    work: Work, *, procedure: str, ticket: str = "", repair: str = "", unit: str = "", serial: str = ""
) -> str:
    """The id of a new run, bound to the procedure's newest version from now on (J8 of product.md)."""
    work.require(Right.RUN_SOP)
    version = procedure_of(work.session, procedure).version
    run = SopRun(procedure=procedure, version=version, ticket=ticket, repair=repair, unit=unit, serial=serial)
    work.session.add(run)
    work.session.flush()
    return run.id


def tick_step(
    work: Work, run_id: str, step: str, kind: TickKind, body: Mapping[str, Any] | None = None, *, at: int = 0,
    clock: str = "",
) -> str:  # fmt: skip
    """The id of the tick. `at` is the time of the act (µs UTC, default now), never later than its entry; `clock` is
    the same as a person writes it ("14:05"): the last time that this clock time was.

    UserError says which hold point or safety step keeps the step shut, or which field is missing: an answer outside
    the limits is kept only with a reason.
    """
    work.require(Right.RUN_SOP)
    run = _open_run(work, run_id)
    procedure = procedure_of(work.session, run.procedure, run.version)
    given = _given(body or {})
    _check(procedure, run, procedure.step(step), kind, given, by=work.actor.person)
    entered = now()
    if clock.strip():
        at = rules.last_time(clock, before=entered, zone=work.zone)
    if at > entered + SLACK:
        raise UserError(Trouble.BAD_INPUT, say("This time has not come yet."), field="at")
    facts = {**given, **_judged(procedure.step(step), kind, given), "step": step, "entered_at": entered}
    return work.add_event(SopTick, run_id, kind.value, facts, **({"at": at} if at else {})).id


def note_step(work: Work, run_id: str, step: str, text: str) -> str:
    """The id of a note on a step: at any time, also on a run that has ended; the partner's own."""
    work.require(Right.RUN_SOP)
    kept = kept_text("text", text)
    if not kept:
        raise UserError(Trouble.BAD_INPUT, say("The note is empty."), field="text")
    _run(work, run_id)
    return work.add_event(SopTick, run_id, "note", {"step": step, "entered_at": now(), "text": kept}).id


def undo_tick(work: Work, run_id: str, tick_id: str) -> None:
    """Take one tick, or the end of the run, back; both stay in the record."""
    work.require(Right.RUN_SOP)
    run = _run(work, run_id)
    found = next((tick for tick in rules.in_force(run.ticks) if tick.id == tick_id), None)
    if found is None:
        raise UserError(Trouble.MISSING, say("This was taken back before."))
    if run.state != RunState.OPEN and found.kind not in (TickKind.COMPLETED, TickKind.STOPPED):
        raise UserError(Trouble.NOT_ALLOWED, say("The procedure has ended. Open it again first."))
    body = {"step": found.step, "entered_at": now()}
    work.add_event(SopTick, run_id, "undone", body, corrects_id=tick_id)


def complete_run(work: Work, run_id: str) -> None:
    """End the run; UserError names the first step that is still to be done or unsafe."""
    work.require(Right.RUN_SOP)
    run = _open_run(work, run_id)
    procedure = procedure_of(work.session, run.procedure, run.version)
    if blockers := rules.completion_blockers(procedure, rules.standings(procedure, run.ticks)):
        raise UserError(Trouble.NOT_ALLOWED, blockers[0].why, field=blockers[0].step.code)
    work.add_event(SopTick, run_id, "completed", {"entered_at": now()})


def stop_run(work: Work, run_id: str, reason: str) -> None:
    """End the run where it stands, for a reason that the form will carry."""
    work.require(Right.RUN_SOP)
    _open_run(work, run_id)
    why = kept_text("reason", reason)
    if not why:
        raise UserError(Trouble.NEEDS_REASON, say("Write why the procedure is stopped."), field="reason")
    work.add_event(SopTick, run_id, "stopped", {"entered_at": now(), "reason": why})


def keep_place(work: Work, run_id: str, step: str, *, typed: str = "", listed: bool = False) -> None:
    """Remember on this device alone where the run was left and what was typed there."""
    work.require(Right.RUN_SOP)
    body = {"step": step, "typed": typed, "listed": listed}
    work.session.merge(Draft(place=PLACE + run_id, person=work.actor.person, body=body, at=now()))


def _given(body: Mapping[str, Any]) -> dict[str, Any]:
    """An answer with its reason as it is kept."""
    return {**body, "reason": kept_text("reason", body["reason"])} if "reason" in body else dict(body)


def _check(
    procedure: Procedure, run: RunFacts, step: Step, kind: TickKind, body: Mapping[str, Any], *, by: str
) -> None:
    standing = rules.standings(procedure, run.ticks)
    if kind not in rules.SKIPS and (blocker := rules.shut(procedure, standing, step.code)):
        raise UserError(Trouble.NOT_ALLOWED, blocker.why, field=blocker.step.code)
    rules.check_answer(step, kind, body, by=by)


def _judged(step: Step, kind: TickKind, body: Mapping[str, Any]) -> dict[str, Any]:
    """The verdict of today's limits goes on record beside the value."""
    if kind in rules.SKIPS or step.kind not in (StepKind.NUMBER, StepKind.YES_NO, StepKind.CHOICE):
        return {}
    facts: dict[str, Any] = {"within": rules.passes(step, body)}
    return {**facts, "decimals": step.decimals} if step.kind == StepKind.NUMBER else facts


def _run(work: Work, run_id: str) -> RunFacts:
    found = read_run(work.session, run_id)
    if found is None:
        raise UserError(Trouble.MISSING, say("This procedure run is not on this device yet."))
    return found


def _open_run(work: Work, run_id: str) -> RunFacts:
    found = _run(work, run_id)
    if found.state != RunState.OPEN:
        raise UserError(Trouble.NOT_ALLOWED, say("The procedure has ended. Open it again first."))
    return found
