"""How hard a passphrase is to guess, roughly and in words: a help for people, never a gate beyond the least length."""

from enum import StrEnum
from itertools import pairwise

LEAST = 10  # characters; also the rule of app.store.profile
_GOOD_WORDS, _GOOD_LENGTH, _LONG = 4, 16, 20
_FEW_SIGNS, _MANY_SIGNS = 6, 10


class Strength(StrEnum):
    """From refused to good."""

    SHORT = "short"
    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"


def strength_of(passphrase: str) -> Strength:
    """By length, by how many different signs there are, and by whether they only count up or repeat."""
    signs = "".join(dict.fromkeys(passphrase.casefold().split()))  # a word that comes again adds nothing
    if len(passphrase) < LEAST:
        return Strength.SHORT
    if len(set(signs)) < _FEW_SIGNS or _runs(signs) or (signs.isdecimal() and len(signs) < _LONG):
        return Strength.WEAK
    words = {word.casefold() for word in passphrase.split() if len(word) > 2}
    if len(words) >= _GOOD_WORDS and len(signs) >= _GOOD_LENGTH:
        return Strength.GOOD
    return Strength.GOOD if len(signs) >= _LONG and len(set(signs)) >= _MANY_SIGNS else Strength.FAIR


def _runs(signs: str) -> bool:
    """Whether most signs follow the one before, or repeat it: 1234567890, abcdefghij, aaaabbbbcc."""
    steps = [abs(ord(after) - ord(before)) for before, after in pairwise(signs)]
    return sum(step <= 1 for step in steps) * 2 > len(steps)
