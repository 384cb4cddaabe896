"""The scanner filter: what a wedge scanner types is heard, taken back, and sets off nothing."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.walking import focused
from ui.shell.scanner import PAUSE, Scanner

SERIAL = "FD2A-2617-00428-N"
QUICK, SLOW = 0.005, 0.12


class Bench:
    """A window with a scanner filter on every key that its focus widget gets, and a clock of its own."""

    def __init__(self, window: QWidget) -> None:
        self.now = 0.0
        self.scanner = Scanner(window, clock=lambda: self.now)
        self.heard: list[str] = []
        self.pressed: list[str] = []
        self.scanner.scanned.connect(self.heard.append)
        self.scanner.pressed.connect(self.pressed.append)

    def type(self, text: str, gap: float, *, enter: bool = True) -> None:
        for sign in text:
            self.key(0, sign, gap)
        if enter:
            self.key(Qt.Key.Key_Return.value, "\r", gap)

    def key(self, key: int, sign: str, gap: float) -> None:
        self.now += gap
        event = QKeyEvent(QEvent.Type.KeyPress, key or ord(sign.upper()), Qt.KeyboardModifier.NoModifier, sign)
        if not self.scanner.eventFilter(self.scanner, event):
            QApplication.sendEvent(focused(), event)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window


def put(window: QWidget, widget: QWidget) -> None:
    widget.setParent(window)
    widget.show()
    widget.setFocus()


def test_a_scan_is_heard_and_taken_back_from_the_field(window: QWidget) -> None:
    field, bench = QLineEdit("before "), Bench(window)
    put(window, field)

    bench.type(SERIAL, QUICK)

    assert ([SERIAL], "before ") == (bench.heard, field.text())


def test_a_scan_is_taken_back_from_a_note(window: QWidget) -> None:
    area, bench = QPlainTextEdit("He says: "), Bench(window)
    put(window, area)
    area.moveCursor(area.textCursor().MoveOperation.End)

    bench.type(SERIAL, QUICK)

    assert ([SERIAL], "He says: ") == (bench.heard, area.toPlainText())


def test_what_a_person_types_stays(window: QWidget) -> None:
    field, bench = QLineEdit(), Bench(window)
    put(window, field)

    bench.type(SERIAL, SLOW)

    assert ([], SERIAL) == (bench.heard, field.text())


@pytest.mark.parametrize(("text", "heard"), [("123456", []), ("1234567", ["1234567"])])
def test_more_than_six_characters_are_a_scan(window: QWidget, text: str, heard: list[str]) -> None:
    field, bench = QLineEdit(), Bench(window)
    put(window, field)

    bench.type(text, QUICK)

    assert heard == bench.heard


def test_a_pause_before_enter_is_a_person(window: QWidget) -> None:
    field, bench = QLineEdit(), Bench(window)
    put(window, field)

    bench.type(SERIAL, QUICK, enter=False)
    bench.key(Qt.Key.Key_Return.value, "\r", SLOW)

    assert [] == bench.heard


def test_a_scan_outside_a_field_presses_no_key(qtbot: QtBot, window: QWidget) -> None:
    button, bench = QPushButton("Save"), Bench(window)
    put(window, button)

    bench.type(SERIAL, QUICK)
    qtbot.wait(60)

    assert ([SERIAL], []) == (bench.heard, bench.pressed)


def test_a_lone_letter_outside_a_field_is_a_key(qtbot: QtBot, window: QWidget) -> None:
    button, bench = QPushButton("Save"), Bench(window)
    put(window, button)

    bench.type("n", SLOW, enter=False)

    qtbot.waitUntil(lambda: ["n"] == bench.pressed)


def test_a_scan_leaves_a_choice_as_it_was(window: QWidget) -> None:
    combo, bench = QComboBox(), Bench(window)
    combo.addItems(["Alpha", "Foxtrot", "November"])
    put(window, combo)

    bench.type(SERIAL, QUICK)

    assert ([SERIAL], 0) == (bench.heard, combo.currentIndex())


def test_a_name_without_a_digit_is_no_scan(window: QWidget) -> None:
    field, bench = QLineEdit(), Bench(window)
    put(window, field)

    bench.type("Teixeira", QUICK)

    assert ([], "Teixeira") == (bench.heard, field.text())


def test_a_letter_that_is_held_outside_a_field_is_one_press(qtbot: QtBot, window: QWidget) -> None:
    button, bench = QPushButton("Save"), Bench(window)
    put(window, button)
    got: list[QKeyEvent] = []
    button.keyPressEvent = got.append  # type: ignore[method-assign]

    bench.type("y", SLOW, enter=False)
    qtbot.waitUntil(lambda: ["y"] == bench.pressed)
    for _ in range(5):
        bench.now += 0.03
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Y, Qt.KeyboardModifier.NoModifier, "y", autorep=True)
        if not bench.scanner.eventFilter(bench.scanner, event):
            QApplication.sendEvent(button, event)
    qtbot.wait(60)

    assert (["y"], []) == (bench.pressed, got)


def test_a_letter_that_is_held_in_a_field_is_written_on(window: QWidget) -> None:
    field, bench = QLineEdit(), Bench(window)
    put(window, field)

    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Y, Qt.KeyboardModifier.NoModifier, "y", autorep=True)

    assert not bench.scanner.eventFilter(bench.scanner, event)


def test_outside_a_field_a_scan_may_send_its_enter_late(qtbot: QtBot, window: QWidget) -> None:
    button, bench, pushed = QPushButton("Save"), Bench(window), []
    button.clicked.connect(lambda: pushed.append("Save"))
    put(window, button)

    bench.type(SERIAL, QUICK, enter=False)
    bench.key(Qt.Key.Key_Return.value, "\r", SLOW)
    qtbot.wait(PAUSE)

    assert ([SERIAL], [], []) == (bench.heard, bench.pressed, pushed)


def test_a_line_feed_ends_a_scan_too(window: QWidget) -> None:
    button, bench = QPushButton("Save"), Bench(window)
    put(window, button)

    bench.type(SERIAL, QUICK, enter=False)
    bench.key(10, "\n", QUICK)

    assert [SERIAL] == bench.heard


def test_outside_a_field_a_scan_without_enter_is_heard_by_itself(qtbot: QtBot, window: QWidget) -> None:
    button, bench = QPushButton("Save"), Bench(window)
    put(window, button)

    bench.type(SERIAL, QUICK, enter=False)

    qtbot.waitUntil(lambda: [SERIAL] == bench.heard)
    assert [] == bench.pressed


def test_an_enter_that_comes_after_its_number_was_taken_presses_no_button(qtbot: QtBot, window: QWidget) -> None:
    done: list[bool] = []
    button, bench = QPushButton("New repair"), Bench(window)
    button.clicked.connect(lambda: done.append(True))
    button.setDefault(True)
    put(window, button)
    bench.type(SERIAL, QUICK, enter=False)
    qtbot.waitUntil(lambda: [SERIAL] == bench.heard)

    bench.key(Qt.Key.Key_Return.value, "\r", 0.7)
    swallowed = list(done)
    bench.key(Qt.Key.Key_Space.value, " ", 3.0)
    QApplication.sendEvent(
        button, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ")
    )

    assert ([], [True]) == (swallowed, done)


def test_an_enter_in_a_field_is_the_persons_own(qtbot: QtBot, window: QWidget) -> None:
    entered: list[bool] = []
    field, other, bench = QLineEdit(), QPushButton("x"), Bench(window)
    field.returnPressed.connect(lambda: entered.append(True))
    put(window, other)
    bench.type(SERIAL, QUICK, enter=False)
    qtbot.waitUntil(lambda: [SERIAL] == bench.heard)
    put(window, field)

    bench.key(Qt.Key.Key_Return.value, "\r", 0.7)

    assert [True] == entered
