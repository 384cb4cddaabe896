"""`handbook` on the command line: without a store, a key or Qt."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.commands.calling import Exit
from app.commands.line import run
from app.store.profile import Profile, create_profile, create_sample
from tests.handbook.shelves import filled

ROOT = Path(__file__).resolve().parents[2]


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = run(words)
    return code, capsys.readouterr().out


@pytest.fixture
def profile(tmp_path: Path) -> str:
    filled(tmp_path)
    return str(tmp_path)


def test_symptoms_come_with_the_numbers_first(profile: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = said(capsys, "--profile", profile, "--sample", "handbook")

    assert 0 == code
    assert out.index("112") < out.index("CP-01  Someone burnt")
    assert "There is no procedure for fire" in out


@pytest.mark.parametrize(
    ("language", "market", "words"),
    [
        ("en", "US", "911"),
        ("pt-PT", "PT", "FAÇA JÁ"),
        ("pt-BR", "BR", "chamado"),
        ("ar", "SA", "افعل الآن"),
        ("zh-Hans", "CN", "立即做"),
    ],
)
def test_a_procedure_is_printed_in_its_language(
    profile: str, capsys: pytest.CaptureFixture[str], language: str, market: str, words: str
) -> None:
    where = ("--profile", profile, "--sample", "--language", language)

    code, out = said(capsys, *where, "handbook", "cp-04", "--market", market.lower())

    assert 0 == code
    assert words in out
    assert "+64 3 555 0142" in out


def test_json_holds_what_a_program_needs(profile: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = said(capsys, "--profile", profile, "--sample", "--json", "handbook", "CP-01", "--market", "BR")

    told = json.loads(out)
    assert (0, "CP-01", "BR", "192") == (code, told["code"], told["market"], told["emergency"][0]["number"])
    assert 7 == len(told["do_now"])
    assert {"role", "phone", "time_there", "now"} <= told["tell"][0].keys()


@pytest.mark.parametrize("words", [("CP-09",), ("CP-01", "--market", "XX")])
def test_unknown_code_or_market_is_bad_input(profile: str, words: tuple[str, ...]) -> None:
    assert Exit.BAD_INPUT == run(["--profile", profile, "--sample", "handbook", *words])


def test_profile_without_a_handbook_says_so(tmp_path: Path) -> None:
    assert Exit.BAD_INPUT == run(["--profile", str(tmp_path), "handbook"])


@pytest.mark.parametrize("harm", ["keys", "store", "other key"])
def test_it_opens_when_store_or_key_do_not(tmp_path: Path, capsys: pytest.CaptureFixture[str], harm: str) -> None:
    place = Profile(tmp_path / "desk")
    if harm == "other key":
        create_profile(place.folder, passphrase="four words of mine", key_store=False)
    else:
        create_sample(place.folder)
    filled(place.folder)
    place.store.write_bytes(b"not a store at all" * 300)
    if harm == "keys":
        place.keys.write_bytes(b"{")

    code, out = said(capsys, "--profile", str(place.folder), "handbook", "CP-04", "--market", "PT")

    assert (0, True) == (code, "+45 55 50 01 77" in out)


def test_qt_is_not_loaded() -> None:
    code = "import sys, app.commands.handbook, app.handbook.shelf; print('PySide6' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert "False" == told.stdout.strip()


@pytest.mark.parametrize(("code", "pages"), [((), 13), (("cp-04",), 2)])
def test_a_paper_is_written_as_a_file_all_or_one(
    profile: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], code: tuple[str, ...], pages: int
) -> None:
    target = tmp_path / "book.pdf"

    ended, _ = said(capsys, "--profile", profile, "--sample", "handbook", *code, "--market", "US", "--out", str(target))

    assert 0 == ended
    assert pages <= len(PdfReader(target).pages)


@pytest.mark.parametrize("words", [("--out", "/no/such/folder/a.pdf"), ("cp-99", "--out", "a.pdf")])
def test_a_paper_that_cannot_be_written_is_a_sentence(
    profile: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    code, _ = said(capsys, "--profile", profile, "--sample", "handbook", *words)

    assert Exit.BAD_INPUT == code
