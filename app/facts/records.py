"""Facts under lock: the sealed text is an event, the wrap of its key a file that can be destroyed."""

from typing import ClassVar

from app.store.bases import Event, See
from app.store.reads import Read


class FactEvent(Event):
    """`subject_id` is the case. `locked` holds the sealed text `ct` under the key `kid`, whose wrap is the file
    `sha256`; `wrapped` says that another file wraps it now, `opened` that `by` read it, `destroyed` ends all of a case.
    `erases` names files that are to be nowhere from then on."""

    __tablename__ = "fact_event"
    bodies: ClassVar = {
        "locked": {
            "sort": See.PARTNER,
            "kid": See.PARTNER,
            "ct": See.PARTNER,
            "sha256": See.PARTNER,
            "for": See.PARTNER,
        },
        "wrapped": {"kid": See.PARTNER, "sha256": See.PARTNER, "for": See.PARTNER, "erases": See.PARTNER},
        "opened": {"kid": See.PARTNER},
        "destroyed": {"reason": See.PARTNER, "erases": See.PARTNER},
    }
    reads: ClassVar = {
        kind: {name: Read(list if name in ("for", "erases") else str, needed=True) for name in body}
        for kind, body in bodies.items()
    }
