"""The Danish of the crisis handbook: whole, short where it is read aloud, found by words typed in fear."""

import re
from pathlib import Path

import pytest

from app.content.items import TextState
from tests.content.sample import averdell
from tests.handbook.test_search import found

KINDS = ("crisis_", "symptom_tile", "deadline_rule", "handbook", "market")
SAID = [
    ("brændt hånd damp", "burnt"), ("hun har brændt sig", "burnt"), ("braendt", "burnt"), ("skoldet", "burnt"),
    ("den eksploderede", "burnt"), ("varmt vand i ansigtet", "burnt"), ("han bløder", "burnt"),
    ("kedlen sprang i luften", "burnt"), ("fik den over foden", "burnt"), ("skåret fingeren på kværnen", "burnt"),
    ("mit barn drak vandet", "ill"), ("min søn har drukket afkalker", "ill"), ("hun kaster op", "ill"),
    ("gæst er dårlig efter kaffe", "ill"), ("smager af kemi", "ill"), ("ondt i brystet", "ill"),
    ("hun kan ikke trække vejret", "allergy"), ("kan ik få luft", "allergy"), ("alergisk", "allergy"),
    ("creme, hævet ansigt", "allergy"), ("læberne hæver", "allergy"), ("udslæt over det hele", "allergy"),
    ("det brænder", "fire"), ("der ryger", "fire"), ("fik stød af maskinen", "fire"), ("lugter af gas", "fire"),
    ("vand over det hele", "fire"), ("strømmen gik da jeg tændte", "fire"), ("politiet er her", "death"),
    ("han trækker ikke vejret", "death"), ("tv-journalist", "death"), ("bombetrussel", "death"),
    ("journalist ringer", "storm"), ("alle deler en video", "storm"), ("kasserne er våde", "damaged"),
    ("pallen er væltet", "damaged"), ("fødevarestyrelsen er her", "authority"), ("vi har fået en bøde", "authority"),
    ("tilbagekaldelse", "recall"), ("tolden holder containeren", "border"), ("kopivare", "fake"),
    ("gået i stykker igen", "again"), ("she cant breathe", "allergy"),
]  # fmt: skip


def texts(language: str = "da") -> dict[tuple[str, str, str], str]:
    return {
        (each.kind, each.code, each.path): each.text
        for each in averdell().texts
        if each.language == language and each.state is TextState.CURRENT
    }


def test_the_handbook_is_translated_whole() -> None:
    wanted = [key for key in texts("en") if key[0].startswith(KINDS) or key[1] == "HANDBOOK"]

    assert len(wanted) > 800
    assert [] == [key for key in wanted if key not in texts()]


def test_urgent_lines_have_at_most_twelve_words() -> None:
    lines = [text for (_, _, path), text in texts().items() if re.fullmatch(r"do_now/\w+/text", path)]

    assert 42 == len(lines)
    assert [] == [each for each in lines if len(each.split()) > 12]


def test_no_statement_holds_a_banned_word() -> None:
    known = texts()
    banned = [each.strip() for each in known["handbook", "HANDBOOK", "banned_words"].split(";")]
    statements = [text for (_, _, path), text in known.items() if re.fullmatch(r"statements/\w+/text", path)]

    assert len(banned) > 10 and len(statements) >= 12
    assert [] == [(word, text) for text in statements for word in banned if word.casefold() in text.casefold()]


def test_numbers_are_those_of_the_english() -> None:
    english, numbers = texts("en"), re.compile(r"\d+")
    kinds = ("crisis_procedure", "deadline_rule", "procedure", "form", "faq")
    own = {key: text for key, text in texts().items() if key[0] in kinds and "words" not in key[2]}

    assert len(own) > 1000
    assert [] == [
        key
        for key, text in own.items()
        if sorted(numbers.findall(english[key].replace("10 000", "10.000"))) != sorted(numbers.findall(text))
    ]


@pytest.mark.parametrize(("said", "tile"), SAID)
def test_words_typed_in_fear_lead_to_the_symptom_within_two(tmp_path: Path, said: str, tile: str) -> None:
    hits = [each.code for each in found(tmp_path, said, "da")]

    assert tile in hits[:2]
    assert len(hits) < 12  # all of them are shown where nothing fits
