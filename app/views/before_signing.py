"""What stands before the signature of a repair: what is done, what is unsure and may stay so, what is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from app.content.published.procedure import Procedure
from app.kernel.happenings import Happening
from app.kernel.messages import Message, Shown, say, say_count
from app.kernel.serials import SerialState
from app.parts.queries import places, stock_levels
from app.repairs.queries import LineSeen, RepairSeen
from app.repairs.rules.stages import OVER, RepairPlace
from app.sop.queries import RunFacts, runs_of
from app.sop.rules import RunState, completion_blockers, current, standings
from app.units.queries import UnitSeen
from app.views.published import Published


class Weight(StrEnum):
    DONE = "done"
    UNSURE = "unsure"  # said on the form, stops nothing
    OPEN = "open"  # still to do
    STOP = "stop"  # cannot be skipped


@dataclass(frozen=True, slots=True)
class Check:
    """One line; `procedure` and `run` lead to the checklist that it is about, `step` is the number to go on with."""

    weight: Weight
    words: Message
    line: Message | None = None
    what: str = ""
    procedure: str = ""
    run: str = ""
    step: int = 0


class Go(StrEnum):
    """Where the blue button leads."""

    RECEIVE = "receive"
    DIAGNOSE = "diagnose"
    ADD_PART = "add_part"
    RUN = "run"
    FINISH = "finish"
    SIGN = "sign"
    HAND_OVER = "hand_over"
    TICKET = "ticket"


@dataclass(frozen=True, slots=True)
class Next:
    """The next step: one for each state of a repair."""

    go: Go
    words: Message
    procedure: str = ""
    run: str = ""


def checks_of(
    session: Session, published: Published, repair: RepairSeen, unit: UnitSeen, lines: tuple[LineSeen, ...]
) -> tuple[Check, ...]:
    """The list in the side column, what is done first."""
    found = [
        _diagnosed(repair),
        *_stock(session, published, lines),
        *_serials(published, lines),
        *_procedures(session, published, repair, unit, lines),
        _outcome(repair),
    ]
    order = list(Weight)
    return tuple(sorted(found, key=lambda check: order.index(check.weight)))


def next_of(repair: RepairSeen, checks: tuple[Check, ...], happened: tuple[Happening, ...], *, signed: bool) -> Next:
    """The one next step."""
    kinds = {each.kind for each in happened}
    open_run = next((each for each in checks if each.what == "procedure" and each.weight is not Weight.DONE), None)
    if repair.state in OVER:
        return Next(Go.TICKET, say("Back to the ticket"))
    if "received" not in kinds and repair.place == RepairPlace.WORKSHOP.value and "diagnosed" not in kinds:
        return Next(Go.RECEIVE, say("Take the machine in"))
    if "diagnosed" not in kinds:
        return Next(Go.DIAGNOSE, say("Say what is wrong"))
    if open_run:
        return Next(Go.RUN, _run_words(open_run), open_run.procedure, open_run.run)
    if "line" not in kinds and not repair.outcome:
        return Next(Go.ADD_PART, say("Add a part"))
    if not repair.outcome:
        return Next(Go.FINISH, say("Say how it ended"))
    return Next(Go.HAND_OVER, say("Hand the machine over")) if signed else Next(Go.SIGN, say("Take signatures"))


def _run_words(check: Check) -> Message:
    if check.step > 1:
        return say("Go on with step {number}", number=check.step)
    return say("Start {procedure}", procedure=Shown("plain", check.procedure))


def _diagnosed(repair: RepairSeen) -> Check:
    if repair.cause and repair.remedy:
        return Check(Weight.DONE, say("Cause and remedy recorded"))
    missing = say("the cause") if not repair.cause else say("the remedy")
    return Check(Weight.OPEN, say("Diagnosis not complete"), say("Still to say: {what}.", what=missing), "diagnosis")


def _outcome(repair: RepairSeen) -> Check:
    if repair.outcome:
        return Check(Weight.DONE, say("Outcome recorded"))
    return Check(Weight.OPEN, say("Outcome open"), say("Say how the repair ended."), "outcome")


def _stock(session: Session, published: Published, lines: tuple[LineSeen, ...]) -> Iterator[Check]:
    taken = [each.line for each in lines if each.line.action == "add"]
    if not taken:
        return
    levels, names = (
        stock_levels(session, sorted({line.part for line in taken})),
        {p.id: p.name for p in places(session)},
    )
    below = [line for line in taken if levels.get(line.part, {}).get(line.place, 0) < 0]
    for line in {line.part: line for line in below}.values():
        told = say("Stock at {place} is below zero. A count puts it right.", place=names.get(line.place, ""))
        yield Check(Weight.UNSURE, say("{part} was not booked in", part=published.part(line.part)), told, "stock")
    if not below:
        yield Check(
            Weight.DONE, say_count("{count} part taken from stock", "{count} parts taken from stock", len(taken))
        )


def _serials(published: Published, lines: tuple[LineSeen, ...]) -> Iterator[Check]:
    typed = [each.line for each in lines if each.line.type]
    sure = True
    for line in typed:
        if SerialState.NOT_CONFIRMED.value in (line.old_state, line.new_state):
            sure = False
            words = say("{part}: number not confirmed", part=published.component(line.type))
            yield Check(Weight.UNSURE, words, say("Signing is possible; the form says so."), "serial")
        elif SerialState.NO_LEGIBLE.value in (line.old_state, line.new_state):
            sure = False
            words = say("{part}: no number can be read", part=published.component(line.type))
            yield Check(Weight.UNSURE, words, say("Signing is possible; the form says so."), "serial")
    if typed and sure:
        yield Check(Weight.DONE, say("Serial numbers complete"))


def _procedures(
    session: Session, published: Published, repair: RepairSeen, unit: UnitSeen, lines: tuple[LineSeen, ...]
) -> Iterator[Check]:
    """Every checklist that was started, and every one that a fitted part asks for."""
    runs = {run.procedure: run for run in runs_of(session, repair=repair.id)}
    asked = [published.catalog.part(each.line.part) for each in lines if each.line.action == "add"]
    wanted = dict.fromkeys([*(part.procedure for part in asked if part and part.procedure), *runs])
    for code in wanted:
        run = runs.get(code)
        procedure = published.catalog.procedure(code, version=run.version if run else None)
        if procedure:
            yield _procedure(procedure, run)


def _procedure(procedure: Procedure, run: RunFacts | None) -> Check:
    words, line, weight, step = _standing(procedure, run)
    what = "stopped" if weight is Weight.UNSURE else "procedure"
    return Check(weight, words, line, what, procedure.code, run.id if run else "", step)


def _standing(procedure: Procedure, run: RunFacts | None) -> tuple[Message, Message | None, Weight, int]:
    code = Shown("plain", procedure.code)
    if run is None:
        return say("{procedure} not started", procedure=code), _cannot_skip(procedure), Weight.STOP, 0
    if run.state is RunState.STOPPED:
        told = say("Stopped with a reason; the form says so.")
        return say("{procedure} stopped", procedure=code), told, Weight.UNSURE, 0
    if run.state is RunState.COMPLETED:
        return say("{procedure} complete", procedure=code), None, Weight.DONE, 0
    standing = standings(procedure, run.ticks)
    here = current(procedure, standing)
    number = procedure.step(here).number if here else len(procedure.steps)
    left = len(completion_blockers(procedure, standing))
    if not left:
        return say("{procedure} open", procedure=code), say("All steps are done"), Weight.STOP, number
    line = say_count("{count} step still to do.", "{count} steps still to do.", left)
    return say("{procedure} open", procedure=code), line, Weight.STOP, number


def _cannot_skip(procedure: Procedure) -> Message:
    if any(step.safety for step in procedure.steps):
        return say("Its safety steps cannot be skipped.")
    return say("This part asks for it.")
