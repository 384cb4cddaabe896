"""The text in the reader's language, or openly in another."""

import pytest

from app.catalog.words import Spoken, Words, words_of
from app.content.items import Item, ItemText, TextState, text_hash
from app.content.loading import read_items
from app.kernel.errors import BugError
from tests.content.sample import catalog, small_files


def words(**files: bytes) -> Words:
    return words_of(*read_items({**small_files(), **{f"{name}.yaml": data for name, data in files.items()}}))


def test_text_comes_in_the_language_asked_for() -> None:
    found = catalog().text("procedure", "SOP-05", "steps/isolate/text", "ar")

    assert ("ar", False) == (found.language, found.is_fallback("ar"))
    assert found.text.startswith("أطفئ المفتاح الرئيسي")


@pytest.mark.parametrize("asked", ["ar-SA", "ar-Arab-SA"])
def test_regional_form_reads_its_parent(asked: str) -> None:
    found = catalog().text("part", "AV-C-1204-R", "name", asked)

    assert ("ar", False) == (found.language, found.is_fallback(asked))


def test_language_without_translation_reads_english_and_says_so() -> None:
    found = catalog().name("part", "AV-C-1204-R", "da")

    assert Spoken("Relief valve, 1.8 bar", "en") == found
    assert found.is_fallback("da")


def test_english_of_any_region_is_no_fallback() -> None:
    assert not catalog().name("model", "FD2", "en-US").is_fallback("en-US")


def test_stale_translation_is_given_and_marked() -> None:
    files = {"assemblies": small_files()["assemblies.yaml"].replace(b"Boilers", b"Heat")}

    found = words(**files).text("assembly", "C", "name", "ar")

    assert Spoken("الغلايات", "ar", TextState.STALE) == found


def test_stale_translation_is_never_given_where_a_wrong_word_may_hurt() -> None:
    files = {"assemblies": small_files()["assemblies.yaml"].replace(b"Boilers", b"Heat")}

    found = words(**files).text("assembly", "C", "name", "ar", safe=True)

    assert Spoken("Heat", "en") == found


def test_newest_version_is_read_unless_another_is_named() -> None:
    newer = small_files()["assemblies.yaml"].replace(b"version: 1", b"version: 2").replace(b"Boilers", b"Heat")

    both = words(newer=newer)

    assert ("Heat", "Boilers") == (
        both.text("assembly", "C", "name", "en").text,
        both.text("assembly", "C", "name", "en", version=1).text,
    )


def test_missing_translation_falls_back() -> None:
    text = ItemText("part", "X", 1, "ar", "name", "", text_hash("Seal"), TextState.MISSING)
    source = ItemText("part", "X", 1, "en", "name", "Seal", text_hash("Seal"), TextState.CURRENT)

    found = words_of([], [text, source]).text("part", "X", "name", "ar", version=1)

    assert Spoken("Seal", "en") == found


def test_path_that_no_item_has_is_our_own_mistake() -> None:
    with pytest.raises(BugError, match="part AV-C-1204-R version 1 has no text nothing"):
        catalog().text("part", "AV-C-1204-R", "nothing", "en")


def test_language_with_every_text_current_counts_as_complete() -> None:
    assert {"en", "ar", "pt-PT", "pt-BR"} <= catalog().words.languages("form", "F-02", version=1)
    assert {"en", "pt-PT"} == catalog().words.languages("warranty_policy", "WP-PT-CONSUMER", version=1)


def test_words_know_the_newest_version_of_each_item() -> None:
    items: tuple[Item, ...] = read_items(small_files())[0]

    assert {1} == set(words_of(items, []).newest.values())
