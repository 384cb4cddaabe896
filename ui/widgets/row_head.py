"""The head of a list: names of the columns, and their widths by hand or by keyboard."""

from itertools import pairwise
from typing import Protocol

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.theme.look import colour, look, px
from ui.theme.paint import LEADING, TRAILING, flip, ring, write
from ui.widgets.keys import is_enter
from ui.widgets.row_delegate import EDGE, PAD
from ui.widgets.rows import FILL, PagedModel
from ui.widgets.texts import spoken, tr

HEAD_HEIGHT = 34
_GRIP = 5  # px on either side of a border
_STEP = 12  # px that a key moves it


class Table(Protocol):
    """What the head asks of its list."""

    def give_width(self, at: int, width: int) -> None: ...
    def keep_widths(self) -> None: ...
    def fit_width(self, at: int) -> None: ...
    def setFocus(self) -> None: ...


class Head(QHeaderView):
    """12 px semibold on the panel, a hairline below. A border between two columns can be drawn; twice pressed, its
    column fits again. By keyboard `begin` chooses the first column that has a width: Left and Right choose another,
    with Shift they draw it, Backspace lets it fit, Enter and Esc go back to the rows."""

    def __init__(self, parent: QWidget, table: Table) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = table
        self._drawn: tuple[int, int, int] | None = None  # column, its way, where the hand began less its width
        self._chosen = -1
        self.setMinimumSectionSize(20)
        self.setSectionsClickable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setMinimumHeight(px(HEAD_HEIGHT))
        self.setMaximumHeight(px(HEAD_HEIGHT))

    def with_widths(self) -> list[int]:
        """The columns that are seen and do not fill, in their order."""
        model = self.model()
        if not isinstance(model, PagedModel):
            return []
        seen = [at for at in range(len(model.columns)) if not self.isSectionHidden(at)]
        return [at for at in seen if model.columns[at].width != FILL] if len(seen) > 1 else []

    def begin(self) -> None:
        """The keyboard sets the widths from here on."""
        able = self.with_widths()
        if able:
            self._chosen = able[0]
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._say()

    # ------------------------------------------------------------------ by keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        onward = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if onward and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._draw_by(-onward if self.isRightToLeft() else onward)
        elif onward:
            self._choose_by(-onward if self.isRightToLeft() else onward)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._table.fit_width(self._chosen)
        elif is_enter(event) or event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self._table.setFocus()
            return
        else:
            super().keyPressEvent(event)
            return
        self._say()

    def _choose_by(self, step: int) -> None:
        able = self.with_widths()
        at = able.index(self._chosen) if self._chosen in able else 0
        self._chosen = able[max(0, min(len(able) - 1, at + step))] if able else -1

    def _draw_by(self, steps: int) -> None:
        if self._chosen in self.with_widths():
            self._table.give_width(self._chosen, self.sectionSize(self._chosen) + steps * px(_STEP))
            self._table.keep_widths()

    def _say(self) -> None:
        """Tells a reader of the screen what is chosen and how wide it is."""
        model = self.model()
        if isinstance(model, PagedModel) and self._chosen >= 0:
            named, width = spoken(model.columns[self._chosen].head), self.sectionSize(self._chosen)
            self.setAccessibleName(tr("Width of the column {name}: {width}", name=named, width=width))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._chosen = -1
        self.viewport().update()

    # ------------------------------------------------------------------ by hand

    def border_at(self, x: int) -> tuple[int, int]:
        """The column that the border here sets and its way (1 grows to the trailing end), or -1 and 0."""
        model = self.model()
        if not isinstance(model, PagedModel):
            return -1, 0
        seen = [at for at in range(len(model.columns)) if not self.isSectionHidden(at)]
        for before, after in pairwise(seen):
            left = self.sectionViewportPosition(before)
            edge = left if self.isRightToLeft() else left + self.sectionSize(before)
            if abs(x - edge) <= _GRIP:
                sets_before = model.columns[before].width != FILL
                return (before, 1) if sets_before else (after, -1) if model.columns[after].width != FILL else (-1, 0)
        return -1, 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, way = self.border_at(event.position().toPoint().x())
        if at < 0 or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        turned = -way if self.isRightToLeft() else way
        self._drawn = at, turned, event.position().toPoint().x() - turned * self.sectionSize(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().toPoint().x()
        if self._drawn is not None:
            at, way, start = self._drawn
            self._table.give_width(at, way * (x - start))
            return
        over = self.border_at(x)[0] >= 0
        self.setCursor(Qt.CursorShape.SplitHCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drawn is not None:
            self._drawn = None
            self._table.keep_widths()
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at, _ = self.border_at(event.position().toPoint().x())
        self._drawn = None
        if at >= 0:
            self._table.fit_width(at)

    def leaveEvent(self, event: QEvent) -> None:
        self.unsetCursor()
        super().leaveEvent(event)

    # ------------------------------------------------------------------ paint

    def paintSection(self, painter: QPainter, rect: QRect, at: int) -> None:
        model = self.model()
        if not isinstance(model, PagedModel):
            return
        painter.save()
        painter.fillRect(rect, colour("panel"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("line"))
        if at in self.with_widths():
            tick = QRect(rect.left(), rect.top() + rect.height() // 3, 1, rect.height() // 3)
            painter.fillRect(flip(look().direction, rect, tick), colour("line"))
        lead = EDGE if at == 0 else PAD
        room = flip(look().direction, rect, rect.adjusted(lead, 0, -PAD, 0))
        align = TRAILING if model.columns[at].end else LEADING
        write(painter, room, spoken(model.columns[at].head), "meta", "ink2", weight=600, align=align)
        if at == self._chosen and self.hasFocus():
            ring(painter, rect.adjusted(1, 1, -1, -2))
        painter.restore()
