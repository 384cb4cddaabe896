"""A list or table of rows: keyboard, choice kept over a refresh, columns as wide as their longest value or as somebody
drew them."""

from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QContextMenuEvent, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView

from app.kernel.messages import Message, say
from ui.theme.fonts import width_of
from ui.theme.look import px
from ui.widgets.keys import is_enter
from ui.widgets.row_delegate import EDGE, PAD, RowDelegate, as_cell, cell_width, row_height
from ui.widgets.row_head import HEAD_HEIGHT, Head
from ui.widgets.rows import FILL, FIT, PagedModel
from ui.widgets.texts import Words, is_language_change, spoken
from ui.widgets.widths import WIDTHS

ONE_LINE, TWO_LINES, TICKETS = 36, 46, 56
_MEASURED_ROWS = 200
LEAST_NAME = 220  # px: under this the name of a thing is cut, and spare columns go
LEAST_FILL = 140  # px: under this widths that somebody drew in a wider window give way
_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class RowList(QTableView):
    """`RowList(model, name=say("Tickets"), row_height=TICKETS)`.

    `chosen` carries the record under the cursor (arrow keys, a press), `opened` the one of Enter or a double click.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self, model: PagedModel, *, name: Words, row_height: int = ONE_LINE, header: bool = True, fit: bool = False
    ) -> None:
        super().__init__()
        self._rows, self._name, self._fit, self._row_height = model, name, fit, row_height
        self._kept: Any = None
        self._widths: dict[int, int] = {}  # of the columns that do not fill
        self._unmarked = False  # on purpose: the keyboard that comes in then chooses no row by itself
        delegate = RowDelegate(self)
        delegate.row_height = row_height
        self.setItemDelegate(delegate)
        self._head = Head(self, self)
        self.setHorizontalHeader(self._head)
        self.setModel(model)
        self._set_up(header)
        model.modelAboutToBeReset.connect(self._keep)
        model.loaded.connect(self._settle)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.record(index.row())))
        self.retranslate()

    @property
    def current(self) -> Any:
        """The chosen record, or None."""
        at = self.currentIndex()
        return self._rows.record(at.row()) if at.isValid() else None

    def choose(self, key: Any) -> bool:
        """Puts the cursor on a key without sending `chosen`; False when it is not among the rows read."""
        at = self._rows.row_of(key)
        if at < 0:
            return False
        self.selectionModel().blockSignals(True)
        both = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._rows.index(at, 0), both)
        self._unmarked = False
        self.selectionModel().blockSignals(False)
        self.scrollTo(self._rows.index(at, 0))
        self.viewport().update()
        self._say_row()
        return True

    def unmark(self) -> None:
        """Takes the cursor off every row, also when the keyboard comes in: what is shown beside is none of them."""
        self._unmarked = True
        self._clear_cursor()
        self.viewport().update()

    def retranslate(self) -> None:
        """Names itself and measures its columns in the language in force."""
        self.setAccessibleName(spoken(self._name))
        self._head.setAccessibleName(spoken(self._name))
        self.verticalHeader().setDefaultSectionSize(row_height(self._row_height))
        self._rows.forget_cells()
        self._measure()
        if self._fit:
            self.setFixedHeight(self.sizeHint().height() + 1)

    def sizeHint(self) -> QSize:
        if not self._fit:
            return super().sizeHint()
        head = 0 if self.horizontalHeader().isHidden() else px(HEAD_HEIGHT)
        return QSize(super().sizeHint().width(), head + self.verticalHeader().length())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event) and self.current is not None:
            if not event.isAutoRepeat():
                self.opened.emit(self.current)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = self._rows.rowCount() - 1
            self.setCurrentIndex(self._rows.index(0 if event.key() == Qt.Key.Key_Home else last, 0))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Reached by keyboard, the first row is chosen; Qt would put its cursor there unseen."""
        if self.currentIndex().isValid():
            super().focusInEvent(event)
            self._say_row()
            return
        self.selectionModel().blockSignals(True)
        super().focusInEvent(event)
        self._clear_cursor()
        if event.reason() in _BY_KEY and self._rows.rowCount() and not self._unmarked:
            self.setCurrentIndex(self._rows.index(0, 0))

    def currentChanged(self, current: Any, previous: Any) -> None:
        super().currentChanged(current, previous)
        self._unmarked = self._unmarked and not current.isValid()
        if current.isValid() and current.row() != previous.row():
            self.chosen.emit(self._rows.record(current.row()))

    def _say_row(self) -> None:
        """Tells a reader of the screen which row has the keyboard, where Qt does not: it speaks when the cursor moves,
        and not when the keyboard comes to a row that is chosen already."""
        at = self.currentIndex()
        if at.isValid() and self.hasFocus():
            told = QAccessibleEvent(self, QAccessible.Event.Focus)
            told.setChild((at.row() + 1) * (self._rows.columnCount() + 1) + at.column() + 1)  # heads count as cells
            QAccessible.updateAccessibility(told)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the columns; the menu key asks for it too."""
        if self._head.isHidden() or not self._head.with_widths():
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.addAction(spoken(say("Set the widths of the columns by keyboard")), self._head.begin)
        menu.addAction(spoken(say("Let all columns fit")), self.fit_widths)
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        menu.popup(self._head.mapToGlobal(self._head.rect().bottomLeft()) if by_key else event.globalPos())

    def give_width(self, at: int, width: int) -> None:
        """A column is drawn; what fills keeps room to be read."""
        others = sum(each for other, each in self._widths.items() if other != at and not self.isColumnHidden(other))
        most = self.viewport().width() - others - px(LEAST_FILL)
        self._widths[at] = WIDTHS.give(self._key, self._head_of(at), min(width, max(most, px(LEAST_FILL) // 2)))
        self.setColumnWidth(at, self._widths[at])

    def keep_widths(self) -> None:
        """The hand lets go."""
        WIDTHS.keep()

    def fit_width(self, at: int) -> None:
        """A column is as wide as its longest value again."""
        WIDTHS.forget(self._key, self._head_of(at))
        self._measure()

    def fit_widths(self) -> None:
        """So are all."""
        WIDTHS.forget(self._key)
        self._measure()

    @property
    def _key(self) -> str:
        return self._name.msgid if isinstance(self._name, Message) else ""

    def _head_of(self, at: int) -> str:
        head = self._rows.columns[at].head
        return head.msgid if isinstance(head, Message) else head

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _set_up(self, header: bool) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(20)
        self.horizontalHeader().setVisible(header)
        if self._fit:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _clear_cursor(self) -> None:
        self.selectionModel().blockSignals(True)
        self.selectionModel().clear()
        self.selectionModel().blockSignals(False)

    def _keep(self) -> None:
        at = self.currentIndex()
        self._kept = self._rows.key_of(at.row()) if at.isValid() else None

    def _settle(self) -> None:
        self._measure()
        if self._kept is not None:
            self.choose(self._kept)
            self._kept = None
        if self._fit:
            self.setFixedHeight(self.sizeHint().height() + 1)

    def _measure(self) -> None:
        head = self.horizontalHeader()
        for at, column in enumerate(self._rows.columns):
            if column.width == FILL:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
            else:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
                given = WIDTHS.of(self._key, self._head_of(at))
                self._widths[at] = given or self._fitting(at)
                self.setColumnWidth(at, self._widths[at])
        self._make_room()

    def _fitting(self, at: int) -> int:
        width = self._rows.columns[at].width
        return self._longest(at) if width == FIT else px(width)

    def _make_room(self) -> None:
        """Spare columns are shown as far as the name keeps its room."""
        columns = self._rows.columns
        room = self.width() - sum(self._widths.get(at, 0) for at, each in enumerate(columns) if each.width != FILL)
        for at in reversed(range(len(columns))):
            gone = columns[at].spare and room < px(LEAST_NAME)
            room += self._widths.get(at, 0) if gone else 0
            if self.isColumnHidden(at) != gone:
                self.setColumnHidden(at, gone)
        if room < px(LEAST_FILL):
            self._give_way()

    def _give_way(self) -> None:
        """What was drawn wider than it must be, in another window, is here as wide as it must be."""
        for at, width in self._widths.items():
            if WIDTHS.of(self._key, self._head_of(at)):
                self.setColumnWidth(at, min(width, self._fitting(at)))

    def _longest(self, at: int) -> int:
        column = self._rows.columns[at]
        widths = [width_of(spoken(column.head), "meta", weight=600) + PAD + (EDGE if at == 0 else PAD)]
        for row in range(min(_MEASURED_ROWS, self._rows.rowCount())):
            cell = as_cell(self._rows.cells(row)[at])
            widths.append(cell_width(cell, first=at == 0, end=column.end))
        return max(widths) + 2
