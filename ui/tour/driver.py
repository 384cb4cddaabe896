"""Hands and eyes of the tour: keys, scans and presses on the real window, pictures, and checks written down."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.shell.frame import Frame
from ui.widgets.page import Page
from ui.work import Desk

PATIENCE = 60.0  # seconds until something that should happen counts as not happened
_P = TypeVar("_P", bound=Page)
_R = TypeVar("_R")


class TourStopped(Exception):
    """A step could not go on; the text names the step and what did not happen, never what was typed."""


@dataclass(slots=True)
class Check:
    """One thing that was looked at."""

    what: str
    held: bool


@dataclass(slots=True)
class Step:
    """One step of the tour: its picture, its checks, how long it took."""

    number: int
    name: str
    look: str
    picture: str = ""
    milliseconds: int = 0
    checks: list[Check] = field(default_factory=list)

    def record(self) -> dict[str, Any]:
        """As it stands in tour.json."""
        return asdict(self)


class Driver:
    """Drives one desk in one look; steps are kept in `steps`."""

    def __init__(self, frame: Frame, desk: Desk, *, out: Path, look: str, language: str, first: int) -> None:
        self.frame, self.desk = frame, desk
        self.steps: list[Step] = []
        self.look, self.language = look, language
        self._out, self._next = out, first
        self._guard = QTimer(frame, interval=500)
        self._guard.timeout.connect(self._close_unasked)
        self._guard.start()

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """One step: what is done inside is timed, then the window is pictured as `NN-look-name.png`."""
        step = Step(self._next, name, self.look)
        self._next += 1
        self.steps.append(step)
        begun = time.perf_counter()
        yield step
        self.settle()
        step.milliseconds = round((time.perf_counter() - begun) * 1000)
        step.picture = f"{step.number:02d}-{self.look}-{name}.png"
        self.frame.grab().save(str(self._out / step.picture))
        if self.frame.crash.isVisible():
            self.check("no report of a mistake lies over the page", held=False)

    def check(self, what: str, held: object) -> None:
        """Write down whether something holds; the tour goes on and fails at its end when it does not."""
        self.steps[-1].checks.append(Check(what, bool(held)))

    def _close_unasked(self) -> None:
        """A dialog that waits for a person would stand for ever: it is put away and counts as a failed check."""
        asks = QApplication.activeModalWidget()
        if isinstance(asks, QDialog):
            self.check(f"no dialog comes unasked ({type(asks).__name__})", held=False)
            asks.reject()

    # ------------------------------------------------------------------ waiting

    def wait(self, what: str, happened: Callable[[], object]) -> None:
        """Let the desk work until something is so; TourStopped after a minute."""
        until = time.monotonic() + PATIENCE
        while not happened():
            if time.monotonic() > until:
                raise TourStopped(f"step {self.steps[-1].number} {self.steps[-1].name}: {what} did not happen")
            _turn(10)

    def settle(self) -> None:
        """Until no answer is awaited and nothing is left to paint."""
        for _ in range(3):
            self.wait("an answer", lambda: not self.desk.busy)
            _turn(30)

    def page(self, kind: type[_P]) -> _P:
        """The page that is up, once it is of this class."""
        self.wait(f"{kind.__name__} coming up", lambda: isinstance(self.frame.stage.page, kind))
        self.settle()
        page = self.frame.stage.page
        assert isinstance(page, kind)
        return page

    def elsewhere(self, job: Callable[[], _R]) -> _R:
        """Run a job on a pool thread while the window goes on."""
        answers: list[_R] = []
        self.desk.background(job, done=answers.append, owner=self.frame)
        self.wait("a job", lambda: answers)
        return answers[0]

    # ------------------------------------------------------------------ hands

    def scan(self, text: str) -> None:
        """A keyboard-wedge scanner: the signs follow each other at once and end with Enter."""
        window = self.frame.windowHandle()
        for sign in (*text, "\r"):
            key = Qt.Key.Key_Return if sign == "\r" else Qt.Key(ord(sign.upper()))
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(window, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign))
        _turn(80)
        self.settle()

    def press(self, sign: str) -> None:
        """One sign into the window, as the keyboard sends it."""
        window = self.frame.windowHandle()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = Qt.Key(ord(sign.upper()))
            QApplication.sendEvent(window, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign))
        _turn(80)  # a scanner's first sign would wait as long
        self.settle()

    def act(self, name: str) -> None:
        """An act of the page or the frame by its name."""
        for act in self.frame.all_acts():
            if act.name == name and act.possible():
                act.run()
                self.settle()
                return
        raise TourStopped(f"step {self.steps[-1].number} {self.steps[-1].name}: no act named {name}")

    def click(self, button: QWidget) -> None:
        """A press of the mouse on a button."""
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def type(self, widget: QWidget, text: str) -> None:
        """Text by keyboard into a field."""
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        QTest.keyClicks(widget, text)
        _turn(10)

    def key(self, widget: QWidget, key: Qt.Key) -> None:
        """One key on a widget."""
        QTest.keyClick(widget, key)
        self.settle()

    def draw(self, pad: QWidget, *, loops: int = 5) -> None:
        """A signature with the mouse: loops across the pad."""
        width, height = pad.width(), pad.height()
        points = [QPoint(round(width * x), round(height * y)) for x, y in _hand(loops)]
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=points[0])
        for point in points[1:]:
            QTest.mouseMove(pad, point, 2)
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=points[-1])
        self.settle()


def _hand(loops: int) -> Iterator[tuple[float, float]]:
    """A line of leaning loops that becomes flatter, as shares of the pad."""
    steps = loops * 16
    for i in range(steps + 1):
        share, turn = i / steps, 2 * math.pi * loops * i / steps
        yield 0.2 + 0.55 * share + 0.035 * math.cos(turn), 0.5 - 0.16 * (1 - 0.6 * share) * math.sin(turn)


def _turn(milliseconds: int) -> None:
    """Let the event loop run for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    QApplication.sendPostedEvents()
