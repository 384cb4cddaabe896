"""The sheet of keys, and the choice of who is at the desk."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QWidget

from app.kernel.messages import say
from ui.shell.cover import KEY
from ui.shell.overlay import Overlay
from ui.shell.wiring import Person
from ui.theme.buttons import Kind, Size
from ui.theme.look import px
from ui.widgets.button import Button, crisis_button
from ui.widgets.label import KeyHint, Label, Prose, Rule
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.page import Act
from ui.widgets.scroll import Whole
from ui.widgets.texts import Words, dotted, spoken

_MARGINS = (24, 20, 24, 20)


class KeySheet(Overlay):
    """Every act and its key, for the page of now and for the whole desk; `guide_asked` wants the guide instead."""

    guide_asked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, width=820, top=64, above_all=True)
        self._body = row(gap=32)
        guide = Button(say("Guide for this page"), Kind.TEXT, icon="info", keys="Shift+F1", act=self.guide_asked.emit)
        self._close = Button(say("Close"), Kind.TEXT, icon="x", keys="Esc", act=self.close_over)
        head = row(Label(say("Keys"), "title"), None, guide, self._close)
        self._scroll = Whole(boxed(self._body))
        self.arrange(column(head, Rule(), (self._scroll, 1), gap=14, margins=_MARGINS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What does not fit is scrolled to."""
        bar, key = self._scroll.verticalScrollBar(), event.key()
        steps = {Qt.Key.Key_Down: px(40), Qt.Key.Key_Up: -px(40), Qt.Key.Key_PageDown: bar.pageStep(),
                 Qt.Key.Key_PageUp: -bar.pageStep()}  # fmt: skip
        if Qt.Key(key) in steps:
            bar.setValue(bar.value() + steps[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def show_keys(self, groups: Sequence[tuple[Words, Sequence[Act]]]) -> None:
        """Opens with these groups side by side."""
        clear(self._body)
        for title, acts in groups:
            lines = [_line(words, keys) for words, keys in _keys_by_words(acts)]
            if lines:
                self._body.addWidget(boxed(column(Label(title, "head"), *lines, None, gap=8)), 1)
        self.come_up(self._close)


def _keys_by_words(acts: Sequence[Act]) -> list[tuple[Words, list[str]]]:
    """Each act that can be done now, once, with all its keys."""
    found: dict[str, tuple[Words, list[str]]] = {}
    for act in acts:
        if act.keys and act.possible():
            found.setdefault(spoken(act.shown), (act.shown, []))[1].append(act.keys)
    return list(found.values())


def _line(words: Words, keys: Sequence[str]) -> QLayout:
    return row((Label(words, "small"), 1), *(KeyHint(each, "ink2") for each in keys), gap=6)


class Who(Overlay):
    """Who is at the desk: a press, or the number before the name. `chosen` carries the person's id; `crisis_asked`
    wants the crisis handbook, which asks for nobody."""

    chosen = Signal(str)
    crisis_asked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, width=720)  # a person with every role, and the key
        self._people: list[Person] = []
        self._title = Label("", "title", wrap=True)
        self._why = Prose("")
        self._list = column(gap=6)
        head = row((self._title, 1), crisis_button(self.crisis_asked.emit), gap=12)
        self.arrange(column(head, self._why, self._list, None, gap=10, margins=_MARGINS))

    def ask(self, people: Sequence[Person], title: Words, why: Words = "") -> None:
        """Opens with these people; Esc changes nothing."""
        self._people = list(people)
        self._title.put(title)
        said = why if people else say("Nobody is on the list yet. The settings have a place to add the first person.")
        self._why.put(said)
        self._why.setVisible(bool(said))
        clear(self._list)
        buttons = [self._button(person, at) for at, person in enumerate(self._people, start=1)]
        for button in buttons:
            self._list.addWidget(button)
        self.come_up(buttons[0] if buttons else self)

    def event(self, event: QEvent) -> bool:
        """It holds the window: no key of the page or of the desk reaches past it, but that of the crisis handbook."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() != KEY:
            event.accept()
            return True
        return super().event(event)

    def press(self, sign: str) -> None:
        """The number before a name."""
        if sign.isdecimal() and 1 <= int(sign) <= min(9, len(self._people)):
            self.pick(self._people[int(sign) - 1].id)

    def pick(self, person: str) -> None:
        """This one is at the desk."""
        self.chosen.emit(person)
        self.close_over()

    def _button(self, person: Person, at: int) -> Button:
        words = dotted(person.name, person.roles)
        keys = str(at) if at < 10 else ""
        return Button(words, icon="user", keys=keys, size=Size.TOUCH, leading=True, act=lambda: self.pick(person.id))
