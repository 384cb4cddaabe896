"""What people call the fields of a record."""

from app.kernel.messages import Message, say

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
