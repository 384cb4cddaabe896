"""A row that wraps, and the way of the Tab key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Dress
from ui.widgets.button import Button
from ui.widgets.inputs import CheckBox, TextField
from ui.widgets.label import Label
from ui.widgets.layouts import boxed, clear, column
from ui.widgets.scroll import Scroll
from ui.widgets.tab_order import in_reading_order
from ui.widgets.wrapping import Wrap

WORDS = ("Clean", "Dirty", "Scratched", "Dented", "Wet inside", "Burn marks")


def shown(qtbot: QtBot, wide: int) -> tuple[QWidget, list[CheckBox]]:
    ticks = [CheckBox(each) for each in WORDS]
    window = boxed(column(boxed(Wrap(*ticks, gap=16)), None))
    qtbot.addWidget(window)
    window.resize(wide, 400)
    window.show()
    return window, ticks


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_has_no_room_in_a_row_stands_whole_in_the_next(qtbot: QtBot, dress: Dress, language: str) -> None:
    dress("light", language)

    window, ticks = shown(qtbot, 300)

    assert window.width() == 300
    assert len({each.y() for each in ticks}) > 1
    assert [] == [each.text() for each in ticks if each.x() < 0 or each.geometry().right() > 300]
    assert [] == [each.text() for each in ticks if each.width() < each.sizeHint().width()]


def test_a_wide_row_needs_one_line(qtbot: QtBot) -> None:
    _, ticks = shown(qtbot, 1200)

    assert 1 == len({each.y() for each in ticks})


def test_low_and_high_stand_on_one_middle_and_what_is_hidden_leaves_no_gap(qtbot: QtBot) -> None:
    low, gone, high = Label("Restaurante O Moinho"), Label("not here"), Button("FD2A-2407-69848-E")
    window = boxed(column(boxed(Wrap(low, gone, high, gap=10)), None))
    qtbot.addWidget(window)
    gone.hide()
    window.resize(700, 200)
    window.show()

    assert abs(low.geometry().center().y() - high.geometry().center().y()) <= 1
    assert low.geometry().right() + 11 == high.x()


def test_a_row_begins_at_the_leading_edge(qtbot: QtBot, dress: Dress) -> None:
    dress("light", "ar")

    _, ticks = shown(qtbot, 1200)

    assert sorted(ticks, key=lambda each: -each.x()) == ticks


def test_a_row_can_be_emptied_and_filled_again(qtbot: QtBot) -> None:
    window, _ = shown(qtbot, 300)
    row = window.findChildren(Wrap)[0]

    clear(row)
    row.addWidget(CheckBox("Clean"))

    assert 1 == row.count()


def test_tab_reads_from_above_also_what_came_later(qtbot: QtBot) -> None:
    answers, foot = QVBoxLayout(), Button("Done")
    window = boxed(column(TextField(), Scroll(boxed(answers)), foot))
    qtbot.addWidget(window)
    late = [TextField(), Button("Yes")]
    for each in late:
        answers.addWidget(each)
    window.show()
    window.activateWindow()
    first = window.findChildren(TextField)[0]
    first.setFocus()

    in_reading_order(window)

    seen: list[QWidget | None] = []
    for _ in range(4):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        seen.append(window.focusWidget())
    assert [*late, foot, first] == seen


LONG = "A sentence that needs several lines in a narrow room and one line in a wide one. " * 2


def test_a_page_whose_wrapped_texts_fit_shows_no_scroll_bar(qtbot: QtBot) -> None:
    texts = [Label(LONG, wrap=True) for _ in range(12)]
    page = Scroll(boxed(column(*texts, None)))
    qtbot.addWidget(page)
    page.resize(1240, 500)
    page.show()

    qtbot.waitUntil(lambda: texts[-1].height() > 0)

    assert 0 == page.verticalScrollBar().maximum()


def test_a_page_whose_wrapped_texts_do_not_fit_scrolls_to_the_last_of_them(qtbot: QtBot) -> None:
    texts = [Label(LONG, wrap=True) for _ in range(12)]
    page = Scroll(boxed(column(*texts, None)))
    qtbot.addWidget(page)
    page.resize(300, 200)
    page.show()

    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())

    assert texts[-1].mapTo(page, texts[-1].rect().bottomLeft()).y() < page.height()
    assert all(each.height() >= each.heightForWidth(each.width()) for each in texts)


def test_a_column_of_fixed_width_stands_at_the_leading_edge(qtbot: QtBot) -> None:
    side = boxed(column(Label("Paid by", wrap=True), None), width=312)
    page = Scroll(side, width=340)
    qtbot.addWidget(page)
    page.resize(340, 200)
    page.show()

    assert 0 == side.mapTo(page, side.rect().topLeft()).x()


def test_texts_of_a_column_narrower_than_its_place_have_all_their_lines(qtbot: QtBot) -> None:
    texts = [Label(LONG, wrap=True) for _ in range(12)]
    page = Scroll(boxed(column(*texts, None), width=200), width=320)
    qtbot.addWidget(page)
    page.resize(320, 200)
    page.show()

    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)

    assert all(each.height() >= each.heightForWidth(each.width()) for each in texts)
