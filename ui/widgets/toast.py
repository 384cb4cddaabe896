"""A toast: what was done, and Undo with its key. Never for errors."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from ui.theme.buttons import Kind
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import Icon, Label
from ui.widgets.layouts import row
from ui.widgets.texts import Words

SECONDS = 8
_ABOVE_FOOT = 96
_UNDO = "Ctrl+Z"


class Toast(Card):
    """Lies over `window`, bottom centre, for 8 seconds: `toast.show_done(say("Note added"), undo=self.take_back)`."""

    def __init__(self, window: QWidget) -> None:
        self._text = Label("", "body", weight=500)
        self._undo = Button(say("Undo"), Kind.LINK, keys=_UNDO, act=self.take_back)
        super().__init__(
            row(Icon("circle-check", "ok"), self._text, 8, self._undo, gap=10, margins=(16, 8, 8, 8)), line="edge"
        )
        self.setParent(window)
        self._back: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self._timer.timeout.connect(self.hide)
        self._key = QShortcut(_UNDO, window, self.take_back, context=Qt.ShortcutContext.WindowShortcut)
        self._key.setEnabled(False)
        self.hide()
        window.installEventFilter(self)

    def show_done(self, text: Words, *, undo: Callable[[], object] | None = None) -> None:
        """Says what was done; while it is there, Ctrl+Z takes it back (outside a field that has its own undo)."""
        self._back = undo
        self._text.put(text)
        self._undo.setVisible(undo is not None)
        self._key.setEnabled(undo is not None)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def take_back(self) -> None:
        """Runs Undo once."""
        back, self._back = self._back, None
        self.hide()
        if back is not None:
            back()

    def hideEvent(self, event: object) -> None:
        self._key.setEnabled(False)
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        around = self.parentWidget()
        if around is not None:
            left = (around.width() - self.width()) // 2
            self.move(QPoint(left, around.height() - self.height() - _ABOVE_FOOT))
