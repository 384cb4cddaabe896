"""Two families of trouble: the world's (worded for a person) and ours (logged with context)."""

from enum import StrEnum

from app.kernel.messages import Message


class Trouble(StrEnum):
    """What kind of trouble a `UserError` is; callers switch on this, never on its text."""

    BAD_INPUT = "bad_input"
    NOT_ALLOWED = "not_allowed"
    WHO_IS_THERE = "who_is_there"
    NEEDS_REASON = "needs_reason"
    WRONG_KEY = "wrong_key"
    DAMAGED = "damaged"
    TOO_NEW = "too_new"
    LOCKED = "locked"
    DISK = "disk"
    MISSING = "missing"
    OFFLINE = "offline"  # no network, or nobody answers
    BROKEN_PACK = "broken_pack"


class UserError(Exception):
    """The world's fault: `message` says what is so and what to do next; `field` names the input at fault."""

    def __init__(self, kind: Trouble, message: Message, *, field: str = "") -> None:
        super().__init__(f"{kind}: {message.msgid}")  # the template only: values may name a customer
        self.kind = kind
        self.message = message
        self.field = field


class BugError(Exception):
    """Ours: a rule of the program was broken; the text names ids and kinds, never customer text."""
