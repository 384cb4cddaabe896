"""When the terms of a policy begin and end for one machine."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.content.published.warranty import OwedBy, StartEvent, WarrantyPolicy
from app.timing.months import add_months, add_term, production_day
from app.warranty.rules.facts import Facts

# When a term counts from delivery and only the invoice is known, its end is not certain by so much.
DOUBT = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Start:
    """First day of a term. `event` is None when the production week stood in for it, `sure` false for any stand-in."""

    day: date
    event: StartEvent | None
    sure: bool = True

    def doubtful(self, end: date, today: date) -> bool:
        """Whether a term that seems to have ended by `today` may still run."""
        return self.event is None or (not self.sure and today <= end + DOUBT)


@dataclass(frozen=True, slots=True)
class Terms:
    """Both beginnings, and the last day of the legal guarantee with its extensions (None: none, or not known).

    `own_from`: the day from which the manufacturer's months count; it is later than the beginning where they are
    added to the end of the legal guarantee.
    """

    own: Start | None
    legal: Start | None
    legal_until: date | None
    extended: int = 0
    own_from: date | None = None


def terms_of(policy: WarrantyPolicy, facts: Facts) -> Terms:
    """The terms of this policy for these facts."""
    own_events = (policy.commercial.start_event, *policy.commercial.other_start_events)
    own = _start(policy, facts, own_events)
    legal = _legal_start(policy, facts, own_events)
    until, extended = _legal_end(policy, facts, legal)
    return Terms(own, legal, until, extended, _own_from(policy, own))


def has_legal_term(policy: WarrantyPolicy) -> bool:
    """Whether the market gives this customer a guarantee of a fixed length."""
    return bool(policy.legal.term) and policy.legal.owed_by is not OwedBy.NOBODY


def _own_from(policy: WarrantyPolicy, own: Start | None) -> date | None:
    if own is None or not (policy.commercial.begins_after_legal and has_legal_term(policy)):
        return own.day if own else None
    return add_term(own.day, months=policy.legal.term.months, days=policy.legal.term.days)


def _start(policy: WarrantyPolicy, facts: Facts, events: tuple[StartEvent, ...]) -> Start | None:
    for event in dict.fromkeys(events):
        day = facts.day_of(event)
        if day:
            return Start(day, event, sure=event is events[0])
    made = production_day(facts.made_week)
    if made is None:
        return None
    assumed = add_months(made, policy.fallback_months_after_production)
    return Start(min(assumed, facts.today), None, sure=False)  # a machine that is here today was sold by now


def _legal_start(policy: WarrantyPolicy, facts: Facts, others: tuple[StartEvent, ...]) -> Start | None:
    """A hidden defect counts from its discovery alone; every other event may be stood in for."""
    if not has_legal_term(policy):
        return None
    event = policy.legal.start_event
    if event is StartEvent.DISCOVERY:
        return Start(facts.discovered, event) if facts.discovered else None
    usual = (StartEvent.DELIVERY, StartEvent.INVOICE, StartEvent.INSTALLATION)
    return _start(policy, facts, (event, *others, *usual))


def _legal_end(policy: WarrantyPolicy, facts: Facts, start: Start | None) -> tuple[date | None, int]:
    """Each repair that falls into the guarantee lengthens it, so often as the policy says.

    Months are added together from the first day: 31 January with two times one month ends on 31 March.
    """
    if start is None:
        return None, 0
    term, done = policy.legal.term, 0
    for day in sorted(facts.repairs):
        end = add_term(start.day, months=term.months + done * policy.repair_extension_months, days=term.days)
        if start.day <= day <= end and done < policy.repair_extension_times:
            done += 1
    months = term.months + done * policy.repair_extension_months
    return add_term(start.day, months=months, days=term.days), done
