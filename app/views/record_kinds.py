"""Icons and words for the kinds of records, as lists of what is sent or seen name them."""

from collections.abc import Mapping

from app.kernel.messages import Message, say

RECORDS: Mapping[str, tuple[str, Message]] = {
    "ticket": ("ticket", say("Ticket")),
    "ticket_event": ("message-square", say("Entry on a ticket")),
    "customer": ("user", say("Customer")),
    "site": ("map-pin", say("Site")),
    "unit": ("coffee", say("Machine")),
    "unit_event": ("coffee", say("Life of a machine")),
    "repair": ("wrench", say("Repair")),
    "repair_event": ("wrench", say("Entry on a repair")),
    "stock_move": ("package", say("Stock movement")),
    "place": ("store", say("Place for stock")),
    "sop_run": ("list-checks", say("Checklist")),
    "sop_tick": ("list-checks", say("Step of a checklist")),
    "sign_form": ("file-text", say("Form that is being filled")),
    "sealed_form": ("file-check", say("Signed form")),
    "acceptance": ("signature", say("Answer of a customer")),
    "form_event": ("printer", say("Paper of a form")),
    "fact_event": ("lock", say("Fact under lock")),
    "staff": ("users", say("Person of the staff")),
    "desk_name": ("monitor", say("Name of a computer")),
    "sync_event": ("git-compare-arrows", say("Decision on a clash")),
}
