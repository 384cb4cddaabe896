"""Words for the states of a repair."""

from app.kernel.messages import Message, say
from app.repairs.rules.lines import LineAction
from app.repairs.rules.stages import LabourKind, Outcome, State


def state_word(state: State) -> Message:
    """Where a repair stands, in words."""
    return {
        State.LOGGED: say("Logged"),
        State.RECEIVED: say("Received"),
        State.DIAGNOSED: say("Diagnosed"),
        State.AWAITING_DECISION: say("Waiting for a decision"),
        State.AWAITING_PARTS: say("Waiting for parts"),
        State.IN_REPAIR: say("In repair"),
        State.TESTING: say("Testing"),
        State.READY: say("Ready"),
        State.HANDED_OVER: say("Back with the customer"),
        State.CLOSED: say("Closed"),
        State.NO_FAULT_FOUND: say("No fault found"),
        State.NOT_REPAIRABLE: say("Cannot be repaired"),
        State.SENT_TO_MANUFACTURER: say("Sent to the manufacturer"),
        State.CANCELLED: say("Cancelled"),
    }[state]


def outcome_word(outcome: Outcome) -> Message:
    """How a repair ended, in words."""
    return {
        Outcome.REPAIRED: say("Repaired"),
        Outcome.REPLACED: say("Replaced by another machine"),
        Outcome.NO_FAULT_FOUND: say("No fault found"),
        Outcome.NOT_REPAIRABLE: say("Cannot be repaired"),
        Outcome.REFUSED: say("Customer does not want it"),
        Outcome.SENT_TO_MANUFACTURER: say("Sent to the manufacturer"),
        Outcome.CANCELLED: say("Cancelled"),
    }[outcome]


def action_word(action: LineAction) -> Message:
    """What was done with a part, in words."""
    return {
        LineAction.ADD: say("Fitted"),
        LineAction.REMOVE: say("Taken out"),
        LineAction.RECYCLE: say("Back into stock"),
    }[action]


def labour_word(kind: LabourKind) -> Message:
    """A kind of work, in words."""
    return {
        LabourKind.DIAGNOSE: say("Diagnosis"),
        LabourKind.REPAIR: say("Repair"),
        LabourKind.TEST: say("Test"),
        LabourKind.TRAVEL: say("Travel"),
        LabourKind.REMOTE: say("By telephone"),
    }[kind]


def fate_word(fate: str) -> Message:
    """What becomes of an old part, in words."""
    return {
        "return": say("Send back"),
        "quarantine": say("Quarantine"),
        "scrap": say("Scrap"),
        "customer": say("Customer keeps it"),
        "stock": say("Into stock"),
    }.get(fate, say("Not said"))
