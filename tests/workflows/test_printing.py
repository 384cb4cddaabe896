"""Handing a paper to the printing system: what is said when it is not taken."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.kernel.errors import BugError, Trouble, UserError
from app.language.speaking import speak
from app.store.bases import Setting
from app.store.sessions import ThreadStore
from app.store.work import Work
from app.workflows.plain_papers import market_paper, recovery_page, trial_page
from app.workflows.printing import PrinterChoice, PrinterWay, choose_printer, print_file, printer_choice, printers
from tests.stores import EVERYTHING


def answering(folder: Path, says: str, code: int) -> str:
    """A printing system that says this, and the folder it stands in."""
    command = folder / "lp"
    command.write_text(
        f'#!/bin/sh\ncat > "{folder}/got"\necho "$@" > "{folder}/words"\necho "{says}" >&2\nexit {code}\n',
        encoding="utf-8",
    )
    command.chmod(0o755)
    return str(folder)


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ("lp: Error - No default destination.", "No printer is chosen on this computer."),
        ("lp: The printer or class does not exist.", "The printer did not take the form."),
    ],
)
def test_a_missing_printer_is_told_from_one_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, says: str, expected: str
) -> None:
    monkeypatch.setenv("PATH", answering(tmp_path, says, 1), prepend=":")

    with pytest.raises(UserError) as failed:
        print_file(b"%PDF-1.7", title="F-02")

    assert speak(failed.value.message, "en").startswith(expected)
    assert "printer" == failed.value.field


def test_the_printing_system_gets_the_very_bytes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", answering(tmp_path, "request id is desk-1", 0), prepend=":")

    print_file(b"%PDF-1.7", title="F-02")

    assert b"%PDF-1.7" == (tmp_path / "got").read_bytes()


def test_a_chosen_printer_and_size_are_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", answering(tmp_path, "", 0), prepend=":")

    print_file(b"%PDF-1.7", title="F-02", to=PrinterChoice(PrinterWay.NAMED, "Bench", "A4"))

    words = (tmp_path / "words").read_text(encoding="utf-8").split()
    assert ["-d", "Bench", "-o", "media=A4", "-o", "fit-to-page"] == words[:6]


@pytest.mark.parametrize("says", ["lp: The printer or class does not exist.", 'lp: Unknown destination "Bench"!'])
def test_a_printer_that_is_gone_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, says: str) -> None:
    monkeypatch.setenv("PATH", answering(tmp_path, says.replace('"', "'"), 1), prepend=":")

    with pytest.raises(UserError) as failed:
        print_file(b"%PDF-1.7", title="F-02", to=PrinterChoice(PrinterWay.NAMED, "Bench"))

    assert (Trouble.MISSING, "printer") == (failed.value.kind, failed.value.field)
    assert "Bench" in speak(failed.value.message, "en")


def test_the_printers_are_those_that_the_printing_system_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    listing = tmp_path / "lpstat"
    listing.write_text("#!/bin/sh\n[ $1 = -e ] && printf 'Office\\nBench\\n'\n", encoding="utf-8")
    listing.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert ("Office", "Bench") == printers()
    listing.unlink()
    assert () == printers()


def keep(work: Work, value: object) -> None:
    work.session.merge(Setting(name="printer", value=value))


def test_a_choice_is_kept_and_gives_back_the_one_before(desk_store: ThreadStore) -> None:
    bench = PrinterChoice(PrinterWay.NAMED, "Bench", "Letter")

    before = desk_store.write(EVERYTHING, choose_printer, (bench,)).result

    assert (PrinterChoice(), bench) == (before, desk_store.read(printer_choice))
    with pytest.raises(BugError):
        desk_store.write(EVERYTHING, choose_printer, (PrinterChoice(paper="A0"),))


@pytest.mark.parametrize("kept", [7, "Bench", {"way": "by mail"}, {"way": "named"}, {"way": "system", "paper": "A0"}])
def test_what_cannot_be_read_is_as_the_system_has_it(desk_store: ThreadStore, kept: object) -> None:
    desk_store.write(EVERYTHING, keep, (kept,))

    assert PrinterChoice() == desk_store.read(printer_choice)


@pytest.mark.parametrize(("paper", "width"), [("A4", 595), ("Letter", 612), ("", 595)])
def test_the_test_page_has_the_size_that_was_chosen(desk_store: ThreadStore, paper: str, width: int) -> None:
    desk_store.write(EVERYTHING, choose_printer, (PrinterChoice(paper=paper),))

    page = PdfReader(BytesIO(desk_store.read(trial_page, ("en",)))).pages[0]

    assert width == int(page.mediabox.width)
    assert "If you can read this" in " ".join(page.extract_text().split())
    assert "A4" == desk_store.read(market_paper)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_recovery_key_is_on_its_page_from_left_to_right(desk_store: ThreadStore, language: str) -> None:
    key = "AGE-SECRET-KEY-1QQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQQPZRY9X8GF2TVDW0S3JN54KHCE6M"

    page = PdfReader(BytesIO(desk_store.read(recovery_page, (key, language)))).pages[0]

    assert key in "".join(page.extract_text().split())
