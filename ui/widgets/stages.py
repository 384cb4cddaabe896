"""Where a matter stands: stages on one line, and the bar of steps of a checklist."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.kernel.messages import say
from ui.theme.fonts import width_of
from ui.theme.icons import draw_icon
from ui.theme.look import colour, high_contrast, look, px
from ui.theme.paint import MIDDLE, box, flip, ring, write
from ui.theme.tokens import RADIUS_CHIP
from ui.widgets.keys import is_enter
from ui.widgets.texts import Words, is_language_change, spoken, tr


class Stage(StrEnum):
    """How far a stage or a step is."""

    DONE = "done"
    UNSURE = "unsure"
    HERE = "here"
    OPEN = "open"
    LOCKED = "locked"
    FAILED = "failed"
    LATER = "later"
    LEFT_OUT = "left_out"


_SHAPES = {
    Stage.DONE: ("circle-check", "ok"),
    Stage.UNSURE: ("circle-dashed", "warn"),
    Stage.HERE: ("circle-dot", "accent"),
    Stage.OPEN: ("circle", "ink3"),
    Stage.LOCKED: ("lock", "ink3"),
    Stage.FAILED: ("octagon-alert", "stop"),
    Stage.LATER: ("clock", "warn"),
    Stage.LEFT_OUT: ("ban", "ink2"),
}
_SPOKEN = {
    Stage.DONE: say("done"),
    Stage.UNSURE: say("not confirmed"),
    Stage.HERE: say("here"),
    Stage.OPEN: say("open"),
    Stage.LOCKED: say("locked"),
    Stage.FAILED: say("out of limits"),
    Stage.LATER: say("Put off"),
    Stage.LEFT_OUT: say("Does not apply"),
}
_LINE = 28


class StagesLine(QWidget):
    """`StagesLine([(say("Received"), Stage.DONE), (say("Testing"), Stage.HERE), ...])`; wraps when it must."""

    def __init__(self, stages: Sequence[tuple[Words, Stage]] = ()) -> None:
        super().__init__()
        self._stages: list[tuple[Words, Stage]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.fill(stages)

    def fill(self, stages: Sequence[tuple[Words, Stage]]) -> None:
        """Shows these stages instead."""
        self._stages = list(stages)
        self.retranslate()

    def retranslate(self) -> None:
        """Names itself in the language in force."""
        self.setAccessibleName(
            tr(", ").join(f"{spoken(words)}: {spoken(_SPOKEN[stage])}" for words, stage in self._stages)
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(max(self.width(), 480)))

    def minimumSizeHint(self) -> QSize:
        return QSize(max((place.width() for place in self._places(0)), default=0), px(_LINE))

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return places[-1].bottom() + 1 if places else px(_LINE)

    def _places(self, width: int) -> list[QRect]:
        left, top, places = 0, 0, []
        for words, stage in self._stages:
            need = px(26) + width_of(spoken(words), "body", weight=600 if stage is Stage.HERE else 400)
            if left and left + need > width:
                left, top = 0, top + px(_LINE)
            places.append(QRect(left, top, need, px(_LINE)))
            left += need + 52
        return places

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect, way = QPainter(self), self.rect(), self.layoutDirection()
        for (words, stage), place in zip(self._stages, self._places(self.width()), strict=True):
            if place.left():
                dash = QRect(place.left() - 40, place.center().y() + 1, 28, 1)
                painter.fillRect(flip(way, rect, dash), colour("edge"))
            icon, ink = _SHAPES[stage]
            here = stage is Stage.HERE
            draw_icon(painter, flip(way, rect, QRect(place.left(), place.top() + px(5), px(18), px(18))), icon, ink)
            room = flip(way, rect, place.adjusted(px(26), 0, 2, 0))
            write(painter, room, spoken(words), "body", "ink" if here else "ink2", weight=600 if here else 400)


class StepBar(QAbstractButton):
    """One square per step: `bar.fill([Stage.DONE, Stage.HERE, Stage.OPEN])`; `chosen` carries the index.

    Arrow keys move, Enter chooses; a press chooses too.
    """

    chosen = Signal(int)
    _SIDE, _GAP = 22, 5

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[Stage] = []
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self.chosen.emit(self._at) if self._steps else None)  # by a reader of the screen

    def fill(self, steps: Sequence[Stage]) -> None:
        """Shows these steps instead; the keyboard starts at the one that is here."""
        self._steps = list(steps)
        self._at = self._steps.index(Stage.HERE) if Stage.HERE in self._steps else 0
        self.retranslate()

    def retranslate(self) -> None:
        """Names itself in the language in force."""
        if self._steps:
            state = spoken(_SPOKEN[self._steps[self._at]])
            name = tr("Step {number} of {count}: {state}", number=self._at + 1, count=len(self._steps), state=state)
            self.setAccessibleName(name)
        else:
            self.setAccessibleName(tr("No steps"))
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(len(self._steps) * (px(self._SIDE) + self._GAP) + 6, px(self._SIDE) + 12)

    def _place(self, at: int) -> QRect:
        side = px(self._SIDE)
        place = QRect(4 + at * (side + self._GAP), 6, side, side)
        return flip(self.layoutDirection(), self.rect(), place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for at in range(len(self._steps)):
            if self._place(at).adjusted(-2, -6, 2, 6).contains(event.position().toPoint()):
                self._at = at
                self.retranslate()
                self.chosen.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The press has chosen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        onward = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if onward and self._steps:
            self._at = max(0, min(len(self._steps) - 1, self._at + (-onward if look().mirrored else onward)))
            self.retranslate()
        elif (is_enter(event) or event.key() == Qt.Key.Key_Space) and self._steps:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for at, stage in enumerate(self._steps):
            _paint_step(painter, self._place(at), stage, at + 1)
            if self.hasFocus() and at == self._at:
                ring(painter, self._place(at).adjusted(-4, -4, 4, 4))


_TINTS = {Stage.DONE: "ok_soft", Stage.UNSURE: "warn_soft", Stage.FAILED: "stop_soft", Stage.LATER: "warn_soft"}
_MARKS = {
    Stage.DONE: ("check", "ok"),
    Stage.UNSURE: ("circle-dashed", "warn"),
    Stage.LOCKED: ("lock", "ink2"),
    Stage.FAILED: ("octagon-alert", "stop"),
    Stage.LATER: ("clock", "warn"),
    Stage.LEFT_OUT: ("ban", "ink2"),
}


def _paint_step(painter: QPainter, place: QRect, stage: Stage, number: int) -> None:
    if stage is Stage.HERE:
        box(painter, place, "accent", radius=RADIUS_CHIP)
    elif stage in _TINTS:
        box(painter, place, _TINTS[stage], _MARKS[stage][1] if high_contrast() else "", radius=RADIUS_CHIP)
    else:
        box(painter, place, "panel", "edge", radius=RADIUS_CHIP, width=look().tokens.border)
    if stage in _MARKS:
        icon, ink = _MARKS[stage]
        draw_icon(painter, QRect(place.left() + px(4), place.top() + px(4), px(14), px(14)), icon, ink)
    else:
        ink = "on_accent" if stage is Stage.HERE else "ink2"
        write(painter, place, tr("{number}", number=number), "meta", ink, weight=600, align=MIDDLE)
