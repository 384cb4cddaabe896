"""Words for what the exchange meets: never hub, tenant or synchronisation (product.md, Words)."""

from app.kernel.messages import Message, say
from app.sync.errors import SyncTrouble

TROUBLES: dict[SyncTrouble, tuple[Message, Message]] = {  # what is so, then what to do
    SyncTrouble.OFFLINE: (
        say("No connection to {manufacturer}"),
        say("You can work as usual. It is tried again by itself."),
    ),
    SyncTrouble.UNKNOWN_DEVICE: (
        say("{manufacturer} does not know this computer any more"),
        say("Ask your manager for a new code and connect again. Everything stays here until then."),
    ),
    SyncTrouble.UPDATE_NEEDED: (
        say("This program is too old to take in news"),
        say("What you write is still sent. Update the program to get the news too."),
    ),
    SyncTrouble.REFUSED: (
        say("{manufacturer} could not read what this computer sent"),
        say("Nothing is lost. Tell {manufacturer} about it: it is a mistake of this program."),
    ),
    SyncTrouble.NOT_THE_HUB: (
        say("What answers is not {manufacturer}"),
        say("Somebody may stand between, such as the sign-in page of a guest network. Nothing was sent."),
    ),
    SyncTrouble.TOO_MANY_DELETED: (
        say("An unusual number of records would disappear"),
        say("Nothing was taken away. Ask the others of your company whether that is meant."),
    ),
    SyncTrouble.DISK: (
        say("The disk does not take the news"),
        say("Make room on the disk. It is tried again by itself."),
    ),
}
REFUSALS: dict[str, Message] = {  # by the code's beginning
    "altered": say("Something else stands there already, and it cannot be changed afterwards."),
    "bad_seal": say("The signed form does not match its own seal."),
    "unknown_kind": say("{manufacturer} does not know this kind of record yet."),
    "missing_fields": say("It is not whole."),
    "": say("It has a value that cannot be taken."),
}
FIELDS: dict[str, Message] = {
    "address": say("address"), "cause": say("cause"), "channel": say("channel"), "contact": say("contact"),
    "customer": say("customer"), "customer_kind": say("kind of customer"), "delivered_on": say("day of delivery"),
    "deleted": say("deleted or not"), "diagnosis": say("diagnosis"), "email": say("e-mail"), "fault": say("fault"),
    "found_on": say("day it was found"), "installed_on": say("day of installation"), "initials": say("initials"),
    "kind": say("kind"), "language": say("language"), "made_week": say("week it was made"), "market": say("market"),
    "model": say("model"), "name": say("name"), "note": say("note"), "number": say("number"),
    "outcome": say("outcome"), "owner": say("who has it"), "phone": say("telephone"), "place": say("place"),
    "proof": say("proof of purchase"), "purchased_on": say("day of purchase"), "reached_by": say("how to reach"),
    "reason": say("reason"), "registered_on": say("day of registration"), "remedy": say("remedy"),
    "reported_on": say("day it was reported"), "responsible": say("who is responsible"), "roles": say("roles"),
    "serial": say("serial number"), "serial_state": say("whether the serial is confirmed"),
    "severity": say("severity"), "site": say("site"), "status": say("status"), "supply": say("power supply"),
    "symptom": say("symptom"), "ticket": say("ticket"), "title": say("title"), "unit": say("machine"),
    "version": say("version"), "words": say("the customer's words"), "zone": say("time zone"),
    "active": say("works here or not"), "external_id": say("number elsewhere"), "origin": say("where it came from"),
    "occurred_at": say("when it happened"), "procedure": say("procedure"), "repair": say("repair"),
    "form": say("form"), "corrects": say("what it corrects"), "matter": say("what stands in the form"),
    "private": say("what stands in the form"), "created_at": say("when it was made"),
    "created_by": say("who made it"),
}  # fmt: skip
