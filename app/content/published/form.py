"""Sign-off forms: sections of fields, and the sentence that each signer puts their name to."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.content.items import Item
from app.content.published.procedure import rescaled


class FieldKind(StrEnum):
    TEXT = "text"
    SERIAL_OUT = "serial_out"
    SERIAL_IN = "serial_in"
    UNIT = "unit"
    PART = "part"
    DATE = "date"
    CHOICE = "choice"
    MEASURED = "measured"  # value, unit and limits of the procedure step that names this field
    YES_NO = "yes_no"
    PERSON = "person"


class Over(StrEnum):
    """What the groups of a repeating section are."""

    EXCHANGE = "exchange"  # the components that a repair took out and fitted
    COMPONENTS = "components"  # those in the machine


class SignerRole(StrEnum):
    TECHNICIAN = "technician"
    CUSTOMER = "customer"
    WITNESS = "witness"


@dataclass(frozen=True, slots=True)
class FormField:
    """Label path: `sections/SECTION/fields/CODE/label`; a choice's text: `…/choices/CHOICE/text`.

    `source` tells where the value comes from without being typed: ticket, unit, customer, repair, exchange,
    component, run, staff; empty means that somebody writes it. A measured value with a `unit` of its own may be typed
    where no step measured it; `minimum` and `maximum` are scaled by 10**`decimals`.
    """

    code: str
    label: str
    kind: FieldKind
    needed: bool
    source: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    decimals: int = 0
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class FormSection:
    """Title path: `sections/CODE/title`. `repeats` means one group of fields for each component that `over` names."""

    code: str
    title: str
    repeats: bool
    fields: tuple[FormField, ...]
    over: Over = Over.EXCHANGE


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs and what the signature means (`signers/ROLE/statement`, `/meaning`, `/consent`).

    The signed document keeps `consent_version` and the words shown (documents.md 7).
    """

    role: SignerRole
    needed: bool
    statement: str
    meaning: str
    consent: str
    consent_version: int


@dataclass(frozen=True, slots=True)
class Form:
    """A form version. `labels` are (code, English text) for the fixed words on the paper: `labels/CODE/text`.

    `offered` says where it may be chosen (unit, repair), besides where a part or a procedure asks for it.
    """

    code: str
    version: int
    title: str
    intro: str
    footer: str
    sections: tuple[FormSection, ...]
    signers: tuple[Signer, ...]
    labels: tuple[tuple[str, str], ...]
    offered: tuple[str, ...] = ()

    def signer(self, role: SignerRole) -> Signer:
        """The signer of a role; KeyError when the form knows none."""
        return {each.role: each for each in self.signers}[role]


def read_form(item: Item) -> Form:
    """The typed view of an item of kind `form`."""
    body = item.body
    return Form(
        code=item.code,
        version=item.version,
        title=body["title"],
        intro=body["intro"],
        footer=body["footer"],
        sections=tuple(_section(each) for each in body["sections"]),
        signers=tuple(_signer(each) for each in body["signers"]),
        labels=tuple((each["code"], each["text"]) for each in body["labels"]),
        offered=tuple(body.get("offered", ())),
    )


def _section(body: dict[str, Any]) -> FormSection:
    fields = tuple(_field(each) for each in body["fields"])
    over = Over(body.get("over", Over.EXCHANGE))
    return FormSection(body["code"], body["title"], body.get("repeats", False), fields, over)


def _field(body: dict[str, Any]) -> FormField:
    decimals = body.get("decimals", 0)
    return FormField(
        code=body["code"],
        label=body["label"],
        kind=FieldKind(body["kind"]),
        needed=body.get("needed", True),
        source=body.get("source", ""),
        choices=tuple((each["code"], each["text"]) for each in body.get("choices", ())),
        unit=body.get("unit", ""),
        decimals=decimals,
        minimum=rescaled(body.get("minimum"), decimals),
        maximum=rescaled(body.get("maximum"), decimals),
    )


def _signer(body: dict[str, Any]) -> Signer:
    return Signer(
        role=SignerRole(body["code"]),
        needed=body["needed"],
        statement=body["statement"],
        meaning=body["meaning"],
        consent=body["consent"],
        consent_version=body["consent_version"],
    )
