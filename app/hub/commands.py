"""`python -m app.hub`: the words of the hub's command line. It speaks English: its users are the manufacturer's own."""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from app.hub import devices, partners, publishing, reports, unlocking, visibility
from app.hub.database import connected, reached
from app.hub.keys import Keys, read_keys
from app.hub.logs import log_to_stderr
from app.hub.outcome import Outcome
from app.hub.roles import make_roles
from app.hub.schema import check_revision, migrate, new_epoch
from app.hub.serving import serve
from app.hub.settings import OWNER, STAFF, Place
from app.hub.troubles import Exit, HubError
from app.kernel.reports import report_of
from app.kernel.storable import storable

EPILOG = "Exit codes: 0 well, 1 the verdict is no, 2 bad input, 3 wrong key, 7 a mistake of this program."


class Call:
    """One call: its arguments, and the database as long as the call lasts."""

    def __init__(self, arguments: argparse.Namespace, place: Place, reach: str) -> None:
        self.arguments = arguments
        self.place = place
        self.reach = reach

    @property
    def keys(self) -> Keys:
        """The hub's keys; an embedded hub's are made with it."""
        return read_keys(self.place.key_file)


Run = Callable[[Call], Outcome]


def run(words: Sequence[str]) -> int:
    """Run what the words say and return the exit code. Standard output gets the answer alone."""
    try:
        arguments = _parser().parse_args(words)
    except SystemExit as ended:  # argparse has said what is wrong, or shown the help
        return Exit.BAD_INPUT if ended.code else Exit.OK
    log_to_stderr()
    outcome = _answered(arguments)
    _show(outcome, arguments)
    return outcome.exit


def _answered(arguments: argparse.Namespace) -> Outcome:
    try:
        with _ended_by_signals(), _prepared(arguments) as call:
            outcome: Outcome = arguments.run(call)
            return outcome
    except HubError as problem:
        print(storable(str(problem)), file=sys.stderr, flush=True)
        return Outcome((), {"error": {"message": str(problem)}}, problem.code)
    except KeyboardInterrupt:
        return Outcome()
    except Exception as problem:
        report = report_of(problem)
        print(report, file=sys.stderr, flush=True)
        return Outcome((), {"error": {"report": report}}, Exit.BUG)


