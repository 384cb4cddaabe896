"""The shipped sample is whole, agrees with itself, and says where its facts come from."""

import re
from collections import Counter
from datetime import date
from functools import partial
from itertools import pairwise

import pytest

from app.content.items import Item, TextState, item_hash
from app.content.published.form import FieldKind, SignerRole
from app.content.published.market import DayKind
from app.content.published.procedure import OnFail, StepKind
from app.content.published.warranty import SENTENCES, CustomerKind, ProductClass
from app.kernel.rights import Right, Role
from app.kernel.serials import part_number, unit_serial
from tests.content.sample import averdell, catalog, policy_on

MARKETS = ("BR", "CN", "DK", "PT", "SA", "US")
FIRST_EIGHT = {
    "transit_damage",
    "spare_part",
    "how_to",
    "certification",
    "maintenance",
    "quality",
    "integration",
    "safety_instruction",
}


def items_of(kind: str) -> list[Item]:
    return [item for item in averdell().items if item.kind == kind]


def test_parts_of_each_assembly_are_counted_as_in_the_domain() -> None:
    counted = Counter(item.body["assembly"] for item in items_of("part"))

    assert {"A": 10, "B": 18, "C": 12, "D": 14, "E": 10, "F": 16, "G": 14, "H": 10, "J": 6, "K": 6, "L": 4} == counted
    assert 120 == counted.total()


def test_every_number_of_part_kit_and_consumable_checks() -> None:
    numbers = [item.code for kind in ("part", "kit", "consumable") for item in items_of(kind)]

    assert numbers == [part_number(number) for number in numbers]
    assert not {"I", "O"} & {number[-1] for number in numbers}
    assert len(numbers) == len(set(numbers))


def test_twelve_serialised_parts_have_one_type_each_and_the_exchange_form() -> None:
    serialised = [part for part in catalog().spares.by_number.values() if part.serialised]

    assert sorted(catalog().component_types) == sorted(part.component_type for part in serialised)
    assert {"F-02"} == {part.form for part in serialised}
    assert 12 == len(serialised)


def test_models_name_only_components_that_a_part_replaces() -> None:
    fitting = {
        (model, part.component_type)
        for model in catalog().models
        for part in catalog().parts_for(model)
        if part.serialised
    }

    wanted = {(code, each) for code, model in catalog().models.items() for each in model.components}

    assert 6 == len(catalog().models)
    assert wanted <= fitting


def test_three_chains_one_of_three_steps_and_one_splitting_by_serial() -> None:
    superseded = [part for part in catalog().spares.by_number.values() if part.superseded_by]
    starts = [part for part in superseded if not catalog().spares.replaced_by(part.number)]
    chains = [catalog().current_part(part.number) for part in starts]

    assert [0, 1, 3] == sorted(len(chain.steps) - 1 for chain in chains if chain)
    assert [2] == [len(chain.choices) for chain in chains if chain and chain.choices]


def test_recalled_valve_names_its_lot() -> None:
    [valve] = [part for part in catalog().spares.by_number.values() if part.recalled_lots]

    assert ("PR", ("PR2612",), True) == (valve.component_type, valve.recalled_lots, valve.safety_relevant)


def test_six_kits_and_eight_consumables_hold_parts_in_use() -> None:
    members = [number for kit in catalog().kits.values() for number, _ in kit.members]

    assert (6, 8) == (len(catalog().kits), len(catalog().consumables))
    assert [] == [number for number in members if catalog().spares.by_number[number].superseded_by]


def test_every_part_is_sold_in_the_currency_of_every_market() -> None:
    currencies = {market.currency for market in catalog().markets.values()}

    assert all(part.price(each) for part in catalog().spares.by_number.values() for each in currencies)


@pytest.mark.parametrize("code", MARKETS)
def test_market_has_partner_calendar_language_and_paper(code: str) -> None:
    market = catalog().markets[code]
    calendar = catalog().calendars[market.calendar]

    assert market.zone == calendar.zone
    assert 2026 in calendar.complete_years
    assert "LETTER" if code == "US" else "A4" == market.paper
    assert 5 == sum(1 for day in calendar.week if day)


def test_saudi_week_is_sunday_to_thursday() -> None:
    week = catalog().calendars["SA"].week

    assert [True, True, True, True, False, False, True] == [bool(day) for day in week]


def test_chinese_make_up_saturday_is_a_working_day() -> None:
    days = {each.day: each.kind for each in catalog().calendars["CN"].special_days}

    assert (DayKind.WORKING_WEEKEND, DayKind.OFF) == (days[date(2026, 2, 14)], days[date(2026, 2, 17)])


