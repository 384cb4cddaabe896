"""The top bar: the search that opens the palette, New ticket, and Crisis. They never move."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.kernel.messages import say, say_count
from ui.theme.buttons import HEIGHT, Kind, Size
from ui.theme.fonts import width_of
from ui.theme.icons import draw_icon
from ui.theme.look import px
from ui.theme.paint import flip, key_width, paint_key, write
from ui.theme.style import field_box
from ui.widgets.button import Button, crisis_button
from ui.widgets.layouts import row
from ui.widgets.texts import is_language_change, spoken, tip

SMALL, TIGHT = 760, 200  # px of the bar, and of the field: under this its words stand without its key
_KEYS = "Ctrl K"
_WORDS = say("Find a serial, customer, ticket or part")
_SHORT = say("Find anything")
_NOTHING_NEW = say("Nothing new (Ctrl+Shift+B)")


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
        left, tight = px(18) + 20, rect.width() < px(TIGHT)
        room = QRect(left, 0, (rect.width() - 6 if tight else keys.left() - 8) - left, rect.height())
        write(painter, flip(way, rect, room), self.hint(room.width()), "body", "ink3", direction=way)
        if not tight:
            paint_key(painter, flip(way, rect, keys), _KEYS, "ink3")


class Bell(Button):
    """How much is new: the number beside a bell, in words for whoever hears it."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__("", Kind.TEXT, icon="bell", name=_NOTHING_NEW, act=act)

    def show_count(self, count: int) -> None:
        """So many new things; none is said quietly."""
        words = say_count("{count} new thing (Ctrl+Shift+B)", "{count} new things (Ctrl+Shift+B)", count)
        self.put(say("{count}", count=count) if count else "", name=words if count else _NOTHING_NEW)
        self.setToolTip(tip(spoken(words if count else _NOTHING_NEW)))
        self.updateGeometry()


class TopBar(QWidget):
    """`searched` carries the first letters for the palette; `new_asked` wants a new ticket, `crisis_asked` the
    handbook, `news_asked` what is new; `customer_asked` says that the customer can see the screen, or no longer."""

    searched = Signal(str)
    new_asked = Signal()
    crisis_asked = Signal()
    news_asked = Signal()
    customer_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = SearchField()
        self.search.wanted.connect(self.searched)
        self.new = Button(say("New ticket"), Kind.SECONDARY, icon="plus", keys="Ctrl+N", act=self.new_asked.emit)
        self.crisis = crisis_button(self.crisis_asked.emit)
        self.bell = Bell(self.news_asked.emit)
        self.customer = Button("", Kind.TEXT, icon="eye", name=say("The customer can see this screen (Ctrl+Shift+P)"),
                               act=self.customer_asked.emit)  # fmt: skip
        self.setLayout(
            row((self.search, 100), None, self.bell, self.customer, self.new, self.crisis, gap=10,
                margins=(24, 12, 24, 12))
        )  # fmt: skip

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window New ticket does not show its key: what is looked for needs the room."""
        super().resizeEvent(event)
        self.new.show_keys("" if self.width() < SMALL else "Ctrl+N")

    def show_news(self, count: int) -> None:
        """How much is new, at the bell."""
        self.bell.show_count(count)

    def face_customer(self, on: bool) -> None:
        """The customer can see the screen, or no longer: the bell is not theirs."""
        self.bell.setVisible(not on)
        self.customer.dress(Kind.PRIMARY if on else Kind.TEXT)
