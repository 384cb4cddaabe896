"""`export`: tickets, machines or stock as a table for other programs."""

import argparse
from pathlib import Path

from sqlalchemy.orm import Session

from app.commands.calling import Call, Command, Outcome
from app.kernel.messages import say, say_count
from app.language.speaking import speak
from app.store.opening import open_reader
from app.workflows.export_tables import TABLES
from app.workflows.exporting import export_table, format_of
from app.workflows.table_file import Format


def run_export(call: Call) -> Outcome:
    """Write the table in one read, also beside a running desk; the file has its name only when it is whole."""
    arguments = call.arguments
    target = Path(arguments.out)
    form = Format(arguments.format) if arguments.format else format_of(target)
    with open_reader(call.unlocked()) as store:
        rows = int(store.read(_write, (call, target, form), {}))
    lines = (
        say_count("{count} row written: {path}", "{count} rows written: {path}", rows, path=str(target)),
        say("This file is not encrypted. Delete it when it is no longer needed."),
    )
    return Outcome(lines, {"what": arguments.what, "path": str(target), "rows": rows, "own": arguments.own})


def _write(session: Session, call: Call, target: Path, form: Format) -> int:
    said = call.arguments
    return export_table(session, said.what, target, form, own=said.own, bom=said.bom, progress=call.progress)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=tuple(TABLES), help=speak(say("what the file shall hold")))
    told = speak(say("the table: CSV in UTF-8, or a workbook where the name ends in .xlsx"))
    parser.add_argument("--out", required=True, metavar="FILE", help=told)
    told = speak(say("which of both, whatever the name"))
    parser.add_argument("--format", choices=tuple(map(str, Format)), default="", help=told)
    told = speak(say("begin with the mark by which Excel knows UTF-8"))
    parser.add_argument("--bom", action="store_true", help=told)
    told = speak(say("also what is yours alone: telephone, e-mail, address, the customer's words"))
    parser.add_argument("--own", action="store_true", help=told)


EXPORT = Command("export", say("Write tickets, machines or stock as a table."), run_export, _arguments)
