"""`import`: old tickets from another system's table."""

import argparse
from pathlib import Path
from zoneinfo import available_timezones

from app.commands.calling import Call, Command, Outcome
from app.kernel.instants import now
from app.kernel.messages import Message, say, say_count
from app.language.speaking import speak
from app.store.backups import back_up_when_due
from app.store.opening import open_store
from app.workflows.history_file import History, Refused, read_history
from app.workflows.import_map import MAPS, read_map
from app.workflows.importing import Imported, import_history


def run_import(call: Call) -> Outcome:
    """Adds every readable row as a closed ticket in one transaction; the others are listed with line and reason.

    A broken file or map is refused before the store is opened.
    """
    arguments = call.arguments
    plan = read_map(_map_path(arguments.map))
    history = read_history(Path(arguments.file), plan, zone=arguments.zone)
    call.tell(say_count("{count} row can be read.", "{count} rows can be read.", len(history.rows)))
    unlocked = call.unlocked()
    if unlocked.profile.store.exists():
        back_up_when_due(unlocked, now(), every=0)  # a table of thousands is not taken back by hand
    with open_store(unlocked, zone=arguments.zone) as store:
        written = store.write(call.actor(unlocked), import_history, (history,), {"progress": call.progress})
    return _outcome(history, written.result)


def _outcome(history: History, imported: Imported) -> Outcome:
    lines: list[Message] = [
        say_count("{count} ticket added.", "{count} tickets added.", imported.added),
        say_count("{count} was here already.", "{count} were here already.", imported.known),
        say_count("{count} row cannot be read.", "{count} rows cannot be read.", len(history.refused)),
        *(say("Line {line}: {reason}", line=each.line, reason=each.message) for each in history.refused),
    ]
    data = {"added": imported.added, "known": imported.known, "refused": [_told(each) for each in history.refused]}
    return Outcome(tuple(lines), data)


def _told(refused: Refused) -> dict[str, object]:
    return {"line": refused.line, "reason": speak(refused.message, "en")}


def _map_path(name: str) -> Path:
    """A file, or the name of a map that ships."""
    shipped = MAPS / f"{name}.yaml"
    return shipped if not Path(name).exists() and name.isidentifier() and shipped.exists() else Path(name)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("tickets",), help=speak(say("what the file holds")))
    parser.add_argument("file", metavar="FILE.csv", help=speak(say("the table, UTF-8")))
    parser.add_argument(
        "--map", required=True, metavar="MAP.yaml",
        help=speak(say("how its columns become tickets: a file, or the name of a map that ships (openrepair)")),
    )  # fmt: skip
    parser.add_argument("--zone", default="UTC", type=_zone, help=speak(say("the time zone of its days")))


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise argparse.ArgumentTypeError(speak(say("no such time zone: {name}", name=name)))
    return name


IMPORT = Command("import", say("Take in old tickets from a table."), run_import, _arguments)
