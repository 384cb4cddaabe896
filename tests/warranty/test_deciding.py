from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.published.warranty import (
    CustomerKind,
    LegalGuarantee,
    OwedBy,
    ProductClass,
    StartEvent,
    Term,
    WarrantyPolicy,
    read_policy,
)
from app.kernel.packing import packed, unpacked
from app.language.speaking import speak
from app.timing.months import add_months
from app.warranty.rules.deciding import decide, decide_with, policy_for
from app.warranty.rules.facts import Decision, Facts, Missing, Payer, Verdict
from tests.bench_pack import BUSINESS, CONSUMER

BY_LAW = read_policy(CONSUMER)
OWN = read_policy(BUSINESS)
C, N, Q = Verdict.COVERED, Verdict.NOT_COVERED, Verdict.CANNOT_TELL
BOUGHT = date(2026, 6, 11)


def facts(day: date = date(2026, 11, 23), **more: Any) -> Facts:
    known: dict[str, Any] = {
        "customer_kind": CustomerKind.BUSINESS, "market": "PT", "product_class": ProductClass.PROFESSIONAL,
        "invoice": BOUGHT, "delivery": BOUGHT, "made_week": "2617", "manufacturer": "Averdell",
    }  # fmt: skip
    return Facts(day, **known | more)


def consumer(day: date, **more: Any) -> Facts:
    return facts(day, customer_kind=CustomerKind.CONSUMER, **more)


def said(decision: Decision) -> str:
    return speak(decision.sentence, "en")


def test_the_sentence_names_the_day_who_pays_and_what_not() -> None:
    decision = decide(OWN, facts())

    assert "In warranty until 11 Jun 2028: Averdell pays parts and labour, not travel." == said(decision)
    assert (C, C, N) == decision.verdicts
    assert ("PT-BUSINESS", 7, "test", date(2028, 6, 11)) == (
        decision.policy, decision.version, decision.source, decision.until,
    )  # fmt: skip
    assert "Business customer, 24 months from the invoice of 11 Jun 2026." == speak(decision.why[0], "en")


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2028, 6, 11), C), (date(2028, 6, 12), Q), (date(2028, 8, 10), Q), (date(2028, 8, 11), N)],
)
def test_the_last_day_is_covered_and_a_near_miss_is_asked_not_refused(day: date, expected: Verdict) -> None:
    decision = decide(OWN, facts(day))

    assert expected == decision.parts.verdict
    assert (expected is Q) == decision.ask_first


def test_a_near_miss_and_an_end_are_said_in_words() -> None:
    near, far = decide(OWN, facts(date(2028, 7, 1))), decide(OWN, facts(date(2029, 7, 1)))

    assert "Warranty ended only on 11 Jun 2028: ask Averdell before you refuse." == said(near)
    assert "Warranty ended on 11 Jun 2028: the customer pays." == said(far)


def test_what_is_open_beside_a_clear_answer_is_said() -> None:
    policy = replace(OWN, commercial=replace(OWN.commercial, travel_months=5))

    near = decide(policy, facts())
    doubtful = decide(policy, facts(invoice=None))

    paid = "In warranty until 11 Jun 2028: Averdell pays parts and labour."
    assert f"{paid} Ask Averdell first about: travel." == said(near)
    assert f"{paid} Cannot tell yet about travel: the date of the invoice is missing." == said(doubtful)


def test_other_dates_stand_in_for_the_invoice_in_their_order() -> None:
    later = date(2026, 7, 1)

    decision = decide(OWN, facts(invoice=None, delivery=None, installation=later))

    assert add_months(later, 24) == decision.until


def test_without_a_date_of_sale_the_production_week_counts_and_the_answer_says_so() -> None:
    decision = decide(OWN, facts(invoice=None, delivery=None))

    assert add_months(date(2026, 10, 20), 24) == decision.until
    assert any("production week 2617" in speak(line, "en") for line in decision.why)