@pytest.mark.parametrize("market", MARKETS)
@pytest.mark.parametrize("kind", list(CustomerKind))
@pytest.mark.parametrize("product_class", list(ProductClass))
def test_every_case_has_one_policy_with_source_and_review(
    market: str, kind: CustomerKind, product_class: ProductClass
) -> None:
    for day in (date(2022, 1, 1), date(2026, 7, 30), date(2026, 7, 31), date(2030, 1, 1)):
        policy = policy_on(market, product_class=product_class, customer_kind=kind, day=day)

        assert policy is not None
        assert policy.source and policy.checked_on < policy.review_due
        assert not policy.adviser_checked


def test_policy_in_force_on_the_day_of_sale_is_found_beside_todays() -> None:
    in_force = partial(policy_on, product_class=ProductClass.HOUSEHOLD, customer_kind=CustomerKind.CONSUMER)
    found = [in_force("DK", day=day) for day in (date(2026, 7, 30), date(2026, 7, 31))]

    assert [(1, 0), (2, 12)] == [(each.version, each.repair_extension_months) for each in found if each]


def test_law_of_portugal_and_brazil_is_as_collected() -> None:
    portugal, brazil = catalog().policy("WP-PT-CONSUMER"), catalog().policy("WP-BR-CONSUMER")

    assert portugal and brazil
    assert (36, 30, 6, 4) == (
        portugal.legal.term.months,
        portugal.legal.repair_limit_days,
        portugal.repair_extension_months,
        portugal.repair_extension_times,
    )
    assert (90, True) == (brazil.legal.term.days, brazil.commercial.begins_after_legal)


def test_policies_exclude_causes_that_exist_and_every_sentence_is_there() -> None:
    causes = {entry.code for entry in catalog().code_lists["CAUSE"].entries}

    assert set(SENTENCES) == {code for code, _ in catalog().labels["WARRANTY"].lines}
    assert all(each.cause in causes for policy in catalog().policies.values() for each in policy.exclusions)


def test_twelve_ticket_kinds_hold_the_eight_fixed_codes() -> None:
    kinds = catalog().ticket_kinds

    assert (12, list(range(1, 13))) == (len(kinds), [kind.rank for kind in kinds])
    assert {kind.code for kind in kinds} >= FIRST_EIGHT


def test_every_right_is_held_by_some_role_and_all_by_one_who_holds_every_role() -> None:
    assert set(Right) == catalog().rights.of(frozenset(Role))
    assert Right.MANAGE_STAFF not in catalog().rights.of(frozenset({Role.TECHNICIAN, Role.AGENT, Role.STOREKEEPER}))


def test_every_fault_can_be_reached_from_a_symptom_and_leads_to_a_remedy() -> None:
    lists = catalog().code_lists
    for before, after in pairwise(("SYMPTOM", "FAULT", "CAUSE", "REMEDY")):
        reached = {code for entry in lists[after].entries for code in entry.after}

        assert {entry.code for entry in lists[before].entries} - reached <= {"no_fault"}, after


@pytest.mark.parametrize(
    ("code", "steps"), [("SOP-04", 24), ("SOP-05", 18), ("SOP-06", 14), ("SOP-07", 13), ("SOP-08", 11)]
)
def test_procedure_has_its_steps_and_every_limit_is_sensible(code: str, steps: int) -> None:
    procedure = catalog().procedure(code)

    assert procedure is not None
    assert list(range(1, steps + 1)) == [step.number for step in procedure.steps]
    for step in procedure.steps:
        assert step.number == procedure.step(step.code).number
        if step.kind is StepKind.NUMBER:
            assert step.minimum is not None
            assert step.maximum is None or step.minimum <= step.maximum
            assert step.unit and step.on_fail and step.fail_text


@pytest.mark.parametrize("code", ["SOP-05", "SOP-06"])
def test_nothing_is_opened_before_it_is_locked_and_measured_and_power_comes_after_the_hold_point(code: str) -> None:
    procedure = catalog().procedure(code)

    assert procedure is not None
    at = {step.code: step.number for step in procedure.steps}
    first_serial = min(step.number for step in procedure.steps if step.kind is StepKind.SERIAL)
    assert at["isolate"] < at["voltage"] < first_serial < at["earth"] < at["insulation"] < at["second_look"]
    assert all(procedure.step(each).safety for each in ("isolate", "voltage", "earth", "insulation", "second_look"))
    assert procedure.step("second_look").second_person
    unlock = next(step.number for step in procedure.steps if "Take off your lock" in step.text)
    assert at["second_look"] < unlock


