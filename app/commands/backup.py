"""`backup`: a verified, encrypted copy, also while the desk is open."""

import argparse
from pathlib import Path

from app.commands.calling import Call, Command, Outcome
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import Message, say, say_count
from app.language.speaking import speak
from app.store.archive import ENDING, write_archive
from app.store.backups import back_up
from app.store.profile import Unlocked


def run_backup(call: Call) -> Outcome:
    """Back up into the profile's own backups, or with a file name the whole profile into one file."""
    unlocked = call.unlocked()
    if not unlocked.profile.store.exists():
        raise UserError(Trouble.MISSING, say("There is nothing to back up yet: this profile has no store."))
    target = call.arguments.file
    return _whole(call, unlocked, Path(target)) if target else _store(call, unlocked)


def _store(call: Call, unlocked: Unlocked) -> Outcome:
    made = back_up(unlocked, progress=call.progress)
    data = {"path": str(made.path), "at": made.at, "operations": made.operations, "files": None}
    return Outcome((say("Backed up and verified: {path}", path=str(made.path)),), data)


def _whole(call: Call, unlocked: Unlocked, target: Path) -> Outcome:
    if target.suffix != ENDING:
        target = target.with_name(target.name + ENDING)
    if not target.parent.is_dir():
        raise UserError(Trouble.BAD_INPUT, say("There is no folder {path}.", path=str(target.parent)), field="file")
    made = write_archive(unlocked, target, progress=call.progress)
    lines: list[Message] = [
        say_count(
            "Backed up and verified with {count} file: {path}", "Backed up and verified with {count} files: {path}",
            made.files, path=str(made.path),
        )
    ]  # fmt: skip
    if not made.elsewhere:
        lines.append(
            say("Only this computer can open it: set a passphrase, so that it helps when the computer is lost.")
        )
    data = {"path": str(made.path), "at": made.at, "operations": made.operations, "files": made.files}
    return Outcome(tuple(lines), data | {"opens_elsewhere": made.elsewhere})


def _arguments(parser: argparse.ArgumentParser) -> None:
    told = speak(say("write the whole profile into this file; without it the store goes into the profile's backups"))
    parser.add_argument("file", nargs="?", metavar="FILE", help=told)


BACKUP = Command("backup", say("Make a verified, encrypted backup."), run_backup, _arguments)
