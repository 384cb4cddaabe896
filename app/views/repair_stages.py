"""The stages of a repair on one line."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.happenings import Happening
from app.kernel.messages import Message, say
from app.kernel.serials import SerialState
from app.repairs.queries import LineSeen, RepairSeen
from app.repairs.rules.stages import OVER, WAITING, RepairPlace, State
from app.views.repair_words import state_word


class How(StrEnum):
    """How far a stage is; the values are those of the stages line."""

    DONE = "done"
    UNSURE = "unsure"
    HERE = "here"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class StageSeen:
    """One stage."""

    words: Message
    how: How


def stages_of(
    repair: RepairSeen, happened: tuple[Happening, ...], lines: tuple[LineSeen, ...], *, signed: bool
) -> tuple[StageSeen, ...]:
    """Received (not on site), diagnosed, parts fitted, testing, signed, back with the customer; the first that is not
    done is where the repair is, unless it waits (then that is said in its place) or somebody said that it is tested."""
    kinds = {each.kind for each in happened}
    finished, testing = bool(repair.outcome), repair.state is State.TESTING
    unsure = any(SerialState.NOT_CONFIRMED.value in (each.line.old_state, each.line.new_state) for each in lines)
    fitted = How.UNSURE if unsure else How.DONE
    tested = finished or repair.state in (State.READY, State.HANDED_OVER, State.CLOSED)
    done = [
        (say("Received"), How.DONE if "received" in kinds else None),
        (say("Diagnosed"), How.DONE if "diagnosed" in kinds else None),
        (say("Parts fitted"), fitted if lines else How.DONE if finished or testing else None),
        (say("Testing"), How.HERE if testing else How.DONE if tested else None),
        (say("Signed"), How.DONE if signed else None),
        (say("Back with the customer"), How.DONE if "handed_over" in kinds else None),
    ]
    if repair.place == RepairPlace.ON_SITE.value:
        done = done[1:-1]
    if repair.state in WAITING:
        done.insert(_first_open(done), (state_word(repair.state), How.HERE))
    return _with_here(done, somewhere=repair.state not in OVER)


def reason_of(repair: RepairSeen, happened: tuple[Happening, ...]) -> str:
    """Why the repair stands where it was put by hand; empty when it got there by its records or nobody said."""
    moves = [each for each in happened if each.kind == "moved"]
    return str(moves[-1].body.get("reason", "")) if moves and moves[-1].body["to"] == repair.state.value else ""


def _first_open(done: list[tuple[Message, How | None]]) -> int:
    return next((at for at, (_, how) in enumerate(done) if how is None), len(done))


def _with_here(done: list[tuple[Message, How | None]], *, somewhere: bool) -> tuple[StageSeen, ...]:
    """`somewhere`: the repair goes on, and is at its first open stage unless another is named."""
    named = any(how is How.HERE for _, how in done)
    here = _first_open(done) if somewhere and not named else -1
    return tuple(
        StageSeen(words, how or (How.HERE if at == here else How.OPEN)) for at, (words, how) in enumerate(done)
    )
