"""A translation knows the English that it was made from."""

from app.content.items import ItemText, TextState, text_hash
from app.content.loading import read_items
from tests.content.sample import mistakes_of, small_files, told


def arabic_of(files: dict[str, bytes]) -> list[ItemText]:
    return [text for text in read_items(files)[1] if text.language == "ar"]


def test_translation_of_the_present_english_is_current() -> None:
    [text] = arabic_of(small_files())

    assert ItemText("assembly", "C", 1, "ar", "name", "الغلايات", text_hash("Boilers"), TextState.CURRENT) == text


def test_translation_of_an_earlier_english_is_stale() -> None:
    files = small_files()
    files["assemblies.yaml"] = files["assemblies.yaml"].replace(b"Boilers", b"Boilers and heating")

    [text] = arabic_of(files)

    assert (TextState.STALE, text_hash("Boilers")) == (text.state, text.source_sha256)


def test_text_that_nobody_translated_is_missing() -> None:
    files = small_files()
    files["texts/ar.yaml"] = (
        b"language: ar\ntranslator: t\ntexts:\n  ticket_kind/how_to:\n    name: {from: How to, to: X}\n"
    )

    assert [("name", TextState.CURRENT), ("hint", TextState.MISSING)] == [(t.path, t.state) for t in arabic_of(files)]


def test_every_english_text_comes_with_its_path() -> None:
    english = [text for text in read_items(small_files())[1] if text.language == "en"]

    assert [("assembly", "name", "Boilers"), ("ticket_kind", "name", "How to")] == [
        (text.kind, text.path, text.text) for text in english if text.path == "name"
    ][:2]


def test_translation_with_other_names_in_braces_is_refused() -> None:
    files = small_files()
    files["texts/ar.yaml"] = files["texts/ar.yaml"].replace("الغلايات".encode(), b"{count}")

    assert ["texts/ar.yaml:5: The translation must hold the same names in braces as the English."] == [
        told(each) for each in mistakes_of(files)
    ]


def test_earlier_version_of_an_item_keeps_its_own_texts() -> None:
    files = small_files()
    files["older.yaml"] = files["assemblies.yaml"].replace(b"version: 1", b"version: 2").replace(b"Boilers", b"Heat")

    assert [(1, TextState.CURRENT), (2, TextState.STALE)] == [(t.version, t.state) for t in arabic_of(files)]
