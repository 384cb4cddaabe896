"""From a string in one face and direction to its glyphs (HarfBuzz)."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import uharfbuzz as hb

from app.documents.fonts import Face, face


class Glyph(NamedTuple):
    """One glyph; `cluster` is the index of its first character, lengths are font units."""

    id: int
    cluster: int
    advance: int
    dx: int
    dy: int


class Shaped(NamedTuple):
    """Glyphs from left to right, and the sum of their advances in font units."""

    glyphs: tuple[Glyph, ...]
    advance: int


class Piece(NamedTuple):
    """A shaped string on its place in a line: `level` is its bidi level, `size` and `width` are points.

    `boxed` is the character that no face has; `text` then is its code point, drawn in a frame.
    """

    face: Face
    text: str
    shaped: Shaped
    level: int
    size: float
    width: float
    colour: str
    boxed: str = ""


@lru_cache(20_000)
def shape(face: Face, text: str, rtl: bool, language: str) -> Shaped:
    """The glyphs of `text`; brackets are mirrored and marks placed, `language` picks local forms."""
    if not text:
        return Shaped((), 0)  # HarfBuzz has no positions for nothing
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.language = language
    hb.shape(face.font, buffer, {"kern": True, "liga": True})
    glyphs = tuple(
        Glyph(info.codepoint, info.cluster, place.x_advance, place.x_offset, place.y_offset)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )
    return Shaped(glyphs, sum(glyph.advance for glyph in glyphs))


BOX_SCALE, BOX_PAD = 0.62, 0.16  # of the text size: small enough to be taken for one character


def piece(face: Face, text: str, *, level: int, size: float, colour: str, language: str) -> Piece:
    """A run of `text` at `size` points."""
    shaped = shape(face, text, bool(level & 1), language)
    return Piece(face, text, shaped, level, size, shaped.advance * size / face.units, colour)


def box(character: str, *, level: int, size: float, colour: str) -> Piece:
    """The stand-in for a character that no bundled face has."""
    plain = face("NotoSans", strong=False)
    code = f"{ord(character):04X}"
    shaped = shape(plain, code, False, "en")
    width = shaped.advance * size * BOX_SCALE / plain.units + 2 * BOX_PAD * size
    return Piece(plain, code, shaped, level, size * BOX_SCALE, width, colour, character)


def joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one look as one piece: fewer operators, and readers find whole lines instead of shards."""
    found: list[Piece] = []
    for next_one in pieces:
        if found and _alike(found[-1], next_one):
            found[-1] = _both(found[-1], next_one)
        else:
            found.append(next_one)
    return found


def _alike(a: Piece, b: Piece) -> bool:
    same = a.face is b.face and a.level == b.level and a.size == b.size and a.colour == b.colour
    return same and not a.boxed and not b.boxed


def _both(a: Piece, b: Piece) -> Piece:
    behind = tuple(glyph._replace(cluster=glyph.cluster + len(a.text)) for glyph in b.shaped.glyphs)
    glyphs = behind + a.shaped.glyphs if a.level & 1 else a.shaped.glyphs + behind
    shaped = Shaped(glyphs, a.shaped.advance + b.shaped.advance)
    return a._replace(text=a.text + b.text, shaped=shaped, width=a.width + b.width)
