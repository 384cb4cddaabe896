"""A card over the dimmed work: the place behind it is kept, Esc closes it, the keyboard returns where it was.

The crisis handbook stays above it, but for the sheet of keys."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLayout, QWidget
from shiboken6 import isValid

from ui.shell.cover import cover_of
from ui.theme.look import colour, look, px
from ui.theme.paint import box
from ui.theme.tokens import RADIUS_PALETTE


class _Card(QWidget):
    reflowed = Signal()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.reflowed.emit()
        return done

    def paintEvent(self, event: QPaintEvent) -> None:
        box(QPainter(self), self.rect(), "panel", "line", radius=RADIUS_PALETTE, width=look().tokens.border)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # a press beside the card closes, one on it does not


class Overlay(QWidget):
    """Lies over `window`; `arrange` gives it its content, `come_up` shows it, `close_over` takes it away."""

    closed = Signal()

    def __init__(self, window: QWidget, *, width: int = 640, top: int = 96, above_all: bool = False) -> None:
        super().__init__(window)
        self._width, self._top, self._above_all = width, top, above_all
        self._before: QWidget | None = None
        self.card = _Card(self)
        self.card.reflowed.connect(self.place)
        self.hide()
        window.installEventFilter(self)

    def arrange(self, layout: QLayout) -> None:
        """Puts the content on the card."""
        self.card.setLayout(layout)

    def come_up(self, first: QWidget) -> None:
        """Shows it with the keyboard in `first`."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.place()
        self.show()
        self.raise_()
        cover = cover_of(self.window())
        if cover is not None and not self._above_all:
            cover.stay_above(self, first)
        else:
            self.setEnabled(True)
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_over(self) -> None:
        """Takes it away; the keyboard goes back where it was."""
        if not self.isVisible():
            return
        self.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def place(self) -> None:
        """Lays itself over the window and the card in its middle."""
        around = self.parentWidget()
        if around is None:
            return
        self.setGeometry(around.rect())
        width = min(px(self._width), self.width() - 48)
        top = min(self._top, max(16, self.height() // 9))
        height = min(self.card.sizeHint().height(), self.height() - top - 24)
        self.card.setGeometry((self.width() - width) // 2, top, width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_over()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab stays on the card."""
        stops = [each for each in self.card.findChildren(QWidget) if _takes_keyboard(each)]
        if not stops:
            return True
        focus = QApplication.focusWidget()
        at = stops.index(focus) if focus in stops else -1
        stops[(at + (1 if onward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.close_over()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("scrim"))


def _takes_keyboard(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
