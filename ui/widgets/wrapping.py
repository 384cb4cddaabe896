"""A row that goes on in the next line where it is full: ticks and chips whose number and words are not known."""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.theme.paint import flip


class Wrap(QLayout):
    """`boxed(Wrap(gap=16))`, then `addWidget`. From the leading edge; `line_gap` px between two lines."""

    def __init__(self, *widgets: QWidget, gap: int = 8, line_gap: int = 6) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap = gap, line_gap
        self.setContentsMargins(QMargins())
        for each in widgets:
            self.addWidget(each)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return max((place.bottom() + 1 for place in places), default=0)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items]
        return QSize(
            max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0)
        )

    def setGeometry(self, room: QRect) -> None:
        super().setGeometry(room)
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
        for item, place in zip(self._items, self._places(room.width()), strict=True):
            item.setGeometry(flip(direction, room, place.translated(room.topLeft())))

    def _places(self, width: int) -> list[QRect]:
        """Where each item lies, left to right, in the middle of its line, in a room of this width."""
        lines: list[list[QRect]] = [[]]
        at = QPoint(0, 0)
        for item in self._items:
            size = item.sizeHint()
            if at.x() and at.x() + size.width() > width:
                at = QPoint(0, at.y() + _height(lines[-1]) + self._line_gap)
                lines.append([])
            lines[-1].append(QRect(at, size))
            at += QPoint(0 if item.isEmpty() else size.width() + self._gap, 0)  # what is hidden leaves no gap
        return [each.translated(0, (_height(line) - each.height()) // 2) for line in lines for each in line]


def _height(line: Sequence[QRect]) -> int:
    return max((each.height() for each in line), default=0)
