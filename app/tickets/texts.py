"""Words for the fixed codes of tickets."""

from app.kernel.messages import Message, say
from app.tickets.rules import Channel, Direction, FollowUpOutcome, Severity, State, TicketKind

AUTOMATIC_TITLE = say("Repair of {serial}")  # of a ticket that a repair brought along; nobody said it

KINDS: dict[TicketKind, Message] = {
    TicketKind.TRANSIT_DAMAGE: say("Transit damage"),
    TicketKind.SPARE_PART: say("Spare part"),
    TicketKind.HOW_TO: say("How-to question"),
    TicketKind.CERTIFICATION: say("Certification"),
    TicketKind.MAINTENANCE: say("Maintenance or repair"),
    TicketKind.QUALITY: say("Quality complaint"),
    TicketKind.INTEGRATION: say("Works with another machine"),
    TicketKind.SAFETY_INSTRUCTION: say("Safety instructions"),
    TicketKind.DELIVERY: say("Order or delivery"),
    TicketKind.RETURN: say("Return or refund"),
    TicketKind.PAYMENT: say("Payment dispute"),
    TicketKind.CONTRACT: say("Contract"),
}
CHANNELS: dict[Channel, Message] = {
    Channel.PHONE: say("Telephone"),
    Channel.VISIT: say("At the counter or on site"),
    Channel.EMAIL: say("E-mail"),
    Channel.WEB: say("Web form"),
    Channel.LETTER: say("Letter"),
}
SEVERITIES: dict[Severity, Message] = {
    Severity.S1: say("S1 · somebody is badly hurt, fire, shock or poison"),
    Severity.S2: say("S2 · first aid, believable danger, or an authority asks"),
    Severity.S3: say("S3 · many customers or a costly stop, no danger"),
    Severity.S4: say("S4 · one fault or complaint"),
}
STATES: dict[State, Message] = {
    State.NEW: say("New"),
    State.IN_PROGRESS: say("In work"),
    State.PLANNED: say("Planned"),
    State.WAITING_CUSTOMER: say("Waiting for the customer"),
    State.WAITING_PARTS: say("Waiting for parts"),
    State.WAITING_RETURN: say("Waiting for the return"),
    State.RESOLVED: say("Resolved, follow-up due"),
    State.CLOSED: say("Closed"),
    State.CANCELLED: say("Cancelled"),
}
DIRECTIONS: dict[Direction, Message] = {
    Direction.IN: say("The customer called"),
    Direction.OUT: say("We called the customer"),
}
OUTCOMES: dict[FollowUpOutcome, Message] = {
    FollowUpOutcome.CONTENT: say("The customer is content"),
    FollowUpOutcome.NOT_CONTENT: say("The customer is not content"),
    FollowUpOutcome.NOT_REACHED: say("Not reached"),
    FollowUpOutcome.NOT_WANTED: say("Wants no call"),
}
