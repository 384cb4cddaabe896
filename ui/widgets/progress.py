"""Waiting, in words: a bar, what is being done, and a way out; and how much of something is used."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.kernel.messages import say
from app.kernel.stopping import Stop
from ui.theme.buttons import Kind, Size
from ui.theme.look import high_contrast
from ui.theme.paint import box, flip
from ui.theme.tones import Tone, colour_of
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.layouts import column, row
from ui.widgets.texts import Words, tr

PATIENCE_MS = 400


class Steps(QObject):
    """Carries how far work on another thread has come: `steps.moved.connect(progress.put)`, and `steps.tell` goes
    with the work. Connect bound methods of widgets alone: these are called on the interface's thread."""

    moved = Signal(int, int)

    def tell(self, done: int, total: int) -> None:
        """So many of so many; nobody hears it when the page is gone."""
        if isValid(self):
            self.moved.emit(done, total)

    def heeding(self, stop: Stop) -> Callable[[int, int], None]:
        """The same for work that ends when somebody asks `stop`."""

        def tell(done: int, total: int) -> None:
            stop.heed()
            self.tell(done, total)

        return tell


class Meter(QWidget):
    """A bar of 6 px; the words stand beside it. `share` is 0 to 100."""

    def __init__(self, share: int = 0, tone: Tone = Tone.ACCENT) -> None:
        super().__init__()
        self._share, self._tone = share, tone
        self.setFixedHeight(6)

    def put(self, share: int, tone: Tone = Tone.ACCENT) -> None:
        """Shows another share, in per cent."""
        self._share, self._tone = max(0, min(100, share)), tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = QPainter(self), self.rect()
        fill, line = ("panel", "edge") if high_contrast() else ("line", "")
        box(painter, rect, fill, line, radius=3)
        if self._share:
            part = QRect(0, 0, max(6, rect.width() * self._share // 100), rect.height())
            box(painter, flip(self.layoutDirection(), rect, part), colour_of(self._tone), radius=3)


class Progress(QWidget):
    """Comes up after 400 ms: `progress.start(say("Reading"), cancel=stop)`, `.put(3, 120)`, `.finish()`."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Label("", "small", "ink2")
        self._count = Label("", "small", "ink3")
        self._meter = Meter()
        self._cancel = Button(say("Cancel"), Kind.TEXT, size=Size.COMPACT, icon="x", act=self._cancelled)
        self._stop: Callable[[], object] | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self.setLayout(column(row(self._words, None, self._count, self._cancel, gap=8), self._meter, gap=4))
        self.hide()

    def start(self, words: Words, *, cancel: Callable[[], object] | None = None) -> None:
        """Says what is being done; shown only when it takes longer than 400 ms."""
        self._words.put(words)
        self.setAccessibleName(self._words.text())
        self._stop = cancel
        self._cancel.setVisible(cancel is not None)
        self._meter.put(0)
        self._count.put("")
        self._patience.start()

    def put(self, done: int, total: int) -> None:
        """So many of so many."""
        self._meter.put(done * 100 // max(1, total))
        self._count.put(tr("{done} of {total}", done=done, total=total))

    def finish(self) -> None:
        """It is over."""
        self._patience.stop()
        self.hide()

    def _cancelled(self) -> None:
        stop, self._stop = self._stop, None
        self._cancel.hide()
        if stop is not None:
            stop()
