"""A code as it was typed, and in words why it did not connect, at the field where that can be put right."""

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.sync.errors import SyncError, SyncTrouble
from app.sync.identity import EnrolmentCode, read_code
from app.sync.transport import check_address
from app.sync.wire import WireError


def check_typed(url: str, typed: str) -> EnrolmentCode:
    """The code as it was typed, to an address that can be one; UserError in words, with the field."""
    try:
        check_address(url)
        return read_code(typed)
    except WireError:
        words = say("A code has four groups of five letters and digits. Look at it once more.")
        raise UserError(Trouble.BAD_INPUT, words, field="code") from None
    except SyncError as problem:
        raise worded(problem) from None


def worded(problem: SyncError) -> UserError:
    """Why enrolment did not work, at the field where it can be put right."""
    if problem.kind is SyncTrouble.UNKNOWN_DEVICE:
        words = say("This code is not known there. It is good for one computer and fifteen minutes: ask for a new one.")
        return UserError(Trouble.BAD_INPUT, words, field="code")
    if problem.detail == "bad_address":
        return UserError(
            Trouble.BAD_INPUT, say("This is no address. It begins with {start}", start="https://"), field="address"
        )
    if problem.detail == "not_https":
        words = say(
            "An address with {open} would send everything in the open. It must be {start}",
            open="http://",
            start="https://",
        )
        return UserError(Trouble.BAD_INPUT, words, field="address")
    if problem.kind is SyncTrouble.NOT_THE_HUB:
        words = say("What answers there is not the place that gave this code. Nothing was sent. Compare the address.")
        return UserError(Trouble.BAD_INPUT, words, field="address")
    words = say("There is no answer from there. Look at the connection and the address, then try again.")
    return UserError(Trouble.OFFLINE, words, field="address")
