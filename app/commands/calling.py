"""What every command of the command line is: its words, what it is called with, what it answers."""

import argparse
import contextlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from getpass import getpass
from pathlib import Path
from typing import Any, TypeVar

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import Message, say
from app.kernel.rights import Actor, How, Right, Role
from app.kernel.storable import storable
from app.language.languages import language_of
from app.language.speaking import speak
from app.store.descriptors import read_secret
from app.store.opening import open_store
from app.store.profile import Profile, Unlocked, create_sample, default_folder, unlock
from app.workflows.sample import fill_sample

_T = TypeVar("_T")


class Exit(IntEnum):
    """What the process answers its caller."""

    OK = 0
    NO = 1  # the command ran, and its verdict is negative
    BAD_INPUT = 2
    WRONG_KEY = 3
    DAMAGED = 4
    LOCKED = 5
    DISK = 6
    BUG = 7  # ours


EXITS = {
    Trouble.WRONG_KEY: Exit.WRONG_KEY,
    Trouble.DAMAGED: Exit.DAMAGED,
    Trouble.LOCKED: Exit.LOCKED,
    Trouble.DISK: Exit.DISK,
}  # every other trouble is bad input


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command found: sentences for a person, the same as data for `--json`, and how it ends."""

    lines: tuple[Message, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    exit: Exit = Exit.OK


class Call:
    """One call of a command: its arguments, its profile, and where progress goes (standard error)."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.asked_language: str = arguments.language
        self.language = language_of(self.asked_language).code
        self._shown = -1

    @property
    def profile(self) -> Profile:
        """The profile that was named, else the sample with `--sample`, else the user's own."""
        named, sample = self.arguments.profile, self.arguments.sample
        return Profile(Path(named) if named else default_folder(sample=sample))

    def unlocked(self) -> Unlocked:
        """The profile with its key; with `--sample` one is made and filled where there is none.

        Errors as profile.unlock.
        """
        return self.with_secret(self.unlocked_with)

    def with_secret(self, attempt: Callable[[str, str], _T]) -> _T:
        """What `attempt(passphrase, recovery)` gives, with what came through descriptors or from this machine's key
        store; where that opens nothing, a person at a terminal is asked: Enter alone asks for the recovery key."""
        given = self.passphrase(), self.recovery()
        try:
            return attempt(*given)
        except UserError as problem:
            if problem.kind is not Trouble.WRONG_KEY or any(given) or not _is_terminal():
                raise
        passphrase = self._typed(say("Passphrase (or Enter, to use the recovery key): "))
        return attempt(passphrase, "" if passphrase else self._typed(say("Recovery key: ")).strip())

    def _typed(self, asked: Message) -> str:
        return getpass(speak(asked, self.language))

    def unlocked_with(self, passphrase: str, recovery: str) -> Unlocked:
        """The profile, opened by these or by this machine's key store; else as `unlocked`."""
        profile = self.profile
        if self.arguments.sample and not profile.exists():
            made = create_sample(profile.folder)
            with open_store(made) as store:
                store.write(self.actor(made), fill_sample, (self.progress,))
            return made
        return unlock(profile, passphrase=passphrase, recovery=recovery)

    def passphrase(self) -> str:
        """What came through `--passphrase-fd`, or nothing."""
        return self._secret("passphrase_fd")

    def recovery(self) -> str:
        """What came through `--recovery-fd`, or nothing."""
        return self._secret("recovery_fd")

    def _secret(self, name: str) -> str:
        """The first line of a file descriptor; read once, since a pipe gives it once. Never from the environment."""
        given = getattr(self.arguments, name)
        if isinstance(given, int):
            given = read_secret(given)
            setattr(self.arguments, name, given)
        return given or ""

    def actor(self, unlocked: Unlocked) -> Actor:
        """Whoever holds the key and the machine: all rights, and the operations say that it was the command line."""
        return Actor("", frozenset(Role), unlocked.device, How.COMMAND_LINE, frozenset(Right))

    def progress(self, done: int, of: int) -> None:
        """Show how far it is, on standard error, at most once for each hundredth."""
        hundredths = 100 * done // of if of else 100
        if hundredths != self._shown:
            self._shown = hundredths
            end = "\r" if sys.stderr.isatty() and done < of else "\n"
            if sys.stderr.isatty() or hundredths % 10 == 0:
                beside(f"{hundredths:3d} %", end=end)

    def tell(self, message: Message) -> None:
        """Say what is being done, on standard error."""
        beside(storable(speak(message, self.language)))


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def beside(text: str, end: str = "\n") -> None:
    """On standard error, which may have been closed: nobody is there to be told, and the work goes on."""
    with contextlib.suppress(OSError, ValueError):
        print(text, end=end, file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class Command:
    """A word of the command line. `run` gets the Call; UserErrors are worded and become the exit code."""

    name: str
    help: Message
    run: Callable[[Call], Outcome]
    arguments: Callable[[argparse.ArgumentParser], None] = lambda _parser: None
