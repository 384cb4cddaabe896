from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from ui.widgets import folders
from ui.widgets.folders import DOCUMENTS, PICTURES, begin_in, ended_at


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "_last", {})


def test_a_dialog_begins_in_the_person_s_own_folder() -> None:
    assert QStandardPaths.writableLocation(PICTURES) == begin_in(PICTURES)
    assert str(Path(QStandardPaths.writableLocation(DOCUMENTS)) / "form.pdf") == begin_in(DOCUMENTS, "form.pdf")


def test_the_next_dialog_begins_where_the_last_one_ended(tmp_path: Path) -> None:
    ended_at(DOCUMENTS, str(tmp_path / "form.pdf"))
    ended_at(DOCUMENTS, "")

    assert str(tmp_path / "next.pdf") == begin_in(DOCUMENTS, "next.pdf")
    assert QStandardPaths.writableLocation(PICTURES) == begin_in(PICTURES)


def test_a_folder_that_is_gone_is_not_asked_for_again(tmp_path: Path) -> None:
    ended_at(DOCUMENTS, str(tmp_path / "gone" / "form.pdf"))

    assert QStandardPaths.writableLocation(DOCUMENTS) == begin_in(DOCUMENTS)
