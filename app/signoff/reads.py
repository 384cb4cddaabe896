"""What pages and papers read of drafts, sealed forms and acceptances (app/store/reads.py)."""

import binascii
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from app.kernel.days import is_day
from app.kernel.instants import LATEST, is_zone
from app.kernel.packing import is_packed
from app.kernel.serials import SerialState
from app.signoff.rules import Outcome
from app.store.reads import Read, doubt

_TEXT, _NUMBER = Read(needed=True), Read(int, needed=True)
_MESSAGES = Read(list, needed=True, each=Read(object, fits=is_packed))
_LIMIT = Read(int, needed=True, nothing=True)
_FORMS: Mapping[str, Mapping[str, Read]] = {
    "serial": {"serial": _TEXT, "state": Read(needed=True, values=frozenset(SerialState))},
    "published": {"kind": Read(needed=True, values=frozenset({"model", "component_type"})), "code": _TEXT},
    "choice": {"code": _TEXT},
    "yes_no": {"yes": Read(bool, needed=True)},
    "day": {"day": Read(needed=True, fits=is_day)},
    "sentences": {"messages": _MESSAGES, "answers": Read(int)},
    "procedure": {"code": _TEXT, "version": _NUMBER},
    "reading": {
        "value": _NUMBER, "decimals": Read(int, needed=True, fits=lambda places: 0 <= places < 10), "unit": _TEXT,
        "minimum": _LIMIT, "maximum": _LIMIT, "within": Read(bool, needed=True),
    },
}  # fmt: skip


def is_value(value: Any) -> bool:
    """Whether a form can write it (app/signoff/values.py)."""
    if not isinstance(value, dict):
        return value is None or isinstance(value, str | int)
    form = value.get("as")
    return isinstance(form, str) and form in _FORMS and not doubt(_FORMS[form], value)


def _is_stroke(stroke: Any) -> bool:
    return isinstance(stroke, list) and all(_is_point(point) for point in stroke)


def _is_point(point: Any) -> bool:
    return isinstance(point, list) and len(point) == 4 and all(type(each) is int for each in point)


def _is_base64(text: str) -> bool:
    try:
        return bool(b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return False


_GROUP = Read(dict, each=Read(object, fits=is_value, nothing=True))
_VALUES = Read(dict, needed=True, each=Read(list, each=_GROUP))
_RUN = {"procedure": _TEXT, "version": _NUMBER, "state": _TEXT, "steps": _NUMBER, "done": _NUMBER, "stopped": _TEXT}
_RUNS = Read(list, needed=True, each=Read(dict, of=_RUN))
_UNIT = Read(dict, needed=True, of={"id": _TEXT, "serial": _TEXT, "model": _TEXT, "market": Read()})
_TICKET = Read(dict, needed=True, of={"id": _TEXT, "number": Read()})
_REPAIR = Read(dict, needed=True, of={"id": _TEXT})
_CUSTOMER = Read(dict, needed=True, of={"name": _TEXT, "contact": Read()})
_SITE = Read(dict, needed=True, of={"name": _TEXT})
_OLD = {"number": _TEXT, "reason": _TEXT}
_SEALED = {
    **dict.fromkeys(("number", "device", "previous", "language", "issuer", "statement", "meaning", "consent"), _TEXT),
    "at": Read(int, needed=True, most=LATEST, fits=lambda at: at >= 0),
    "zone": Read(needed=True, fits=is_zone),
    "paper": Read(needed=True, values=frozenset({"A4", "Letter"})),
    "evidence": Read(dict, of={"certificate": Read(fits=_is_base64)}),
}
_SIGNED = {
    "signer": Read(dict, needed=True, of=dict.fromkeys(("name", "role", "place"), _TEXT)),
    "strokes": Read(list, needed=True, each=Read(object, fits=_is_stroke)),
}
FORM: Mapping[str, Mapping[str, Read]] = {
    "shared": {
        **_SEALED, "form": _TEXT, "version": _NUMBER, "reason": _TEXT, "values": _VALUES, "runs": _RUNS,
        "unit": _UNIT, "ticket": _TICKET, "repair": _REPAIR,
        "corrects": Read(dict, needed=True, fits=lambda old: not old or not doubt(_OLD, old)),
    },
    "partner": {**_SIGNED, "customer": _CUSTOMER, "site": _SITE, "private_values": _VALUES},
}  # fmt: skip
ACCEPTANCE: Mapping[str, Mapping[str, Read]] = {
    "shared": {
        **_SEALED, "form": _TEXT, "form_sha256": _TEXT, "version": _NUMBER,
        "outcome": Read(needed=True, values=frozenset(Outcome)),
    },
    "partner": {**_SIGNED, **dict.fromkeys(("reason", "received_by", "witness"), _TEXT)},
}  # fmt: skip
DRAFT: Mapping[str, Read] = {
    "matter": Read(dict, needed=True, of={
        "values": _VALUES, "runs": _RUNS, "unit": _UNIT, "ticket": _TICKET, "repair": _REPAIR,
    }),
    "private": Read(dict, needed=True, of={"private_values": _VALUES, "customer": _CUSTOMER, "site": _SITE}),
}  # fmt: skip
