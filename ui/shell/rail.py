"""The rail: where one can go, how things stand, who is at the desk."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.kernel.messages import Message, say
from ui.shell.pages import Place
from ui.shell.state_button import StateButton
from ui.theme.icons import draw_icon
from ui.theme.look import colour, high_contrast, look, px
from ui.theme.paint import box, flip, key_width, paint_key, ring, write
from ui.widgets.label import Label
from ui.widgets.layouts import boxed, column, row
from ui.widgets.texts import Words, is_language_change, key_text, spoken, tip

WIDE, NARROW = 220, 68


def item() -> int:
    """How high a place is: air does not grow, so that all of them stay in a window of 800 px."""
    return px(18) + 20


class RailButton(QAbstractButton):
    """A place, or the person: icon and word; narrow, only the icon with the word as tool tip."""

    def __init__(self, icon: str, words: Words, *, keys: str = "", hint: str = "", checkable: bool = True) -> None:
        super().__init__()
        self._icon, self._words, self._keys, self._hint = icon, words, key_text(keys), key_text(hint)
        self.narrow = False
        self.setCheckable(checkable)
        self.setAutoExclusive(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def put(self, words: Words) -> None:
        """Carries another word."""
        self._words = words
        self.retranslate()

    def retranslate(self) -> None:
        """Writes itself in the language in force."""
        word = spoken(self._words)
        self.setFixedHeight(item())
        self.setText(word)
        self.setShortcut("")
        self.setAccessibleName(word)
        keys = self._keys or self._hint
        self.setToolTip(tip(f"{word} ({keys})" if keys else word))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROW - 24, item())

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect, way, on = QPainter(self), self.rect(), self.layoutDirection(), self.isChecked()
        if on:
            box(painter, rect, "panel", "edge" if high_contrast() else "line", radius=8, width=look().tokens.border)
            if high_contrast():  # the ring is the keyboard's alone
                painter.fillRect(flip(way, rect, QRect(4, 8, 4, rect.height() - 16)), colour("accent"))
        elif self.underMouse():
            box(painter, rect, "hover", radius=8)
        if self.hasFocus():
            ring(painter, rect, radius=8)
        side = px(18)
        left = (rect.width() - side) // 2 if self.narrow else 13
        place = QRect(left, (rect.height() - side) // 2, side, side)
        draw_icon(painter, flip(way, rect, place), self._icon, "accent" if on else "ink2")
        if self.narrow:
            return
        keys = key_width(self._hint) + 14 if self._hint else 8
        room = flip(way, rect, QRect(side + 24, 0, rect.width() - side - 24 - keys, rect.height()))
        write(painter, room, self.text(), "body", "ink" if on else "ink2", weight=600 if on else 500, direction=way)
        if self._hint:
            place = QRect(
                rect.width() - key_width(self._hint) - 10, (rect.height() - px(19)) // 2, key_width(self._hint), px(19)
            )
            paint_key(painter, flip(way, rect, place), self._hint, "ink3")


class _Mark(QWidget):
    """The product mark: a service tag."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = min(px(32), NARROW - 24)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, self.rect(), "accent", radius=8)
        inset = self.width() * 7 // 32
        draw_icon(painter, self.rect().adjusted(inset, inset, -inset, -inset), "wrench", "on_accent")


class Rail(QWidget):
    """`gone` carries the name of the pressed place; `person_asked` when the person chip is pressed, `state_asked` when
    the light is."""

    gone = Signal(str)
    person_asked = Signal()
    state_asked = Signal()

    def __init__(self, places: Sequence[Place], *, partner: str, state: Message) -> None:
        super().__init__()
        self._buttons = {place.name: RailButton(place.icon, place.words or "", keys=place.keys) for place in places}
        for name, button in self._buttons.items():
            button.clicked.connect(self._going(name))
        self.person = RailButton("circle-user", say("Who is here?"), hint="F2", checkable=False)
        self.person.clicked.connect(lambda: self.person_asked.emit())
        self._partner = Label(partner, "meta", "ink2")
        self._names = boxed(column(Label(say("Aftercare"), "head"), self._partner, gap=0))
        self._partner.setVisible(bool(partner))
        self.state = StateButton(state)
        self.state.clicked.connect(lambda: self.state_asked.emit())
        head = row(_Mark(), self._names, None, gap=10, margins=(0, 2, 0, 10))
        self._told = column()
        self.setLayout(
            column(
                head, *self._buttons.values(), None, self._told, self.state, self.person,
                gap=2, margins=(12, 14, 12, 14),
            )
        )  # fmt: skip
        self.setFixedWidth(px(WIDE))

    def mark(self, name: str) -> None:
        """Shows which place is open; none when it is not in the rail."""
        for each, button in self._buttons.items():
            button.setAutoExclusive(False)
            button.setChecked(each == name)
            button.setAutoExclusive(True)

    def show_person(self, words: Words) -> None:
        """Who is at the desk."""
        self.person.put(words)

    @property
    def shown_partner(self) -> str:
        """Whose desk it says it is."""
        return self._partner.text()

    def show_partner(self, name: str) -> None:
        """Whose desk it is, under the product's name."""
        self._partner.put(name)
        self._partner.setVisible(bool(name))

    def show_state(self, icon: str, headline: Message, line: Message) -> None:
        """The quiet light at the foot: the network is an event, never an alarm."""
        self.state.put(icon, headline, line)

    def take(self, toast: QWidget) -> None:
        """Gives what was just done its place above the foot."""
        self._told.addWidget(toast)

    def set_narrow(self, narrow: bool) -> None:
        """Icons alone, under 1024 px."""
        self._names.setVisible(not narrow)
        self.state.set_narrow(narrow)
        for button in (*self._buttons.values(), self.person):
            button.narrow = narrow
            button.update()
        self.setFixedWidth(NARROW if narrow else px(WIDE))

    def first(self) -> QWidget:
        """Where the keyboard lands in the rail: the open place."""
        open_ones = [button for button in self._buttons.values() if button.isChecked()]
        return (open_ones or list(self._buttons.values()))[0]

    def _going(self, name: str) -> Callable[[], None]:
        return lambda: self.gone.emit(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("rail"))
        edge = flip(self.layoutDirection(), self.rect(), QRect(self.width() - 1, 0, 1, self.height()))
        painter.fillRect(edge, colour("line"))
