"""`restore`: put a backup in the place of the store; what was there is kept aside."""

import argparse
import zipfile
from pathlib import Path

from app.commands.calling import Call, Command, Outcome
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import moment_of
from app.kernel.messages import Message, Shown, say
from app.language.speaking import speak
from app.store.archive import restore_archive
from app.store.backups import backups
from app.store.restore import Restored, go_on, restore_copy
from app.store.snapshot import may_be_store


def run_restore(call: Call) -> Outcome:
    """List the backups, or restore one of them, a whole-profile file, or the damaged store as it is."""
    wish = call.arguments
    if wish.list:
        return _listed(call)
    if wish.as_it_is:
        return _told(go_on(call.unlocked(), progress=call.progress))
    if wish.newest:
        there = backups(call.profile.backups)
        if not there:
            raise UserError(Trouble.MISSING, say("This profile has no backups."))
        return _told(restore_copy(call.unlocked(), there[0].path, progress=call.progress))
    if not wish.file:
        raise UserError(Trouble.BAD_INPUT, say("Say what to restore: a file, --newest, or --as-it-is."), field="file")
    return _told(_from_file(call, Path(wish.file)))


def _from_file(call: Call, source: Path) -> Restored:
    if not source.is_file():
        raise UserError(Trouble.BAD_INPUT, say("There is no file {path}.", path=str(source)), field="file")
    if call.profile.exists() and not zipfile.is_zipfile(source) and may_be_store(source):
        return restore_copy(call.unlocked(), source, progress=call.progress)
    return call.with_secret(
        lambda passphrase, recovery: restore_archive(
            call.profile, source, passphrase=passphrase, recovery=recovery, progress=call.progress
        )
    )


def _told(restored: Restored) -> Outcome:
    lines: list[Message] = [say("Restored, with {count} operations.", count=restored.operations)]
    if restored.aside:
        lines.append(say("The store that was there is kept in {path}", path=restored.aside))
    return Outcome(tuple(lines), {"operations": restored.operations, "aside": restored.aside})


def _listed(call: Call) -> Outcome:
    there = backups(call.profile.backups)
    lines = [
        say("{moment}, {count} operations: {path}", moment=Shown("datetime", each.at, "UTC"), count=each.operations,
            path=str(each.path))
        for each in there
    ]  # fmt: skip
    rows = [
        {"path": str(each.path), "at": moment_of(each.at, "UTC").isoformat(), "operations": each.operations}
        for each in there
    ]
    return Outcome(tuple(lines or [say("This profile has no backups.")]), {"backups": rows})


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", help=speak(say("a backup of the store or a whole profile")))
    parser.add_argument("--list", action="store_true", help=speak(say("list the profile's backups")))
    parser.add_argument("--newest", action="store_true", help=speak(say("restore the newest of them")))
    told = speak(say("go on with a store that ends too early, without what is missing"))
    parser.add_argument("--as-it-is", action="store_true", help=told)


RESTORE = Command("restore", say("Restore a backup; the store that was there is kept aside."), run_restore, _arguments)
