"""Finding the page by the words of a frightened person: misspelt, in any order, in the reader's language or English."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

SHORTEST_NEAR = 4  # letters: shorter words must be right
PREFIX = 3
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found: a code, and its phrases in every language that is searched; earlier ones win a tie."""

    code: str
    phrases: tuple[str, ...]


@dataclass(slots=True)
class Index:
    """Entries with their words; a word that leads to few entries says more than one that leads to many.

    `idle` are words that say nothing ("is", "my"): they count only where nothing else was said.
    """

    entries: Sequence[Entry]
    idle: frozenset[str] = frozenset()
    words: dict[str, dict[str, float]] = field(default_factory=dict)
    phrases: dict[str, list[frozenset[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.entries:
            self.words[entry.code] = {word: 1.0 for phrase in entry.phrases for word in words_of(phrase)}
            self.phrases[entry.code] = [frozenset(found) for phrase in entry.phrases if (found := words_of(phrase))]

    def find(self, said: str) -> tuple[str, ...]:
        """Codes that fit what was said, best first; empty when nothing fits."""
        asked = [word for word in words_of(said) if word not in self.idle] or words_of(said)
        if not asked:
            return ()
        scores = {entry.code: self._score(entry.code, asked) for entry in self.entries}
        order = {entry.code: at for at, entry in enumerate(self.entries)}
        found = [code for code, score in scores.items() if score > 0]
        best = max((scores[code] for code in found), default=0.0)
        return tuple(
            sorted((code for code in found if scores[code] >= best / 3), key=lambda code: (-scores[code], order[code]))
        )

    def _score(self, code: str, asked: list[str]) -> float:
        near = {word: self._nearest(code, word) for word in asked}
        met = {target for target, _ in near.values() if target}
        score = sum(closeness * self._weight(target) for target, closeness in near.values() if target)
        whole = [phrase for phrase in self.phrases[code] if len(phrase) > 1 and phrase <= met]
        return score + max((0.5 * len(phrase) for phrase in whole), default=0.0)

    def _weight(self, word: str) -> float:
        holders = sum(1 for words in self.words.values() if word in words)
        return 1.0 / max(1, holders) + 0.1

    def _nearest(self, code: str, word: str) -> tuple[str, float]:
        """The word of an entry that comes nearest, and how near: 1 is the same."""
        words = self.words[code]
        if word in words:
            return word, 1.0
        best = ("", 0.0)
        for each in words:
            near = closeness(word, each)
            if near > best[1]:
                best = (each, near)
        return best


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: small, without accents and vowel signs; Han text in pairs of signs."""
    plain = folded(text).replace("'", "").replace("\u2019", "")
    found: list[str] = []
    for word in _WORD.findall(plain):
        found += _pairs(word) if any("\u4e00" <= sign <= "\u9fff" for sign in word) else [word]
    return found


def folded(text: str) -> str:
    """Small letters, without marks, with one spelling of each Arabic letter."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return bare.translate(_ARABIC)


_ARABIC = str.maketrans(  # one spelling: alef, ya, ta marbuta, hamza on a seat; the stretched line goes
    "\u0623\u0625\u0622\u0649\u0629\u0624\u0626", "\u0627\u0627\u0627\u064a\u0647\u0648\u064a", "\u0640"
)


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)] or [word]


def closeness(asked: str, known: str) -> float:
    """1 for the same word, less for its beginning or a slip of the finger, 0 for another word."""
    if asked == known:
        return 1.0
    short, long = sorted((asked, known), key=len)
    if len(short) >= PREFIX and long.startswith(short):
        return 0.8 if len(short) >= SHORTEST_NEAR else 0.55
    if len(short) < SHORTEST_NEAR or abs(len(asked) - len(known)) > 2:
        return 0.0
    allowed = 1 if len(short) < 7 else 2
    slips = distance(asked, known, most=allowed)
    return 0.0 if slips > allowed else 0.7 - 0.1 * slips


def distance(one: str, other: str, *, most: int) -> int:
    """Letters added, left out, changed or exchanged with the next one; `most` + 1 stands for all above."""
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for at, sign in enumerate(one, start=1):
        older, before, row = before, row, [at]
        for to, known in enumerate(other, start=1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (sign != known))
            if at > 1 and to > 1 and sign == other[to - 2] and one[at - 2] == known:
                cost = min(cost, older[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
