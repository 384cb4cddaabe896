"""Paints the rows of a list from the model's cells: faster than Qt's own delegate, and no style sheet."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme.fonts import width_of
from ui.theme.icons import draw_icon
from ui.theme.look import colour, high_contrast, look, px
from ui.theme.paint import LEADING, TRAILING, chip_mark, chip_width, flip, paint_chip, write
from ui.theme.tones import Tone, colour_of, shape_of
from ui.widgets.rows import Cell, PagedModel
from ui.widgets.texts import serial

EDGE, PAD, MARK = 14, 10, 18
ONE, TWO = 18, 39  # px of the text in a row of one line, and of two
_SELECTED, _HOVERED = QStyle.StateFlag.State_Selected.value, QStyle.StateFlag.State_MouseOver.value


def as_cell(cell: Cell | str) -> Cell:
    """A bare string is a cell of small text."""
    return Cell(cell) if isinstance(cell, str) else cell


def ink_of(cell: Cell) -> str:
    """The token a cell's text is written in: a tone without an icon of its own colours the words too."""
    return cell.ink or ("ink" if cell.tone is Tone.NONE or cell.icon else colour_of(cell.tone))


def mark_of(cell: Cell) -> str:
    """The icon of a cell, or empty."""
    return cell.icon or ("" if cell.tone is Tone.NONE else shape_of(cell.tone))


def cell_width(cell: Cell, *, first: bool, end: bool) -> int:
    """How wide a column must be for this cell to be read whole."""
    pad = (EDGE if first else PAD) + PAD
    if cell.chip:
        return pad + chip_width(cell.text, cell.icon or chip_mark(cell.tone))
    text = width_of(cell.text, cell.kind, weight=cell.weight, code=cell.code, columns=end)
    sub = width_of(cell.sub, "meta", code=cell.sub_code)
    return pad + max(text, sub) + (px(MARK) + 10 if mark_of(cell) else 0) + 1


def row_height(usual: int) -> int:
    """How high a row is that is `usual` px high at 100 per cent: its lines grow, the air does not."""
    lines = TWO if usual >= TWO else ONE
    return usual - lines + px(lines)


class RowDelegate(QStyledItemDelegate):
    """The delegate of `RowList`; it reads `PagedModel.cells`, never `data()`."""

    row_height = 36

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(40, row_height(self.row_height))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        if not isinstance(model, PagedModel):
            return
        column = index.column()
        cell = as_cell(model.cells(index.row())[column])
        rect, way = QRect(option.rect), option.direction
        self._ground(painter, rect, option, first=column == 0)
        lead = EDGE if column == 0 else PAD
        inner = QRect(rect.left() + lead, rect.top(), rect.width() - lead - PAD, rect.height())
        if cell.chip:
            _chip(painter, rect, inner, cell, option)
            return
        room = _mark(painter, rect, inner, cell, option, end=model.columns[column].end)
        _text(painter, flip(way, rect, room), cell, option, end=model.columns[column].end)

    def _ground(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, *, first: bool) -> None:
        state = option.state.value  # as a number: each enum of PySide is a Python object made for the question
        chosen, hovered = bool(state & _SELECTED), bool(state & _HOVERED)
        painter.fillRect(rect, colour("accent_soft" if chosen else "hover" if hovered else "panel"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("line"))
        if chosen:
            _mark_chosen(painter, rect, focused=option.widget is not None and option.widget.hasFocus())
        if chosen and first:
            bar = QRect(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(flip(option.direction, rect, bar), colour("accent"))


def _mark_chosen(painter: QPainter, rect: QRect, *, focused: bool) -> None:
    """Lines above and below: where the keyboard is, and in high contrast, which has no tints, what is chosen."""
    width = look().tokens.ring if focused else look().tokens.border
    if focused or high_contrast():
        ink = colour("focus" if focused else "edge")
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), width), ink)
        painter.fillRect(QRect(rect.left(), rect.bottom() + 1 - width, rect.width(), width), ink)


def _chip(painter: QPainter, rect: QRect, inner: QRect, cell: Cell, option: QStyleOptionViewItem) -> None:
    mark = cell.icon or chip_mark(cell.tone)
    width = min(chip_width(cell.text, mark), inner.width())
    place = flip(option.direction, rect, QRect(inner.left(), rect.center().y() - px(23) // 2, width, px(24)))
    paint_chip(painter, place, cell.text, cell.tone, mark=mark, direction=option.direction)


def _mark(
    painter: QPainter, rect: QRect, inner: QRect, cell: Cell, option: QStyleOptionViewItem, *, end: bool
) -> QRect:
    """Draws the icon beside its text and gives what room is left."""
    name = mark_of(cell)
    if not name:
        return inner
    side = px(15 if end else MARK)
    ink = colour_of(cell.tone) if cell.tone is not Tone.NONE else cell.ink or "ink2"
    top = rect.top() + px(10) if cell.sub else rect.center().y() - side // 2 + 1
    left = inner.left()
    if end:
        text = width_of(cell.text, cell.kind, weight=cell.weight, code=cell.code, columns=True)
        left = max(inner.left(), inner.right() - text - side - 6)
    draw_icon(painter, flip(option.direction, rect, QRect(left, top, side, side)), name, ink)
    return inner if end else inner.adjusted(side + 10, 0, 0, 0)


def _text(painter: QPainter, room: QRect, cell: Cell, option: QStyleOptionViewItem, *, end: bool) -> None:
    align, way = (TRAILING if end else LEADING), option.direction
    text = serial(cell.text) if cell.code else cell.text
    if not cell.sub:
        write(painter, room, text, cell.kind, ink_of(cell), weight=cell.weight, align=align, code=cell.code,
              columns=end, direction=way)  # fmt: skip
        return
    upper = QRect(room.left(), room.center().y() - px(19), room.width(), px(20))
    lower = QRect(room.left(), room.center().y() + 1, room.width(), px(19))
    write(painter, upper, text, cell.kind, ink_of(cell), weight=cell.weight, align=align, code=cell.code,
          columns=end, direction=way)  # fmt: skip
    sub = serial(cell.sub) if cell.sub_code else cell.sub
    write(painter, lower, sub, "meta", "ink3", align=align, code=cell.sub_code, direction=way)
