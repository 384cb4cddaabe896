"""An address of the network on one line: left to right in every language, its middle left out where it has no room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.language.isolates import LRI, PDI, without_controls
from ui.theme.fonts import metrics
from ui.theme.paint import write
from ui.widgets.texts import tip

LEAST = 12  # characters that are always seen


class Address(QWidget):
    """The whole of it is in the tooltip, and is what a reader of the screen says."""

    def __init__(self, text: str, kind: str = "small", ink: str = "ink2") -> None:
        super().__init__()
        self._kind, self._ink = kind, ink
        self.whole = without_controls(text)
        self.setToolTip(tip(self.whole))
        self.setAccessibleName(self.whole)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def shown(self) -> str:
        """What there is room for: beginning and end, which tell one address from another."""
        return metrics(self._kind).elidedText(self.whole, Qt.TextElideMode.ElideMiddle, self.width() - 2)

    def sizeHint(self) -> QSize:
        measure = metrics(self._kind)
        return QSize(measure.horizontalAdvance(self.whole) + 2, measure.lineSpacing())

    def minimumSizeHint(self) -> QSize:
        measure = metrics(self._kind)
        return QSize(measure.averageCharWidth() * LEAST, measure.lineSpacing())

    def paintEvent(self, event: QPaintEvent) -> None:
        one = f"{LRI}{self.shown()}{PDI}"  # a slash and a point would turn with the sentence
        write(QPainter(self), self.rect(), one, self._kind, self._ink)
