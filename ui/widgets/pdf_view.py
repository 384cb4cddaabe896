"""Shows the pages of a PDF as pictures that are handed in: the very bytes that are printed, drawn elsewhere."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.kernel.messages import say
from ui.theme.buttons import Kind, Size
from ui.theme.look import colour
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.layouts import column, row
from ui.widgets.texts import Words, is_language_change, spoken, tr

_GAP = 16
_NAME = say("Preview")
_SMALLEST, _LARGEST = 40, 400


class PdfView(QWidget):
    """`view.put(images)`; zoom is per cent of the width. Page Up and Down turn pages, Ctrl+Plus and Ctrl+Minus zoom."""

    paged = Signal(int)

    def __init__(self, *, name: Words = _NAME) -> None:
        super().__init__()
        self._name, self._zoom = name, 100
        self._sheet = _Sheet()
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self._sheet)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.verticalScrollBar().valueChanged.connect(lambda _: self._show_place())
        self._where = Label("", "small", "ink2")
        smaller = Button(
            icon="zoom-out", name=say("Smaller"), size=Size.COMPACT, act=lambda: self.zoom(self._zoom - 20)
        )
        larger = Button(icon="zoom-in", name=say("Larger"), size=Size.COMPACT, act=lambda: self.zoom(self._zoom + 20))
        whole = Button(say("Whole width"), Kind.TEXT, size=Size.COMPACT, act=lambda: self.zoom(100))
        self.setLayout(column(row(self._where, None, whole, smaller, larger, gap=6), (self._scroll, 1), gap=6))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.retranslate()

    @property
    def page(self) -> int:
        """The page in view, from 1; 0 when there are none."""
        return self._sheet.page_at(self._scroll.verticalScrollBar().value() + 40)

    def put(self, pages: Sequence[QImage]) -> None:
        """Shows these pages from the first on."""
        self._sheet.pages = list(pages)
        self._fit()
        self._scroll.verticalScrollBar().setValue(0)
        self._show_place()

    def zoom(self, percent: int) -> None:
        """Larger or smaller; 100 fills the width."""
        self._zoom = max(_SMALLEST, min(_LARGEST, percent))
        self._fit()

    def turn(self, pages: int) -> None:
        """So many pages on, or back."""
        self._scroll.verticalScrollBar().setValue(self._sheet.top_of(self.page + pages))

    def retranslate(self) -> None:
        """Names itself in the language in force."""
        self.setAccessibleName(spoken(self._name))
        self._show_place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if steps is not None:
            self.turn(steps)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in (
            Qt.Key.Key_Plus,
            Qt.Key.Key_Equal,
            Qt.Key.Key_Minus,
        ):
            self.zoom(self._zoom + (-20 if event.key() == Qt.Key.Key_Minus else 20))
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + (60 if event.key() == Qt.Key.Key_Down else -60))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._sheet.fit(max(120, self._scroll.viewport().width() - 2 * _GAP) * self._zoom // 100)
        self._show_place()

    def _show_place(self) -> None:
        count = len(self._sheet.pages)
        self._where.put(tr("Page {page} of {count}", page=self.page, count=count) if count else "")
        self.paged.emit(self.page)


class _Sheet(QWidget):
    """The pages one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[QImage] = []
        self._places: list[QRect] = []

    def fit(self, width: int) -> None:
        """Lays the pages out in this width."""
        self._places, top = [], _GAP
        for page in self.pages:
            height = width * page.height() // max(1, page.width())
            self._places.append(QRect(QPoint(_GAP, top), QSize(width, height)))
            top += height + _GAP
        self.resize(width + 2 * _GAP, top)
        self.update()

    def page_at(self, height: int) -> int:
        """The page at this distance from the top, from 1."""
        passed = sum(1 for place in self._places if place.top() <= height)
        return max(1, passed) if self._places else 0

    def top_of(self, page: int) -> int:
        """Where a page begins; the nearest one when there is no such page."""
        if not self._places:
            return 0
        return self._places[max(1, min(page, len(self._places))) - 1].top() - _GAP

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page, place in zip(self.pages, self._places, strict=True):
            if place.intersects(event.rect()):
                painter.fillRect(place.adjusted(-1, -1, 1, 1), colour("line"))
                painter.drawImage(place, page)
