"""Facts under lock: the sealed text is an event, the wrap of its key a file that can be destroyed."""

import re
from typing import ClassVar

from app.store.bases import Event, See
from app.store.reads import Read

_TEXT = Read(needed=True)
_LIST = Read(list, needed=True)
_READ = {
    "for": _LIST,
    "erases": _LIST,
    "sha256": Read(needed=True, fits=lambda text: re.fullmatch(r"[0-9a-f]{64}", text) is not None),
}


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
    reads: ClassVar = {kind: {name: _READ.get(name, _TEXT) for name in body} for kind, body in bodies.items()}
