"""What becomes of the characters of a text before it is set: which are dropped, which only steer, which show."""

import re
import unicodedata
from functools import lru_cache

FSI, PDI = "\u2068", "\u2069"
_ISOLATE_OPENERS = "\u2066\u2067\u2068"
STEERING = frozenset("\u200e\u200f\u061c" + _ISOLATE_OPENERS + PDI)  # order the line, print nothing

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls; line ends and tabs are already turned
    "\u202a-\u202e"  # embeddings and overrides: they could disguise a serial number
    "\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "\U000e0000-\U000e0fff]"  # tags and selectors: invisible text
)
_IGNORABLE = frozenset("\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff")


def clean(text: str) -> str:
    """`text` as it may be printed: composed, newlines as \\n, nothing that hides, reorders or is no character.

    Isolates stay when each one is closed inside `text`, so that they never reach beyond it.
    """
    text = _DROPPED.sub("", _LINE_ENDS.sub("\n", text.replace("\t", " ")))
    if not all(map(_balanced, text.split("\n"))):
        text = "".join(c for c in text if c not in _ISOLATE_OPENERS and c != PDI)
    return unicodedata.normalize("NFC", text)


def _balanced(text: str) -> bool:
    depth = 0
    for character in text:
        if character in _ISOLATE_OPENERS:
            depth += 1
        elif character == PDI:
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


@lru_cache(20_000)
def prints(character: str) -> bool:
    """Whether a reader expects to see something: not for joiners, variation selectors and the like."""
    code = ord(character)
    return not (character in _IGNORABLE or character in STEERING or 0xFE00 <= code <= 0xFE0F or character == "\n")


@lru_cache(20_000)
def sticks(character: str) -> bool:
    """Whether it stays in the font of the character before it: spaces, punctuation, marks, symbols, joiners."""
    return unicodedata.category(character)[0] in "ZPNSMC"
