"""Sentences for what the exchange meets: never hub, tenant or synchronisation (product.md, Words)."""

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
        say("Nothing was taken away yet. Ask the others of your company whether that is meant."),
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
