"""The tool behind `python3 start.py translate`, on a small tree of its own."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.language.languages import SOURCE as SOURCE_LANGUAGE
from app.language.languages import language_of
from tests.language import catalogues

SOURCE = (
    'A = say("Save")\nB = say_count("{count} part of {whole}", "{count} parts of {whole}", n)\nC = other("Loose")\n'
)


@pytest.fixture(autouse=True)
def _arabic_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "LANGUAGES", (SOURCE_LANGUAGE, language_of("ar")))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "texts.py").write_text(SOURCE, encoding="utf-8")
    catalogues.renew(tmp_path)
    return tmp_path


def po_of(tree: Path) -> Path:
    return tree / "translations" / "ar" / "LC_MESSAGES" / "aftercare.po"


def translated(tree: Path, save: str = "حفظ", form: str = "{count} من {whole}") -> Path:
    """The tree with every entry translated, one of them as told, and compiled."""
    text = po_of(tree).read_text(encoding="utf-8")
    forms = "".join(f'msgstr[{n}] "{form if n == 5 else "من {whole}"}"\n' for n in range(6))
    head, plural = text.split('msgid_plural "{count} parts of {whole}"\n')
    rest = plural[plural.index("\n\n") + 1 :]
    text = f'{head}msgid_plural "{{count}} parts of {{whole}}"\n{forms}{rest}'
    text = text.replace('msgid "Save"\nmsgstr ""', f'msgid "Save"\nmsgstr "{save}"')
    po_of(tree).write_text(text, encoding="utf-8")
    catalogues.renew(tree)
    return tree


def test_wrapped_texts_are_collected_and_others_are_not(tree: Path) -> None:
    found = {message.id for message in catalogues.collected(tree) if message.id}

    assert {"Save", ("{count} part of {whole}", "{count} parts of {whole}")} == found


def test_whole_catalogue_has_no_problem(tree: Path) -> None:
    assert [] == catalogues.problems(translated(tree))


def test_second_renewal_changes_nothing(tree: Path) -> None:
    translated(tree)
    files = [file for file in tree.rglob("aftercare.*") if file.is_file()]
    before = [file.read_bytes() for file in files]

    catalogues.renew(tree)

    assert before == [file.read_bytes() for file in files]
    assert 3 == len(files)


def test_compiled_catalogue_does_not_tell_when_it_was_made(tree: Path) -> None:
    compiled = po_of(translated(tree)).with_suffix(".mo").read_bytes()

    assert str(datetime.now(UTC).date()).encode() not in compiled


def test_text_without_translation_is_a_problem(tree: Path) -> None:
    assert ["ar: not translated: 'Save'"] == [each for each in catalogues.problems(tree) if "Save" in each]


def test_new_text_is_missing_and_a_dropped_one_is_stale(tree: Path) -> None:
    translated(tree)
    (tree / "app" / "texts.py").write_text(SOURCE.replace("Save", "Keep"), encoding="utf-8")

    assert ["ar: missing: 'Keep'", "ar: stale: 'Save'"] == catalogues.problems(tree)


@pytest.mark.parametrize("form", ["{cuont} من {whole}", "{count} من", "{count} من {whole} {more}"])
def test_braces_that_differ_are_a_problem(tree: Path, form: str) -> None:
    assert ["ar: braces differ"] == [each[:17] for each in catalogues.problems(translated(tree, form=form))]


def test_fuzzy_entry_is_a_problem_and_is_not_compiled(tree: Path) -> None:
    file = po_of(translated(tree))
    file.write_text(
        file.read_text(encoding="utf-8").replace('\nmsgid "Save"', '\n#, fuzzy\nmsgid "Save"'), encoding="utf-8"
    )

    catalogues.renew(tree)

    assert ["ar: fuzzy: 'Save'"] == catalogues.problems(tree)
    assert "حفظ".encode() not in file.with_suffix(".mo").read_bytes()


def test_compiled_catalogue_of_another_text_is_a_problem(tree: Path) -> None:
    file = po_of(translated(tree))
    file.write_text(file.read_text(encoding="utf-8").replace("حفظ", "احفظ"), encoding="utf-8")

    assert ["ar: the compiled catalogue is not that of the text"] == catalogues.problems(tree)


def test_missing_catalogue_is_a_problem(tmp_path: Path) -> None:
    assert ["ar: no catalogue"] == catalogues.problems(tmp_path)
