"""A toast: what was done, and Undo with its key. Never for errors."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.kernel.messages import say
from ui.theme.buttons import Kind
from ui.widgets.announce import announce
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import Icon, Label
from ui.widgets.layouts import Margins, boxed, column, row
from ui.widgets.texts import Words, tr

SECONDS = 8
_UNDO = "Ctrl+Z"


class Toast(QWidget):
    """Stands in a layout, so that it covers nothing, for 8 seconds: `toast.show_done(say("Note added"), undo=back)`.

    Its key works in the whole of `window`. Told while its place is hidden, it is read when the place comes back.
    """

    def __init__(self, window: QWidget) -> None:
        self._text = Label("", "body", weight=500, wrap=True)
        self._undo = Button(say("Undo"), Kind.LINK, keys=_UNDO, act=self.take_back)
        self._words: QBoxLayout = column((self._text, 1), self._undo, gap=2)
        told = row(Icon("circle-check", "ok"), (boxed(self._words), 1), gap=10, margins=(12, 9, 8, 9))
        super().__init__()
        self.setLayout(row((Card(told, line="edge"), 1)))
        self._back: Callable[[], object] | None = None
        self._held = self._waits = False
        self._timer = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self._timer.timeout.connect(self.hide)
        self._key = QShortcut(_UNDO, window, self.take_back, context=Qt.ShortcutContext.WindowShortcut)
        self._key.setEnabled(False)
        self.hide()

    def stand(self, *, upright: bool, margins: Margins) -> None:
        """Undo below the words, for a narrow place, or beside them; `margins` are there only while the toast is."""
        self.setContentsMargins(*margins)
        way = QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight
        self._words.setDirection(way)
        self._words.setAlignment(
            self._undo, Qt.AlignmentFlag.AlignLeading if upright else Qt.AlignmentFlag.AlignVCenter
        )

    def show_done(self, text: Words, *, undo: Callable[[], object] | None = None) -> None:
        """Says what was done; while it is there, Ctrl+Z takes it back (outside a field that has its own undo)."""
        self._back = undo
        self._text.put(text)
        self._undo.setVisible(undo is not None)
        self._undo.setAccessibleName(self.undoes)
        if self._held:
            self._waits = True
            return
        if self.isVisible():
            self._begin()
        self.show()

    @property
    def undoes(self) -> str:
        """What Undo takes back, as it is named to a reader and in the palette; empty when there is nothing."""
        return tr("Undo: {what}", what=self._text.text()) if self._back is not None else ""

    def hold(self, on: bool) -> None:
        """Says nothing for a while; what it would have said last comes after it."""
        self._held = on
        if on:
            self._waits = not self.isHidden()
            self.hide()
        elif self._waits:
            self._waits = False
            self.show()

    def take_back(self) -> None:
        """Runs Undo once."""
        back, self._back = self._back, None
        self.hide()
        if back is not None:
            back()

    def _begin(self) -> None:
        self._key.setEnabled(self._back is not None)
        self._timer.start()
        announce(self, self._text.text())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._key.setEnabled(False)
        self._timer.stop()
        self.hide()  # also when its place was hidden: what was said before a full-window page is old after it
