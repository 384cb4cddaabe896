"""The signature pad: strokes as vectors, drawn live, by mouse, finger or pen."""

import time
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kernel.messages import say
from ui.theme.fonts import font
from ui.theme.icons import draw_icon
from ui.theme.look import colour
from ui.theme.paint import LEADING, box, ring, write
from ui.theme.tokens import RADIUS_CARD
from ui.widgets.texts import Words, is_language_change, spoken

WIDE = 10_000  # the pad's width in stroke units, on both axes
FULL_PRESSURE = 1000
MOST_POINTS = 20_000
LONGEST_NAME = 60  # letters: some thousand points
_NAME = say("Signature: sign with finger, pen or mouse")


@dataclass(frozen=True, slots=True)
class Point:
    """`x` and `y` in 1/10,000 of the pad's width from its top left corner, `t` in ms since the first point,
    `pressure` 0 to 1000 (500 where the device knows none)."""

    x: int
    y: int
    t: int
    pressure: int


Stroke = tuple[Point, ...]


class Pad(QWidget):
    """`pad.strokes`, `pad.clear()`, `pad.undo()`; `changed` after each stroke. `caption` stands under the line.

    Backspace takes back a stroke. By keyboard alone nobody draws: a page offers "Write my name instead" beside it,
    which is `write_name`.
    """

    changed = Signal()

    def __init__(self, caption: Words = "", *, name: Words = _NAME) -> None:
        super().__init__()
        self._caption, self._name = caption, name
        self._strokes: list[list[Point]] = []
        self._drawing = False
        self._began = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumHeight(180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.retranslate()

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What was drawn."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    @property
    def empty(self) -> bool:
        """Whether there is nothing that could be a signature: no stroke, or dots alone."""
        return sum(len(stroke) for stroke in self._strokes) < 3

    def set_caption(self, caption: Words) -> None:
        """Name and role under the line."""
        self._caption = caption
        self.update()

    def clear(self) -> None:
        """Starts anew."""
        self._strokes = []
        self._drawing = False
        self._told()

    def undo(self) -> None:
        """Takes back the last stroke."""
        if self._strokes:
            self._strokes.pop()
            self._drawing = False  # else the pen that is still down would go on in the stroke before
            self._told()

    def write_name(self, name: str) -> None:
        """The name in letters, in the place of a drawn signature, for hands that cannot draw. All of it has the time 0
        and no pressure: what was typed never looks as if it had been drawn."""
        outline = QPainterPath()
        outline.addText(0, 0, font("value"), name.strip()[:LONGEST_NAME])
        room = outline.boundingRect()
        if room.isEmpty():
            return
        share = min(WIDE * 0.8 / room.width(), WIDE * 0.12 / room.height())
        self._strokes = [
            [_typed(point - room.topLeft(), share) for point in letter.toList()]
            for letter in outline.toSubpathPolygons()
        ]
        self._drawing = False
        self._told()

    def put(self, strokes: tuple[Stroke, ...]) -> None:
        """Shows strokes that were kept (a draft)."""
        self._strokes = [list(stroke) for stroke in strokes]
        self._told()

    def retranslate(self) -> None:
        """Names itself in the language in force."""
        self.setAccessibleName(spoken(self._name))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, 300)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self.undo()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._down(event.position(), 500)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(event.position(), 500)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._up(event.position(), 500)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen with pressure; accepted, so that Qt makes no mouse events of it. Touch comes as mouse events."""
        pressure = round(event.pressure() * FULL_PRESSURE)
        act = {
            QEvent.Type.TabletPress: self._down,
            QEvent.Type.TabletMove: self._move,
            QEvent.Type.TabletRelease: self._up,
        }.get(event.type())
        if act is not None:
            act(event.position(), pressure)
            event.accept()

    def _down(self, at: QPointF, pressure: int) -> None:
        if not self._strokes:
            self._began = time.monotonic()
        self._drawing = True
        self._strokes.append([self._point(at, pressure)])

    def _move(self, at: QPointF, pressure: int) -> None:
        if not self._drawing or sum(map(len, self._strokes)) >= MOST_POINTS:
            return
        point, last = self._point(at, pressure), self._strokes[-1][-1]
        if (point.x, point.y) == (last.x, last.y):
            return
        self._strokes[-1].append(point)
        old = self._place(last)
        self.update(QRect(old.toPoint(), at.toPoint()).normalized().adjusted(-4, -4, 4, 4))

    def _up(self, at: QPointF, pressure: int) -> None:
        if self._drawing:
            self._move(at, pressure)
            self._drawing = False
            self._told()

    def _told(self) -> None:
        self.update()
        self.changed.emit()

    def _point(self, at: QPointF, pressure: int) -> Point:
        scale = WIDE / max(1, self.width())
        x, y = max(0.0, min(at.x(), self.width())), max(0.0, min(at.y(), self.height()))
        return Point(round(x * scale), round(y * scale), round((time.monotonic() - self._began) * 1000), pressure)

    def _place(self, point: Point) -> QPointF:
        scale = self.width() / WIDE
        return QPointF(point.x * scale, point.y * scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, self.rect(), "panel", "edge", radius=RADIUS_CARD, width=1.5)
        if self.hasFocus():
            ring(painter, self.rect(), radius=RADIUS_CARD)
        base = self.height() - min(84, self.height() // 3)
        painter.fillRect(QRect(28, base, self.width() - 56, 1), colour("edge"))
        draw_icon(painter, QRect(30, base - 26, 18, 18), "x", "ink3")
        room = QRect(28, base + 8, self.width() - 56, 22)
        write(painter, room, spoken(self._caption), "small", "ink2", align=LEADING, direction=self.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for stroke in self._strokes:
            self._draw(painter, stroke)

    def _draw(self, painter: QPainter, stroke: list[Point]) -> None:
        pen = QPen(colour("ink"), 2.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        places = [self._place(point) for point in stroke]
        if len(places) == 1:
            painter.drawPoint(places[0])
        else:
            painter.drawPolyline(places)


def _typed(point: QPointF, share: float) -> Point:
    return Point(round(WIDE * 0.1 + point.x() * share), round(WIDE * 0.1 + point.y() * share), 0, 0)
