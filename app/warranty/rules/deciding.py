"""Who pays what: one policy version and the facts of one machine and one part in, a verdict with its reasons out.

The law's minimum stands over everything: while the legal guarantee runs, parts and labour are never called "not
covered", whatever the manufacturer's own terms say (domain.md 3.4). Nothing here is legal advice.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from app.content.published.warranty import CustomerKind, StartEvent, WarrantyPolicy
from app.timing.months import add_months
from app.warranty.rules.facts import Cost, Decision, Facts, Missing, Payer, Verdict
from app.warranty.rules.sentences import first_sentence, reasons, unknown_kind, unknown_policy
from app.warranty.rules.terms import Terms, has_legal_term, terms_of

_COVERED = Verdict.COVERED
_OPEN = Cost(Verdict.CANNOT_TELL)
_MISSING = {
    StartEvent.INVOICE: Missing.INVOICE,
    StartEvent.DELIVERY: Missing.DELIVERY,
    StartEvent.INSTALLATION: Missing.INSTALLATION,
    StartEvent.REGISTRATION: Missing.REGISTRATION,
    StartEvent.DISCOVERY: Missing.DISCOVERY,
}


def policy_for(policies: Iterable[WarrantyPolicy], facts: Facts) -> WarrantyPolicy | None:
    """The version in force on the day of sale, else today's (domain.md 3.1); None when the market has none."""
    fitting = [
        each
        for each in policies
        if each.market == facts.market
        and facts.product_class in each.product_classes
        and facts.customer_kind in each.customer_kinds
    ]
    day = facts.sold or facts.today
    valid = [each for each in fitting if each.in_force(day)] or [each for each in fitting if each.in_force(facts.today)]
    return max(valid, key=lambda each: (each.valid_from, each.version), default=None)


def decide_with(policies: Iterable[WarrantyPolicy], facts: Facts) -> Decision:
    """The decision under the policy that applies; with an unknown customer kind, what all kinds agree on: the same
    answer, and the same one who pays."""
    known = tuple(policies)
    if facts.customer_kind is not None:
        policy = policy_for(known, facts)
        return decide(policy, facts) if policy else _nothing(Missing.POLICY)
    kinds = (CustomerKind.CONSUMER, CustomerKind.BUSINESS)
    found = [decide_with(known, replace(facts, customer_kind=kind)) for kind in kinds]
    if len({tuple((cost.verdict, cost.payer) for cost in each.costs) for each in found}) == 1:
        return min(found, key=lambda each: each.until or date.max)
    return _nothing(Missing.CUSTOMER_KIND)


def decide(policy: WarrantyPolicy, facts: Facts) -> Decision:
    """Parts, labour and travel under one policy version, as a sentence with until-date and source."""
    terms = terms_of(policy, facts)
    parts, labour, travel = (_cost(policy, facts, terms, name) for name in ("parts", "labour", "travel"))
    costs = (parts, labour, travel)
    missing = tuple(dict.fromkeys(each for cost in costs for each in cost.missing))
    covered = [cost.until for cost in costs if cost.verdict is _COVERED and cost.until]
    return Decision(
        parts,
        labour,
        travel,
        sentence=first_sentence(facts, costs, terms, excluded=bool(policy.excludes(facts.cause))),
        why=reasons(policy, facts, terms),
        missing=missing,
        policy=policy.code,
        version=policy.version,
        source=policy.source,
        checked_on=policy.checked_on,
        until=min(covered, default=None),
        legal_until=terms.legal_until,
        exclusion=facts.cause if policy.excludes(facts.cause) else "",
        ask_first=Missing.MANUFACTURER in missing,
    )


def _cost(policy: WarrantyPolicy, facts: Facts, terms: Terms, name: str) -> Cost:
    """The law's answer may raise the manufacturer's, never lower it."""
    own = _own_cost(policy, facts, terms, name)
    if own.verdict is _COVERED:
        return own
    legal = _legal_cost(policy, facts, terms, name)
    return legal or own


