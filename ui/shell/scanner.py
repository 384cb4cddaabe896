"""Keyboard-wedge scanners: a serial is heard whatever has the focus, and its characters are taken back."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from ui.widgets.letters import letters_alone

LONGEST_GAP = 0.035  # seconds between two characters of a scanner; people are slower
AFTER = 300  # ms that a scan waits for its Enter; some scanners send it late, as a line feed, or not at all
PAUSE = round(LONGEST_GAP * 1000) + 5  # ms
LATE_ENTER = 2.0  # seconds: an Enter that comes after its number was taken belongs to it, and presses no button
FEWEST = 7
LONGEST = 120
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ENDS = ("\r", "\n")
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Scanner(QObject):
    """An event filter for a window: more than six characters, each within 35 ms of the one before, ended by Enter.

    One of them is a digit: serials and part numbers have some, a name that a keyboard's macro writes has none.
    `scanned` carries what was read. Outside a text field a letter waits that long before `pressed` carries it, so
    that the first character of a scan sets off no act; there nobody types so fast, and Enter may come late or never.
    """

    scanned = Signal(str)
    pressed = Signal(str)
    commanded = Signal(str)  # the same with Alt, where a sign alone is to do nothing

    def __init__(self, parent: QObject, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._typed, self._last = "", 0.0
        self._held = ""
        self._combo: tuple[QComboBox, int] | None = None
        self._taken = float("-inf")  # when a number was taken without its Enter
        self._wait = QTimer(self, singleShot=True, interval=PAUSE)
        self._wait.timeout.connect(self._let_go)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():  # a key that is held is no scanner, and sets off its act once
            return bool(event.text().strip()) and event.key() not in _ENTER and not _writes()
        if not letters_alone() and (sign := _with_alt(event)):
            self.commanded.emit(sign)
            return True
        now = self._clock()
        quick = now - self._last <= LONGEST_GAP
        self._last = now
        if event.key() in _ENTER or event.text() in _ENDS:
            return self._enter(quick or self._is_scan(self._held))
        sign = event.text()
        if len(sign) != 1 or not sign.isprintable() or sign.isspace() or event.modifiers() & _HELD:
            if sign or event.modifiers() & _HELD:  # a shift pressed by the scanner itself says nothing
                self._typed = ""
            return False
        self._typed = (self._typed + sign)[-LONGEST:] if quick else sign
        focus = QApplication.focusWidget()
        if isinstance(focus, QComboBox):  # letters look for an item there
            if not quick or self._combo is None:
                self._combo = (focus, focus.currentIndex())
            return False
        if _text_field() is not None:
            return False
        self._held = self._held + sign if quick else sign
        self._wait.start(AFTER if self._is_scan(self._held) else PAUSE)
        return True

    @staticmethod
    def _is_scan(typed: str) -> bool:
        return len(typed) >= FEWEST and any(sign.isdigit() for sign in typed)

    def _enter(self, quick: bool) -> bool:
        typed, self._typed = self._typed, ""
        combo, self._combo = self._combo, None
        late, self._taken = self._clock() - self._taken <= LATE_ENTER and not _writes(), float("-inf")
        if late and not typed:
            return True
        if not quick or not self._is_scan(typed):
            return False
        self._wait.stop()
        self._held = ""
        _take_back(typed)
        if combo is not None and combo[0] is QApplication.focusWidget():
            combo[0].setCurrentIndex(combo[1])
        self.scanned.emit(typed)
        return True

    def _let_go(self) -> None:
        held, self._held = self._held, ""
        if self._is_scan(held):
            self._typed, self._combo = "", None
            self._taken = self._clock()
            self.scanned.emit(held)
        elif len(held) < FEWEST:
            for sign in held:
                self.pressed.emit(sign)


def _with_alt(event: QKeyEvent) -> str:
    """The sign that was pressed with Alt and nothing else; by its key, as some systems write another letter then."""
    if event.modifiers() != Qt.KeyboardModifier.AltModifier or not 0x20 < event.key() < 0x0700:
        return ""
    return chr(event.key())


def _text_field() -> QWidget | None:
    """The field that has the keyboard, if text is written there."""
    focus = QApplication.focusWidget()
    return focus if isinstance(focus, QLineEdit | QPlainTextEdit) and not focus.isReadOnly() else None


def _writes() -> bool:
    """Whether letters go into a field, or look for an item of a choice."""
    return _text_field() is not None or isinstance(QApplication.focusWidget(), QComboBox)


def _take_back(typed: str) -> None:
    """Removes the scanned characters from the field that they went into."""
    field = _text_field()
    if isinstance(field, QLineEdit):
        end = field.cursorPosition()
        if field.text()[:end].endswith(typed):
            field.setText(field.text()[: end - len(typed)] + field.text()[end:])
            field.setCursorPosition(end - len(typed))
    elif isinstance(field, QPlainTextEdit):
        cursor = field.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(typed))
        if cursor.selectedText() == typed:
            cursor.removeSelectedText()
