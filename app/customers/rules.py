"""What a customer's and a site's record must hold."""

import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

from app.kernel.errors import Trouble, UserError
from app.kernel.instants import is_zone
from app.kernel.messages import say
from app.kernel.storable import storable

LONGEST_LINE = 200
LONGEST_NOTE = 4000
BETWEEN_DIGITS = " \u00a0-/().+"  # how telephone numbers are set apart
LEAST_DIGITS, SAME_DIGITS = 4, 8  # the last eight are the same with and without country and leading zero


class CustomerKind(StrEnum):
    CONSUMER = "consumer"
    BUSINESS = "business"
    DEALER = "dealer"


class ReachedBy(StrEnum):
    PHONE = "phone"
    EMAIL = "email"
    CHAT = "chat"
    POST = "post"


@dataclass(frozen=True, slots=True)
class CustomerDraft:
    """What somebody typed about a customer; only the name is compulsory. `language` is BCP 47 or empty."""

    name: str
    kind: CustomerKind = CustomerKind.BUSINESS
    contact: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    reached_by: ReachedBy = ReachedBy.PHONE
    note: str = ""
    market: str = ""


@dataclass(frozen=True, slots=True)
class SiteDraft:
    """A place of a customer where machines stand; `zone` is an IANA name or empty for the partner's own."""

    name: str
    address: str = ""
    zone: str = ""


def site_line(name: str, address: str) -> str:
    """A site in one line. One without a name of its own is called by the beginning of its address: not said twice."""
    return address if address.startswith(name) else ", ".join(filter(None, (name, address)))


def phone_digits(words: str) -> str:
    """What a stored number holds when these words are a telephone number in any spelling, else empty: its digits
    without country, leading zeros and blanks, in Latin whatever the script; at least four."""
    signs = [sign for sign in words if sign not in BETWEEN_DIGITS]
    if not all(sign.isdecimal() for sign in signs):
        return ""
    digits = "".join(str(unicodedata.decimal(sign)) for sign in signs).lstrip("0")
    return digits[-SAME_DIGITS:] if len(digits) >= LEAST_DIGITS else ""


def completed_customer(draft: CustomerDraft) -> CustomerDraft:
    """The draft as it is kept; raises UserError (BAD_INPUT) naming the field."""
    kept = replace(
        draft,
        name=" ".join(storable(draft.name).split()),
        contact=storable(draft.contact).strip(),
        phone=storable(draft.phone).strip(),
        email=storable(draft.email).strip(),
        note=storable(draft.note).strip(),
    )
    _refuse_missing(kept.name)
    for field in ("name", "contact", "phone", "email"):
        _refuse_endless(field, getattr(kept, field), LONGEST_LINE)
    _refuse_endless("note", kept.note, LONGEST_NOTE)
    if kept.email and ("@" not in kept.email or any(sign.isspace() for sign in kept.email)):
        raise UserError(Trouble.BAD_INPUT, say("An e-mail address looks like name@example.com."), field="email")
    return kept


def completed_site(draft: SiteDraft) -> SiteDraft:
    """The draft as it is kept; raises UserError (BAD_INPUT) naming the field."""
    name, address = " ".join(storable(draft.name).split()), storable(draft.address).strip()
    kept = replace(draft, name=name, address=address, zone=draft.zone.strip())
    _refuse_missing(kept.name)
    _refuse_endless("name", kept.name, LONGEST_LINE)
    _refuse_endless("address", kept.address, LONGEST_NOTE)
    if kept.zone and not is_zone(kept.zone):
        message = say("There is no time zone {name}. One looks like Europe/Lisbon.", name=kept.zone[:60])
        raise UserError(Trouble.BAD_INPUT, message, field="zone")
    return kept


def _refuse_missing(name: str) -> None:
    if not name:
        raise UserError(Trouble.BAD_INPUT, say("Write a name."), field="name")


def _refuse_endless(field: str, text: str, most: int) -> None:
    if len(text) > most:
        raise UserError(Trouble.BAD_INPUT, say("At most {most} characters fit here.", most=most), field=field)