def test_an_end_counted_from_the_production_week_is_no_refusal_but_names_the_date_that_would_settle_it() -> None:
    decision = decide(OWN, facts(date(2030, 1, 1), invoice=None, delivery=None))

    assert (Q, Q, N) == decision.verdicts
    assert (Missing.INVOICE,) == decision.missing
    assert "Cannot tell yet: the date of the invoice is missing." == said(decision)


def test_a_machine_without_any_date_and_without_a_readable_week_cannot_be_told() -> None:
    assert Q == decide(OWN, facts(invoice=None, delivery=None, made_week="2699")).parts.verdict


def test_the_law_covers_a_consumer_longer_than_the_manufacturer_and_with_travel() -> None:
    decision = decide(BY_LAW, consumer(date(2029, 1, 1)))

    assert (C, C, C) == decision.verdicts
    assert {Payer.SELLER} == {cost.payer for cost in decision.costs}
    expected = "Legal guarantee until 11 Jun 2029: the seller owes parts, labour and travel, free of charge."
    assert expected == said(decision)


def test_both_promises_are_said_side_by_side() -> None:
    decision = decide(BY_LAW, consumer(date(2026, 12, 1)))

    expected = (
        "In warranty until 11 Jun 2028: Averdell pays parts and labour."
        " Legal guarantee until 11 Jun 2029: the seller owes travel, free of charge."
    )
    assert expected == said(decision)


def test_each_repair_adds_six_months_but_only_four_times() -> None:
    days = tuple(date(2027, month, 1) for month in range(1, 7))

    assert date(2029, 12, 11) == decide(BY_LAW, consumer(BOUGHT, repairs=days[:1])).legal_until
    assert date(2031, 6, 11) == decide(BY_LAW, consumer(BOUGHT, repairs=days)).legal_until


def test_a_repair_extension_of_twelve_months_once_is_only_data() -> None:
    """Directive (EU) 2024/1799: choosing repair lengthens the guarantee once by twelve months."""
    policy = replace(BY_LAW, repair_extension_months=12, repair_extension_times=1)
    days = (date(2027, 1, 1), date(2027, 2, 1))

    assert date(2030, 6, 11) == decide(policy, consumer(BOUGHT, repairs=days)).legal_until


def test_a_repair_after_the_end_lengthens_nothing() -> None:
    decision = decide(BY_LAW, consumer(date(2030, 1, 1), repairs=(date(2029, 6, 12),)))

    assert date(2029, 6, 11) == decision.legal_until


def test_a_wear_part_has_a_shorter_term_of_its_own() -> None:
    decision = decide(OWN, facts(date(2027, 6, 1), wear=True))

    assert (N, C, N) == decision.verdicts
    assert "In warranty until 11 Jun 2028: Averdell pays labour, not parts or travel." == said(decision)


def test_an_excluded_cause_is_refused_outside_the_law_and_asked_inside_it() -> None:
    outside = decide(OWN, facts(cause="LIMESCALE"))
    inside = decide(BY_LAW, consumer(date(2027, 1, 1), cause="LIMESCALE"))

    assert ((N, N, N), "LIMESCALE") == (outside.verdicts, outside.exclusion)
    assert (Q, Q, Q) == inside.verdicts
    expected = "The cause is excluded, but the legal guarantee runs until 11 Jun 2029: ask Averdell first."
    assert expected == said(inside)


def test_a_part_fitted_under_warranty_has_at_least_a_term_of_its_own() -> None:
    late = facts(date(2028, 9, 1), part_fitted=date(2028, 5, 1))

    assert (C, N) == (decide(OWN, late).parts.verdict, decide(OWN, late).labour.verdict)


@pytest.mark.parametrize(
    ("registered", "expected"), [(BOUGHT + timedelta(days=30), C), (BOUGHT + timedelta(days=31), N), (None, Q)]
)
def test_a_registration_that_is_asked_for_counts(registered: date | None, expected: Verdict) -> None:
    policy = replace(OWN, commercial=replace(OWN.commercial, registration_within_days=30))

    assert expected == decide(policy, facts(registered=registered)).parts.verdict


def test_a_registration_may_still_come_within_its_days() -> None:
    policy = replace(OWN, commercial=replace(OWN.commercial, registration_within_days=30))

    assert C == decide(policy, facts(BOUGHT + timedelta(days=30), registered=None)).parts.verdict


