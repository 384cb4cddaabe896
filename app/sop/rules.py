"""How the steps of a run stand, from its ticks in any order; what a tick needs; what keeps a run open (issue 5.4)."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.content.published.procedure import OnFail, Procedure, Step, StepKind
from app.kernel import happenings
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import instant_of, moment_of
from app.kernel.limits import limits_in_words
from app.kernel.messages import Message, Shown, say


class TickKind(StrEnum):
    DONE = "done"
    ANSWERED = "answered"
    MEASURED = "measured"
    CHOSEN = "chosen"
    PHOTO = "photo"
    SERIAL = "serial"
    RELEASED = "released"
    NOT_APPLICABLE = "not_applicable"
    DEFERRED = "deferred"
    NOTE = "note"
    UNDONE = "undone"
    COMPLETED = "completed"
    STOPPED = "stopped"


class State(StrEnum):
    """How a step stands. `unconfirmed`: a serial that was taken as it stands; `outside`: answered, not passed."""

    OPEN = "open"
    DONE = "done"
    UNCONFIRMED = "unconfirmed"
    OUTSIDE = "outside"
    DEFERRED = "deferred"
    NOT_APPLICABLE = "not_applicable"


class RunState(StrEnum):
    OPEN = "open"
    COMPLETED = "completed"
    STOPPED = "stopped"


ANSWER_OF = {
    StepKind.DO: TickKind.DONE,
    StepKind.YES_NO: TickKind.ANSWERED,
    StepKind.NUMBER: TickKind.MEASURED,
    StepKind.CHOICE: TickKind.CHOSEN,
    StepKind.PHOTO: TickKind.PHOTO,
    StepKind.SERIAL: TickKind.SERIAL,
    StepKind.HOLD: TickKind.RELEASED,
}
SKIPS = (TickKind.NOT_APPLICABLE, TickKind.DEFERRED)
PASSED = (State.DONE, State.UNCONFIRMED)
SERIAL_STATES = ("checked", "not_confirmed", "no_legible")


@dataclass(frozen=True, slots=True)
class Tick:
    """One event of a run: `at` is the time of the act, `entered_at` in the body the time of typing it (both µs UTC)."""

    id: str
    kind: TickKind
    at: int
    body: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    by: str = ""
    corrects: str = ""
    zone: str = "UTC"

    @property
    def step(self) -> str:
        return str(self.body.get("step", ""))


@dataclass(frozen=True, slots=True)
class Standing:
    """One step of a run: the tick that decides is the latest in force; every other one is kept in `ticks`."""

    step: Step
    state: State
    tick: Tick | None = None
    ticks: tuple[Tick, ...] = ()
    notes: tuple[Tick, ...] = ()


Standings = Mapping[str, Standing]


@dataclass(frozen=True, slots=True)
class Blocker:
    """A step that keeps something shut, and why."""

    step: Step
    why: Message


def in_force(ticks: Iterable[Tick]) -> list[Tick]:
    """The ticks that nobody took back, oldest first."""
    return happenings.in_force(ticks, undo=TickKind.UNDONE)


def standings(procedure: Procedure, ticks: Iterable[Tick]) -> dict[str, Standing]:
    """Each step by code, in the order of the procedure. Ticks of steps that this version lacks change nothing."""
    valid = in_force(ticks)
    return {step.code: _standing(step, [tick for tick in valid if tick.step == step.code]) for step in procedure.steps}


def run_state(ticks: Iterable[Tick]) -> RunState:
    """Completed or stopped by the latest such event in force, else open."""
    ends = [tick.kind for tick in in_force(ticks) if tick.kind in (TickKind.COMPLETED, TickKind.STOPPED)]
    return RunState(ends[-1].value) if ends else RunState.OPEN


def passes(step: Step, body: Mapping[str, Any]) -> bool:
    """Whether an answer lies within the limits, is the expected one, or a choice that passes."""
    value = body.get("value")
    if step.kind == StepKind.NUMBER:
        return isinstance(value, int) and within(step, value)
    if step.kind == StepKind.YES_NO:
        return value is step.expected
    if step.kind == StepKind.CHOICE:
        return any(choice.code == value and choice.passes for choice in step.choices)
    return True


def within(step: Step, value: int) -> bool:
    """Whether a reading, scaled by the step's decimals, lies within its limits, both included."""
    low_enough = step.maximum is None or value <= step.maximum
    return low_enough and (step.minimum is None or value >= step.minimum)


