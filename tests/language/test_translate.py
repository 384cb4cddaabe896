import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.language import translate
from app.language.languages import LANGUAGES, language_of

Speaks = Callable[..., None]


def test_text_without_a_catalogue_stays_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translate, "CATALOGUES", tmp_path)

    assert "Save" == translate.translate("Save", "ar")
    assert "2 parts" == translate.translate_count("1 part", "2 parts", 2, "ar")


def test_text_missing_in_a_catalogue_stays_english(arabic: Speaks) -> None:
    arabic(("Save", "حفظ"))

    assert "حفظ" == translate.translate("Save", "ar")
    assert "Open" == translate.translate("Open", "ar")
    assert "" == translate.translate("", "ar")


@pytest.mark.parametrize(("count", "form"), [(0, "z"), (1, "o"), (2, "t"), (5, "f"), (11, "m"), (100, "h")])
def test_all_six_arabic_plural_forms_are_told_apart(arabic: Speaks, count: int, form: str) -> None:
    arabic((("part", "parts"), ("z", "o", "t", "f", "m", "h")))

    assert form == translate.translate_count("part", "parts", count, "ar")


def test_language_is_switched_for_the_process(arabic: Speaks) -> None:
    arabic(("Save", "حفظ"))

    assert "ar" == translate.use("ar-EG")
    assert ("حفظ", "rtl") == (translate.translate("Save"), translate.direction())
    assert "en" == translate.use("xx")
    assert ("Save", "ltr") == (translate.translate("Save"), translate.direction())


@pytest.mark.parametrize("damage", [b"", b"no catalogue", b"\xde\x12\x04\x95" + b"\xff" * 40])
def test_damaged_catalogue_gives_way_to_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, damage: bytes
) -> None:
    file = tmp_path / "ar" / "LC_MESSAGES" / "aftercare.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(damage)
    monkeypatch.setattr(translate, "CATALOGUES", tmp_path)

    with caplog.at_level(logging.WARNING):
        spoken = translate.translate("Save", "ar")

    assert "Save" == spoken
    assert ["WARNING"] == [record.levelname for record in caplog.records]
    caplog.clear()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ar", "ar"),
        ("ar_SA.UTF-8", "ar"),
        ("pt_BR.UTF-8", "pt-BR"),
        ("pt-AO", "pt-PT"),
        ("pt", "pt-PT"),
        ("en-US", "en"),
        ("zh_CN", "zh-Hans"),
        ("C", "en"),
        ("", "en"),
    ],
)
def test_nearest_spoken_language_is_found(asked: str, found: str) -> None:
    assert found == language_of(asked).code


def test_every_language_names_itself_and_has_ten_digits() -> None:
    assert len(LANGUAGES) == len({language.own_name for language in LANGUAGES})
    assert {10} == {len(set(language.digits)) for language in LANGUAGES}


def test_translating_and_small_numbers_need_no_babel() -> None:
    code = (
        "import sys; from app.language.speaking import tr, trn; from app.language.translate import use; use('ar')\n"
        "tr('{a} of {b}', a='x', b=7), trn('{count} part', '{count} parts', 3); print('babel' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "False\n" == done.stdout
