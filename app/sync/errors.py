"""Why an exchange did not happen. Callers switch on `kind`, never on a text."""

from enum import StrEnum


class SyncTrouble(StrEnum):
    """What stands in the way; none of these loses anything."""

    OFFLINE = "offline"  # no network, no answer, or none that is whole
    UNKNOWN_DEVICE = "unknown_device"  # the hub does not know this device (any more)
    UPDATE_NEEDED = "update_needed"  # sending still works, reading needs a newer program
    REFUSED = "refused"  # the hub says that this desk's message is wrong: a fault of ours
    NOT_THE_HUB = "not_the_hub"  # what answered is not the hub of the code, or no hub at all
    TOO_MANY_DELETED = "too_many_deleted"  # somebody must look before so much disappears
    DISK = "disk"


class SyncError(Exception):
    """An exchange that ended early; `detail` is a code or a count, never content."""

    def __init__(self, kind: SyncTrouble, detail: str = "") -> None:
        super().__init__(f"{kind.value} {detail}".strip())
        self.kind = kind
        self.detail = detail