def current(procedure: Procedure, standing: Standings) -> str:
    """The code of the step to do next: the first that is open or must be repeated, else the first put off, else ""."""
    for wanted in (_waits, lambda each: each.state == State.DEFERRED):
        found = [each.step.code for each in map(standing.__getitem__, _codes(procedure)) if wanted(each)]
        if found:
            return found[0]
    return ""


def shut(procedure: Procedure, standing: Standings, code: str) -> Blocker | None:
    """What keeps this step from being answered now, if anything.

    An earlier hold point that is not released, or an earlier safety step that stopped the work; and before a hold
    point is released every safety step above it has passed.
    """
    step = procedure.step(code)
    for earlier in (standing[other.code] for other in procedure.steps if other.number < step.number):
        if why := _keeps_shut(earlier, step):
            return Blocker(earlier.step, why)
    return None


def completion_blockers(procedure: Procedure, standing: Standings) -> tuple[Blocker, ...]:
    """The steps that keep the run from being completed; stopping it with a reason is always possible."""
    found = []
    for each in map(standing.__getitem__, _codes(procedure)):
        if each.state in (State.OPEN, State.DEFERRED):
            found.append(Blocker(each.step, say("Step {number} is still to be done.", number=each.step.number)))
        elif each.step.safety and each.state not in PASSED:
            found.append(Blocker(each.step, _unsafe(each.step)))
    return tuple(found)


def safety_blockers(procedure: Procedure, standing: Standings, state: RunState) -> tuple[Blocker, ...]:
    """The safety steps outside their limits: no form is signed over them unless the run was stopped with a reason."""
    if state == RunState.STOPPED:
        return ()
    rows = map(standing.__getitem__, _codes(procedure))
    return tuple(
        Blocker(each.step, _unsafe(each.step)) for each in rows if each.step.safety and each.state == State.OUTSIDE
    )


def check_answer(step: Step, kind: TickKind, body: Mapping[str, Any], *, by: str) -> None:
    """Raise UserError naming the field when a tick lacks what it needs: a value, a reason, a second person."""
    if kind in SKIPS:
        _check_skip(step, body)
        return
    if kind != ANSWER_OF[step.kind]:
        raise UserError(Trouble.BAD_INPUT, say("This step takes another kind of answer."), field="value")
    _check_value(step, body)
    if not passes(step, body) and not str(body.get("reason", "")).strip():
        raise UserError(Trouble.NEEDS_REASON, _outside(step), field="reason")
    _check_second(step, str(body.get("second", "")).strip(), by)


def last_time(clock: str, *, before: int, zone: str) -> int:
    """The latest instant (µs UTC) not after `before` at which clocks in `zone` showed `clock`, e.g. "14:05".

    UserError for anything that is no time of day, an hour without its minutes too ("14" is not 00:14); digits of any
    script are read.
    """
    digits = [str(unicodedata.decimal(sign)) for sign in clock if unicodedata.decimal(sign, None) is not None]
    figures = "".join(digits).rjust(4, "0")
    hour, minute = int(figures[:2]), int(figures[2:4])
    if not 3 <= len(digits) <= 4 or hour > 23 or minute > 59:
        raise UserError(Trouble.BAD_INPUT, say("Write the time as on a clock: 14:05."), field="at")
    today = moment_of(before, zone).replace(hour=hour, minute=minute, second=0, microsecond=0)
    found = instant_of(today)
    return found if found <= before else instant_of(today - timedelta(days=1))


