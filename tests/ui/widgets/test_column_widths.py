"""Columns are drawn by hand and by keyboard, kept, and never so that a text cannot be read."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.kernel.messages import say
from tests.ui.conftest import Dress
from ui.widgets.row_head import Head
from ui.widgets.row_list import LEAST_FILL, RowList
from ui.widgets.rows import FIT, Column, PagedModel
from ui.widgets.widths import LEAST, MOST, WIDTHS, Kept, Widths

HOSTILE: list[object] = [
    None, 7, "wide", [], {"Parts": None}, {"Parts": {"State": -5}}, {"Parts": {"State": 10**9}},
    {"Parts": {"State": "90"}}, {"Parts": {"State": True}}, {"Parts": {7: 90}}, {"": {"State": 90}},
    {"Parts": {"No such column": 90}}, {"x" * 5000: {"State": 90}},
]  # fmt: skip


@pytest.fixture
def kept() -> Iterator[list[Kept]]:
    """What was handed on to be kept; afterwards nothing is known."""
    told: list[Kept] = []
    WIDTHS.on_change = told.append
    yield told
    WIDTHS.on_change = lambda _: None
    WIDTHS.know(None)


def listed(qtbot: QtBot, *, width: int = 900) -> RowList:
    columns = [Column(say("Part")), Column(say("Number"), FIT), Column(say("State"), FIT)]
    model = PagedModel(columns, cells=lambda each: (each, "AV-1101", "fitted"), key=lambda each: each)
    made = RowList(model, name=say("Parts"))
    model.fill(["Boiler", "Valve"])
    qtbot.addWidget(made)
    made.resize(width, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def draw(rows: RowList, border: int, by: int) -> None:
    """Takes the border before a column and draws it."""
    head = rows.horizontalHeader()
    left = head.sectionViewportPosition(border) + (head.sectionSize(border) if head.isRightToLeft() else 0)
    at = QPoint(left, head.height() // 2)
    QTest.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(head.viewport(), at + QPoint(by, 0))
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=at + QPoint(by, 0))


def test_a_border_is_drawn_and_kept(qtbot: QtBot, kept: list[Kept]) -> None:
    rows = listed(qtbot)
    before = rows.columnWidth(1)

    draw(rows, 1, -60)

    assert before + 60 == rows.columnWidth(1)
    assert [{"Parts": {"Number": before + 60}}] == kept


def test_the_next_list_of_that_name_opens_so(qtbot: QtBot, kept: list[Kept]) -> None:
    WIDTHS.know({"Parts": {"Number": 222}})

    assert 222 == listed(qtbot).columnWidth(1)


def test_it_is_mirrored_in_arabic(qtbot: QtBot, dress: Dress, kept: list[Kept]) -> None:
    dress("light", "ar")
    rows = listed(qtbot)
    before = rows.columnWidth(1)

    draw(rows, 1, 60)

    assert before + 60 == rows.columnWidth(1)


def test_a_width_is_of_the_text_at_its_usual_size(qtbot: QtBot, dress: Dress, kept: list[Kept]) -> None:
    dress("light", "en", 200)
    rows = listed(qtbot, width=1200)

    rows.give_width(1, 400)
    rows.keep_widths()

    assert [{"Parts": {"Number": 200}}] == kept


def test_pressed_twice_a_column_fits_again(qtbot: QtBot, kept: list[Kept]) -> None:
    rows = listed(qtbot)
    before = rows.columnWidth(1)
    draw(rows, 1, -60)

    head = rows.horizontalHeader()
    QTest.mouseDClick(
        head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(head.sectionViewportPosition(1), head.height() // 2)
    )

    assert before == rows.columnWidth(1)
    assert {} == kept[-1]


@pytest.mark.parametrize("by", [-5000, 5000])
def test_no_column_becomes_too_narrow_to_be_read(qtbot: QtBot, kept: list[Kept], by: int) -> None:
    rows = listed(qtbot)

    draw(rows, 1, by)

    assert rows.columnWidth(1) >= LEAST
    assert rows.columnWidth(0) >= LEAST_FILL


def test_what_was_drawn_in_a_wide_window_gives_way_in_a_narrow_one(qtbot: QtBot, kept: list[Kept]) -> None:
    fitting = listed(qtbot, width=500).columnWidth(1)
    WIDTHS.know({"Parts": {"Number": 420}})

    assert fitting == listed(qtbot, width=500).columnWidth(1)


@pytest.mark.parametrize("told", HOSTILE)
def test_hostile_and_stale_widths_do_no_harm(qtbot: QtBot, kept: list[Kept], told: object) -> None:
    fitting = [listed(qtbot).columnWidth(at) for at in range(3)]

    WIDTHS.know(told)

    assert fitting == [listed(qtbot).columnWidth(at) for at in range(3)]


def test_never_more_is_known_than_a_desk_can_have() -> None:
    widths = Widths()
    widths.know({f"list {at}": {f"column {each}": MOST for each in range(500)} for at in range(500)})
    told: list[Kept] = []
    widths.on_change = told.append

    widths.keep()

    assert (60, 40) == (len(told[0]), len(told[0]["list 0"]))


def test_by_keyboard_alone(qtbot: QtBot, kept: list[Kept]) -> None:
    rows = listed(qtbot)
    rows.activateWindow()
    rows.setFocus()
    before = rows.columnWidth(2)
    head = rows.horizontalHeader()
    assert isinstance(head, Head)

    head.begin()
    qtbot.waitUntil(head.hasFocus)
    QTest.keyClick(head, Qt.Key.Key_Right)
    QTest.keyClick(head, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    named = head.accessibleName()
    wider = rows.columnWidth(2)
    QTest.keyClick(head, Qt.Key.Key_Backspace)
    QTest.keyClick(head, Qt.Key.Key_Escape)

    assert (before + 12, before) == (wider, rows.columnWidth(2))
    assert f"Width of the column State: {wider}" == named
    assert rows is QApplication.focusWidget()


def test_the_menu_key_offers_it(qtbot: QtBot, kept: list[Kept]) -> None:
    WIDTHS.know({"Parts": {"Number": 300}})
    rows = listed(qtbot)
    key = QContextMenuEvent.Reason.Keyboard

    QApplication.sendEvent(rows, QContextMenuEvent(key, QPoint(0, 0), QPoint(0, 0)))
    menu = rows.findChildren(QMenu)[0]
    fit = menu.actions()[1]
    fit.trigger()
    menu.close()

    assert "Let all columns fit" == fit.text()
    assert rows.columnWidth(1) < 300
