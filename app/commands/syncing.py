"""`enrol` and `sync`: connect this profile with the manufacturer, and exchange, without a window."""

import argparse
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from getpass import getpass
from typing import Any

from app.commands.calling import Call, Command, Exit, Outcome
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import Message, say, say_count
from app.kernel.ports import Written
from app.kernel.rights import Actor
from app.language.speaking import speak
from app.store.descriptors import read_secret
from app.store.opening import open_store
from app.store.runner import Opened
from app.sync.errors import SyncTrouble
from app.sync.links import Link, link_of
from app.sync.local import waiting_count
from app.sync.sentences import TROUBLES
from app.views.sync_light import manufacturer_of
from app.workflows.syncing import Report, Syncing


class _Here:
    """A `Runner` on the calling thread: a command does one thing after the other."""

    def __init__(self, store: Opened) -> None:
        self._store = store

    def write(self, actor: Actor, action: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Written]":
        return _done(lambda: self._store.write(actor, action, args, named))

    def read(self, query: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        return _done(lambda: self._store.read(query, args, named))

    def background(self, job: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        return _done(lambda: job(*args, **named))

    def close(self) -> None:
        """The store is closed by whoever opened it."""


def _done(job: Callable[[], Any]) -> "Future[Any]":
    future: Future[Any] = Future()
    try:
        future.set_result(job())
    except Exception as problem:
        future.set_exception(problem)
    return future


@contextmanager
def _exchange(call: Call) -> Iterator[tuple[Opened, Syncing]]:
    """The profile's store and its exchange; UserError(LOCKED) while a desk has it open."""
    unlocked = call.unlocked()
    with open_store(unlocked) as store:
        secret = unlocked.derive("device identity")
        yield store, Syncing(_Here(store), unlocked.device, secret, unlocked.profile.folder)


def run_enrol(call: Call) -> Outcome:
    """Make this profile a device of the partner whose code is given; UserErrors name the field to put right."""
    code = _code(call)
    with _exchange(call) as (store, syncing):
        call.tell(say("Connecting …"))
        link = syncing.enrol(call.arguments.address, code, name=call.arguments.name)
        name = store.read(lambda session: manufacturer_of(session, link), (), {})
    line = say("Connected to {manufacturer} as {partner}.", manufacturer=name, partner=link.partner_name)
    return Outcome((line,), {"address": link.url, "partner": link.partner, "partner_name": link.partner_name})


def run_sync(call: Call) -> Outcome:
    """Exchange everything there is. A trouble is the verdict no, or the disk's exit code; nothing is lost by it."""
    with _exchange(call) as (store, syncing):
        link: Link | None = store.read(link_of, (), {})
        if link is None:
            raise UserError(Trouble.MISSING, say("This profile is not connected yet. Connect it with `main.py enrol`."))
        call.tell(say("Exchanging …"))
        went = syncing.go()
        waiting: int = store.read(waiting_count, (), {})
        name = store.read(lambda session: manufacturer_of(session, link), (), {})
    kept = say_count("{count} change waits here", "{count} changes wait here", waiting)
    if went.report is None:
        told = [Message(each.msgid, {"manufacturer": name}) for each in TROUBLES[SyncTrouble(went.trouble)]]
        ends = Exit.DISK if went.trouble == SyncTrouble.DISK else Exit.NO
        return Outcome((*told, kept), {"trouble": went.trouble, "waiting": waiting}, ends)
    return Outcome((*_lines(went.report), kept), {"trouble": "", "waiting": waiting} | _numbers(went.report))


def _lines(report: Report) -> list[Message]:
    lines = [
        say("Changes sent: {sent}; records that came: {rows}.", sent=report.sent, rows=report.rows),
        say("Files sent: {sent}; files that came: {fetched}.", sent=report.files_sent, fetched=report.files_fetched),
    ]
    if report.refused:
        lines.append(say("Not taken: {count}. The desk says why.", count=report.refused))
    if report.pack:
        lines.append(say("A new content pack was taken in."))
    return lines


def _numbers(report: Report) -> dict[str, Any]:
    return {
        "sent": report.sent, "rows": report.rows, "refused": report.refused, "files_sent": report.files_sent,
        "files_fetched": report.files_fetched, "pack": report.pack,
    }  # fmt: skip


def _code(call: Call) -> str:
    """The code from its file descriptor, else asked for at a terminal: it is a secret for fifteen minutes."""
    number = call.arguments.code_fd
    if number is not None:
        try:
            return read_secret(number)
        except UserError:
            words = say("The code cannot be read from file descriptor {number}.", number=number)
            raise UserError(Trouble.BAD_INPUT, words, field="code") from None
    if sys.stdin.isatty():
        return getpass(speak(say("Code: "), call.language))
    raise UserError(Trouble.BAD_INPUT, say("Hand the code over with --code-fd."), field="code")


def _enrol_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--address", required=True, metavar="URL", help=speak(say("where the manufacturer answers")))
    parser.add_argument(
        "--code-fd", type=int, metavar="N", help=speak(say("read the code from this file descriptor"))
    )  # fmt: skip
    parser.add_argument("--name", default="", help=speak(say("what this computer is called")))


ENROL = Command("enrol", say("Connect this profile with the manufacturer."), run_enrol, _enrol_arguments)
SYNC = Command("sync", say("Send what waits and fetch what is new."), run_sync)
