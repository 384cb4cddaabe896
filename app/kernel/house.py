"""What the settings may ask of the profile that is open, without knowing it: its copies and its keys."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.kernel.errors import UserError

Progress = Callable[[int, int], None]  # done, of how many


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The further folder for copies: whether it is there now, how many of ours it holds, when the newest was made
    (microseconds UTC, 0 for none)."""

    folder: str
    there: bool
    count: int = 0
    newest_at: int = 0


@dataclass(frozen=True, slots=True)
class CopiesSeen:
    """The copies beside the store. Each was opened and checked before it got its name; `newest_at` is 0 for none."""

    folder: str
    count: int
    newest_at: int
    operations: int
    elsewhere: Elsewhere | None


@dataclass(frozen=True, slots=True)
class CopyTaken:
    """A copy was taken; `trouble` is why the further folder got none, None when it did or there is no such folder."""

    at: int
    trouble: UserError | None = None


class Copies(Protocol):
    """Jobs for `Desk.background`; `elsewhere` is the further folder, or empty."""

    def look(self, elsewhere: str) -> CopiesSeen:
        """What is there now."""

    def take(self, elsewhere: str, *, progress: Progress) -> CopyTaken:
        """A copy at once; UserError when even the one beside the store could not be taken."""

    def check(self, folder: str) -> str:
        """The folder as it is to be kept; UserError (field `folder`) when no copy can lie there."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How the profile opens. `by_itself`: the computer's key store opens it without asking. A `sample` has nothing to
    change."""

    passphrase: bool
    recovery: bool
    by_itself: bool
    sample: bool


class Keys(Protocol):
    """Jobs for `Desk.background`. `known` is the passphrase of now, or the recovery key: UserError (field `known`)
    when it is not."""

    def ways(self) -> Ways:
        """How it opens now."""

    def change_passphrase(self, known: str, fresh: str) -> None:
        """Another passphrase from here on; UserError (field `passphrase`) for one that is too short."""

    def draw_recovery(self, known: str) -> str:
        """A new recovery key, which counts once `keep_recovery` was called: until then the old one does."""

    def keep_recovery(self) -> None:
        """The key that was drawn has been written down: the old one opens nothing from here on."""

    def open_by_itself(self, known: str, *, wanted: bool) -> None:
        """Puts the key into the computer's key store, or takes it out."""


@dataclass(frozen=True, slots=True)
class House:
    """What `main.py` hands in of the open profile."""

    copies: Copies
    keys: Keys
