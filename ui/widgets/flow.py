"""A row that breaks: side by side as in `row` while there is room, in further lines when a large text needs them."""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSpacerItem, QWidget

from ui.theme.paint import flip

Part = QWidget | None | tuple[QWidget, int]


class Flow(QLayout):
    """`boxed(Flow(title, None, save, cancel))`: None takes the free room of its line, a pair is a widget and its share.
    No narrower than its widest part."""

    def __init__(
        self, *parts: Part, gap: int = 8, line_gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
    ) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._shares: list[int] = []
        self._gap, self._line_gap = gap, line_gap
        self.setContentsMargins(QMargins(*margins))
        for each in parts:
            self._put(each)

    def _put(self, part: Part) -> None:
        widget, share = part if isinstance(part, tuple) else (part, 0 if part else 1)
        if widget is None:
            self.addItem(QSpacerItem(0, 0))
        else:
            self.addWidget(widget)
        self._shares[-1] = share

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._shares.append(0)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        self._shares.pop(index)
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        around = self.contentsMargins()
        lines = self._laid(width - around.left() - around.right())
        tall = sum(_height(line) for line in lines) + self._line_gap * max(0, len(lines) - 1)
        return tall + around.top() + around.bottom()

    def sizeHint(self) -> QSize:
        seen = self._seen()
        wide = sum(self._items[at].sizeHint().width() for at in seen) + self._gaps(seen)
        return self._with_margins(QSize(wide, max((self._items[at].sizeHint().height() for at in seen), default=0)))

    def minimumSize(self) -> QSize:
        least = [self._items[at].minimumSize() for at in self._seen()]
        return self._with_margins(
            QSize(max((each.width() for each in least), default=0), max((each.height() for each in least), default=0))
        )

    def setGeometry(self, room: QRect) -> None:
        super().setGeometry(room)
        parent = self.parentWidget()
        way = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
        inner, top = room.marginsRemoved(self.contentsMargins()), 0
        for line in self._laid(inner.width()):
            tall = _height(line)
            for item, left, width in line:
                place = QRect(inner.left() + left, inner.top() + top, width, tall)
                item.setGeometry(flip(way, inner, place))
            top += tall + self._line_gap

    # ------------------------------------------------------------------ insides

    def _seen(self) -> list[int]:
        return [at for at, item in enumerate(self._items) if item.widget() and not item.isEmpty()]

    def _gaps(self, line: Sequence[int]) -> int:
        return self._gap * max(0, len(line) - 1)

    def _with_margins(self, size: QSize) -> QSize:
        around = self.contentsMargins()
        return size + QSize(around.left() + around.right(), around.top() + around.bottom())

    def _laid(self, width: int) -> list[list[tuple[QLayoutItem, int, int]]]:
        """The lines: each part with its left edge and its width, from left to right."""
        return [self._line(line, width) for line in self._broken(width)]

    def _broken(self, width: int) -> list[list[int]]:
        lines: list[list[int]] = [[]]
        used = 0
        for at, item in enumerate(self._items):
            if item.widget() and item.isEmpty():
                continue  # hidden
            need = self._need(at, width)
            more = need + (self._gap if used and item.widget() else 0)
            if used and used + more > width:
                lines.append([])
                used, more = 0, need
            lines[-1].append(at)
            used += more
        return [line for line in lines if any(self._items[at].widget() for at in line)]

    def _need(self, at: int, width: int) -> int:
        """What a part must have to stay in a line: what has a share can give, the others want to be seen whole."""
        item = self._items[at]
        if not item.widget():
            return 0
        least = item.minimumSize().width()
        return least if self._shares[at] else max(least, min(item.sizeHint().width(), width))

    def _line(self, line: Sequence[int], width: int) -> list[tuple[QLayoutItem, int, int]]:
        """As Qt lays out a row: what has no share is as wide as it would be, the shares divide what is left."""
        fixed = {at: self._items[at].sizeHint().width() for at in line if not self._shares[at]}
        least = {at: self._items[at].minimumSize().width() for at in line}
        parts = [at for at in line if self._items[at].widget()]
        shared = [at for at in line if self._shares[at]]
        free = width - self._gaps(parts) - sum(fixed.values())
        over = sum(least[at] for at in shared) - free
        for at in sorted(fixed, key=lambda each: least[each] - fixed[each]):  # what can give most gives first
            given = max(0, min(over, fixed[at] - least[at]))
            fixed[at], over, free = fixed[at] - given, over - given, free + given
        return self._placed(line, fixed | self._divided(shared, least, free))

    def _divided(self, shared: Sequence[int], least: dict[int, int], free: int) -> dict[int, int]:
        """By their shares, and none below its least."""
        whole = sum(self._shares[at] for at in shared)
        tight = [at for at in shared if least[at] * whole > free * self._shares[at]]
        if not tight:
            return {at: free * self._shares[at] // whole for at in shared}
        rest = [at for at in shared if at not in tight]
        held = {at: least[at] for at in tight}
        return held | self._divided(rest, least, free - sum(held.values()))

    def _placed(self, line: Sequence[int], wide: dict[int, int]) -> list[tuple[QLayoutItem, int, int]]:
        left, placed = 0, []
        for at in line:
            item = self._items[at]
            if item.widget():
                placed.append((item, left, wide[at]))
                left += wide[at] + self._gap
            else:
                left += wide[at]
        return placed


def _height(line: Sequence[tuple[QLayoutItem, int, int]]) -> int:
    return max((_tall(item, width) for item, _, width in line), default=0)


def _tall(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
