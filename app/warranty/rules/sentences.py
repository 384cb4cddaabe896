"""The words of a decision."""

from collections.abc import Sequence
from datetime import date

from app.content.published.warranty import CustomerKind, StartEvent, WarrantyPolicy
from app.kernel.messages import Message, Shown, say, say_count
from app.warranty.rules.facts import Cost, Facts, Missing, Payer, Verdict
from app.warranty.rules.terms import Terms


def on(day: date) -> Shown:
    """A day to be written as the reader's language writes it."""
    return Shown("date", day.isoformat())


def first_sentence(facts: Facts, costs: Sequence[Cost], terms: Terms, *, excluded: bool) -> Message:
    """What is so, in one sentence; a question wins over an answer, because it must be settled first."""
    asked = [cost for cost in costs[:2] if cost.verdict is Verdict.CANNOT_TELL]
    if asked:
        return _question(facts, asked, terms, excluded=excluded)
    return _with_the_open(facts, costs, _answer(facts, costs, excluded=excluded))


def _with_the_open(facts: Facts, costs: Sequence[Cost], answer: Message) -> Message:
    """What is still open beside a clear answer is said too: silence would be read as "not covered"."""
    open_ones = [cost for cost in costs if cost.verdict is Verdict.CANNOT_TELL]
    what = _named([cost.verdict is Verdict.CANNOT_TELL for cost in costs])
    if not open_ones or what is None:
        return answer
    missing = next((each for cost in open_ones for each in cost.missing if each is not Missing.MANUFACTURER), None)
    if missing is None:
        maker = facts.manufacturer or say("the manufacturer")
        return say("{before} Ask {maker} first about: {what}.", before=answer, maker=maker, what=what)
    fact = missing_word(missing)
    return say("{before} Cannot tell yet about {what}: {fact} is missing.", before=answer, what=what, fact=fact)


def _answer(facts: Facts, costs: Sequence[Cost], *, excluded: bool) -> Message:
    by_maker = _named([cost.payer is Payer.MAKER for cost in costs])
    by_seller = _named([cost.payer is Payer.SELLER for cost in costs])
    if by_maker and by_seller:
        both = {"ours": _maker_pays(facts, costs), "law": _seller_owes(costs, by_seller)}
        return say("{ours} {law}", **both)
    if by_maker:
        return _maker_pays(facts, costs)
    if by_seller:
        return _seller_owes(costs, by_seller)
    return _refusal(costs, excluded=excluded)


def _maker_pays(facts: Facts, costs: Sequence[Cost]) -> Message:
    """The longest cover first; what ends earlier is said with its own day."""
    ends = sorted({cost.until for cost in costs if cost.payer is Payer.MAKER and cost.until}, reverse=True)
    first, *sooner = [(end, _named([c.payer is Payer.MAKER and c.until == end for c in costs])) for end in ends]
    unpaid = _named([cost.verdict is Verdict.NOT_COVERED for cost in costs], last_word=say("or"))
    maker = facts.manufacturer or say("the manufacturer")
    words = {"until": on(first[0]), "maker": maker, "what": first[1]}
    if unpaid is None:
        sentence = say("In warranty until {until}: {maker} pays {what}.", **words)
    else:
        sentence = say("In warranty until {until}: {maker} pays {what}, not {unpaid}.", **words, unpaid=unpaid)
    for end, what in sooner:
        sentence = say("{before} Only until {until}: {what}.", before=sentence, until=on(end), what=what)
    return sentence


def _seller_owes(costs: Sequence[Cost], what: Message) -> Message:
    until = on(min(cost.until for cost in costs if cost.payer is Payer.SELLER and cost.until))
    return say("Legal guarantee until {until}: the seller owes {what}, free of charge.", until=until, what=what)


def _question(facts: Facts, asked: Sequence[Cost], terms: Terms, *, excluded: bool) -> Message:
    maker = facts.manufacturer or say("the manufacturer")
    missing = list(dict.fromkeys(each for cost in asked for each in cost.missing))
    if missing == [Missing.MANUFACTURER]:
        if terms.legal_until and facts.today <= terms.legal_until:
            return _legal_question(maker, terms.legal_until, excluded=excluded)
        ended = on(max(cost.until for cost in asked if cost.until))
        return say("Warranty ended only on {ended}: ask {maker} before you refuse.", ended=ended, maker=maker)
    words = [missing_word(each) for each in missing if each is not Missing.MANUFACTURER]
    if len(words) == 1:
        return say("Cannot tell yet: {fact} is missing.", fact=words[0])
    return say("Cannot tell yet: {fact} and {other} are missing.", fact=words[0], other=words[1])


def _legal_question(maker: Message | str, until: date, *, excluded: bool) -> Message:
    words = {"maker": maker, "until": on(until)}
    if excluded:
        return say("The cause is excluded, but the legal guarantee runs until {until}: ask {maker} first.", **words)
    return say("This is a wear part, but the legal guarantee runs until {until}: ask {maker} first.", **words)


