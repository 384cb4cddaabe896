"""What a start tells of itself: `bare` shows an empty window, `desk` the product's.

One line of JSON is printed: the monotonic clock, and the processor's seconds of this process, when the window was
painted, the list was filled, the first page stood, all was there; and the memory some seconds later. The clock is the
machine's, so that whoever started this process can tell how long it took.
"""

import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

LOOKED = 5  # ms between two looks whether all is there
_PROC = Path("/proc/self/status")


class Story:
    """What happened when; `end` prints it after `resting` seconds and leaves at once: nothing is written any more."""

    def __init__(self, resting: float) -> None:
        self._resting = resting
        self._told: dict[str, float] = {}

    def note(self, name: str) -> None:
        """Now, unless it was noted before."""
        if name not in self._told:
            self._told |= {name: time.monotonic(), f"{name}.cpu": time.process_time()}

    def noted(self, name: str) -> bool:
        """Whether it has happened."""
        return name in self._told

    def end(self) -> None:
        """Waits, looks at the memory, prints, leaves."""
        QTimer.singleShot(round(self._resting * 1000), self._leave)

    def _leave(self) -> None:
        if _PROC.exists():
            lines = dict(line.split(":", 1) for line in _PROC.read_text().splitlines() if ":" in line)
            self._told["memory"] = int(lines["VmRSS"].split()[0]) / 1024
        print(json.dumps(self._told), flush=True)
        os._exit(0)


def noting_paint(kind: Any, story: Story, name: str, *, when: Callable[[Any], bool] = lambda _: True) -> None:
    """The first paint of a widget of this class, once the whole window is painted: at the event loop's next turn."""
    paint = kind.paintEvent

    def painted(self: Any, event: QPaintEvent) -> None:
        if not story.noted(name) and when(self):
            QTimer.singleShot(0, lambda: story.note(name))
        paint(self, event)

    kind.paintEvent = painted


def bare(story: Story) -> None:
    """The least that Qt for Python can show: a window with a label."""
    application = QApplication(sys.argv[:1])
    window = _Bare()
    window.resize(1440, 900)
    window.setCentralWidget(QLabel("Ready"))
    noting_paint(_Bare, story, "painted")
    window.show()
    story.end()
    application.exec()


class _Bare(QMainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)


def desk(story: Story, profile: str) -> None:
    """The product, as somebody starts it."""
    main = importlib.import_module("main")  # by name: a bare window loads none of it
    desktop: Any = importlib.import_module("ui.shell.desktop")
    frame, rows = (importlib.import_module(f"ui.{name}") for name in ("shell.frame", "widgets.row_list"))
    noting_paint(frame.Frame, story, "painted")
    noting_paint(rows.RowList, story, "listed", when=lambda each: bool(each.model().rowCount()))

    class Watched(desktop.Desktop):  # type: ignore[misc]
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            self._look = QTimer(self.frame, interval=LOOKED)
            self._look.timeout.connect(self._is_all_there)
            self.frame.painted.connect(self._look.start)
            self.frame.stage.shown.connect(lambda _page: story.note("opened"))

        def _is_all_there(self) -> None:
            if self._begun and self._light is not None and not self.desk.busy:
                self._look.stop()
                story.note("loaded")
                story.end()

    desktop.Desktop = Watched
    main.main(["--profile", profile])
