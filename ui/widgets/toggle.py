"""Two views of one thing: a two-part toggle, not tabs."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.theme.buttons import HEIGHT, LETTERS, Size
from ui.theme.fonts import width_of
from ui.theme.look import look
from ui.theme.paint import MIDDLE, box, flip, ring, write
from ui.widgets.texts import Words, is_language_change, spoken


class Toggle(QAbstractButton):
    """`Toggle([("guide", say("One step")), ("list", say("All steps"))], name=say("View"))`.

    `chosen` carries the value. The arrow keys choose; a reader is told of a button "View: One step", which turns to the
    next part when it is pressed.
    """

    chosen = Signal(object)

    def __init__(self, parts: Sequence[tuple[object, Words]], *, name: Words, size: Size = Size.DESK) -> None:
        super().__init__()
        self._parts, self._name, self._size, self._at = list(parts), name, size, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self._press((self._at + 1) % len(self._parts)))
        self.retranslate()

    @property
    def value(self) -> Any:
        """The chosen part."""
        return self._parts[self._at][0]

    def choose(self, value: object) -> None:
        """Chooses without sending `chosen`."""
        self._at = [each for each, _ in self._parts].index(value)
        self.retranslate()

    def retranslate(self) -> None:
        """Names itself in the language in force."""
        self.setAccessibleName(f"{spoken(self._name)}: {spoken(self._parts[self._at][1])}")
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._width() * len(self._parts) + 6, HEIGHT[self._size])

    def _width(self) -> int:
        return max(width_of(spoken(words), LETTERS[self._size], weight=600) for _, words in self._parts) + 28

    def _cell(self, at: int) -> QRect:
        width = self._width()
        return flip(self.layoutDirection(), self.rect(), QRect(3 + at * width, 3, width, self.height() - 6))

    def _press(self, at: int) -> None:
        if 0 <= at < len(self._parts) and at != self._at:
            self._at = at
            self.retranslate()
            self.chosen.emit(self.value)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for at in range(len(self._parts)):
            if self._cell(at).contains(event.position().toPoint()):
                self._press(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The press has chosen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        onward = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if onward:
            self._press(self._at + (-onward if look().mirrored else onward))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, self.rect(), "rail", "edge", width=look().tokens.border)
        for at, (_, words) in enumerate(self._parts):
            cell, on = self._cell(at), at == self._at
            if on:
                box(painter, cell, "panel", "edge", radius=5, width=look().tokens.border)
            ink, weight = ("ink", 600) if on else ("ink2", 500)
            write(painter, cell, spoken(words), LETTERS[self._size], ink, weight=weight, align=MIDDLE)
        if self.hasFocus():
            ring(painter, self.rect())
