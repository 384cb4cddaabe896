"""A workbook of one sheet, row by row; the only importer of XlsxWriter. No cell of it is ever a formula.

Opened on first use: nothing before the first paint writes a workbook.
"""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.workflows.export_tables import INSTANTS, Cell

MOST_ROWS = 1_048_575  # of a sheet, below its head
MOST_UNITS = 32_767  # UTF-16 units of a cell; a longer text would make the file unreadable
WIDTH, WIDE = 16, 44  # characters of a column; those that hold sentences
_SENTENCES = ("title", "words", "address", "name")
_EARLIEST = date(1900, 3, 1)  # before it a spreadsheet counts a leap day that never was


def write_sheet(
    file: BinaryIO, folder: Path, head: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str,
    armed: Callable[[str], bool],
) -> int:  # fmt: skip
    """Write head and rows; how many rows. `armed` says which texts a spreadsheet would take for a formula once
    somebody edits their cell: these are marked as text too.

    What the library keeps meanwhile lies in a folder of its own in `folder`, gone when it is done. UserError
    (BAD_INPUT) when there are more rows than a sheet holds.
    """
    import xlsxwriter

    with tempfile.TemporaryDirectory(prefix=".table-", dir=folder) as aside:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": aside})
        page = book.add_worksheet(title)
        try:
            done = _fill(_Sheet(book, page, armed), head, rows)
            book.close()
        finally:
            page.row_data_fh.close()  # called off, it stays open, and Windows keeps the folder
    return done


def _fill(sheet: "_Sheet", head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    sheet.begin(head)
    done = 0
    for done, row in enumerate(rows, start=1):
        sheet.add(done, row)
    sheet.end(done, len(head))
    return done


class _Sheet:
    """Cells by their kind."""

    def __init__(self, book: Any, sheet: Any, armed: Callable[[str], bool]) -> None:
        self._sheet, self._armed = sheet, armed
        self._bold = book.add_format({"bold": True})
        self._quoted = book.add_format({"quote_prefix": True, "num_format": "@"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})

    def begin(self, head: Sequence[str]) -> None:
        """The head, which stays in sight."""
        self._sheet.freeze_panes(1, 0)
        for at, name in enumerate(head):
            self._sheet.set_column(at, at, WIDE if name in _SENTENCES else WIDTH)
            self._sheet.write_string(0, at, f"{name} (UTC)" if name in INSTANTS else name, self._bold)

    def add(self, row: int, cells: Sequence[Cell]) -> None:
        """One row."""
        if row > MOST_ROWS:
            many = say("A workbook holds at most {most} rows. Choose CSV.", most=MOST_ROWS)
            raise UserError(Trouble.BAD_INPUT, many, field="format")
        for at, cell in enumerate(cells):
            self._put(row, at, cell)

    def end(self, rows: int, columns: int) -> None:
        """Filters over all of it."""
        self._sheet.autofilter(0, 0, rows, columns - 1)

    def _put(self, row: int, at: int, cell: Cell) -> None:
        if isinstance(cell, datetime):
            self._sheet.write_datetime(row, at, cell.astimezone(UTC).replace(tzinfo=None), self._moment)
        elif isinstance(cell, date) and cell >= _EARLIEST:
            self._sheet.write_datetime(row, at, datetime(cell.year, cell.month, cell.day), self._day)
        elif isinstance(cell, int):
            self._sheet.write_number(row, at, cell)
        elif text := _fitting(str(cell)):
            self._sheet.write_string(row, at, text, self._quoted if self._armed(text) else None)


def _fitting(text: str) -> str:
    if len(text) * 2 <= MOST_UNITS or len(text.encode("utf-16-le")) // 2 <= MOST_UNITS:
        return text
    cut = text.encode("utf-16-le")[: (MOST_UNITS - 1) * 2].decode("utf-16-le", errors="ignore")
    return f"{cut}…"
