"""Order of characters in lines of two directions (UAX #9)."""

import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.documents import bidi
from app.documents.bidi_classes import class_of
from tests import sizes
from tests.lacking import file

UNICODE = "/usr/share/unicode/BidiCharacterTest.txt"  # of Debian's unicode-data

# (characters, paragraph level, levels) with x for removed ones, worked out by hand from the rules
OWN = (
    ("abc", 0, "000"),
    ("abc", 1, "222"),
    ("אבג", 0, "111"),
    ("a אב", 0, "0011"),
    ("אב 12", 1, "11122"),  # numbers in right-to-left text
    ("ا 12", 0, "1122"),  # W2: after an Arabic letter
    ("א-12", 1, "1122"),  # W4, W6: a hyphen alone is neutral
    ("12-34", 1, "22222"),  # W4: between European numbers it is not
    ("5% א", 1, "2211"),  # W5
    ("א(b)ג", 1, "11211"),  # N0: brackets follow the paragraph
    ("a(א)b", 0, "00100"),
    ("\u2067a\u2069", 0, "020"),  # an isolate
    ("א\u2068b c\u2069ד", 1, "1122211"),
    ("\u202eab\u202c", 0, "x11x"),  # an override
    ("אב ", 0, "110"),  # L1: space at the end
)


@pytest.mark.parametrize(("text", "base", "expected"), OWN)
def test_levels_follow_the_rules(text: str, base: int, expected: str) -> None:
    levels, paragraph = bidi.levels(text, base)

    assert expected == "".join("x" if level is None else str(level) for level in levels)
    assert base == paragraph


def test_paragraph_takes_its_direction_from_the_first_strong_character() -> None:
    bases = [bidi.levels(text, None)[1] for text in ("12 abc", "12 אב", "\u2067אב\u2069 abc", "...")]

    assert [0, 1, 0, 0] == bases


def test_visual_order_turns_runs_inside_turned_runs() -> None:
    order = bidi.visual_order([1, 1, 2, 2, 1, 0])

    assert [4, 2, 3, 1, 0, 5] == order


def test_every_line_of_unicodes_own_test_passes() -> None:
    cases = list(_cases(file(UNICODE)))
    chosen = random.Random(9).sample(cases, min(sizes.BIDI_LINES, len(cases)))

    wrong = [case for case in chosen if not _passes(*case)]

    assert len(cases) > 90_000
    assert [] == wrong


def _cases(path: Path) -> Iterator[tuple[str, str, str, str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            codes, direction, paragraph, levels, order = line.split(";")
            yield codes, direction, paragraph, levels, order


def _passes(codes: str, direction: str, paragraph: str, levels: str, order: str) -> bool:
    text = "".join(chr(int(code, 16)) for code in codes.split())
    found, base = bidi.levels(text, {"0": 0, "1": 1, "2": None}[direction])
    kept = [index for index, level in enumerate(found) if level is not None]
    visual = [kept[place] for place in bidi.visual_order([level for level in found if level is not None])]
    return (
        levels.split() == ["x" if level is None else str(level) for level in found]
        and int(paragraph) == base
        and [int(place) for place in order.split()] == visual
    )


def test_every_assigned_character_keeps_the_class_of_unicode() -> None:
    letters = [chr(code) for code in range(0x590, 0x700) if unicodedata.bidirectional(chr(code))]

    assert [] == [c for c in letters if unicodedata.bidirectional(c) != class_of(c)]
    assert ("R", "AL", "ET", "L") == tuple(map(class_of, ("\u05ff", "\u07bf", "\u20cf", "\U0003ffff")))
