"""Buttons: a verb and its object, an icon before, a key after."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.kernel.messages import say
from ui.theme.buttons import HEIGHT, LETTERS, Face, Kind, Size
from ui.theme.fonts import font
from ui.widgets.keys import is_enter
from ui.widgets.texts import Words, is_language_change, key_text, spoken, tip

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class Button(QPushButton):
    """`Button(say("Add a note"), icon="plus", keys="N", act=self.add_note)`.

    `keys` is only shown: the key itself is registered by `Page.offer`. A button without words needs `name`.
    """

    def __init__(
        self,
        text: Words = "",
        kind: Kind = Kind.SECONDARY,
        *,
        icon: str = "",
        keys: str = "",
        size: Size = Size.DESK,
        name: Words = "",
        leading: bool = False,
        act: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._words, self._name, self._keys = text, name, keys
        self.face = Face(kind, size, icon, key_text(keys), leading)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        if act is not None:
            self.clicked.connect(lambda: act())
        self.retranslate()

    def put(self, text: Words, *, name: Words = "") -> None:
        """Carries other words."""
        self._words, self._name = text, name
        self.retranslate()

    def dress(self, kind: Kind, *, icon: str = "") -> None:
        """Becomes another kind of button, for the moment when the next step changes."""
        old = self.face
        self.face = Face(kind, old.size, icon or old.icon, old.keys, old.leading)
        self.updateGeometry()
        self.update()

    def show_keys(self, keys: str) -> None:
        """Shows this key, or none."""
        if key_text(keys) != self.face.keys:
            self.face = replace(self.face, keys=key_text(keys))
            self.updateGeometry()
            self.update()

    def retranslate(self) -> None:
        """Writes itself in the language in force."""
        self.face = replace(self.face, keys=key_text(self._keys))
        self.setFixedHeight(HEIGHT[self.face.size])
        self.setFont(font(LETTERS[self.face.size], weight=self.face.weight))
        self.setText(spoken(self._words))
        self.setShortcut(QKeySequence())  # an ampersand in a text is no mnemonic
        self.setAccessibleName(spoken(self._name) or spoken(self._words))
        if not self._words:
            self.setToolTip(tip(spoken(self._name)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()  # saves the question that the button stands in
            elif not event.isAutoRepeat():
                self.click()
        elif event.key() in _ARROWS:
            event.ignore()  # Qt would move the keyboard to any neighbour; they turn pages and steps, and scroll
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)


def crisis_button(act: Callable[[], object], *, size: Size = Size.DESK) -> Button:
    """The one way into the crisis handbook, the same in every head."""
    return Button(say("Crisis"), Kind.DANGER, icon="siren", keys="F9", size=size, act=act)


__all__ = ["Button", "Kind", "Size", "crisis_button"]
