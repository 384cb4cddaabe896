"""The bundled faces of printed papers; never a font of the system, whose bytes differ from machine to machine."""

import hashlib
import json
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

import uharfbuzz as hb

from app.documents.characters import clean, prints, sticks
from app.kernel.errors import BugError

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "paper"
FAMILIES = (
    "NotoSans",  # Latin, Cyrillic, Greek, Vietnamese
    "NotoSansArabic",
    "NotoSansHebrew",
    "NotoSansDevanagari",
    "NotoSansThai",
    "NotoSansSC",  # GB 2312, and the arrows and geometric signs of every language
)


class Face:
    """One TrueType file, open for shaping and for embedding. Safe to share between threads: it never changes."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.face = hb.Face(hb.Blob(data))
        self.font = hb.Font(self.face)
        self.units = int(self.face.upem)
        self.cover = frozenset(map(chr, self.face.unicodes))
        extents = self.font.get_font_extents("ltr")
        self.ascent, self.descent = int(extents.ascender), int(extents.descender)
        self.advance = lru_cache(None)(self._advance)

    def _advance(self, glyph: int) -> int:
        return int(self.font.get_glyph_h_advance(glyph))


@cache
def manifest() -> dict[str, str]:
    """File name to SHA-256 of every bundled face."""
    pinned: dict[str, str] = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    return pinned


@cache
def font_set() -> str:
    """SHA-256 that names the whole set; it belongs into the version of a form's template."""
    lines = "".join(f"{name} {digest}\n" for name, digest in sorted(manifest().items()))
    return hashlib.sha256(lines.encode()).hexdigest()


@cache
def face(family: str, *, strong: bool) -> Face:
    """The face of a family, Bold if `strong`; BugError if its file is not the one that the manifest pins."""
    name = f"{family}-{'Bold' if strong else 'Regular'}"
    data = (FOLDER / f"{name}.ttf").read_bytes()
    if hashlib.sha256(data).hexdigest() != manifest().get(f"{name}.ttf"):
        raise BugError(f"{name}.ttf is not the pinned file")
    return Face(name, data)


def choose(character: str, *, strong: bool, before: Face | None = None) -> Face | None:
    """The face that shows `character`, or None if no bundled one does.

    Punctuation, digits and marks stay with the face `before`, so that a run is not torn apart.
    """
    if before is not None and sticks(character) and (character in before.cover or not prints(character)):
        return before
    return _first_with(character, strong)


@lru_cache(20_000)
def _first_with(character: str, strong: bool) -> Face | None:
    return next((f for family in FAMILIES if character in (f := face(family, strong=strong)).cover), None)


def missing(*texts: str | Iterable[str]) -> tuple[str, ...]:
    """The characters that would print as their code point in a box, in order; empty is what one hopes for."""
    found = {
        character
        for text in texts
        for part in ([text] if isinstance(text, str) else text)
        for character in clean(part)
        if prints(character) and _first_with(character, False) is None
    }
    return tuple(sorted(found))