def reading(value: int, decimals: int) -> Shown:
    """A reading kept as an integer of `decimals` places, to be written as the language does."""
    return Shown("decimal", value, str(decimals))


def allowed(step: Step) -> Message:
    """The limits of a step in words; an empty message for one without."""
    return limits_in_words(step.minimum, step.maximum, decimals=step.decimals, unit=step.unit)


def _standing(step: Step, ticks: list[Tick]) -> Standing:
    answers = tuple(tick for tick in ticks if tick.kind != TickKind.NOTE)
    notes = tuple(tick for tick in ticks if tick.kind == TickKind.NOTE)
    state = _judged(step, answers[-1]) if answers else State.OPEN
    return Standing(step, state, answers[-1] if answers else None, answers, notes)


def _judged(step: Step, tick: Tick) -> State:
    if tick.kind in SKIPS:
        return State.OPEN if step.safety else State(tick.kind.value)
    if tick.kind != ANSWER_OF[step.kind] or (step.second_person and not tick.body.get("second")):
        return State.OPEN
    if not passes(step, tick.body):
        return State.OUTSIDE
    unsure = step.kind == StepKind.SERIAL and tick.body.get("state") != SERIAL_STATES[0]
    return State.UNCONFIRMED if unsure else State.DONE


def _codes(procedure: Procedure) -> list[str]:
    return [step.code for step in procedure.steps]


def _waits(standing: Standing) -> bool:
    again = standing.step.safety or standing.step.on_fail == OnFail.REPEAT
    return standing.state == State.OPEN or (standing.state == State.OUTSIDE and again)


def _keeps_shut(earlier: Standing, step: Step) -> Message | None:
    over = earlier.step
    if over.kind == StepKind.HOLD and earlier.state != State.DONE:
        return say("Step {number} is a hold point. A named person releases it first.", number=over.number)
    if over.safety and earlier.state == State.OUTSIDE and over.on_fail == OnFail.STOP:
        return _unsafe(over)
    if step.kind == StepKind.HOLD and over.safety and earlier.state not in PASSED:
        return say("Step {number} is a safety step and comes before this hold point.", number=over.number)
    return None


def _unsafe(step: Step) -> Message:
    return say("Step {number} is a safety step and is outside its limits. Put it right and test again.",
               number=step.number)  # fmt: skip


def _outside(step: Step) -> Message:
    if step.kind == StepKind.NUMBER:
        return say("Outside the limits, {limits}. Write what was done about it.", limits=allowed(step))
    return say("This is not the answer the step asks for. Write what was done about it.")


def _check_skip(step: Step, body: Mapping[str, Any]) -> None:
    if step.safety or step.kind == StepKind.HOLD:
        raise UserError(Trouble.NOT_ALLOWED, say("A safety step cannot be skipped."), field="step")
    if not str(body.get("reason", "")).strip():
        raise UserError(Trouble.NEEDS_REASON, say("Write why the step is not done."), field="reason")


def _check_value(step: Step, body: Mapping[str, Any]) -> None:
    value = body.get("value")
    right = {
        StepKind.NUMBER: isinstance(value, int) and not isinstance(value, bool),
        StepKind.YES_NO: isinstance(value, bool),
        StepKind.CHOICE: any(choice.code == value for choice in step.choices),
        StepKind.PHOTO: bool(body.get("sha256")),
        StepKind.SERIAL: body.get("state") in SERIAL_STATES,
    }
    if not right.get(step.kind, True):
        raise UserError(Trouble.BAD_INPUT, say("The answer of this step is missing."), field="value")


def _check_second(step: Step, second: str, by: str) -> None:
    if step.second_person and not second:
        raise UserError(Trouble.BAD_INPUT, say("A second person watches this step. Name them."), field="second")
    if step.second_person and second == by:
        raise UserError(Trouble.BAD_INPUT, say("The second person is somebody else than you."), field="second")
