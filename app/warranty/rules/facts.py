"""What is asked of a warranty policy and what it answers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from app.content.published.warranty import CustomerKind, ProductClass, StartEvent
from app.kernel.messages import Message


class Machine(Protocol):
    """What a policy needs of a stored machine; days ISO or empty."""

    @property
    def market(self) -> str: ...
    @property
    def made_week(self) -> str: ...
    @property
    def purchased_on(self) -> str: ...
    @property
    def delivered_on(self) -> str: ...
    @property
    def installed_on(self) -> str: ...
    @property
    def registered_on(self) -> str: ...
    @property
    def customer_kind(self) -> str: ...


class Verdict(StrEnum):
    COVERED = "covered"
    NOT_COVERED = "not_covered"
    CANNOT_TELL = "cannot_tell"


class Payer(StrEnum):
    """Who pays; empty while nobody can say."""

    MAKER = "maker"
    SELLER = "seller"
    CUSTOMER = "customer"
    OPEN = ""


class Missing(StrEnum):
    """A fact that would settle a case."""

    INVOICE = "invoice"
    DELIVERY = "delivery"
    INSTALLATION = "installation"
    REGISTRATION = "registration"
    DISCOVERY = "discovery"
    CUSTOMER_KIND = "customer_kind"
    POLICY = "policy"
    MANUFACTURER = "manufacturer"  # nothing is missing but the manufacturer's word


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known. A date that is not known is None; `made_week` is `YYWW` of the serial or empty.

    `today` is the day on which the fault was reported. `repairs`: days of finished repairs of this machine under the
    legal guarantee. `part_fitted`: the day on which the failed part itself was fitted under warranty, if it was.
    `cause`: code of the list CAUSE or empty. `wear`: the part is a wear part. `market` is where the machine stands.
    """

    today: date
    customer_kind: CustomerKind | None
    market: str
    product_class: ProductClass
    invoice: date | None = None
    delivery: date | None = None
    installation: date | None = None
    registered: date | None = None
    discovered: date | None = None
    made_week: str = ""
    wear: bool = False
    cause: str = ""
    repairs: tuple[date, ...] = ()
    part_fitted: date | None = None
    second_owner: bool = False
    manufacturer: str = ""

    def day_of(self, event: StartEvent) -> date | None:
        """The day of a start event, if it is known."""
        return {
            StartEvent.INVOICE: self.invoice,
            StartEvent.DELIVERY: self.delivery,
            StartEvent.INSTALLATION: self.installation,
            StartEvent.REGISTRATION: self.registered,
            StartEvent.DISCOVERY: self.discovered,
        }[event]

    @property
    def sold(self) -> date | None:
        """The day of sale as far as it is known: it picks the policy version."""
        return self.invoice or self.delivery or self.installation


def facts_of(machine: Machine, *, today: date, product_class: ProductClass, **more: Any) -> Facts:
    """The facts of a stored machine; `more` are further fields of `Facts` (wear, cause, repairs, manufacturer…)."""
    return Facts(
        today=today,
        customer_kind=CustomerKind(machine.customer_kind) if machine.customer_kind in set(CustomerKind) else None,
        market=machine.market,
        product_class=product_class,
        invoice=_day(machine.purchased_on),
        delivery=_day(machine.delivered_on),
        installation=_day(machine.installed_on),
        registered=_day(machine.registered_on),
        made_week=machine.made_week,
        **more,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Cost:
    """The answer for parts, labour or travel.

    `until`: last day of cover when covered, day on which it ended when not, None when there never was any.
    """

    verdict: Verdict
    payer: Payer = Payer.OPEN
    until: date | None = None
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """`sentence` is what a person reads first, `why` the lines below it, `policy` … `checked_on` where it comes from.

    `exclusion`: the cause code whose published sentence belongs beside it, or empty. `ask_first`: the manufacturer
    decides, it is no refusal. `until`: the day until which everything covered stays covered.
    """

    parts: Cost
    labour: Cost
    travel: Cost
    sentence: Message
    why: tuple[Message, ...] = ()
    missing: tuple[Missing, ...] = ()
    policy: str = ""
    version: int = 0
    source: str = ""
    checked_on: date | None = None
    until: date | None = None
    legal_until: date | None = None
    exclusion: str = ""
    ask_first: bool = False

    @property
    def costs(self) -> tuple[Cost, Cost, Cost]:
        return self.parts, self.labour, self.travel

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        return tuple(each.verdict for each in self.costs)
