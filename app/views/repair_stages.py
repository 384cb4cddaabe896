"""The stages of a repair on one line."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.messages import Message, say
from app.kernel.serials import SerialState
from app.repairs.queries import LineSeen, RepairHappening, RepairSeen
from app.repairs.rules.stages import RepairPlace, State


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
    repair: RepairSeen, happened: tuple[RepairHappening, ...], lines: tuple[LineSeen, ...], *, signed: bool
) -> tuple[StageSeen, ...]:
    """Received (not on site), diagnosed, parts fitted, testing, signed, back with the customer; the first that is not
    done is where the repair is."""
    kinds = {each.kind for each in happened}
    finished = bool(repair.outcome)
    unsure = any(SerialState.NOT_CONFIRMED.value in (each.line.old_state, each.line.new_state) for each in lines)
    fitted = How.UNSURE if unsure else How.DONE
    tested = finished or repair.state in (State.READY, State.HANDED_OVER, State.CLOSED)
    done = [
        (say("Received"), How.DONE if "received" in kinds else None),
        (say("Diagnosed"), How.DONE if "diagnosed" in kinds else None),
        (say("Parts fitted"), fitted if lines else How.DONE if finished else None),
        (say("Testing"), How.DONE if tested else None),
        (say("Signed"), How.DONE if signed else None),
        (say("Back with the customer"), How.DONE if "handed_over" in kinds else None),
    ]
    if repair.place == RepairPlace.ON_SITE.value:
        done = done[1:-1]
    return _with_here(done)


def _with_here(done: list[tuple[Message, How | None]]) -> tuple[StageSeen, ...]:
    here = next((at for at, (_, how) in enumerate(done) if how is None), -1)
    return tuple(
        StageSeen(words, how or (How.HERE if at == here else How.OPEN)) for at, (words, how) in enumerate(done)
    )
