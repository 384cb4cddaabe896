"""The warranty of a machine as a sentence, with the rule it comes from."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from app.content.published.warranty import WarrantyPolicy
from app.kernel.messages import Message, Shown, say
from app.repairs.queries import RepairSeen, finished_days
from app.units.queries import UnitSeen
from app.views.published import Published
from app.warranty.rules.deciding import decide_with
from app.warranty.rules.facts import Decision, Payer, Verdict, facts_of


@dataclass(frozen=True, slots=True)
class WarrantyCard:
    """`verdict`: covered when anything is, cannot_tell when something must be asked first. `missing` is a field of the
    machine that would settle it, for the button beside the sentence; `exclusion` the policy's own sentence on a cause
    that it does not pay for."""

    verdict: Verdict
    sentence: Message
    why: tuple[Message, ...]
    source: Message | None
    missing: str = ""
    exclusion: str = ""


_FIELD = {
    "invoice": "purchased_on",
    "delivery": "delivered_on",
    "installation": "installed_on",
    "registration": "registered_on",
    "customer_kind": "customer_kind",
}


def warranty_card(
    session: Session, published: Published, unit: UnitSeen, *, today: date, repair: RepairSeen | None = None
) -> WarrantyCard:
    """The warranty of the whole machine today: no wear part; `repair` is the one that it is in, whose fault counts
    from the day on which it was found."""
    model = published.catalog.models.get(unit.model)
    if model is None:
        sentence = say("Cannot tell: this model is not in the catalogue on this computer.")
        return WarrantyCard(Verdict.CANNOT_TELL, sentence, (), None)
    facts = facts_of(
        unit,
        today=today,
        product_class=model.product_class,
        discovered=date.fromisoformat(repair.found_on) if repair and repair.found_on else None,
        repairs=finished_days(session, unit.id),
        manufacturer=published.catalog.manufacturer.name,
    )
    decision = decide_with(published.catalog.policies.values(), facts)
    card = card_of(decision, published.catalog.policy(decision.policy, version=decision.version))
    return replace(card, exclusion=published.exclusion(decision.policy, repair.cause if repair else ""))


def card_of(decision: Decision, policy: WarrantyPolicy | None) -> WarrantyCard:
    """A decision as a page shows it."""
    fields = [_FIELD[each.value] for each in decision.missing if each.value in _FIELD]
    verdicts = decision.verdicts
    asked = Verdict.CANNOT_TELL in verdicts[:2]
    whole = Verdict.CANNOT_TELL if asked else Verdict.COVERED if Verdict.COVERED in verdicts else Verdict.NOT_COVERED
    return WarrantyCard(
        whole, decision.sentence, decision.why, policy_line(policy) if policy else None, fields[0] if fields else ""
    )


def policy_line(policy: WarrantyPolicy) -> Message:
    """Which policy version said so, when it was checked, and where it comes from."""
    return say(
        "Policy {policy}, version {version}, checked {day}. Source: {source}",
        policy=Shown("plain", policy.code),
        version=policy.version,
        day=Shown("date", policy.checked_on.isoformat()),
        source=policy.source,
    )


def payer_word(payer: str, manufacturer: str) -> Message | str:
    """Who pays, as it stands in a list."""
    words: dict[str, Message | str] = {
        Payer.MAKER.value: manufacturer,
        Payer.SELLER.value: say("Seller, by law"),
        Payer.CUSTOMER.value: say("Customer"),
    }
    return words.get(payer, say("Not known yet"))
