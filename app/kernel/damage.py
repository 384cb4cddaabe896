"""A damaged store, as the interface and the command line show it."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import Message, Shown, say, say_count


class Harm(StrEnum):
    """What is wrong with the store's file."""

    ENDS_EARLY = "ends_early"  # acknowledged acts are not in it
    PAGES = "pages"  # a page fails its authentication code
    GONE = "gone"  # the file itself is missing


@dataclass(frozen=True, slots=True)
class Candidate:
    """A verified backup: its file, when it was taken (microseconds UTC) and its last operation."""

    path: str
    at: int
    operations: int


@dataclass(frozen=True, slots=True)
class Damage:
    """What was found. `acts` acknowledged ones are missing since `since` (microseconds UTC, 0 when unknown)."""

    harm: Harm
    acts: int = 0
    since: int = 0
    backups: tuple[Candidate, ...] = ()

    def sentence(self) -> Message:
        """What is so, for a person; the caller adds what can be done."""
        if self.harm is Harm.PAGES:
            return say("Parts of the store on this disk are damaged. Its file is kept; a backup can be restored.")
        if self.harm is Harm.GONE:
            return say("The store's file is missing from the profile's folder. A backup can be restored.")
        since = Shown("datetime", self.since, "UTC")
        return say_count(
            "The store ends too early: {count} saved act is missing, from {since}. Its file is kept.",
            "The store ends too early: {count} saved acts are missing, the first from {since}. Its file is kept.",
            self.acts,
            since=since,
        )


class DamagedError(UserError):
    """UserError(DAMAGED) that says what was found and which backups there are."""

    def __init__(self, damage: Damage) -> None:
        super().__init__(Trouble.DAMAGED, damage.sentence())
        self.damage = damage
