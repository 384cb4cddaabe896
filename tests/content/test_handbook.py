"""The shipped crisis handbook: whole, short where it must be, honest about what nobody knows."""

import re
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.content.items import TextState
from app.content.mistakes import Findings
from app.content.packs import read_files
from app.content.published.crisis import COUNTED, CrisisProcedure, Mark, Needed, Privacy, Unit
from app.handbook.book import build_handbook
from tests.content.sample import FOLDER, averdell, mistakes_of, told
from tests.handbook.shelves import AVERDELL, LATER, reader

BOOK = build_handbook(averdell().version, averdell().items, averdell().texts)
CODES = ("CP-01", "CP-03", "CP-04", "CP-05", "CP-06", "CP-07")
WRITTEN = {each: CODES for each in ("ar", "pt-PT", "pt-BR", "es", "da", "zh-Hans")}
MARKETS = ("BR", "CN", "DK", "PT", "SA", "US")
VERBS = {
    "Ask", "Ask:", "Tell", "Write", "Call", "Stop", "Keep", "Photograph", "Put", "Read", "Lock", "Give", "Look:",
    "Save", "Answer", "Count:", "Try", "If",
}  # fmt: skip
MINIMUM = {"state_now", "serial", "still_in_use", "aware", "reporter", "outside", "others"}


def procedure(code: str) -> CrisisProcedure:
    found = BOOK.procedure(code, "PT")
    assert found is not None
    return found


def texts_of(language: str) -> dict[tuple[str, str, str], str]:
    return {
        (each.kind, each.code, each.path): each.text
        for each in averdell().texts
        if each.language == language and each.state is TextState.CURRENT
    }


def test_six_procedures_are_written() -> None:
    assert CODES == BOOK.codes()


@pytest.mark.parametrize("code", CODES)
def test_every_field_of_the_record_is_there(code: str) -> None:
    found = procedure(code)

    assert found.title and found.use_when and found.symptom_words and found.owner_role and found.approved_by
    assert 1 <= len(found.not_this) <= 3
    assert found.escalate_if and found.applies_to.classes and found.changes and found.deadlines
    assert found.approved_on < found.review_due and found.legal_checked_by
    assert len(found.do_not_say) >= 3 and len(found.tell) >= 3
    assert len(found.facts) >= 8 and len(found.evidence) >= 3 and found.statements
    assert found.next_steps and found.ends_when and found.ends_by
    assert (5, True) == (found.review_days, len(found.review) >= 3)


@pytest.mark.parametrize("code", CODES)
def test_every_urgent_line_begins_with_a_verb_and_has_at_most_twelve_words(code: str) -> None:
    lines = procedure(code).do_now

    assert 4 <= len(lines) <= 7
    assert [] == [each.text for each in lines if each.text.split()[0] not in VERBS]
    assert [] == [each.text for each in lines if len(each.text.split()) > 12]
    assert [] == [each.text for each in lines if each.text[-1] not in ".?"]


@pytest.mark.parametrize("code", ["CP-01", "CP-04", "CP-06"])
def test_people_come_first_and_the_emergency_number_within_two_lines(code: str) -> None:
    lines = procedure(code).do_now

    assert lines[0].text.startswith("Ask") and lines[0].memory
    assert "{emergency}" in lines[1].text and lines[1].critical
    assert any("duty lead" in each.text for each in lines)


@pytest.mark.parametrize("code", CODES)
def test_what_must_not_be_said_has_a_reason_and_other_words(code: str) -> None:
    for each in procedure(code).do_not_say:
        assert each.text and each.why and each.say_instead.startswith('"')


@pytest.mark.parametrize("code", CODES)
def test_people_are_told_in_order_and_somebody_decides(code: str) -> None:
    tell = procedure(code).tell

    assert all(each.why for each in tell)
    assert tell[0].decides and tell[0].wait_minutes
    assert all(BOOK.reach(each.contact, market) for each in tell for market in MARKETS)


def test_facts_about_health_are_marked_and_who_knew_first_is_always_asked() -> None:
    for code in CODES:
        facts = {each.code: each for each in procedure(code).facts}
        assert facts["aware"].needed is Needed.FIRST_CALL
    people = {each.code: each for each in procedure("CP-01").facts}
    assert {*MINIMUM} <= people.keys()
    assert Privacy.HEALTH is people["state_now"].privacy
    assert 16 == len(procedure("CP-04").facts)