def test_sop_5_knows_every_kind_of_step_and_its_limits() -> None:
    procedure = catalog().procedure("SOP-05")

    assert procedure is not None
    assert set(StepKind) == {step.kind for step in procedure.steps}
    opens = procedure.step("valve_opens")
    assert (170, 190, 2, "bar") == (opens.minimum, opens.maximum, opens.decimals, opens.unit)


@pytest.mark.parametrize("code", ["SOP-04", "SOP-05", "SOP-06", "SOP-07", "SOP-08"])
def test_every_step_is_short_begins_with_a_verb_and_ends_with_a_stop(code: str) -> None:
    procedure = catalog().procedure(code)

    assert procedure is not None
    verbs = {"Switch", "Measure", "Open", "Close", "Take", "Photograph", "Read", "Fit", "Fill", "Stop.", "End", "Brew"}
    verbs |= {"Put", "Wait", "Pull", "Start", "Ask", "Ask:", "Draw", "Renew", "Look", "Flush", "Steam", "Write", "Pack"}
    verbs |= {"Lock", "Send", "Hang", "Pour", "Run", "Throw"}
    for step in procedure.steps:
        sentences = step.text.replace("?", ".").split(". ")
        assert step.text.split()[0] in verbs
        assert max(len(sentence.split()) for sentence in sentences) <= 17, step.text
        assert step.text[-1] in ".?"


def test_the_service_is_offered_at_machines_and_their_tickets_and_quarantine_at_parts_too() -> None:
    def offered(place: str, **about: str) -> list[str]:
        return [each.code for each in catalog().procedures_offered(place, **about)]

    assert ["SOP-04", "SOP-07", "SOP-08"] == offered("unit", model="FD2")
    assert ["SOP-07", "SOP-08"] == offered("unit", model="WD2")
    assert ["SOP-08"] == offered("unit", model="GR1")
    assert ["SOP-04", "SOP-07", "SOP-08"] == offered("ticket", model="FD1", ticket_kind="maintenance")
    assert ["SOP-08"] == offered("ticket", model="FD1", ticket_kind="delivery")
    assert ["SOP-08"] == offered("ticket", ticket_kind="maintenance") == offered("part")


def test_the_service_opens_nothing_before_the_lock_and_gives_no_power_before_the_second_look() -> None:
    procedure = catalog().procedure("SOP-04")

    assert procedure is not None
    at = {step.code: step.number for step in procedure.steps}
    assert at["isolate"] < at["voltage"] < at["cool"] < at["strainer"]
    assert at["leak_test"] < at["earth"] < at["insulation"] < at["second_look"] < at["valve_opens"]
    assert procedure.step("second_look").second_person
    assert {"people", "drip_pipe", "valve_lot", "wires", "dry"} <= {
        step.code for step in procedure.steps if step.safety and step.on_fail is OnFail.STOP
    }
    assert {"before_photo", "worn_photo"} == {step.code for step in procedure.steps if step.kind is StepKind.PHOTO}


def test_descaling_protects_eyes_before_acid_and_nobody_drinks_before_rinsing_heat_and_a_second_look() -> None:
    procedure = catalog().procedure("SOP-07")

    assert procedure is not None
    at = {step.code: step.number for step in procedure.steps}
    assert (1, at["signs"]) == (at["people"], 2)
    assert at["tight"] < at["cartridge_out"] < at["cold"] < at["protection"] < at["mix"] < at["program"]
    assert at["program"] < at["rinsed"] < at["cartridge_in"] < at["heat"] < at["first_water"] < at["second_look"]
    assert len(procedure.steps) == at["second_look"]
    assert procedure.step("second_look").second_person
    assert "chlorine" in procedure.step("protection").warning
    assert {"people", "tight", "protection", "program", "first_water"} == {
        step.code for step in procedure.steps if step.on_fail is OnFail.STOP
    }
    assert {"cartridge_out", "cartridge_in"} == {step.code for step in procedure.steps if not step.safety}
    rinsed, heat = procedure.step("rinsed"), procedure.step("heat")
    assert (0, 5, 1, "pH") == (rinsed.minimum, rinsed.maximum, rinsed.decimals, rinsed.unit)
    assert (75, "°C") == (heat.minimum, heat.unit)


def test_quarantine_asks_for_people_first_and_lets_nothing_go_before_two_have_looked() -> None:
    procedure = catalog().procedure("SOP-08")

    assert procedure is not None
    at = {step.code: step.number for step in procedure.steps}
    hurt = procedure.step("hurt")
    assert (1, True, OnFail.STOP) == (hurt.number, hurt.safety, hurt.on_fail)
    assert [True, False, False] == [each.passes for each in hurt.choices]
    assert at["locked"] < at["second_look"] < at["decided"] < at["handed"]
    assert procedure.step("second_look").second_person
    assert 3 == sum(step.kind is StepKind.PHOTO for step in procedure.steps)


