"""Words for every code that a record's field, or an event's body, holds."""

from collections.abc import Mapping
from typing import Any

from app.customers import texts as customer_texts
from app.facts import texts as fact_texts
from app.kernel.messages import Message, say
from app.kernel.serials import SerialState
from app.parts.rules import PlaceKind
from app.people import texts as people_texts
from app.repairs.rules.lines import LineAction
from app.repairs.rules.stages import LabourKind, Outcome, RepairPlace, State
from app.sop.rules import TickKind
from app.tickets import texts as ticket_texts
from app.tickets.rules import MISSING
from app.units.rules import Fate, UnitStatus
from app.views.form_page import OUTCOME_WORDS
from app.views.repair_words import action_word, fate_word, labour_word, outcome_word, state_word
from app.views.warranty_card import payer_word
from app.warranty.rules.facts import Missing, Payer, Verdict
from app.warranty.rules.sentences import missing_word

Words = Mapping[Any, Message]

SERIALS: Words = {
    SerialState.CHECKED: say("Number checked"),
    SerialState.NOT_CONFIRMED: say("Not confirmed"),
    SerialState.NO_LEGIBLE: say("No number can be read"),
}
_UNITS: Words = {
    UnitStatus.IN_USE: say("In use"),
    UnitStatus.IN_STOCK: say("In stock"),
    UnitStatus.IN_REPAIR: say("In repair"),
    UnitStatus.ON_LOAN: say("On loan"),
    UnitStatus.RETURNED: say("Sent back"),
    UnitStatus.SCRAPPED: say("Scrapped"),
}
_PLACES: Words = {
    PlaceKind.WORKSHOP: say("Workshop"), PlaceKind.VAN: say("Van"), PlaceKind.STORE: say("Store"),
    PlaceKind.QUARANTINE: say("Quarantine"),
}  # fmt: skip
_VERDICTS: Words = {
    Verdict.COVERED: say("Covered by warranty"),
    Verdict.NOT_COVERED: say("Not covered by warranty"),
    Verdict.CANNOT_TELL: say("Cannot be told yet"),
}
_PAYERS: Words = {
    **{each: words for each in Payer if isinstance(words := payer_word(each, ""), Message)},
    Payer.MAKER: say("The manufacturer"),
}
_FATES: Words = {each: fate_word(each) for each in Fate}
_TICKET_EVENTS: Words = {
    "opened": say("Ticket opened"), "note": say("Note written"), "call": say("Call with the customer"),
    "attached": say("File attached"), "moved": say("State changed"), "severity": say("Severity changed"),
    "assigned": say("Handed to somebody"), "resolved": say("Ticket resolved"),
    "reason_seen": say("Reason was read"), "reopened": say("Ticket opened again"),
    "follow_up_set": say("Follow-up planned"), "follow_up_done": say("Follow-up done"),
    "filed": say("Something was filed"), "undone": say("Entry taken back"),
}  # fmt: skip
_FACT_EVENTS: Words = {
    "locked": say("Fact locked"), "wrapped": say("Locked for others, too"), "opened": say("Fact opened"),
    "destroyed": say("Facts destroyed"),
}  # fmt: skip
_REPAIR_EVENTS: Words = {
    "received": say("Machine taken in"), "diagnosed": say("Diagnosis recorded"), "line": say("Part booked"),
    "line_undone": say("Part taken back"), "labour": say("Working time booked"), "moved": say("State changed"),
    "outcome": say("Repair ended"), "handed_over": say("Machine handed over"), "paper": say("Paper kept"),
}  # fmt: skip
_UNIT_EVENTS: Words = {
    "registered": say("Machine registered"), "component_in": say("Component fitted"),
    "component_out": say("Component taken out"), "component_undone": say("Component entry taken back"),
    "owner_changed": say("Owner changed"), "moved": say("State changed"),
}  # fmt: skip
_TICKS: Words = {
    TickKind.DONE: say("Done"), TickKind.ANSWERED: say("Yes or no answered"), TickKind.MEASURED: say("Value measured"),
    TickKind.CHOSEN: say("Answer chosen"), TickKind.PHOTO: say("Photo kept"), TickKind.SERIAL: say("Number read"),
    TickKind.RELEASED: say("Released"), TickKind.NOT_APPLICABLE: say("Does not apply"),
    TickKind.DEFERRED: say("Put off"), TickKind.NOTE: say("Note written"), TickKind.UNDONE: say("Entry taken back"),
    TickKind.COMPLETED: say("Checklist finished"), TickKind.STOPPED: say("Checklist stopped"),
}  # fmt: skip
_FORM_EVENTS: Words = {
    "rendered": say("Paper made"), "printed": say("Paper printed"), "issued": say("Paper given out"),
    "superseded": say("Replaced by a newer form"),
}  # fmt: skip
_MOVES: Words = {
    "received": say("Parts received"), "issued": say("Parts used"), "recycled": say("Parts put back"),
    "counted": say("Parts counted"), "transferred": say("Parts moved"), "reversed": say("Movement taken back"),
}  # fmt: skip
_SYNC: Words = {
    "clash": say("Two people changed one field"), "seen": say("Decided"), "opened": say("Case opened"),
}  # fmt: skip
_FILED: Words = {"repair": say("Repair"), "run": say("Checklist"), "form": say("Form")}
_STATES: Words = {each: state_word(each) for each in State}

