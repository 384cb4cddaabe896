"""The command line, without Qt: words to a command, its outcome to standard output and an exit code."""

import argparse
import json
import logging
import os
import sys
from collections.abc import Sequence
from typing import Any

from app.commands.calling import EXITS, Call, Command, Exit, Outcome, beside
from app.commands.table import COMMANDS
from app.kernel.damage import DamagedError
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.kernel.reports import Safe, report_of
from app.kernel.storable import storable
from app.language.speaking import speak
from app.language.translate import current, use
from app.store.logs import keep_log
from app.store.troubles import disk_trouble, told

_log = logging.getLogger(__name__)


def run(words: Sequence[str], *, more: Sequence[Command] = ()) -> int:
    """Run what the words say and return the exit code of `calling.Exit`; `more` are commands that need the desktop.

    Standard output gets the answer alone (with `--json` one JSON object, also for an error), standard error the rest.
    """
    commands = {command.name: command for command in (*COMMANDS, *more)}
    try:
        arguments = _read(words, commands)
    except BrokenPipeError:  # a long help, read in part
        _let_go()
        return Exit.OK
    except SystemExit as ended:  # argparse has said what is wrong, or shown the help
        return _out("", Exit.BAD_INPUT if ended.code else Exit.OK)
    call = Call(arguments)
    with keep_log(call.profile.logs, "commands"):
        outcome = _answered(commands[arguments.command], call)
        _log.info("%s ended with %d", Safe(arguments.command), outcome.exit)
    return _out(_shown(outcome, arguments), outcome.exit)


def _answered(command: Command, call: Call) -> Outcome:
    """The outcome, whatever happens: Python's own words for an exception nobody expected may quote a customer."""
    try:
        return _worded(command, call)
    except UserError as problem:
        call.tell(problem.message)
        return _refusal(problem)
    except Exception as problem:
        report = report_of(problem)
        _log.error("a rule of the program was broken\n%s", report)
        beside(report)
        return Outcome((), {"error": {"kind": "bug", "report": report}}, Exit.BUG)


def _worded(command: Command, call: Call) -> Outcome:
    """Run it; what the operating system refuses comes as a UserError too."""
    try:
        with told():
            return command.run(call)
    except (OSError, UnicodeEncodeError) as problem:  # the latter: half a character in a name, on some systems
        path = str(getattr(problem, "filename", None) or "")
        words = say("This file or folder cannot be used: {path}", path=path)
        raise UserError(Trouble.BAD_INPUT, words, field="file") from problem


def _read(words: Sequence[str], commands: dict[str, Command]) -> argparse.Namespace:
    """The words understood; their help speaks the language that they name."""
    before = current()
    use(_language_in(words))
    try:
        return _parser(commands).parse_args(words)
    finally:
        use(before)


def _language_in(words: Sequence[str]) -> str:
    asked = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    asked.add_argument("--language", default="")
    try:
        return str(asked.parse_known_args(words)[0].language)
    except argparse.ArgumentError:  # the full parser says what is wrong with it
        return ""


def _parser(commands: dict[str, Command]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="main.py",
        description=speak(say("Aftercare: the service desk. Without a command the desk opens.")),
        epilog=speak(
            say(
                "Exit codes: 0 well, 1 the verdict is no, 2 bad input, 3 wrong key, 4 damaged, "
                "5 locked by a running desk, 6 disk full or not writable, 7 a mistake of this program."
            )
        ),
    )
    _common(parser, first=True)
    words = parser.add_subparsers(dest="command", required=True, metavar=speak(say("command")))
    for command in commands.values():
        told = speak(command.help)
        child = words.add_parser(command.name, help=told, description=told)
        _common(child, first=False)
        command.arguments(child)
    return parser


def _common(parser: argparse.ArgumentParser, *, first: bool) -> None:
    """What may stand before and after the command; the later one counts."""

    def add(name: str, help_text: str, *, otherwise: Any, **options: Any) -> None:
        parser.add_argument(name, default=otherwise if first else argparse.SUPPRESS, help=help_text, **options)

    add("--profile", speak(say("the folder of the profile")), otherwise="", metavar="DIR")
    add("--sample", speak(say("the sample profile")), otherwise=False, action="store_true")
    add("--json", speak(say("answer with one JSON object on standard output")), otherwise=False, action="store_true")
    add("--language", speak(say("the language of what is said")), otherwise="en", type=_language, metavar="CODE")
    descriptor = speak(say("read the passphrase from this file descriptor"))
    add("--passphrase-fd", descriptor, otherwise=None, type=int, metavar="N")
    descriptor = speak(say("read the recovery key from this file descriptor"))
    add("--recovery-fd", descriptor, otherwise=None, type=int, metavar="N")


def _language(code: str) -> str:
    """As it was asked for: what a manufacturer publishes may be in a language that the program does not speak."""
    return code


def _refusal(problem: UserError) -> Outcome:
    data: dict[str, Any] = {"kind": problem.kind.value, "field": problem.field, "message": speak(problem.message, "en")}
    if isinstance(problem, DamagedError):
        found = problem.damage
        backups = [{"path": each.path, "at": each.at, "operations": each.operations} for each in found.backups]
        data |= {"harm": found.harm.value, "acts": found.acts, "since": found.since, "backups": backups}
    return Outcome((), {"error": data}, EXITS.get(problem.kind, Exit.BAD_INPUT))


def _shown(outcome: Outcome, arguments: argparse.Namespace) -> str:
    if arguments.json:
        answer = {"command": arguments.command, "exit": int(outcome.exit), **outcome.data}
        return str(storable(json.dumps(answer, ensure_ascii=False, sort_keys=True))) + "\n"
    # a paper's signer may be named with an escape sequence
    return "".join(f"{storable(speak(line, arguments.language))}\n" for line in outcome.lines)


def _out(text: str, exit_code: int) -> int:
    """To standard output, and how the process ends: a reader who has seen enough (`| head`) is no trouble, a disk
    that does not take the answer is."""
    if sys.stdout is None:  # closed by the caller
        return exit_code
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go()
    except OSError:
        _let_go()
        beside(speak(disk_trouble().message))
        return Exit.DISK
    return exit_code


def _let_go() -> None:
    """What is still held back goes nowhere: else Python tries again at its end, and complains."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