@pytest.mark.parametrize(("form", "procedure"), [("F-01", "SOP-04"), ("F-03", "SOP-04"), ("F-03", "SOP-05")])
def test_a_form_allows_what_the_step_that_fills_it_allows(form: str, procedure: str) -> None:
    published, steps = catalog().form(form), catalog().procedure(procedure)

    assert published and steps
    fields = {field.code: field for section in published.sections for field in section.fields if field.unit}
    filled = {step.form_field: step for step in steps.steps if step.form_field}
    assert fields.keys() & filled.keys()
    for code in fields.keys() & filled.keys():
        field, step = fields[code], filled[code]
        assert (field.unit, field.decimals, field.minimum, field.maximum) == (
            step.unit, step.decimals, step.minimum, step.maximum,
        )  # fmt: skip


def test_exchange_form_shows_each_serial_test_and_signer() -> None:
    form = catalog().form("F-02")

    assert form is not None
    kinds = {each.kind for section in form.sections for each in section.fields}
    assert {FieldKind.SERIAL_OUT, FieldKind.SERIAL_IN, FieldKind.MEASURED} <= kinds
    assert list(SignerRole) == [signer.role for signer in form.signers]
    assert all(signer.consent and signer.consent_version >= 1 for signer in form.signers)
    assert [True] == [section.repeats for section in form.sections if section.code == "exchange"]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        *(("procedure", each) for each in ("SOP-04", "SOP-05", "SOP-06", "SOP-07", "SOP-08")),
        *(("form", each) for each in ("F-01", "F-02", "F-03")),
        ("labels", "WARRANTY"),
        *(("code_list", each) for each in ("SYMPTOM", "FAULT", "CAUSE", "REMEDY", "CONDITION", "ACCESSORY")),
    ],
)
def test_arabic_is_complete_and_made_from_the_present_english(kind: str, code: str) -> None:
    texts = [text for text in averdell().texts if (text.kind, text.code) == (kind, code)]
    english = {text.path for text in texts if text.language == "en"}
    arabic = {text.path for text in texts if text.language == "ar" and text.state is TextState.CURRENT}

    assert english
    assert english == arabic
    assert "ar" in catalog().words.languages(kind, code, version=1)


def test_no_translation_of_the_sample_is_stale_or_missing() -> None:
    """A translation is made from the newest English; where an older version says something else, it says so."""
    newest = {(item.kind, item.code): item.version for item in sorted(averdell().items, key=lambda each: each.version)}
    texts = [text for text in averdell().texts if newest[text.kind, text.code] == text.version]

    assert [] == [text for text in texts if text.state is not TextState.CURRENT]


def test_arabic_is_written_in_arabic_letters() -> None:
    latin = [
        text.text
        for text in averdell().texts
        if text.language == "ar" and not any("\u0600" <= sign <= "\u06ff" for sign in text.text)
    ]

    assert [] == latin


def test_arabic_glossary_is_kept() -> None:
    words = {"relief valve": "صمام الأمان", "control board": "لوحة التحكم", "insulation": "العزل", "drip pipe": "أنبوب"}
    arabic = {(t.kind, t.code, t.path): t.text for t in averdell().texts if t.language == "ar"}
    procedure = [t for t in averdell().texts if t.language == "en" and t.kind == "procedure"]

    for english in procedure:
        for word, term in words.items():
            if word in english.text.lower() and "tester" not in english.text:
                assert term in arabic[english.kind, english.code, english.path] or word == "insulation", english.path


def test_every_item_says_who_checked_it_when_and_until_when() -> None:
    for item in averdell().items:
        assert item.source and item.checked_by and item.checked_on < item.review_due


def test_hash_of_an_item_covers_its_words() -> None:
    item = items_of("procedure")[0]

    changed = item_hash({}, {**item.body, "title": "Another"})

    assert changed != item_hash({}, item.body)
    assert len(averdell().items) == len({each.sha256 for each in averdell().items})


def test_serials_of_the_domain_name_models_of_the_sample() -> None:
    samples = ("FD2A261700428N", "FD1A260900113C", "GR1A2548000773", "WD2A2605007779", "HM1B263004521B")

    assert all(serial and serial.model in catalog().models for serial in map(unit_serial, samples))


def test_no_step_points_to_a_place_on_a_page_that_shows_one_step_alone() -> None:
    texts = [step[part] for item in items_of("procedure") for step in item.body["steps"] for part in ("text", "why")
             if step.get(part)]  # fmt: skip

    assert texts
    assert [] == [text for text in texts if re.search(r"\b(above|below)[.,]", text)]
