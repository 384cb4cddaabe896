"""A table as a file that a spreadsheet opens without running anything in it: CSV or XLSX."""

import contextlib
import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from app.store.disk import move_file
from app.workflows.export_tables import Cell
from app.workflows.xlsx_file import write_sheet

Told = Callable[[int], None]
ROWS = 500  # after so many somebody is told
_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")  # taken for the start of a formula; the last four: full width


class Format(StrEnum):
    """What the file is, and how its name ends."""

    CSV = "csv"
    XLSX = "xlsx"


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[Cell]], *, bom: bool = False, told: Told) -> int:
    """Write head and rows beside `path` and give the file its name when it is whole; how many rows.

    UTF-8, RFC 4180, readable by its owner alone; days are ISO, instants end in Z. `told` hears the rows done, now and
    then. Whatever fails on the way, `path` is as it was.
    """
    with _beside(path) as half:
        file = io.TextIOWrapper(half, encoding="utf-8-sig" if bom else "utf-8", newline="")
        done = _write_lines(file, head, telling(rows, told))
        file.flush()
        file.detach()
    return done


def _write_lines(file: io.TextIOWrapper, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    sheet, done = csv.writer(file), 0
    sheet.writerow(head)
    for row in rows:
        sheet.writerow([safe_cell(cell) for cell in row])
        done += 1
    return done


def write_xlsx(path: Path, head: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str, told: Told) -> int:
    """The same as a workbook of one sheet: texts are texts whatever they hold, days and instants real dates (UTC)."""
    with _beside(path) as half:
        return write_sheet(half, path.parent, head, telling(rows, told), title=title, armed=is_armed)


def telling(rows: Iterable[Sequence[Cell]], told: Told) -> Iterator[Sequence[Cell]]:
    """The rows; before the first, and now and then, `told` hears how many went by."""
    for done, row in enumerate(rows):
        if done % ROWS == 0:
            told(done)
        yield row


def safe_cell(cell: Cell) -> str | int:
    """A text that would be a formula gets an apostrophe in front; a number stays a number, below zero too."""
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(cell, date):
        return cell.isoformat()
    return f"'{cell}" if isinstance(cell, str) and is_armed(cell) else cell


def is_armed(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula."""
    return text.startswith(_STARTS)


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[BinaryIO]:
    half = path.with_name(path.name + ".part")
    try:
        descriptor = os.open(half, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        move_file(half, path)
    finally:
        half.unlink(missing_ok=True)
