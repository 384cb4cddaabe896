"""Handing a paper to the printing system: what is said when it is not taken."""

from pathlib import Path

import pytest

from app.kernel.errors import UserError
from app.language.speaking import speak
from app.workflows.printing import print_file


def answering(folder: Path, says: str, code: int) -> str:
    """A printing system that says this, and the folder it stands in."""
    command = folder / "lp"
    command.write_text(f'#!/bin/sh\ncat > "{folder}/got"\necho "{says}" >&2\nexit {code}\n', encoding="utf-8")
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


def test_the_printing_system_gets_the_very_bytes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", answering(tmp_path, "request id is desk-1", 0), prepend=":")

    print_file(b"%PDF-1.7", title="F-02")

    assert b"%PDF-1.7" == (tmp_path / "got").read_bytes()
