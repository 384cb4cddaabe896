"""The window instead of the desk, where its profile cannot be opened now: why, what to do, and the crisis handbook."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QWidget

from app.kernel.errors import UserError
from app.kernel.messages import say
from ui.theme.buttons import Kind, Size
from ui.theme.look import colour, px
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import Icon, Label, Prose
from ui.widgets.layouts import column, row
from ui.widgets.texts import is_language_change, spoken, tr


class Shut(QWidget):
    """`again` is sent when somebody wants to try once more; closing the window gives up. `crisis_asked` wants the
    crisis handbook, which needs neither store nor key."""

    again = Signal()
    crisis_asked = Signal()

    def __init__(self, trouble: UserError) -> None:
        super().__init__()
        crisis = Button(
            say("Crisis handbook"), Kind.DANGER, icon="siren", keys="F9", size=Size.TOUCH, act=self.crisis_asked.emit
        )
        self.try_again = Button(say("Try again"), Kind.PRIMARY, icon="refresh-cw", keys="Enter", act=self.again.emit)
        self.try_again.setDefault(True)
        leave = Button(say("Close Aftercare"), Kind.TEXT, act=self.close)
        title = row(Icon("octagon-alert", "stop", 24), (Label(say("The desk cannot be opened"), "title", wrap=True), 1))
        card = Card(
            column(title, Prose(trouble.message), row(None, leave, self.try_again), gap=14, margins=(28, 26, 28, 26))
        )
        card.setFixedWidth(px(560))
        self.setLayout(column(row(None, crisis), None, row(None, card, None), None, margins=(24, 24, 24, 24)))
        self.resize(1180, 820)
        QShortcut(QKeySequence("F9"), self, self.crisis_asked.emit)
        for keys in ("Return", "Enter"):
            QShortcut(QKeySequence(keys), self, self._entered)
        self.try_again.setFocus()
        self.retranslate()

    def _entered(self) -> None:
        focus = self.focusWidget()
        if isinstance(focus, Button) and focus is not self.try_again:
            focus.click()
        else:
            self.again.emit()

    def retranslate(self) -> None:
        """The window's title in the language in force."""
        self.setWindowTitle(tr("{page} · Aftercare", page=spoken(say("The desk cannot be opened"))))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_change(event):
            self.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("canvas"))
