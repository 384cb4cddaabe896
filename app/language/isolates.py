"""Keeping a value's direction apart from the sentence around it (Unicode UAX 9)."""

import unicodedata

RLM, LRI, FSI, PDI = "\u200f", "\u2066", "\u2068", "\u2069"
_CONTROLS = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def without_controls(text: str) -> str:
    """`text` without direction marks, embeddings, overrides and isolates: they could turn the words beside them."""
    return text.translate(_CONTROLS)


def holds_right_to_left(text: str) -> bool:
    """Whether any character of `text` runs from right to left, or is an Arabic digit."""
    return not text.isascii() and any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in text)


def isolated(text: str, *, right_to_left: bool) -> str:
    """A person's text, to stand in a sentence of this direction; unchanged where nothing can turn.

    The text's own first strong character decides its direction.
    """
    clean = without_controls(text)
    return f"{FSI}{clean}{PDI}" if clean and (right_to_left or holds_right_to_left(clean)) else clean


def left_to_right(text: str, *, right_to_left: bool) -> str:
    """A serial, number or code that reads from left to right in a sentence of any direction."""
    clean = without_controls(text)
    return f"{LRI}{clean}{PDI}" if clean and (right_to_left or holds_right_to_left(clean)) else clean


def led_right_to_left(text: str) -> str:
    """A right-to-left sentence for whoever takes its direction from its first strong character, as Qt does.

    One that begins with a Latin name, or holds set-apart values alone, gets a mark in front; a single word, or what
    only stands between words, needs none.
    """
    turns = " " in text and any(sign.isalnum() for sign in text) and not _begins_right_to_left(text)
    return f"{RLM}{text}" if turns else text


def _begins_right_to_left(text: str) -> bool:
    depth = 0
    for sign in text:
        way = unicodedata.bidirectional(sign)
        depth += (way in ("LRI", "RLI", "FSI")) - (way == "PDI")
        if depth == 0 and way in ("L", "R", "AL"):
            return way != "L"
    return False
