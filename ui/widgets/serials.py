"""Old number out, new number in: the serial pair."""

from dataclasses import dataclass

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme.look import look
from ui.theme.paint import box
from ui.theme.tokens import RADIUS_TOUCH
from ui.theme.tones import Tone, colour_of, shape_of
from ui.widgets.label import Icon, Label
from ui.widgets.layouts import column, row
from ui.widgets.texts import Words, spoken


@dataclass(frozen=True, slots=True)
class SerialState:
    """A number and its state in words; `Tone.UNSURE` draws the dashed box of "not confirmed"."""

    caption: Words
    number: str
    state: Words = ""
    tone: Tone = Tone.OK


class SerialBox(QWidget):
    """One number in its box."""

    def __init__(self, shown: SerialState) -> None:
        super().__init__()
        self._tone = shown.tone
        ink = colour_of(shown.tone)
        state = [row(Icon(shape_of(shown.tone), ink, 16), (Label(shown.state, "small", ink, wrap=True), 1), gap=6)]
        number = Label(shown.number or "\u2013", "lead", weight=600, code=True, select=True)
        caption = Label(shown.caption, "small", "ink2")
        self.setLayout(column(caption, number, *(state if shown.state else []), gap=2, margins=(14, 10, 12, 10)))
        self.setAccessibleName(f"{spoken(shown.caption)}: {shown.number}. {spoken(shown.state)}")

    def paintEvent(self, event: QPaintEvent) -> None:
        unsure = self._tone in (Tone.UNSURE, Tone.WARN, Tone.STOP)
        line, width = (colour_of(self._tone), 2.0) if unsure else ("edge", float(look().tokens.border))
        dashed = self._tone is Tone.UNSURE
        box(QPainter(self), self.rect(), "panel", line, radius=RADIUS_TOUCH, width=width, dashed=dashed)


class SerialPair(QWidget):
    """`SerialPair(SerialState(say("Old, taken out"), "PR-2612-0905-E", ...), SerialState(say("New, put in"), ...))`."""

    def __init__(self, old: SerialState, new: SerialState) -> None:
        super().__init__()
        self.setLayout(row((SerialBox(old), 1), Icon("arrow-right", "ink2", 18), (SerialBox(new), 1), gap=12))
