"""A symptom tile: the whole tile is the target; a red plate means people first."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.handbook.spoken import TileSeen
from ui.theme.fonts import font, metrics
from ui.theme.icons import draw_icon
from ui.theme.look import colour, high_contrast, look, px
from ui.theme.paint import box, flip, key_width, paint_key, ring
from ui.theme.tokens import RADIUS_CARD
from ui.widgets.texts import is_language_change

PAD, PLATE, LEAST = 18, 48, 220
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class SymptomTile(QAbstractButton):
    """`key` stands in its corner; the page hears it. `arrowed` carries an arrow key, for whoever lays the tiles out."""

    arrowed = Signal(object)

    def __init__(self, seen: TileSeen, key: str) -> None:
        super().__init__()
        self.seen, self._key = seen, key
        self.setText(seen.title)
        self.setShortcut("")
        self.setAccessibleName(f"{seen.title}. {seen.signs}")
        self.setAccessibleDescription(key)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(px(LEAST) + 60, self.heightForWidth(px(LEAST) + 60))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(LEAST), px(122))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = max(60, width - 2 * PAD)
        return max(px(122), PAD + px(PLATE) + 10 + self._tall("do", room) + 4 + self._tall("lead", room) + PAD - 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in _ARROWS:
            self.arrowed.emit(Qt.Key(event.key()))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = QPainter(self), self.rect()
        if self.hasFocus():
            ring(painter, rect, radius=RADIUS_CARD + 1)
            rect = rect.adjusted(4, 4, -4, -4)
        fill = "hover" if self.underMouse() else "panel"
        box(painter, rect, fill, "edge", radius=RADIUS_CARD, width=look().tokens.border)
        red = self.seen.people_first
        plate = flip(self.layoutDirection(), self.rect(), QRect(PAD, PAD, px(PLATE), px(PLATE)))
        box(painter, plate, "stop_soft" if red else "hover", "stop" if red and high_contrast() else "", radius=8)
        mark = plate.adjusted(px(10), px(10), -px(10), -px(10))
        draw_icon(painter, mark, self.seen.icon, "stop" if red else "ink2")
        if self._key:
            place = QRect(self.width() - PAD - key_width(self._key), PAD, key_width(self._key), px(22))
            paint_key(painter, flip(self.layoutDirection(), self.rect(), place), self._key, "ink2")
        top = PAD + px(PLATE) + 10
        top += self._write(painter, self.seen.title, "do", "ink", top) + 4
        self._write(painter, self.seen.signs, "lead", "ink2", top)

    def _text(self, kind: str) -> str:
        return self.seen.title if kind == "do" else self.seen.signs

    def _flags(self) -> int:
        side = Qt.AlignmentFlag.AlignRight if look().mirrored else Qt.AlignmentFlag.AlignLeft
        place = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop
        return place.value | Qt.TextFlag.TextWordWrap.value

    def _tall(self, kind: str, width: int) -> int:
        measure = metrics(kind, weight=600 if kind == "do" else 0)
        return measure.boundingRect(QRect(0, 0, width, 2000), self._flags(), self._text(kind)).height()

    def _write(self, painter: QPainter, text: str, kind: str, ink: str, top: int) -> int:
        room = self.width() - 2 * PAD
        tall = self._tall(kind, room)
        painter.setFont(font(kind, weight=600 if kind == "do" else 0))
        painter.setPen(colour(ink))
        painter.drawText(QRect(PAD, top, room, tall + 4), self._flags(), text)
        return tall
