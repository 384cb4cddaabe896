"""The window in Arabic: whatever stands in Latin letters was put there by a person, or is a name, a key or a number."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QWidget

from app.language.languages import LANGUAGES
from tests.ui.conftest import Dress
from tests.ui.real_desk import HOSTILE, RealDesk, up
from ui.shell.frame import Frame

ENTERED = (
    "Rita Figueira",
    "RF",
    "Tiago Moreira",
    "Hotel Foz Velha",
    "Sr. Antunes",
    "No heat on group 2",
    "Cold",
    HOSTILE,
)
NAMES = {"Aftercare", "Moinho", "Atlântico", "PDF", "Python", "Qt", "Linux", "Rita", "https"}
NAMES |= {"Letter", "py", "restore", "start"}  # a size of paper; a command is typed as it stands
NAMES |= {word for language in LANGUAGES for word in re.findall(r"\w+", language.own_name)}
KEYS = {"Ctrl", "Shift", "Alt", "Enter", "Esc", "Return", "Left", "Right", "Tab"}
LATIN = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
NUMBER = re.compile(r"[A-Z]+-\w+|[\w.-]*\d[\w.-]*")  # the desk's tag, serials, ticket numbers, versions, severities


@pytest.mark.parametrize("place", ["today", "tickets", "new_ticket", "units", "parts", "forms", "settings", "exchange"])
def test_page_holds_no_word_that_is_not_translated(place: str, dress: Dress, frame: Frame) -> None:
    dress("light", "ar")

    up(frame, place)

    assert [] == untranslated(frame)


def test_sheet_of_keys_holds_no_word_that_is_not_translated(dress: Dress, frame: Frame, desk: RealDesk) -> None:
    dress("light", "ar")
    up(frame, "tickets")

    frame.help.show_keys()
    desk.settle()

    assert [] == untranslated(frame)


def test_english_window_is_seen_as_such(frame: Frame) -> None:
    up(frame, "settings")

    assert "Settings" in untranslated(frame)


def untranslated(window: QWidget) -> list[str]:
    """Latin words that no person entered and no list allows."""
    return sorted({word for text in _texts(window) for word in LATIN.findall(_bare(text))} - NAMES - KEYS)


def _bare(text: str) -> str:
    for each in ENTERED:
        text = text.replace(each, "")
    return NUMBER.sub("", text)


def _texts(window: QWidget) -> Iterator[str]:
    for widget in [window, *window.findChildren(QWidget)]:
        if not widget.isVisible():
            continue
        yield widget.accessibleName()
        yield widget.toolTip()
        yield from _own(widget)


def _own(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _cells(widget.model())


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    columns = range(model.columnCount(QModelIndex()))
    yield from (str(model.headerData(column, Qt.Orientation.Horizontal) or "") for column in columns)
    for row in range(min(model.rowCount(QModelIndex()), 50)):
        yield from (str(model.index(row, column).data() or "") for column in columns)