def _refusal(costs: Sequence[Cost], *, excluded: bool) -> Message:
    if excluded:
        return say("Not covered, because the cause is excluded: the customer pays.")
    ended = max((cost.until for cost in costs if cost.until), default=None)
    if ended is None:
        return say("No warranty applies: the customer pays.")
    return say("Warranty ended on {ended}: the customer pays.", ended=on(ended))


def missing_word(missing: Missing) -> Message:
    """What is missing, as it stands inside a sentence."""
    return {
        Missing.INVOICE: say("the date of the invoice"),
        Missing.DELIVERY: say("the date of delivery"),
        Missing.INSTALLATION: say("the date of installation"),
        Missing.REGISTRATION: say("the date of registration"),
        Missing.DISCOVERY: say("the day on which the fault was found"),
        Missing.CUSTOMER_KIND: say("whether the customer is a consumer or a business"),
        Missing.POLICY: say("the warranty policy of this market"),
        Missing.MANUFACTURER: say("an answer from the manufacturer"),
    }[missing]


def unknown_kind() -> Message:
    """When consumers and businesses are treated differently and nobody said which one this is."""
    return say("Cannot tell yet: say whether the customer is a consumer or a business.")


def unknown_policy() -> Message:
    """When nothing is published for this market and machine."""
    return say("Cannot tell: no warranty policy for this market is on this device.")


def reasons(policy: WarrantyPolicy, facts: Facts, terms: Terms) -> tuple[Message, ...]:
    """The facts and rules used, one line each, and what would change the answer."""
    lines = [_basis(policy, facts, terms)]
    if terms.own and terms.own.event is None:
        lines.append(
            say(
                "No date of sale is known, so the production week {week} is used.", week=Shown("plain", facts.made_week)
            )
        )
    if terms.own and terms.own_from and terms.own_from != terms.own.day:
        lines.append(say("They are counted from the end of the legal guarantee, {day}.", day=on(terms.own_from)))
    if terms.extended and terms.legal_until:
        months = policy.repair_extension_months * terms.extended
        lines.append(
            say_count(
                "A repair lengthened the legal guarantee by {months} months, to {until}.",
                "{count} repairs lengthened the legal guarantee by {months} months, to {until}.",
                terms.extended,
                months=months,
                until=on(terms.legal_until),
            )
        )
    if facts.part_fitted and policy.replaced_part_months:
        lines.append(say("The part was fitted under warranty on {day}.", day=on(facts.part_fitted)))
    lines += _offers(policy, facts)
    return tuple(each for each in lines if each)


def _basis(policy: WarrantyPolicy, facts: Facts, terms: Terms) -> Message | None:
    if terms.own is None:
        return None
    kind = {
        CustomerKind.CONSUMER: say("Consumer"),
        CustomerKind.BUSINESS: say("Business customer"),
        CustomerKind.DEALER: say("Dealer"),
        None: say("Customer"),
    }[facts.customer_kind]
    words = {"kind": kind, "day": on(terms.own.day), "event": _event_word(terms.own.event)}
    return say_count(
        "{kind}, {count} month from {event} of {day}.",
        "{kind}, {count} months from {event} of {day}.",
        policy.commercial.parts_months,
        **words,
    )


def _event_word(event: StartEvent | None) -> Message:
    return {
        StartEvent.INVOICE: say("the invoice"),
        StartEvent.DELIVERY: say("the delivery"),
        StartEvent.INSTALLATION: say("the installation"),
        StartEvent.REGISTRATION: say("the registration"),
        StartEvent.DISCOVERY: say("the discovery"),
        None: say("the assumed sale"),
    }[event]


def _offers(policy: WarrantyPolicy, facts: Facts) -> list[Message]:
    """What a customer may ask for shortly after delivery (dead on arrival)."""
    if facts.delivery is None:
        return []
    age, legal = (facts.today - facts.delivery).days, policy.legal
    if legal.return_days and 0 <= age <= legal.return_days:
        return [say_count(
            "Delivered {count} day ago: the customer may give the machine back.",
            "Delivered {count} days ago: the customer may give the machine back.", age)]  # fmt: skip
    if legal.exchange_days and 0 <= age <= legal.exchange_days:
        return [say_count(
            "Delivered {count} day ago: the customer may ask for another machine.",
            "Delivered {count} days ago: the customer may ask for another machine.", age)]  # fmt: skip
    return []


def _named(chosen: Sequence[bool], *, last_word: Message | None = None) -> Message | None:
    """ "parts, labour and travel" of the three that are chosen; None of none."""
    names = [name for name, is_in in zip((say("parts"), say("labour"), say("travel")), chosen, strict=True) if is_in]
    joint = last_word or say("and")
    if len(names) == 3:
        return say("{first}, {second} {joint} {third}", first=names[0], second=names[1], joint=joint, third=names[2])
    if len(names) == 2:
        return say("{first} {joint} {second}", first=names[0], joint=joint, second=names[1])
    return names[0] if names else None
