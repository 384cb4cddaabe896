"""The quiet light at the foot of the rail: how the exchange stands, in words; a press opens its page."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.kernel.messages import say
from ui.theme.look import look, px
from ui.theme.paint import box, ring
from ui.theme.tokens import RADIUS_CARD
from ui.widgets.label import Icon, Label
from ui.widgets.layouts import boxed, column, row
from ui.widgets.texts import Words, is_language_change, tip


class StateButton(QAbstractButton):
    """An icon and two lines; narrow, the icon alone with the lines as tool tip."""

    def __init__(self, headline: Words) -> None:
        super().__init__()
        self._icon = Icon("hard-drive", "ink2")
        self._headline = Label(headline, "meta", weight=600, wrap=True)
        self._line = Label(say("Everything is kept on this computer."), "meta", "ink2", wrap=True)
        self._texts = boxed(column(self._headline, self._line, gap=1))
        self._row = row(self._icon, (self._texts, 1), gap=10, margins=(12, 9, 8, 9))
        self.setLayout(self._row)
        for each in (self._icon, self._texts):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._name()

    def put(self, icon: str, headline: Words, line: Words) -> None:
        """Says how it stands now."""
        self._icon.put(icon, "ink2")
        self._headline.put(headline)
        self._line.put(line)
        self._name()

    def set_narrow(self, narrow: bool) -> None:
        """The icon alone."""
        self._texts.setVisible(not narrow)
        lead = max(2, 12 - (px(18) - 18) // 2)  # a larger icon stays in the middle
        self._row.setContentsMargins(*((lead, 9, 0, 9) if narrow else (12, 9, 8, 9)))
        self._name()

    def _name(self) -> None:
        words = f"{self._headline.text()}. {self._line.text()}"
        self.setAccessibleName(words)
        self.setToolTip("" if self._texts.isVisibleTo(self) else tip(words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_change(event):
            self._headline.retranslate()
            self._line.retranslate()
            self._name()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill = "hover" if self.underMouse() else "rail"
        box(painter, self.rect(), fill, "line", radius=RADIUS_CARD, width=look().tokens.border)
        if self.hasFocus():
            ring(painter, self.rect(), radius=RADIUS_CARD)
