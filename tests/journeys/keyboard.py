"""Hands that have a keyboard and nothing else: real key events into the real window of a sample desk."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, QKeyCombination, Qt, QTimer
from PySide6.QtGui import QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

import main
from ui.shell.desktop import Desktop

PATIENCE = 60_000  # ms until something that should happen counts as not happened
MOST_TABS = 80


class Stuck(Exception):
    """The keyboard does not get on; the text says where."""


class Keyboard:
    """Keys into the window; `wait` for what they should bring."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop, self.frame = desktop, desktop.frame
        handle = self.frame.windowHandle()
        assert isinstance(handle, QWindow)
        self._window = handle
        self.pressed: list[str] = []

    def key(self, keys: str) -> None:
        """One key, with what is held: `Ctrl+Enter`, `F9`, `D`."""
        self.pressed.append(keys)
        named = QKeySequence(keys.replace("Enter", "Return"))[0]  # type: ignore[index]
        assert isinstance(named, QKeyCombination)
        text = keys.lower() if len(keys) == 1 else {"Enter": "\r", "Space": " "}.get(keys, "")
        QTest.sendKeyEvent(QTest.KeyAction.Click, self._window, named.key(), text, named.keyboardModifiers())
        self.settle(60 if len(keys) == 1 else 5)  # a letter may be the first of a scan and is held that long

    def text(self, words: str) -> None:
        """Typed as a person types, who is slower than a scanner."""
        for sign in words:
            self._sign(sign)
            turn(1)
        self.settle()

    def scan(self, words: str) -> None:
        """As a scanner types, with its Enter."""
        for sign in words:
            self._sign(sign)
        QTest.sendKeyEvent(QTest.KeyAction.Click, self._window, Qt.Key.Key_Return, "\r", Qt.KeyboardModifier.NoModifier)
        self.settle(80)

    def tab_to(self, name: str) -> QWidget:
        """Tab until a reader of the screen would say this name."""
        met: list[str] = []
        for _ in range(MOST_TABS):
            focus = self.focus
            met.append(focus.accessibleName() or type(focus).__name__ if focus is not None else "nothing")
            if focus is not None and name.casefold() in focus.accessibleName().casefold():
                return focus
            self.key("Tab")
        raise Stuck(f"Tab never reaches {name!r}, it comes to {list(dict.fromkeys(met))}")

    def choose(self, name: str, wanted: Callable[[QComboBox], bool]) -> None:
        """Tab to a choice and Down to what is wanted."""
        choice = self.tab_to(name)
        assert isinstance(choice, QComboBox), name
        self.key("Home")
        for _ in range(choice.count()):
            if wanted(choice):
                return
            self.key("Down")
        raise Stuck(f"{name} does not offer it")

    @property
    def focus(self) -> QWidget | None:
        """What has the keyboard."""
        return QApplication.focusWidget()

    def wait(self, what: str, happened: Callable[[], object]) -> None:
        """Until it happened; where the keyboard was is told when it did not."""
        clock = QElapsedTimer()
        clock.start()
        while not happened():
            if clock.elapsed() > PATIENCE:
                focus = self.focus
                where = f"{type(focus).__name__} {focus.accessibleName()!r}" if focus else "nothing"
                raise Stuck(f"{what} did not happen; {where} has the keyboard; last keys {self.pressed[-6:]}")
            turn(5)
        self.settle()

    def settle(self, milliseconds: int = 5) -> None:
        """Until every answer of the store is there."""
        turn(milliseconds)
        clock = QElapsedTimer()
        clock.start()
        while self.desktop.desk.busy and clock.elapsed() < PATIENCE:
            turn(5)
        turn(5)

    def _sign(self, sign: str) -> None:
        upper = sign.upper()
        key = Qt.Key(ord(upper)) if len(upper) == 1 and ord(upper) < 127 else Qt.Key.Key_unknown
        QTest.sendKeyEvent(QTest.KeyAction.Click, self._window, key, sign, Qt.KeyboardModifier.NoModifier)


def turn(milliseconds: int) -> None:
    """Let the event loop run for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def run(journey: Callable[[Keyboard], list[str]], folder: Path) -> None:
    """The journey on a new sample desk; what it found goes to the standard output as JSON."""
    application = QApplication([])
    options: argparse.Namespace = main._desk_words().parse_args(["--sample", "--profile", str(folder)])
    opening = main.opening_of(options)
    opening.lock.unlock("", "")
    found: list[str] = []
    with opening.hold():
        desktop = Desktop(application, opening)
        desktop.frame.show()
        desktop.frame.activateWindow()
        keyboard = Keyboard(desktop)
        try:
            keyboard.wait("the desk", lambda: desktop.frame.stage.page is not None and desktop.desk.actor is not None)
            found = journey(keyboard)
        except Stuck as reason:
            found = [str(reason)]
            desktop.frame.grab().save(str(folder.parent / "stuck.png"))
        finally:
            desktop.close()
            application.processEvents()
    sys.stdout.write(json.dumps(found))
