"""The story of a thing: entries on a hairline, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kernel.messages import say
from ui.theme.icons import draw_icon
from ui.theme.look import colour, high_contrast, px
from ui.theme.paint import box, flip
from ui.theme.tones import Tone, colour_of, tint_of
from ui.widgets.label import Icon, Label, Prose
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.texts import Words, spoken

_PLATE, _TEXT_AT = 27, 40


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened (who did what), the text of it, when; `tone` tints its icon, `unsent` says so."""

    icon: str
    title: Words
    text: Words = ""
    when: Words = ""
    tone: Tone = Tone.NONE
    unsent: bool = False


class Timeline(QWidget):
    """`timeline.fill([Entry("phone", say("Call with {name}", name=...), text, when), ...])`."""

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        super().__init__()
        self._lines = column(gap=0)
        self.setLayout(self._lines)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.fill(entries)

    def fill(self, entries: Sequence[Entry]) -> None:
        """Shows these entries instead."""
        clear(self._lines)
        for at, entry in enumerate(entries):
            self._lines.addWidget(_EntryView(entry, last=at == len(entries) - 1))
        self._lines.addStretch(1)


class _EntryView(QWidget):
    def __init__(self, entry: Entry, *, last: bool) -> None:
        super().__init__()
        self._entry, self._last = entry, last
        marks: list[QWidget] = [Label(entry.when, "meta", "ink3")] if entry.when else []
        if entry.unsent:
            marks = [Icon("cloud-off", "warn", 14), Label(say("not sent yet"), "meta", "warn", weight=500), *marks]
        title = Label(entry.title, "body", weight=600, wrap=True)
        head = row((title, 1), *marks, gap=6)
        text = [Prose(entry.text, select=True)] if entry.text else []
        gutter = boxed(row(), width=_TEXT_AT)
        self.setLayout(row(gutter, (column(head, *text, gap=1, margins=(0, 3, 0, 10)), 1), gap=0))
        self.setAccessibleName(f"{spoken(entry.title)}. {spoken(entry.when)}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect, way = QPainter(self), self.rect(), self.layoutDirection()
        side, mark = px(_PLATE), px(15)
        if not self._last:
            line = QRect(side // 2, side + 3, 1, rect.height() - side - 3)
            painter.fillRect(flip(way, rect, line), colour("line"))
        ink = colour_of(self._entry.tone)
        plate = flip(way, rect, QRect(0, 0, side, side))
        edge = ink if high_contrast() else ""
        box(painter, plate, tint_of(self._entry.tone), edge, radius=side / 2, width=1.5)
        draw_icon(
            painter, QRect(plate.left() + (side - mark) // 2, (side - mark) // 2, mark, mark), self._entry.icon, ink
        )