@pytest.mark.parametrize("market", MARKETS)
def test_every_limit_of_a_market_has_source_day_and_mark(market: str) -> None:
    limits = [each for each in BOOK.limits.values() if market in each.markets]

    assert len(limits) >= 5
    for each in limits:
        assert each.source and each.checked_by and each.regime and each.trigger and each.duty and each.channel
        assert date(2026, 1, 1) <= each.checked_on < each.review_due
        assert (each.amount > 0) == (each.unit in COUNTED)
        if each.unit is Unit.UNKNOWN:
            assert "Time limit not known, report at once" == each.time
            assert Mark.REMEMBERED is each.mark


def test_corrections_of_the_law_are_in_the_limits() -> None:
    days = {code: (each.amount, each.unit) for code, each in BOOK.limits.items()}

    assert (3, 15, 30) == tuple(days[f"CN-COSMETIC-{number}"][0] for number in (3, 15, 30))
    assert (20, Unit.CALENDAR_DAYS) == days["EU-COSMETIC-23"]
    assert "responsible person" in BOOK.limits["EU-GPSR-20"].duty
    assert (8, Unit.ELAPSED_HOURS) == days["US-OSHA-DEATH"]
    assert Unit.UNKNOWN is BOOK.limits["WORK-OTHER"].unit
    assert "seller" in BOOK.limits["CN-COSMETIC-15"].duty


@pytest.mark.parametrize("language", ["en", "pt-PT", "pt-BR", "ar", "zh-Hans"])
def test_no_statement_holds_a_banned_word(language: str) -> None:
    known = texts_of(language)
    banned = [each.strip() for each in known["handbook", "HANDBOOK", "banned_words"].split(";")]
    statements = [text for (_, _, path), text in known.items() if re.fullmatch(r"statements/\w+/text", path)]

    assert len(banned) > 10 and len(statements) >= (12 if language == "en" else 4)
    assert [] == [(word, text) for text in statements for word in banned if word.casefold() in text.casefold()]


@pytest.mark.parametrize("language", WRITTEN)
def test_the_written_procedures_and_everything_around_them_are_translated_whole(language: str) -> None:
    english, other = texts_of("en"), texts_of(language)
    wanted = {
        key for key in english
        if key[0] in ("handbook", "symptom_tile", "crisis_contact", "crisis_market", "market")
        or key[:2] == ("labels", "HANDBOOK") or (key[0] == "crisis_procedure" and key[1] in WRITTEN[language])
    }  # fmt: skip

    assert len(wanted) > 300
    assert [] == sorted(wanted - other.keys())


@pytest.mark.parametrize(
    ("language", "market"),
    [("pt-PT", "PT"), ("pt-BR", "BR"), ("ar", "SA"), ("ar", "PT"), ("ar", "US"), ("zh-Hans", "CN")],
)
def test_limits_of_the_translated_pages_are_translated_for_the_market_of_the_language(
    language: str, market: str
) -> None:
    other = texts_of(language)

    for code in WRITTEN[language]:
        here = [each for each in procedure(code).deadlines if market in BOOK.limits[each].markets]
        assert [] == [each for each in here if ("deadline_rule", each, "time") not in other]


@pytest.mark.parametrize("language", WRITTEN)
def test_urgent_lines_stay_short_in_every_language(language: str) -> None:
    spoken = texts_of(language)
    written = {code for kind, code, _ in spoken if kind == "crisis_procedure"}
    urgent = [key for key in texts_of("en") if re.fullmatch(r"do_now/\w+/text", key[2]) and key[1] in written]
    lines = [spoken[key] for key in urgent]

    assert sum(len(procedure(code).do_now) for code in WRITTEN[language]) == len(lines)
    assert [] == [each for each in lines if len(each.split()) > 14 or len(each) > 90]


def test_numbers_of_a_translation_are_those_of_the_english() -> None:
    english = texts_of("en")
    for language in ("pt-PT", "pt-BR", "ar", "zh-Hans"):
        for key, text in texts_of(language).items():
            if key[0] in ("deadline_rule", "crisis_procedure") and "words" not in key[2]:
                numbers = {int(each) for each in re.findall(r"\d+", english[key])}
                assert numbers <= {int(each) for each in re.findall(r"\d+", text)} or language == "zh-Hans", key


def test_tiles_are_twelve_with_an_icon_that_exists_and_lead_to_written_procedures() -> None:
    icons = FOLDER.parent / "icons"

    assert list(range(1, 13)) == [each.rank for each in BOOK.tiles]
    assert all((icons / f"{each.icon}.svg").is_file() for each in BOOK.tiles)
    assert {each.leads_to for each in BOOK.tiles} <= set(CODES)
    assert 6 == sum(1 for each in BOOK.tiles if each.not_written)


