"""Stock as the sum of its movements, and finding a part by whatever somebody remembers of it."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.kernel.errors import Trouble, UserError
from app.kernel.lengths import kept_text
from app.kernel.messages import say
from app.kernel.serials import fold

MOST = 1_000_000


class PlaceKind(StrEnum):
    WORKSHOP = "workshop"
    VAN = "van"
    STORE = "store"
    QUARANTINE = "quarantine"  # locked: never counts as stock


class Level(StrEnum):
    """How a stock stands against the pieces that the contract obliges the partner to hold."""

    ENOUGH = "enough"
    BELOW = "below"
    GONE = "gone"
    NEGATIVE = "negative"  # more taken than was ever booked in: a count explains it


def level_of(quantity: int, floor: int) -> Level:
    """Where a quantity stands."""
    if quantity < 0:
        return Level.NEGATIVE
    if quantity == 0:
        return Level.GONE if floor else Level.ENOUGH
    return Level.BELOW if quantity < floor else Level.ENOUGH


def floor_of(per_100: int, machines: int) -> int:
    """Pieces to hold for so many machines in the field, rounded up."""
    return -(-per_100 * machines // 100)


def positive(quantity: int) -> int:
    """The quantity, or UserError(BAD_INPUT) when it is not at least one, or more than any shelf holds."""
    if quantity < 1:
        raise UserError(Trouble.BAD_INPUT, say("The quantity is at least 1."), field="quantity")
    return countable(quantity)


def countable(quantity: int) -> int:
    """The quantity, or UserError(BAD_INPUT) when it is a slip of the keyboard."""
    if abs(quantity) > MOST:
        raise UserError(Trouble.BAD_INPUT, say("The quantity is at most {most}.", most=MOST), field="quantity")
    return quantity


def reason_given(reason: str) -> str:
    """The reason without its outer blanks, or UserError(NEEDS_REASON) when there is none."""
    kept = kept_text("reason", reason)
    if not kept:
        raise UserError(Trouble.NEEDS_REASON, say("Say why, so that the next person understands it."), field="reason")
    return kept


@dataclass(frozen=True, slots=True)
class Counted:
    """A part that was counted at a place: pieces found, and pieces that were thought to be there at that moment."""

    part: str
    found: int
    expected: int

    @property
    def difference(self) -> int:
        return self.found - self.expected


@dataclass(frozen=True, slots=True)
class PartWords:
    """What a part is found by: its number, the numbers it replaced, its names in every language, its machines."""

    number: str
    older: tuple[str, ...]
    names: tuple[str, ...]
    models: tuple[str, ...]
    position: str = ""


@dataclass(frozen=True, slots=True)
class PartHit:
    """A part that was found; `older` is the superseded number that led to it, or empty."""

    number: str
    older: str = ""


def find_parts(entries: Iterable[PartWords], query: str) -> tuple[PartHit, ...]:
    """Parts in which every word of the query is found, numbers before names; all of them for an empty query."""
    words = _words(query)
    found = [(rank, hit) for entry in entries if (rank := _rank(entry, words, hit := _hit(entry, query))) is not None]
    return tuple(hit for _, hit in sorted(found, key=lambda each: each[0]))


def _hit(entry: PartWords, query: str) -> PartHit:
    digits = fold(query)
    if len(digits) >= 4 and digits not in fold(entry.number):
        return PartHit(entry.number, next((each for each in entry.older if digits in fold(each)), ""))
    return PartHit(entry.number)


def _rank(entry: PartWords, words: Sequence[str], hit: PartHit) -> int | None:
    """Zero for a number, one for an older number, two for a name; None when a word is nowhere."""
    number = fold(entry.number)
    if hit.older:
        return 1
    if words and fold("".join(words)) in number and len("".join(words)) >= 3:
        return 0
    texts = _words(" ".join((*entry.names, *entry.models, entry.position, entry.number)))
    everywhere = all(any(text.startswith(word) for text in texts) for word in words)
    return 2 if everywhere else None


def _words(text: str) -> list[str]:
    """Words in small letters without accents; text in Chinese and Arabic stays as it is."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return "".join(sign if sign.isalnum() else " " for sign in kept).split()