def _own_cost(policy: WarrantyPolicy, facts: Facts, terms: Terms, name: str) -> Cost:
    months = _months(policy, facts, name)
    if not months or (facts.second_owner and not policy.commercial.transferable):
        return Cost(Verdict.NOT_COVERED, Payer.CUSTOMER)
    if policy.excludes(facts.cause):
        return Cost(Verdict.NOT_COVERED, Payer.CUSTOMER)
    if terms.own is None or terms.own_from is None:
        return replace(_OPEN, missing=(_MISSING[policy.commercial.start_event],))
    end = _own_end(policy, facts, terms.own_from, months, name)
    if facts.today > end:
        return _ended(policy, facts, terms, end)
    return _registered(policy, facts, terms.own.day, Cost(_COVERED, Payer.MAKER, end))


def _months(policy: WarrantyPolicy, facts: Facts, name: str) -> int:
    own = policy.commercial
    months = {"parts": own.parts_months, "labour": own.labour_months, "travel": own.travel_months}[name]
    return min(months, own.wear_part_months) if facts.wear and name == "parts" else months


def _own_end(policy: WarrantyPolicy, facts: Facts, start: date, months: int, name: str) -> date:
    end = add_months(start, months)
    if name == "parts" and facts.part_fitted and policy.replaced_part_months:
        return max(end, add_months(facts.part_fitted, policy.replaced_part_months))
    return end


def _ended(policy: WarrantyPolicy, facts: Facts, terms: Terms, end: date) -> Cost:
    """Past its end: a doubtful beginning names the date that would settle it, a near miss is a question."""
    if terms.own is not None and terms.own.doubtful(end, facts.today):
        return Cost(Verdict.CANNOT_TELL, until=end, missing=(_MISSING[policy.commercial.start_event],))
    if facts.today <= end + timedelta(days=policy.asks_first_within_days):
        return Cost(Verdict.CANNOT_TELL, until=end, missing=(Missing.MANUFACTURER,))
    return Cost(Verdict.NOT_COVERED, Payer.CUSTOMER, end)


def _registered(policy: WarrantyPolicy, facts: Facts, start: date, covered: Cost) -> Cost:
    days = policy.commercial.registration_within_days
    if not days or (facts.registered is None and facts.today <= start + timedelta(days=days)):
        return covered  # none is asked for, or there is still time for it
    if facts.registered is None:
        return Cost(Verdict.CANNOT_TELL, until=covered.until, missing=(Missing.REGISTRATION,))
    return covered if facts.registered <= start + timedelta(days=days) else Cost(Verdict.NOT_COVERED, Payer.CUSTOMER)


def _legal_cost(policy: WarrantyPolicy, facts: Facts, terms: Terms, name: str) -> Cost | None:
    """What the legal guarantee says beyond the manufacturer's terms; None when it adds nothing.

    A consumer's repair is free of charge with travel (2019/771, Art. 14); trade customers carry their own travel.
    An excluded cause or a worn part is no refusal while the guarantee runs, it is a question.
    """
    if not has_legal_term(policy) or (name == "travel" and facts.customer_kind is not CustomerKind.CONSUMER):
        return None
    until = terms.legal_until
    if until is None or terms.legal is None:
        return replace(_OPEN, missing=(_MISSING[policy.legal.start_event],))
    if facts.today > until:
        doubtful = terms.legal.doubtful(until, facts.today)
        return Cost(_OPEN.verdict, until=until, missing=(_MISSING[policy.legal.start_event],)) if doubtful else None
    if policy.excludes(facts.cause) or (facts.wear and name == "parts"):
        return Cost(_OPEN.verdict, until=until, missing=(Missing.MANUFACTURER,))
    return Cost(_COVERED, Payer.SELLER, until)


def _nothing(missing: Missing) -> Decision:
    cost = replace(_OPEN, missing=(missing,))
    sentence = unknown_policy() if missing is Missing.POLICY else unknown_kind()
    return Decision(cost, cost, cost, sentence, missing=(missing,))