@contextmanager
def _prepared(arguments: argparse.Namespace) -> Iterator[Call]:
    """The database of this call; an embedded one is made and brought to this schema on the way."""
    place = _place(arguments)
    with reached(place) as reach:
        if place.folder is not None:
            make_roles(reach)
            migrate(reach, read_keys(place.key_file, make=True))
        elif arguments.run not in (_migrate, _serve):  # one makes it so, the other looks as the role that serves
            with connected(reach, STAFF if arguments.run is _show_partner else OWNER) as connection:
                check_revision(connection)
        yield Call(arguments, place, reach)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """SIGTERM unwinds like Ctrl+C, so that an embedded server never outlives its command."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _place(arguments: argparse.Namespace) -> Place:
    folder = Path(arguments.embedded) if arguments.embedded else None
    if bool(folder) == bool(arguments.database):
        raise HubError("Name the database: --embedded DIR to try it, or --database URL.")
    key_file = Path(arguments.key_file or os.path.join(folder or "", "hub.key"))
    return Place(folder, arguments.database, key_file)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app.hub", description="The manufacturer's hub.", epilog=EPILOG)
    words = parser.add_subparsers(dest="command", required=True, metavar="command")
    _serving(words)
    partner = words.add_parser("partner", help="partners").add_subparsers(required=True, metavar="word")
    device = words.add_parser("device", help="devices of a partner").add_subparsers(required=True, metavar="word")
    _partner_words(partner)
    _device_words(device)
    _content_words(words)
    _report_words(words)
    return parser


def _serving(words: Any) -> None:
    parser = _word(words, "serve", "answer desks until SIGTERM or SIGINT", _serve)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=int, required=True, help="the port to listen on; 0 for any that is free")
    _word(words, "migrate", "bring a database to this program's schema, as hub_owner", _migrate)
    _word(words, "restored", "say that the database came back from a backup: desks send again what it lacks", _restored)


def _partner_words(words: Any) -> None:
    parser = _word(words, "add", "a new partner", _add_partner)
    parser.add_argument("code", metavar="CODE", help="2 to 8 capitals and digits, such as PT02")
    parser.add_argument("--name", required=True, help="the partner's name")
    parser.add_argument("--market", required=True, help="the market's two letters, such as PT")
    _word(words, "list", "every partner", lambda call: partners.list_partners(call.reach))


def _device_words(words: Any) -> None:
    parser = _word(words, "code", "an enrolment code, shown once, good for one device and 15 minutes", _device_code)
    parser.add_argument("partner", metavar="PARTNER")
    parser = _word(words, "list", "a partner's devices", _list_devices)
    parser.add_argument("partner", metavar="PARTNER")
    parser = _word(words, "revoke", "end a device's word", _revoke)
    parser.add_argument("partner", metavar="PARTNER")
    parser.add_argument("device", metavar="DEVICE")


def _content_words(words: Any) -> None:
    parser = _word(words, "publish", "offer a signed content pack to every desk", _publish)
    parser.add_argument("pack", metavar="PACK", type=Path, help="a folder or a zip archive")
    parser.add_argument("--publisher", required=True, metavar="HEX_OR_FILE", help="the key that must have signed it")
    parser = _word(words, "show", "what the manufacturer's people see of a partner", _show_partner)
    parser.add_argument("partner", metavar="PARTNER")
    parser.add_argument("what", nargs="?", choices=["ticket"], help="one ticket, with what belongs to it")
    parser.add_argument("number", nargs="?", metavar="NUMBER", help="the ticket's number")
    parser.add_argument("--open", default="", metavar="WHY", help="open the case: the partner reads why, who and when")
    parser.add_argument("--by", default="", metavar="NAME", help="who opens it")

    parser = _word(words, "unlock", "read what is under lock in an opened case, with the crisis lead's key", _unlock)
    parser.add_argument("partner", metavar="PARTNER")
    parser.add_argument("number", metavar="NUMBER", help="the ticket's number")
    parser.add_argument("--identity", required=True, metavar="FILE", type=Path, help="the file that age-keygen made")


def _report_words(words: Any) -> None:
    parser = _word(words, "reports", "reports of faults that somebody sent; with an ID one of them, whole", _reports)
    parser.add_argument("partner", nargs="?", default="", metavar="PARTNER")
    parser.add_argument("report", nargs="?", default="", metavar="ID")


def _word(words: Any, name: str, told: str, command: Run) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = words.add_parser(name, help=told, description=told, epilog=EPILOG)
    parser.set_defaults(run=command)
    parser.add_argument("--embedded", default="", metavar="DIR", help="a private PostgreSQL here; not for production")
    parser.add_argument("--database", default="", metavar="URL", help="a PostgreSQL; without a user the role is chosen")
    parser.add_argument("--key-file", default="", metavar="FILE", help="the hub's key file (default: DIR/hub.key)")
    parser.add_argument("--json", action="store_true", help="answer with one JSON object on standard output")
    return parser


def _serve(call: Call) -> Outcome:
    if call.place.folder is not None:
        print("The embedded PostgreSQL is for trying and for tests, not for production.", file=sys.stderr, flush=True)
    serve(call.reach, call.keys, host=call.arguments.host, port=call.arguments.port)
    return Outcome()


def _migrate(call: Call) -> Outcome:
    migrate(call.reach, read_keys(call.place.key_file, make=True))
    return Outcome(("The database is of this program's schema.",), {"migrated": True})


def _restored(call: Call) -> Outcome:
    epoch = new_epoch(call.reach)
    return Outcome(("Desks will send again what this database may lack.",), {"epoch": epoch})


def _add_partner(call: Call) -> Outcome:
    asked = call.arguments
    return partners.add_partner(call.reach, asked.code, name=asked.name, market=asked.market)


def _device_code(call: Call) -> Outcome:
    return devices.make_device_code(call.reach, call.keys, call.arguments.partner)


def _list_devices(call: Call) -> Outcome:
    return devices.list_devices(call.reach, call.arguments.partner)


def _revoke(call: Call) -> Outcome:
    return devices.revoke_device(call.reach, call.arguments.partner, call.arguments.device)


def _publish(call: Call) -> Outcome:
    return publishing.publish(call.reach, call.keys, call.arguments.pack, publisher=call.arguments.publisher)


def _show_partner(call: Call) -> Outcome:
    asked = call.arguments
    opening = visibility.Opening(asked.open, asked.by) if asked.open or asked.by else None
    if asked.what and asked.number:
        return visibility.show_ticket(call.reach, asked.partner, asked.number, opening=opening)
    if asked.what or opening:
        raise HubError("Name the ticket: show PARTNER ticket NUMBER.")
    return visibility.show_partner(call.reach, asked.partner)


def _reports(call: Call) -> Outcome:
    asked = call.arguments
    if asked.report:
        return reports.show_report(call.reach, asked.partner, asked.report)
    return reports.list_reports(call.reach, asked.partner)


def _unlock(call: Call) -> Outcome:
    asked = call.arguments
    return unlocking.unlock_ticket(call.reach, call.keys, asked.partner, asked.number, identity=asked.identity)


def _show(outcome: Outcome, arguments: argparse.Namespace) -> None:
    if arguments.json and arguments.run is not _serve:
        answer = {"command": arguments.command, "exit": int(outcome.exit), **outcome.data}
        print(storable(json.dumps(answer, ensure_ascii=False, sort_keys=True)), flush=True)
        return
    for line in outcome.lines:
        print(storable(line), flush=True)
