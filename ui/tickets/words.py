"""Icons and tones of tickets."""

from app.tickets.rules import Severity, State, TicketKind
from app.views.moments import Due, Urgency
from ui.theme.tones import Tone

KIND_ICONS: dict[str, str] = {
    TicketKind.TRANSIT_DAMAGE: "truck",
    TicketKind.SPARE_PART: "package",
    TicketKind.HOW_TO: "message-circle-question-mark",
    TicketKind.CERTIFICATION: "badge-check",
    TicketKind.MAINTENANCE: "wrench",
    TicketKind.QUALITY: "message-square-warning",
    TicketKind.INTEGRATION: "link",
    TicketKind.SAFETY_INSTRUCTION: "shield-alert",
    TicketKind.DELIVERY: "ship",
    TicketKind.RETURN: "undo-2",
    TicketKind.PAYMENT: "scale",
    TicketKind.CONTRACT: "handshake",
}
STATE_ICONS: dict[State, str] = {
    State.NEW: "circle-dot",
    State.IN_PROGRESS: "circle-dot",
    State.PLANNED: "calendar-clock",
    State.WAITING_CUSTOMER: "hourglass",
    State.WAITING_PARTS: "package",
    State.WAITING_RETURN: "truck",
    State.RESOLVED: "phone",
    State.CLOSED: "circle-check",
    State.CANCELLED: "circle-x",
}
STORY_ICONS = {
    "opened": "ticket",
    "note": "sticky-note",
    "call": "phone",
    "attached": "paperclip",
    "moved": "arrow-right",
    "severity": "flag",
    "assigned": "user-round",
    "resolved": "circle-check",
    "reason_seen": "eye",
    "reopened": "rotate-cw",
    "follow_up_set": "calendar-clock",
    "follow_up_done": "smile",
    "filed": "wrench",
    "received": "coffee",
    "diagnosed": "search",
    "line": "package",
    "run": "clipboard-check",
    "form": "file-check",
    "outcome": "circle-check",
    "handed_over": "user",
}
URGENCY_TONES = {Urgency.NOW: Tone.STOP, Urgency.SOON: Tone.WARN, Urgency.LATER: Tone.NONE}
SEVERITY_TONES = {Severity.S1: Tone.STOP, Severity.S2: Tone.STOP, Severity.S3: Tone.WARN, Severity.S4: Tone.NONE}


def due_tone(due: Due | None) -> Tone:
    """The tone of a due time; what is later is silent."""
    return Tone.NONE if due is None else URGENCY_TONES[due.urgency]
