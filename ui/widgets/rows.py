"""What a row of a list shows: cells, columns, and the paged model that fetches them by key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ui.theme.tones import Tone
from ui.widgets.texts import Words, spoken, tr

Index = QModelIndex | QPersistentModelIndex
PAGE = 100
FILL, FIT = 0, -1


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, painted: a text, perhaps a second line, an icon before it, or a chip instead of it.

    `kind` and `ink` are tokens. `tone` alone colours shape and words, with an `icon` it colours that icon only; `chip`
    paints the text as a chip.
    """

    text: str
    sub: str = ""
    icon: str = ""
    tone: Tone = Tone.NONE
    ink: str = ""
    weight: int = 0
    kind: str = "small"
    code: bool = False
    sub_code: bool = False
    chip: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in px (`FILL` takes the free room, `FIT` the longest value), figures at the end.
    One that is `spare` stands elsewhere too and goes, the last one first, where the name would be cut."""

    head: Words
    width: int = FILL
    end: bool = False
    spare: bool = False


Cells = tuple[Cell | str, ...]
Deliver = Callable[[Sequence[Any]], None]
# fetch(after_key, limit, deliver): `after_key` is None for the first page; `deliver` is called once, on the UI thread.
Fetch = Callable[[Any, int, Deliver], None]


class PagedModel(QAbstractTableModel):
    """Rows fetched page by page as the list is scrolled.

    `cells` makes the cells of a record, `key` its keyset key (what `fetch` continues after, and what a choice is
    remembered by). An answer to an older question is dropped.
    """

    loaded = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        cells: Callable[[Any], Cells],
        key: Callable[[Any], Any],
        fetch: Fetch | None = None,
        page: int = PAGE,
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._cells_of, self._key_of, self._fetch, self._page = cells, key, fetch, page
        self._records: list[Any] = []
        self._cells: dict[int, Cells] = {}
        self._question = 0
        self._loading, self._more = False, fetch is not None

    @property
    def complete(self) -> bool:
        """Whether the end has been read."""
        return not self._more and not self._loading

    def record(self, row: int) -> Any:
        """The record of a row."""
        return self._records[row]

    def row_of(self, key: Any) -> int:
        """The row of a key among those read, or -1."""
        return next((row for row, record in enumerate(self._records) if self._key_of(record) == key), -1)

    def key_of(self, row: int) -> Any:
        """The key of a row."""
        return self._key_of(self._records[row])

    def cells(self, row: int) -> Cells:
        """The cells of a row, made once."""
        made = self._cells.get(row)
        if made is None:
            made = self._cells[row] = self._cells_of(self._records[row])
        return made

    def refresh(self) -> None:
        """Reads again as many rows as are shown; the old ones stay until the new ones are there."""
        if self._fetch is not None:
            self._ask(None, max(self._page, len(self._records)), replace=True)

    def fill(self, records: Sequence[Any]) -> None:
        """Shows records that are already at hand (short lists, the first page)."""
        self._question += 1
        self._loading = True
        self._replace(records, more=self._fetch is not None and len(records) >= self._page)

    def put_columns(self, columns: Sequence[Column]) -> None:
        """Other columns from now on (places that were added); `fill` follows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self._records = []
        self._cells.clear()
        self.endResetModel()

    def ask_with(self, fetch: Fetch) -> None:
        """Another question (a filter): reads from the start."""
        self._fetch = fetch
        self._ask(None, self._page, replace=True)

    def forget_cells(self) -> None:
        """Makes all cells anew: the language changed."""
        self._cells.clear()
        if self._records:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._records) - 1, len(self.columns) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = 0) -> Any:
        # Compared as an int, early: a repaint asks thousands of times (18.7 against 11.2 ms measured).
        if role not in (0, 11):  # DisplayRole, AccessibleTextRole
            return None
        cells = self.cells(index.row())
        if role == 0:
            return text_of(cells[index.column()])
        return tr(", ").join(filter(None, (text_of(cell) for cell in cells)))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == 0 and orientation == Qt.Orientation.Horizontal:
            return spoken(self.columns[section].head)
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return self._more and not self._loading

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._ask(self.key_of(len(self._records) - 1) if self._records else None, self._page, replace=False)

    def _ask(self, after: Any, limit: int, *, replace: bool) -> None:
        if self._fetch is None:
            return
        self._question += 1
        question, self._loading = self._question, True

        def deliver(records: Sequence[Any]) -> None:
            if question != self._question:
                return
            if replace:
                self._replace(records, more=len(records) >= limit)
            else:
                self._append(records, more=len(records) >= limit)

        self._fetch(after, limit, deliver)

    def _replace(self, records: Sequence[Any], *, more: bool) -> None:
        self.beginResetModel()
        self._records = list(records)
        self._cells.clear()
        # Only now: a view that is told of the reset may ask for more at once.
        self._loading, self._more = False, more
        self.endResetModel()
        self.loaded.emit()

    def _append(self, records: Sequence[Any], *, more: bool) -> None:
        first = len(self._records)
        if records:
            self.beginInsertRows(QModelIndex(), first, first + len(records) - 1)
        self._records.extend(records)
        self._loading, self._more = False, more
        if records:
            self.endInsertRows()
        self.loaded.emit()


def text_of(cell: Cell | str) -> str:
    """What a reader reads out of a cell."""
    if isinstance(cell, str):
        return cell
    return tr("{text}, {line}", text=cell.text, line=cell.sub) if cell.sub else cell.text
