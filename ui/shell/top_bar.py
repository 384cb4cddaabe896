"""The top bar: the search that opens the palette, New ticket, and Crisis. They never move."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.kernel.messages import say
from ui.theme.buttons import HEIGHT, Kind, Size
from ui.theme.fonts import width_of
from ui.theme.icons import draw_icon
from ui.theme.look import px
from ui.theme.paint import flip, key_width, paint_key, write
from ui.theme.style import field_box
from ui.widgets.button import Button, crisis_button
from ui.widgets.layouts import row
from ui.widgets.texts import is_language_change, spoken

_KEYS = "Ctrl K"
_WORDS = say("Find a serial, customer, ticket or part")
_SHORT = say("Find anything")


class SearchField(QAbstractButton):
    """Looks like a field; a press or the first letter opens the palette. `wanted` carries what was typed."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(px(520))
        self.clicked.connect(lambda: self.wanted.emit(""))
        self.retranslate()

    def retranslate(self) -> None:
        """Writes itself in the language in force."""
        self.setFixedHeight(HEIGHT[Size.DESK])
        self.setAccessibleName(spoken(_WORDS))
        self.update()

    def hint(self, room: int) -> str:
        """What it says in so many pixels: never half a sentence."""
        words = spoken(_WORDS)
        return words if width_of(words, "body") <= room else spoken(_SHORT)

    def sizeHint(self) -> QSize:
        return QSize(px(300), HEIGHT[Size.DESK])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit("")
        elif event.text().isprintable() and event.text().strip():
            self.wanted.emit(event.text())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect, way = QPainter(self), self.rect(), self.layoutDirection()
        field_box(painter, rect, focused=self.hasFocus())
        draw_icon(painter, flip(way, rect, QRect(10, (rect.height() - px(18)) // 2, px(18), px(18))), "search", "ink3")
        keys = QRect(rect.width() - key_width(_KEYS) - 9, (rect.height() - px(20)) // 2, key_width(_KEYS), px(20))
        left = px(18) + 20
        room = QRect(left, 0, keys.left() - left - 8, rect.height())
        write(painter, flip(way, rect, room), self.hint(room.width()), "body", "ink3", direction=way)
        paint_key(painter, flip(way, rect, keys), _KEYS, "ink3")


class TopBar(QWidget):
    """`searched` carries the first letters for the palette; `new_asked` wants a new ticket, `crisis_asked` the
    handbook."""

    searched = Signal(str)
    new_asked = Signal()
    crisis_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = SearchField()
        self.search.wanted.connect(self.searched)
        self.new = Button(say("New ticket"), Kind.SECONDARY, icon="plus", keys="Ctrl+N", act=self.new_asked.emit)
        self.crisis = crisis_button(self.crisis_asked.emit)
        self.setLayout(row((self.search, 4), None, self.new, self.crisis, gap=10, margins=(24, 12, 24, 12)))
