"""Where a reading lies between its limits: a band, painted the same way in every direction of writing."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.fonts import width_of
from ui.theme.look import colour, px
from ui.theme.paint import MIDDLE, box, write
from ui.widgets.number import written

_TALL, _KNOB = 10, 18


class LimitBand(QWidget):
    """`band.show_limits(170, 190, places=2)`, `band.put(178)`; a scale of values is never mirrored."""

    def __init__(self) -> None:
        super().__init__()
        self._low: int | None = None
        self._high: int | None = None
        self._value: int | None = None
        self._places = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_limits(self, low: int | None, high: int | None, *, places: int) -> None:
        """Takes the limits, scaled by `places`; None is open."""
        self._low, self._high, self._places, self._value = low, high, places, None
        self.update()

    def put(self, value: int | None) -> None:
        """Shows where a reading lies."""
        self._value = value
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, _KNOB + 8 + px(20))

    def _span(self) -> tuple[int, int]:
        """The ends of the scale: the band is its middle third, or ends at the open side."""
        low = self._low if self._low is not None else min(0, self._high or 0)
        high = self._high if self._high is not None else low + max(abs(low), 10)
        room = max(high - low, 1)
        first = low - room if self._low not in (None, 0) else low
        return first, high + room

    def _at(self, value: int) -> int:
        first, last = self._span()
        inside = max(first, min(value, last))
        return _KNOB // 2 + round((inside - first) * (self.width() - _KNOB) / max(last - first, 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        top = _KNOB // 2 - _TALL // 2 + 2
        box(painter, QRect(0, top, self.width(), _TALL), "line", radius=_TALL // 2)
        first, last = self._span()
        left = self._at(self._low if self._low is not None else first)
        right = self._at(self._high if self._high is not None else last)
        painter.fillRect(QRect(left, top, max(right - left, 2), _TALL), colour("ok"))
        for limit in (self._low, self._high):
            if limit is not None:
                self._mark(painter, limit)
        if self._value is not None:
            knob = QRect(self._at(self._value) - _KNOB // 2, 2, _KNOB, _KNOB)
            box(painter, knob, "ink", "panel", radius=_KNOB // 2, width=2)

    def _mark(self, painter: QPainter, limit: int) -> None:
        text = written(limit, self._places)
        wide = width_of(text, "small") + 4
        left = max(0, min(self._at(limit) - wide // 2, self.width() - wide))
        write(painter, QRect(left, _KNOB + 6, wide, px(20)), text, "small", "ink2", align=MIDDLE)
