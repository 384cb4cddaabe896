"""Where a repair stands, from what happened to it."""

from collections.abc import Iterable
from enum import StrEnum

from app.kernel.happenings import Happening, in_force


class RepairPlace(StrEnum):
    WORKSHOP = "workshop"
    ON_SITE = "on_site"


class State(StrEnum):
    """In the order of a repair; the last four are exits."""

    LOGGED = "logged"
    RECEIVED = "received"
    DIAGNOSED = "diagnosed"
    AWAITING_DECISION = "awaiting_decision"
    AWAITING_PARTS = "awaiting_parts"
    IN_REPAIR = "in_repair"
    TESTING = "testing"
    READY = "ready"
    HANDED_OVER = "handed_over"
    CLOSED = "closed"
    NO_FAULT_FOUND = "no_fault_found"
    NOT_REPAIRABLE = "not_repairable"
    SENT_TO_MANUFACTURER = "sent_to_manufacturer"
    CANCELLED = "cancelled"


OVER = frozenset({State.HANDED_OVER, State.CLOSED, State.CANCELLED, State.SENT_TO_MANUFACTURER})
WAITING = frozenset({State.AWAITING_DECISION, State.AWAITING_PARTS})
MOVES = (State.AWAITING_DECISION, State.AWAITING_PARTS, State.IN_REPAIR, State.TESTING, State.CLOSED)


class Outcome(StrEnum):
    REPAIRED = "repaired"
    REPLACED = "replaced"
    NO_FAULT_FOUND = "no_fault_found"
    NOT_REPAIRABLE = "not_repairable"
    REFUSED = "refused"
    SENT_TO_MANUFACTURER = "sent_to_manufacturer"
    CANCELLED = "cancelled"


class LabourKind(StrEnum):
    DIAGNOSE = "diagnose"
    REPAIR = "repair"
    TEST = "test"
    TRAVEL = "travel"
    REMOTE = "remote"


class Stage(StrEnum):
    """The line of stages that a person sees."""

    RECEIVED = "received"
    DIAGNOSED = "diagnosed"
    PARTS_FITTED = "parts_fitted"
    TESTING = "testing"
    SIGNED = "signed"
    HANDED_OVER = "handed_over"


_AFTER_OUTCOME = {
    Outcome.REPAIRED: State.READY,
    Outcome.REPLACED: State.READY,
    Outcome.REFUSED: State.READY,
    Outcome.NO_FAULT_FOUND: State.NO_FAULT_FOUND,
    Outcome.NOT_REPAIRABLE: State.NOT_REPAIRABLE,
    Outcome.SENT_TO_MANUFACTURER: State.SENT_TO_MANUFACTURER,
    Outcome.CANCELLED: State.CANCELLED,
}
_FORWARD = {"received": State.RECEIVED, "diagnosed": State.DIAGNOSED, "labour": State.DIAGNOSED}


def fold_state(events: Iterable[Happening]) -> State:
    """The state after these events, in whatever order they arrived.

    A part fitted after the outcome opens the repair again; looking again at the fault does not throw it back.
    """
    state = State.LOGGED
    for each in in_force(events, undo="line_undone"):
        state = _next(state, each)
    return state


def _next(state: State, event: Happening) -> State:
    if event.kind == "line":
        return State.IN_REPAIR
    if event.kind == "outcome":
        return _AFTER_OUTCOME[Outcome(event.body["outcome"])]
    if event.kind == "handed_over":
        return State.HANDED_OVER
    if event.kind == "moved":
        return State(event.body["to"])
    ahead = _FORWARD.get(event.kind)
    order = list(State)
    return ahead if ahead and order.index(ahead) > order.index(state) else state
