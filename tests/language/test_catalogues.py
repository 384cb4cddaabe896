"""The committed catalogues say all that the product says, and nothing else; `start.py translate` renews them."""

import re

import pytest

from app.language.isolates import without_controls
from app.language.languages import LANGUAGES, SOURCE
from tests.language import catalogues

FOREIGN = [language for language in LANGUAGES if language != SOURCE]
RIGHT_TO_LEFT = [language.code for language in FOREIGN if language.right_to_left]
LATIN = re.compile(r"[A-Za-z]{2,}")
ENDS = {".": ".", "?": "؟", "!": "!", ":": ":", "…": "…"}


def test_every_text_is_translated_and_compiled_and_none_is_stale() -> None:
    assert [] == catalogues.problems()


@pytest.mark.parametrize("language", [language.code for language in FOREIGN])
def test_translations_hold_no_direction_marks(language: str) -> None:
    assert [] == [text for text in targets(language) if without_controls(text) != text]


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_latin_words_of_a_translation_stand_in_its_source(language: str) -> None:
    found = {
        (text, word)
        for source, target in catalogues.translated(language)
        for text in target
        for word in LATIN.findall(text)
        if all(word not in each for each in source)
    }

    assert set() == found


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_sentence_ends_as_its_source_does(language: str) -> None:
    found = [
        text
        for source, target in catalogues.translated(language)
        for text in target
        if ENDS.get(source[-1].rstrip()[-1:], "") != (text.rstrip()[-1:] if text.rstrip()[-1:] in ENDS.values() else "")
    ]

    assert [] == found


def test_arabic_has_its_own_comma_semicolon_and_question_mark() -> None:
    latin = re.compile(r"(?<=[\u0600-\u06ff])[,;?]")

    assert [] == [text for text in targets("ar") if latin.search(text)]


def targets(language: str) -> list[str]:
    """Every form of every translation."""
    return [text for _, target in catalogues.translated(language) for text in target]
