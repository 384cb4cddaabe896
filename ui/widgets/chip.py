"""Chips: shape, word, colour. The word alone is enough."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme.look import px
from ui.theme.paint import CHIP_HEIGHT, chip_mark, chip_width, paint_chip, ring
from ui.theme.tones import Tone
from ui.widgets.texts import Words, is_language_change, spoken


class Chip(QWidget):
    """`Chip(say("Not confirmed"), Tone.UNSURE)`; `icon` replaces the tone's own shape."""

    def __init__(self, text: Words, tone: Tone = Tone.NONE, *, icon: str = "") -> None:
        super().__init__()
        self._words, self._tone, self._icon = text, tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retranslate()

    @property
    def text(self) -> str:
        """The word on it."""
        return spoken(self._words)

    def put(self, text: Words, tone: Tone = Tone.NONE, *, icon: str = "") -> None:
        """Shows another state."""
        self._words, self._tone, self._icon = text, tone, icon
        self.retranslate()

    def retranslate(self) -> None:
        """Takes the size of its word in the language in force."""
        self.setAccessibleName(self.text)
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self.text, self._icon or chip_mark(self._tone)), px(CHIP_HEIGHT))

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        mark = self._icon or chip_mark(self._tone)
        paint_chip(QPainter(self), self.rect(), self.text, self._tone, mark=mark, direction=self.layoutDirection())


class FilterChip(QAbstractButton):
    """A chip that is pressed: a filter above a list. Checked, it shows a tick and the accent."""

    def __init__(self, text: Words, *, on: bool = False) -> None:
        super().__init__()
        self._words = text
        self.setCheckable(True)
        self.setChecked(on)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(lambda _: self.retranslate())
        self.retranslate()

    def put(self, text: Words) -> None:
        """Carries another word or count."""
        self._words = text
        self.retranslate()

    def retranslate(self) -> None:
        """Takes the size of its word in the language in force."""
        self.setText(spoken(self._words))
        self.setShortcut("")
        self.setAccessibleName(self.text())
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self.text(), "check" if self.isChecked() else "") + 6, px(CHIP_HEIGHT) + 6)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, on = QPainter(self), self.isChecked()
        inner = QRect(self.rect()).adjusted(3, 3, -3, -3)
        tone, mark = (Tone.ACCENT, "check") if on else (Tone.NONE, "")
        paint_chip(painter, inner, self.text(), tone, mark=mark, direction=self.layoutDirection())
        if self.hasFocus():
            ring(painter, self.rect())