def broken(change: tuple[str, str]) -> list[str]:
    old, new = change[0].encode(), change[1].encode()
    files = {
        path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for path in FOLDER.rglob("*.yaml")
        if not path.relative_to(FOLDER).as_posix().startswith("texts/")
    }
    files["handbook/CP-01.yaml"] = files["handbook/CP-01.yaml"].replace(old, new)
    for name in ("handbook/deadlines.yaml", "handbook/labels.yaml", "handbook/handbook.yaml"):
        files[name] = files[name].replace(old, new)
    return [told(each) for each in mistakes_of(files)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("Tell them: leave the machine", "Tell them kindly and slowly to please leave the machine"), "at most"),
        (("before: power_off", "before: nowhere"), "no such urgent line"),
        (("go_to: CP-04", "go_to: CP-44"), "There is no crisis_procedure CP-44"),
        (("[OWN-S1, OWN-S2,", "[OWN-S1, OWN-S9,"), "There is no deadline_rule OWN-S9"),
        (("    unit: unknown\n", "    unit: unknown\n    amount: 3\n"), '"amount" belongs'),
        (('time: "Within 8 hours"', 'time: "Within nine hours"'), "Make them agree"),
        (("{code: do_now,", "{code: do_later,"), 'The sentence "do_now" is missing'),
        (("kind: labels", "kind: label"), "Write one of"),
        (("duty: duty_lead", "duty: nobody"), "There is no crisis_contact nobody"),
    ],
)  # fmt: skip
def test_mistakes_of_an_author_are_named(change: tuple[str, str], words: str) -> None:
    assert any(words.replace("at most", "{count} words") in each or words in each for each in broken(change))


@pytest.mark.parametrize(("name", "kind"), [("handbook", "handbook"), ("labels", "labels")])
def test_procedures_without_the_rest_of_the_handbook_are_refused(name: str, kind: str) -> None:
    files = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in FOLDER.rglob("*.yaml")}
    files = {path: data for path, data in files.items() if not path.startswith("texts/")}
    del files[f"handbook/{name}.yaml"]

    assert any(f"There is no {kind} HANDBOOK in this pack." in told(each) for each in mistakes_of(files))


FIGURES = re.compile(r"(?<![A-Za-z0-9./+-])[0-9]+(?![A-Za-z0-9/-])")


def test_arabic_handbook_writes_every_number_in_one_kind_of_figures(tmp_path: Path) -> None:
    """Telephone numbers stay Latin; codes and laws too."""
    made = reader(tmp_path, "ar", "SA")

    for page in made.all_procedures(LATER):
        if page.english:
            continue
        texts = _texts_of(page)
        phones = {each.phone for each in page.tell} | {number for number, _ in page.emergency}
        bare = [text for text in texts if FIGURES.search(_without(text, phones))]
        assert [] == bare, page.code


def _texts_of(thing: Any) -> list[str]:
    if isinstance(thing, str):
        return [thing]
    if is_dataclass(thing):
        left = ("heads", "digits", "code", "market", "language", "zone", "hours", "source")
        return [
            text for each in fields(thing) if each.name not in left for text in _texts_of(getattr(thing, each.name))
        ]
    return [text for each in thing for text in _texts_of(each)] if isinstance(thing, tuple) else []


def _without(text: str, phones: set[str]) -> str:
    for each in phones - {""}:
        text = text.replace(each, "")
    return re.sub(r"UTC[+-]?[0-9]*", "", text)


@pytest.mark.parametrize(("to", "wrong"), [("خلال 4 ساعات", True), ("خلال ٤ ساعات", False), ("+64 3 555 CP-01", False)])
def test_latin_figures_in_the_arabic_handbook_are_a_mistake_with_its_line(to: str, wrong: bool) -> None:
    files = read_files(AVERDELL, findings=Findings())
    name = "texts/ar/handbook/labels.yaml"
    files[name] = files[name].decode().replace("خلال ٤ ساعات", to).encode()

    mistakes = mistakes_of(files)

    assert wrong is bool(mistakes)
    assert all(each.file == name for each in mistakes)


def test_latin_figures_in_an_arabic_procedure_are_a_mistake_too_and_codes_are_none() -> None:
    files = read_files(AVERDELL, findings=Findings())
    name = "texts/ar/SOP-05.yaml"
    before = files[name].decode()
    assert "PR-2612" in before and not mistakes_of(files)

    files[name] = before.replace("وانتظر ١٠ دقائق", "وانتظر 10 دقائق").encode()

    assert [name] == list({each.file for each in mistakes_of(files)})
