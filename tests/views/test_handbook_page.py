"""Who is awake now, in the language of the page, also where the program itself does not speak it."""

import re
from pathlib import Path

import pytest

from app.handbook.place import shelf_of
from app.kernel.instants import Instant
from app.views.handbook_page import HandbookReader, open_reader

MONDAY_NOON = Instant(1_795_608_000_000_000)  # 2026-11-25 12:00 UTC: day in Lisbon, night in Nelson
LANGUAGES = ("en", "pt-PT", "pt-BR", "ar", "zh-Hans")


def reader(folder: Path, language: str) -> HandbookReader:
    return open_reader(shelf_of(folder, sample=True), language=language)


def sentences(folder: Path, language: str) -> list[str]:
    page = reader(folder, language).procedure("CP-01", MONDAY_NOON)
    return [each.awake.sentence for each in page.tell]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_how_it_is_there_is_said_in_the_language_of_the_page(tmp_path: Path, language: str) -> None:
    english, spoken = sentences(tmp_path, "en"), sentences(tmp_path, language)

    assert len(english) == len(spoken) > 2
    assert [] == [said for said, other in zip(english, spoken, strict=True) if said == other]
    assert [] == [each for each in spoken if "{" in each or "office" in each or "hour" in each]


def test_times_in_portuguese_are_of_24_hours(tmp_path: Path) -> None:
    open_ones = [each for each in sentences(tmp_path, "pt-PT") if "aberto" in each or "abre" in each]

    assert open_ones
    assert all(re.search(r"\b\d\d:\d\d\b", each) for each in open_ones)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_procedure_has_its_words_around_it_in_each_language(tmp_path: Path, language: str) -> None:
    page = reader(tmp_path, language).procedure("CP-04", MONDAY_NOON)

    assert page.spoken.heads["not_saved"]
    assert ("Ticks are not saved" == page.spoken.heads["not_saved"]) is (language == "en")
