"""`export`: tickets, machines or stock as a table for other programs."""

import argparse
from pathlib import Path

from sqlalchemy.orm import Session

from app.commands.calling import Call, Command, Outcome
from app.commands.csv_file import write_csv
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say, say_count
from app.language.speaking import speak
from app.store.opening import open_reader
from app.views.export_tables import TABLES


def run_export(call: Call) -> Outcome:
    """Write the table in one read, also beside a running desk; the file has its name only when it is whole."""
    arguments = call.arguments
    target = Path(arguments.out)
    if not target.parent.is_dir():
        raise UserError(Trouble.BAD_INPUT, say("There is no folder {path}.", path=str(target.parent)), field="out")
    with open_reader(call.unlocked()) as store:
        rows = int(store.read(_write, (call, target), {}))
    lines = (
        say_count("{count} row written: {path}", "{count} rows written: {path}", rows, path=str(target)),
        say("This file is not encrypted. Delete it when it is no longer needed."),
    )
    return Outcome(lines, {"what": arguments.what, "path": str(target), "rows": rows, "own": arguments.own})


def _write(session: Session, call: Call, target: Path) -> int:
    arguments = call.arguments
    table = TABLES[arguments.what](session, own=arguments.own)
    call.progress(0, max(table.count, 1))
    rows = write_csv(
        target, table.head, table.rows, bom=arguments.bom, told=lambda done: call.progress(done, table.count)
    )
    call.progress(1, 1)
    return rows


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=tuple(TABLES), help=speak(say("what the file shall hold")))
    parser.add_argument("--out", required=True, metavar="FILE.csv", help=speak(say("the table, UTF-8")))
    parser.add_argument("--bom", action="store_true", help=speak(say("begin with the mark by which Excel knows UTF-8")))
    told = speak(say("also what is yours alone: telephone, e-mail, address, the customer's words"))
    parser.add_argument("--own", action="store_true", help=told)


EXPORT = Command("export", say("Write tickets, machines or stock as a table."), run_export, _arguments)
