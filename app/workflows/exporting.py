"""Tickets, machines or stock as a file of a format, in one read; the same for the window and the command line."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Session

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.workflows.export_tables import TABLES
from app.workflows.table_file import Format, write_csv, write_xlsx

Progress = Callable[[int, int], None]


def export_table(
    session: Session, what: str, path: Path, form: Format, *, own: bool = False, bom: bool = False, progress: Progress
) -> int:
    """Write the table `what`; how many rows. With `own` also what is the partner's alone.

    `progress(done, total)` is called on this thread, and may raise Stopped. The file has its name only when it is
    whole. UserError: BAD_INPUT (field "out") for a folder that is not there, DISK when it cannot be written.
    """
    if not path.parent.is_dir():
        raise UserError(Trouble.BAD_INPUT, say("There is no folder {path}.", path=str(path.parent)), field="out")
    table = TABLES[what](session, own=own)

    def told(done: int) -> None:
        progress(done, max(table.count, done, 1))

    try:
        if form is Format.XLSX:
            rows = write_xlsx(path, table.head, table.rows, title=what, told=told)
        else:
            rows = write_csv(path, table.head, table.rows, bom=bom, told=told)
    except OSError as problem:
        message = say("The table could not be written there. Choose another folder.")
        raise UserError(Trouble.DISK, message) from problem
    progress(max(rows, 1), max(rows, 1))
    return rows


def format_of(path: Path) -> Format:
    """What a file of this name is: a workbook when it ends so, else CSV."""
    return Format.XLSX if path.suffix.lower() == ".xlsx" else Format.CSV