def test_a_machine_that_is_here_was_not_sold_in_the_future() -> None:
    decision = decide(OWN, facts(date(2026, 5, 1), invoice=None, delivery=None))

    assert date(2028, 5, 1) == decision.until


def test_what_ends_earlier_is_said_with_its_own_day() -> None:
    policy = replace(OWN, commercial=replace(OWN.commercial, travel_months=6))

    decision = decide(policy, facts())

    expected = "In warranty until 11 Jun 2028: Averdell pays parts and labour. Only until 11 Dec 2026: travel."
    assert expected == said(decision)
    assert date(2026, 12, 11) == decision.until


def test_a_second_owner_has_nothing_of_a_promise_that_does_not_pass_on() -> None:
    policy = replace(OWN, commercial=replace(OWN.commercial, transferable=False))

    assert N == decide(policy, facts(second_owner=True)).parts.verdict


def test_a_hidden_defect_counts_from_its_discovery() -> None:
    """Brazil, CDC Art. 26: ninety days from the day on which a hidden defect shows itself."""
    hidden = LegalGuarantee(Term(days=90), StartEvent.DISCOVERY, OwedBy.JOINTLY)
    policy, late = replace(BY_LAW, legal=hidden), date(2030, 1, 31)

    assert C == decide(policy, consumer(late, discovered=date(2030, 1, 1))).parts.verdict
    assert N == decide(policy, consumer(late, discovered=date(2029, 10, 1))).parts.verdict
    assert (Missing.DISCOVERY,) == decide(policy, consumer(late)).missing


def test_shortly_after_delivery_the_customer_may_give_back_or_exchange() -> None:
    """China, three guarantees: seven days return, fifteen days exchange."""
    policy = replace(BY_LAW, legal=replace(BY_LAW.legal, return_days=7, exchange_days=15))

    lines = [
        [speak(line, "en") for line in decide(policy, consumer(BOUGHT + timedelta(days=days))).why[1:]]
        for days in (7, 15, 16)
    ]

    assert [
        ["Delivered 7 days ago: the customer may give the machine back."],
        ["Delivered 15 days ago: the customer may ask for another machine."],
        [],
    ] == lines


def test_on_the_day_of_delivery_nothing_is_offered_that_the_market_does_not_know() -> None:
    decision = decide(BY_LAW, consumer(BOUGHT))

    assert not any("give the machine back" in speak(line, "en") for line in decision.why)


def test_a_warranty_that_is_added_to_the_law_begins_where_the_law_ends() -> None:
    """Brazil: ninety days by law, and twelve months after them."""
    legal = LegalGuarantee(Term(days=90), StartEvent.DELIVERY, OwedBy.JOINTLY)
    own = replace(BY_LAW.commercial, parts_months=12, labour_months=12, begins_after_legal=True)
    policy, law_ends = replace(BY_LAW, legal=legal, commercial=own), BOUGHT + timedelta(days=90)

    last, over = (decide(policy, consumer(add_months(law_ends, 12) + timedelta(days=days))) for days in (0, 1))

    assert (C, add_months(law_ends, 12)) == (last.parts.verdict, last.parts.until)
    assert C != over.parts.verdict
    assert "They are counted from the end of the legal guarantee, 9 Sept 2026." in [speak(w, "en") for w in last.why]


def test_kinds_that_agree_on_the_answer_and_not_on_who_pays_are_asked_for() -> None:
    policies = (BY_LAW, replace(OWN, commercial=replace(OWN.commercial, travel_months=24)))

    decision = decide_with(policies, facts(date(2028, 1, 1), customer_kind=None))

    assert (Missing.CUSTOMER_KIND,) == decision.missing


def test_an_unknown_kind_is_no_obstacle_where_all_kinds_agree_and_is_asked_where_they_do_not() -> None:
    policies = (BY_LAW, OWN)
    unknown = facts(customer_kind=None)

    differs = decide_with(policies, unknown)
    agrees = decide_with((OWN, replace(OWN, customer_kinds=(CustomerKind.CONSUMER,))), unknown)

    assert (Missing.CUSTOMER_KIND,) == differs.missing
    assert C == agrees.parts.verdict


