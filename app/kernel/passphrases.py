"""How hard a passphrase is to guess, in four words. A hint for whoever chooses one; the rule is its length alone."""

import math
from enum import StrEnum

LEAST = 10  # characters; also the rule of app.store.profile
_KNOWN = (
    "password",
    "passphrase",
    "aftercare",
    "averdell",
    "qwerty",
    "123456",
    "letmein",
    "welcome",
    "coffee",
    "abc123",
)
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890")
_LETTER, _FAIR, _GOOD = 2.6, 28.0, 46.0  # bits: of a letter within words, and from where on it is fair and good


class Strength(StrEnum):
    """From too short to be taken to good."""

    SHORT = "short"
    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"


def strength_of(passphrase: str) -> Strength:
    """The strength of what was typed: what repeats, runs along the keyboard or stands in every list counts little."""
    if len(passphrase) < LEAST:
        return Strength.SHORT
    bits = _bits(passphrase)
    if bits < _FAIR:
        return Strength.WEAK
    return Strength.GOOD if bits >= _GOOD else Strength.FAIR


def _bits(passphrase: str) -> float:
    text = " ".join(dict.fromkeys(passphrase.casefold().split()))  # a word that comes again adds nothing
    for known in _KNOWN:
        text = text.replace(known, known[0])
    kept = [sign for at, sign in enumerate(text) if not _follows(text, at)]
    letters = sum(sign.isalpha() for sign in kept)
    others = len(kept) - letters - kept.count(" ")
    most = len(set(kept)) * math.log2(max(2, len(set(kept)))) * 2  # few signs over and over are few choices
    return min(letters * _LETTER + others * math.log2(10) * 0.8, most)


def _follows(text: str, at: int) -> bool:
    """Whether a sign is the one before it again, or the third or later of a run along the keyboard."""
    if at and text[at - 1] == text[at]:
        return True
    run = text[max(0, at - 2) : at + 1]
    return len(run) == 3 and any(run in row or run[::-1] in row for row in _ROWS)
