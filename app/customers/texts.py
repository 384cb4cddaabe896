"""Words for kinds of customers and ways to reach them."""

from app.customers.rules import CustomerKind, ReachedBy
from app.kernel.messages import Message, say

KINDS: dict[CustomerKind, Message] = {
    CustomerKind.CONSUMER: say("Private person"),
    CustomerKind.BUSINESS: say("Business"),
    CustomerKind.DEALER: say("Dealer"),
}
REACHED_BY: dict[ReachedBy, Message] = {
    ReachedBy.PHONE: say("Telephone"),
    ReachedBy.EMAIL: say("E-mail"),
    ReachedBy.CHAT: say("Chat"),
    ReachedBy.POST: say("Post"),
}
