"""`verify`: is this file what was signed? JSON on standard output, the same in words on standard error."""

import argparse

from app.commands.calling import Call, Command, Exit, Outcome
from app.documents.verify import Knowledge
from app.kernel.errors import UserError
from app.kernel.messages import say
from app.language.speaking import speak
from app.store.opening import open_reader
from app.store.profile import Unlocked, unlock
from app.workflows.verifying import verify_path, what_is_known


def run_verify(call: Call) -> Outcome:
    """Exit 0 for an unchanged file, 1 for any other; a file that cannot be read is bad input."""
    unlocked = _profile(call)
    checked = verify_path(call.arguments.file, _knowledge(unlocked) if unlocked else None)
    for line in (checked.headline, *checked.lines):
        call.tell(line)
    found = checked.verdict.to_json() | {
        "says": [speak(line, call.language) for line in (checked.headline, *checked.lines)],
        "profile": unlocked is not None,
    }
    return Outcome((), found, Exit.OK if checked.good else Exit.NO)


def _profile(call: Call) -> Unlocked | None:
    """The profile that was named, else the usual one when it opens without a question: verifying needs none."""
    if call.arguments.profile or (call.arguments.sample and call.profile.exists()):
        return call.unlocked()
    try:
        return unlock(call.profile) if call.profile.exists() else None
    except UserError:
        return None


def _knowledge(unlocked: Unlocked) -> Knowledge | None:
    """What the profile knows; nothing before it has a store."""
    if not unlocked.profile.store.exists():
        return None
    with open_reader(unlocked) as store:
        found: Knowledge = store.read(what_is_known, (), {})
        return found


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.pdf", help=speak(say("the file to look at")))
    parser.set_defaults(json=True)  # a verdict is for machines too: never another form


VERIFY = Command("verify", say("Say whether a signed paper is unchanged, by whom and when."), run_verify, _arguments)
