"""The thirty published answers: found by the customer's words, misspelt too, and shown as they may be given."""

import pytest

from app.views.faq import LinkKind, answer_of, find_answers
from app.views.finding import Kind, find_records
from tests.content.sample import averdell, catalog
from tests.signoff.conftest import Bench, bench, signing_template

__all__ = ["bench", "signing_template"]


def codes(bench: Bench, text: str, language: str = "en", **more: str) -> list[str]:
    return [each.code for each in bench.read(lambda session: find_answers(session, text, language, **more))]


def test_thirty_questions_are_published_each_with_what_may_not_be_said_and_when_it_is_handed_on() -> None:
    assert [f"FAQ-{number:02}" for number in range(1, 31)] == sorted(catalog().faq)
    assert all(each.not_said and each.refer_when and ";" in each.words for each in catalog().faq.values())
    assert {each.code for each in catalog().ticket_kinds} - {
        kind for each in catalog().faq.values() for kind in each.kinds
    } <= {"payment"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("how often must it be serviced", "FAQ-01"), ("descale my Hearth", "FAQ-03"),
        ("water drips under the machine", "FAQ-04"), ("espresso runs too fast", "FAQ-06"),
        ("steem wand is wek", "FAQ-07"), ("is my machine in the reccall", "FAQ-15"),
        ("the plug gets warm", "FAQ-16"), ("skin is red from the hand creme", "FAQ-17"),
        ("alergens in the chocolate", "FAQ-18"), ("whare is my order", "FAQ-22"),
        ("payment terminal for the Verve", "FAQ-24"), ("declaraton of conformity", "FAQ-27"),
        ("the manager, I want to complain, lawyer", "FAQ-30"),
    ],
)  # fmt: skip
def test_what_a_customer_says_finds_its_answer_also_misspelt(bench: Bench, said: str, code: str) -> None:
    found = codes(bench, said)

    assert code in found[:2], found
    assert len(found) <= 3


def test_nothing_is_proposed_for_what_nobody_published(bench: Bench) -> None:
    assert [] == codes(bench, "xylophone zither")
    assert [] == codes(bench, "  ")
    assert [] == codes(bench, "st")


def test_an_answer_comes_with_what_not_to_say_and_where_it_leads(bench: Bench) -> None:
    found = bench.read(answer_of, "FAQ-17", "en")

    assert found.question == "The hand cream makes my skin red."
    assert "harmless" in found.not_said and "crisis page" in found.refer_when
    assert [(LinkKind.CRISIS, "CP-04"), (LinkKind.CONSUMABLE, "AV-Y-9022-L")] == [
        (each.kind, each.code) for each in found.links
    ]
    assert all(each.name and each.name != each.code for each in found.links)
    assert found.other_language is None
    assert bench.read(answer_of, "FAQ-99", "en") is None


def test_what_is_not_translated_is_given_in_english_and_said_so(bench: Bench) -> None:
    found = bench.read(answer_of, "FAQ-21", "de")

    assert "delivery note" in found.answer
    assert found.other_language is not None


def test_the_palette_finds_answers_beside_records(bench: Bench) -> None:
    found = bench.read(find_records, "steam wand", "en")

    assert ("FAQ-07", Kind.ANSWER) in [(each.argument, each.kind) for each in found]


def test_an_answer_names_no_cause_and_promises_nothing_it_may_not() -> None:
    for each in catalog().faq.values():
        words = each.answer.lower()
        for banned in ("guarantee that", "your fault", "we promise", "lifetime", "absolutely safe"):
            assert banned not in words, each.code


def test_a_translated_answer_is_translated_whole() -> None:
    texts = [each for each in averdell().texts if each.kind == "faq"]
    english = {(each.code, each.path) for each in texts if each.language == "en"}

    for language in {each.language for each in texts} - {"en"}:
        other = {(each.code, each.path) for each in texts if each.language == language}
        assert other == {pair for pair in english if pair[0] in {code for code, _ in other}}, language


@pytest.mark.parametrize(
    ("said", "code"),
    [("ذراع البخار ضعيف", "FAQ-07"), ("هل ماكينتي في الاستدعا", "FAQ-15"), ("اين طلبيتي", "FAQ-22"),
     ("steam wand", "FAQ-07")],
)  # fmt: skip
def test_arabic_words_and_english_ones_find_the_arabic_answer(bench: Bench, said: str, code: str) -> None:
    found = bench.read(lambda session: find_answers(session, said, "ar"))

    assert code in [each.code for each in found[:2]]
    assert all("\u0600" <= each.answer[0] <= "\u06ff" and each.other_language is None for each in found)