WORDS: Mapping[tuple[str, str], Words] = {
    ("ticket", "kind"): ticket_texts.KINDS,
    ("ticket", "channel"): ticket_texts.CHANNELS,
    ("ticket", "severity"): ticket_texts.SEVERITIES,
    ("ticket", "origin"): {"desk": say("Entered by hand"), "import": say("Taken over from a file")},
    ("customer", "kind"): customer_texts.KINDS,
    ("customer", "reached_by"): customer_texts.REACHED_BY,
    ("unit", "customer_kind"): customer_texts.KINDS,
    ("unit", "status"): _UNITS,
    ("unit", "serial_state"): SERIALS,
    ("repair", "outcome"): {each: outcome_word(each) for each in Outcome},
    ("repair", "place"): {RepairPlace.WORKSHOP: say("Workshop"), RepairPlace.ON_SITE: say("At the customer's place")},
    ("place", "kind"): _PLACES,
    ("staff", "roles"): people_texts.ROLES,
    ("acceptance", "outcome"): OUTCOME_WORDS,
    ("ticket_event", "kind"): _TICKET_EVENTS,
    ("fact_event", "kind"): _FACT_EVENTS,
    ("fact_event", "sort"): fact_texts.SORTS,
    ("ticket_event", "to"): {**ticket_texts.STATES, **ticket_texts.SEVERITIES},
    ("ticket_event", "was"): ticket_texts.SEVERITIES,
    ("ticket_event", "direction"): ticket_texts.DIRECTIONS,
    ("ticket_event", "outcome"): ticket_texts.OUTCOMES,
    ("ticket_event", "missing"): MISSING,
    ("ticket_event", "what"): _FILED,
    ("repair_event", "kind"): _REPAIR_EVENTS,
    ("repair_event", "to"): _STATES,
    ("repair_event", "outcome"): {each: outcome_word(each) for each in Outcome},
    ("repair_event", "action"): {each: action_word(each) for each in LineAction},
    ("repair_event", "missing"): {each: missing_word(each) for each in Missing},
    **{("repair_event", f"{which}_state"): SERIALS for which in ("old", "new")},
    **{("repair_event", f"{cost}_verdict"): _VERDICTS for cost in ("parts", "labour", "travel")},
    **{("repair_event", f"{cost}_payer"): _PAYERS for cost in ("parts", "labour", "travel")},
    ("repair_event", "old_fate"): _FATES,
    ("repair_event", "what"): {"intake_receipt": say("Receipt for the machine")},
    ("unit_event", "kind"): _UNIT_EVENTS,
    ("unit_event", "state"): SERIALS,
    ("unit_event", "fate"): _FATES,
    ("unit_event", "status"): _UNITS,
    ("sop_tick", "kind"): _TICKS,
    ("sop_tick", "state"): SERIALS,
    ("form_event", "kind"): _FORM_EVENTS,
    ("form_event", "way"): {
        "file": say("As a file"), "pages": say("Page by page"), "saved": say("Saved"), "sent": say("Sent"),
    },
    ("stock_move", "kind"): _MOVES,
    ("sync_event", "kind"): _SYNC,
}  # fmt: skip
LABOUR: Words = {each: labour_word(each) for each in LabourKind}  # `kind` within the body of working time
PUBLISHED: Mapping[str, str] = {"symptom": "SYMPTOM", "fault": "FAULT", "cause": "CAUSE", "remedy": "REMEDY",
                                "condition": "CONDITION", "accessories": "ACCESSORY"}  # fmt: skip
