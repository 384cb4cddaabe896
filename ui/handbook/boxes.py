"""The boxes of the crisis page: a head that reads in black and white, and a frame in its colour."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from ui.theme.look import colour, look, px
from ui.theme.paint import box
from ui.theme.tokens import RADIUS_CARD
from ui.widgets.label import Icon, Label
from ui.widgets.layouts import Item, boxed, column, row
from ui.widgets.texts import Words

HEAD = 46


class HeadedBox(QFrame):
    """`fill` is the token of a filled head with a 2 px frame (DO NOW, DO NOT SAY); empty for a plain one."""

    def __init__(self, icon: str, title: Words, *items: Item, fill: str = "", right: Words = "") -> None:
        super().__init__()
        self._fill = fill
        ink = "on_fill" if fill else "ink"
        self.head = Label(title, "do", ink, weight=600, wrap=True)
        beside = [Label(right, "lead", ink if fill else "ink2")] if right else []
        top = self._top = boxed(row(Icon(icon, ink, 22), self.head, None, *beside, gap=12, margins=(16, 0, 16, 0)))
        top.setMinimumHeight(px(HEAD))
        body = boxed(column(*items, gap=0, margins=(16, 8, 16, 12)))
        self.setLayout(column(top, body, gap=0))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = QPainter(self), self.rect()
        width = 2 if self._fill else look().tokens.border
        box(painter, rect, "panel", self._fill or "line", radius=RADIUS_CARD, width=width)
        path = QPainterPath()
        path.addRoundedRect(QRectF(rect), RADIUS_CARD, RADIUS_CARD)
        painter.setClipPath(path)
        if self._fill:
            painter.fillRect(QRect(0, 0, rect.width(), self._top.height()), colour(self._fill))
        else:
            painter.fillRect(QRect(0, self._top.height() - 1, rect.width(), 1), colour("line"))


class HeadBar(QWidget):
    """The head of the page with its hairline."""

    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self.setLayout(layout)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("canvas"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line"))
