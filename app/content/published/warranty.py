"""Warranty policies: what the seller owes by law and what the manufacturer adds.

Every rule here is data with a source and a checked-on date (domain.md 3.1, 3.2); nothing is legal advice.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.content.items import Item


class CustomerKind(StrEnum):
    CONSUMER = "consumer"
    BUSINESS = "business"
    DEALER = "dealer"


class ProductClass(StrEnum):
    PROFESSIONAL = "professional"
    HOUSEHOLD = "household"


class StartEvent(StrEnum):
    """What a term counts from. `discovery` is the day on which a hidden defect showed itself."""

    DELIVERY = "delivery"
    INVOICE = "invoice"
    INSTALLATION = "installation"
    REGISTRATION = "registration"
    DISCOVERY = "discovery"


class OwedBy(StrEnum):
    """Who owes the legal guarantee to the customer."""

    SELLER = "seller"
    JOINTLY = "jointly"  # seller and manufacturer
    AGENT = "agent"  # the manufacturer's agent in the market
    NOBODY = "nobody"  # no fixed legal term; other legal rights may stand


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time: months first, then days. Zero is no term at all. Add months on the local calendar."""

    months: int = 0
    days: int = 0

    def __bool__(self) -> bool:
        return bool(self.months or self.days)


@dataclass(frozen=True, slots=True)
class LegalGuarantee:
    """What cannot be taken away from the customer; a zero means that the market has no such limit.

    `presumption_months`: for so long a defect is presumed to have been there at delivery. `repair_limit_days`: the
    repair must be done within these days, else the customer may choose another remedy. `return_days`,
    `exchange_days`: from delivery. `failed_repairs`: after so many the customer may choose another remedy.
    `spare_limit_days`: a rare part must be there within these days. `remedies` are words of
    repair, replace, price_cut, refund in the order in which the customer may ask for them.
    """

    term: Term
    start_event: StartEvent
    owed_by: OwedBy
    presumption_months: int = 0
    repair_limit_days: int = 0
    return_days: int = 0
    exchange_days: int = 0
    failed_repairs: int = 0
    spare_limit_days: int = 0
    spare_years: int = 0
    remedies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommercialWarranty:
    """The manufacturer's own promise, beside the legal guarantee and never instead of it.

    A part line is covered for `parts_months`, labour for `labour_months`, travel for `travel_months` from
    `start_event`; a part marked `wear` in the catalogue only for `wear_part_months`. `other_start_events` are
    tried in their order when the date of `start_event` is not known (before the production week is).
    `registration_within_days` 0: no registration is asked for. `begins_after_legal`: the term is added to the end
    of the legal guarantee instead of running beside it (Brazil).
    """

    start_event: StartEvent
    other_start_events: tuple[StartEvent, ...]
    parts_months: int
    labour_months: int
    travel_months: int
    wear_part_months: int
    registration_within_days: int = 0
    transferable: bool = True
    begins_after_legal: bool = False


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What our own warranty leaves out; the legal guarantee knows no exclusions.

    `cause` is a code of the code list CAUSE; the sentence to show is the text `exclusions/CAUSE/sentence`.
    """

    cause: str

    @property
    def path(self) -> str:
        return f"exclusions/{self.cause}/sentence"


@dataclass(frozen=True, slots=True)
class WarrantyPolicy:
    """One version of the policy for a market, some product classes and some customer kinds.

    A claim keeps the version in force on the day of sale; `in_force` compares that day. Months are added on the
    local calendar (31 January + 1 month = last day of February), days after them.

    `repair_extension_months`: each repair under the legal guarantee lengthens it by so much, at most
    `repair_extension_times` times. `replaced_part_months`: a part fitted under warranty is covered for the rest of
    the term, at least for so long. `fallback_months_after_production`: when no date of sale is known, both terms
    are taken to begin on the Monday of the production week plus these months. `asks_first_within_days`: a case so
    many days past the end is a question to the manufacturer, not a refusal.

    Texts: sentences for verdicts are those of the labels item `sentences` (kind `labels`, see `SENTENCES`); a
    sentence for an exclusion is `Exclusion.path` of this item; `summary` and `legal/note` are paths of this item.
    """

    code: str
    version: int
    market: str
    product_classes: tuple[ProductClass, ...]
    customer_kinds: tuple[CustomerKind, ...]
    legal: LegalGuarantee
    commercial: CommercialWarranty
    exclusions: tuple[Exclusion, ...]
    conditions: tuple[str, ...]
    repair_extension_months: int
    repair_extension_times: int
    replaced_part_months: int
    fallback_months_after_production: int
    asks_first_within_days: int
    sentences: str
    valid_from: date
    valid_to: date | None
    source: str
    checked_on: date
    checked_by: str
    review_due: date
    adviser_checked: bool

    def in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def excludes(self, cause: str) -> Exclusion | None:
        """The exclusion for a cause code, if there is one."""
        return next((each for each in self.exclusions if each.cause == cause), None)


# The lines of the labels item WARRANTY and the slots that each may hold; `text` paths are lines/CODE/text.
SENTENCES: dict[str, tuple[str, ...]] = {
    "covered_parts": ("until",),
    "covered_labour": ("until",),
    "covered_travel": ("until",),
    "legal_only": ("until",),
    "not_covered_ended": ("ended",),
    "not_covered_wear": ("months", "ended"),
    "not_covered_excluded": ("reason",),
    "not_covered_never": (),
    "cannot_tell": ("missing",),
    "ask_first": ("ended",),
    "production_week_used": ("week", "start"),
    "extended_by_repair": ("months", "times"),
    "replaced_part": ("until",),
    "legal_rights_beside": (),
    "policy_line": ("code", "version", "checked_on", "source"),
    "review_overdue": ("review_due",),
    "to_be_checked": (),
}


def read_policy(item: Item) -> WarrantyPolicy:
    """The typed view of an item of kind `warranty_policy`."""
    body = item.body
    return WarrantyPolicy(
        code=item.code,
        version=item.version,
        market=body["market"],
        product_classes=tuple(ProductClass(each) for each in body["product_classes"]),
        customer_kinds=tuple(CustomerKind(each) for each in body["customer_kinds"]),
        legal=_legal(body["legal"]),
        commercial=_commercial(body["commercial"]),
        exclusions=tuple(Exclusion(each["code"]) for each in body["exclusions"]),
        conditions=tuple(each["code"] for each in body["conditions"]),
        repair_extension_months=body["repair_extension_months"],
        repair_extension_times=body["repair_extension_times"],
        replaced_part_months=body["replaced_part_months"],
        fallback_months_after_production=body["fallback_months_after_production"],
        asks_first_within_days=body["asks_first_within_days"],
        sentences=body["sentences"],
        valid_from=item.valid_from,
        valid_to=item.valid_to,
        source=item.source,
        checked_on=item.checked_on,
        checked_by=item.checked_by,
        review_due=item.review_due,
        adviser_checked=body["adviser_checked"],
    )


def _legal(body: dict[str, Any]) -> LegalGuarantee:
    rest = {key: body[key] for key in _LEGAL_NUMBERS if key in body}
    return LegalGuarantee(
        term=Term(body.get("months", 0), body.get("days", 0)),
        start_event=StartEvent(body["start_event"]),
        owed_by=OwedBy(body["owed_by"]),
        remedies=tuple(body.get("remedies", ())),
        **rest,
    )


_LEGAL_NUMBERS = (
    "presumption_months",
    "repair_limit_days",
    "return_days",
    "exchange_days",
    "failed_repairs",
    "spare_limit_days",
    "spare_years",
)


def _commercial(body: dict[str, Any]) -> CommercialWarranty:
    return CommercialWarranty(
        start_event=StartEvent(body["start_event"]),
        other_start_events=tuple(StartEvent(each) for each in body["other_start_events"]),
        parts_months=body["parts_months"],
        labour_months=body["labour_months"],
        travel_months=body["travel_months"],
        wear_part_months=body["wear_part_months"],
        registration_within_days=body["registration_within_days"],
        transferable=body["transferable"],
        begins_after_legal=body.get("begins_after_legal", False),
    )