def test_a_market_without_a_policy_cannot_be_told() -> None:
    assert (Missing.POLICY,) == decide_with((OWN,), facts(market="AU")).missing


def test_the_version_in_force_on_the_day_of_sale_decides() -> None:
    old = replace(OWN, version=6, valid_to=date(2026, 8, 1))
    new = replace(OWN, version=7, valid_from=date(2026, 8, 2))

    found = [policy_for((old, new), facts(invoice=day)) for day in (BOUGHT, date(2026, 9, 1))]

    assert [6, 7] == [each.version for each in found if each]


def test_a_decision_can_be_kept_and_said_again_in_the_same_words() -> None:
    decision = decide(BY_LAW, consumer(date(2029, 8, 1), repairs=(date(2027, 1, 1),)))

    again = [unpacked(packed(each)) for each in (decision.sentence, *decision.why)]

    assert [speak(each, "en") for each in (decision.sentence, *decision.why)] == [speak(each, "en") for each in again]


days = st.dates(date(2024, 1, 1), date(2034, 12, 31))
maybe = st.one_of(st.none(), days)


@st.composite
def cases(draw: st.DrawFn) -> tuple[WarrantyPolicy, Facts]:
    months = st.integers(0, 48)
    commercial = replace(
        BY_LAW.commercial, parts_months=draw(months), labour_months=draw(months), travel_months=draw(months),
        wear_part_months=draw(months), registration_within_days=draw(st.sampled_from((0, 30))),
        transferable=draw(st.booleans()), start_event=draw(st.sampled_from(list(StartEvent))),
    )  # fmt: skip
    term = Term(draw(st.integers(1, 48)), draw(st.integers(0, 90)))
    policy = replace(
        BY_LAW, commercial=commercial, legal=replace(BY_LAW.legal, term=term),
        repair_extension_months=draw(st.integers(0, 12)), repair_extension_times=draw(st.integers(0, 4)),
        asks_first_within_days=draw(st.sampled_from((0, 60))),
    )  # fmt: skip
    known = Facts(
        draw(days), CustomerKind.CONSUMER, "PT", ProductClass.PROFESSIONAL, invoice=draw(maybe), delivery=draw(days),
        installation=draw(maybe), registered=draw(maybe), made_week=draw(st.sampled_from(("", "2617"))),
        wear=draw(st.booleans()), cause=draw(st.sampled_from(("", "LIMESCALE"))),
        repairs=tuple(draw(st.lists(days, max_size=6))), second_owner=draw(st.booleans()),
    )  # fmt: skip
    return policy, known


@given(cases())
def test_it_never_shows_less_than_the_legal_minimum(case: tuple[WarrantyPolicy, Facts]) -> None:
    policy, known = case
    assert known.delivery
    term = policy.legal.term
    minimum = add_months(known.delivery, term.months) + timedelta(days=term.days)

    decision = decide(policy, known)

    if known.today <= minimum:
        assert N not in decision.verdicts
        assert known.wear or known.cause or decision.verdicts == (C, C, C)
    assert speak(decision.sentence, "en")


@given(cases())
def test_every_open_verdict_names_what_is_missing_and_every_other_one_who_pays(
    case: tuple[WarrantyPolicy, Facts],
) -> None:
    decision = decide(*case)

    for cost in decision.costs:
        assert bool(cost.missing) == (cost.verdict is Q)
        assert bool(cost.payer) == (cost.verdict is not Q)
        assert cost.verdict is not C or (cost.until and case[1].today <= cost.until)


def test_two_facts_that_are_missing_are_named_together() -> None:
    policy = replace(OWN, commercial=replace(OWN.commercial, registration_within_days=30))

    decision = decide(policy, facts(date(2027, 6, 1), invoice=None, delivery=None, wear=True))

    assert (Missing.INVOICE, Missing.REGISTRATION) == decision.missing
    assert "Cannot tell yet: the date of the invoice and the date of registration are missing." == said(decision)
