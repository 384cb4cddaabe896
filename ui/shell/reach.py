"""The place of a page: it scrolls when the window is smaller than what the page cannot do without."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea

from ui.widgets.page import Page


class Reach(QScrollArea):
    """Holds one page, which is as large as its place, and never smaller than its least. With a large text in a small
    window nothing is cut off and nothing lies where neither keyboard nor mouse get to."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(page.focusPolicy().NoFocus)
        self.setWidget(page)
        page.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.page and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def _fit(self) -> None:
        room = self.maximumViewportSize()
        least = self._least(room)
        if least.height() > room.height():
            least = self._least(room - QSize(self.verticalScrollBar().sizeHint().width(), 0))
        self.page.resize(least.expandedTo(self._beside_bars(room, least)))

    def _beside_bars(self, room: QSize, least: QSize) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        wide = room.width() - (bar if least.height() > room.height() else 0)
        tall = room.height() - (bar if least.width() > wide else 0)
        return QSize(wide, tall)

    def _least(self, room: QSize) -> QSize:
        """What the page needs at this width, with its texts wrapped."""
        layout = self.page.layout()
        if layout is None:
            return QSize(0, 0)
        least = layout.totalMinimumSize()
        if layout.hasHeightForWidth():
            width = max(room.width(), least.width())
            least.setHeight(max(0, layout.minimumHeightForWidth(width)))
        return least
