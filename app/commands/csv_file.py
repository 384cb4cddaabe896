"""A table as a file that a spreadsheet opens without running anything in it."""

import csv
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from app.store.disk import move_file

_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")  # taken for the start of a formula; the last four: full width
_ROWS = 500


def write_csv(
    path: Path, head: Sequence[str], rows: Iterable[Sequence[str | int]], *, bom: bool, told: Callable[[int], None]
) -> int:
    """Write head and rows beside `path` and give the file its name when it is whole; how many rows.

    UTF-8, RFC 4180, readable by its owner alone. `told` hears the rows done, now and then. Whatever fails on the
    way, `path` is as it was.
    """
    half = path.with_name(path.name + ".part")
    try:
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
            sheet, done = csv.writer(file), 0
            sheet.writerow(head)
            for done, row in enumerate(rows, start=1):
                sheet.writerow([safe_cell(cell) for cell in row])
                if done % _ROWS == 0:
                    told(done)
            file.flush()
            os.fsync(file.fileno())
        move_file(half, path)
    finally:
        half.unlink(missing_ok=True)
    return done


def safe_cell(cell: str | int) -> str | int:
    """A text that would be a formula gets an apostrophe in front; a number stays a number, below zero too."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_STARTS) else cell
