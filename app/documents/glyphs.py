"""Glyphs as PDF text operators that search, copy and screen readers turn back into the text they came from.

Four devices, each found by reading papers back with poppler and PDFium:
- a left-to-right run whose glyphs are not one to a character, or that stands in a right-to-left line, carries its text
  as /ActualText;
- in right-to-left runs /ActualText around words comes back reversed, so there each base glyph carries its own text;
- their marks follow behind the run in a span whose /ActualText is empty: dots belong to the letter that has its text
  already, and around a vowel sign with a text of its own poppler tears the word apart (nobody searches for them);
- a glyph gets a CID for each text it stands for, so that one ToUnicode entry never serves two texts.
"""

import unicodedata
from collections.abc import Sequence

from app.documents.embedding import EmbeddedFace
from app.documents.shaping import Glyph, Piece


def text_operators(piece: Piece, face: EmbeddedFace, x: float, y: float) -> list[str]:
    """Operators for one piece with its origin at (x, y), to stand between BT and ET, the font already chosen."""
    writer = _Writer(piece, face, x, y)
    whole = bool(piece.boxed) or (not piece.level & 1 and (piece.level > 0 or _needs_actual_text(piece)))
    text = piece.boxed or piece.text
    body = writer.run(quiet=whole)
    return [_span(text), *body, "EMC"] if whole else body


LATE = "\u200b"  # what a mark drawn late stands for: with no text at all PDFium makes one up


def _needs_actual_text(piece: Piece) -> bool:
    glyphs = piece.shaped.glyphs
    return len(glyphs) != len(piece.text) or any(g.dx or g.dy or not g.advance for g in glyphs)


def _span(text: str) -> str:
    return f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex().upper()}>>> BDC"


class _Writer:
    """Collects glyphs that stand on one baseline into a TJ array."""

    def __init__(self, piece: Piece, face: EmbeddedFace, x: float, y: float) -> None:
        self.piece, self.face = piece, face
        self.scale = piece.size / piece.face.units
        self.x, self.y = x, y
        self.out: list[str] = []
        self.row: list[str] = []
        self.start = self.pen = self.raised = 0.0

    def run(self, *, quiet: bool) -> list[str]:
        """Operators of the piece; `quiet` if an /ActualText around it already speaks for all of it."""
        late: list[tuple[Glyph, float]] = []
        for text, cluster in _clusters(self.piece):
            late += self._cluster(text, cluster, quiet)
        self._flush()
        if late:
            self._late(late, quiet)
        return self.out

    def _cluster(self, text: str, cluster: Sequence[Glyph], quiet: bool) -> list[tuple[Glyph, float]]:
        """Draws a cluster and returns the marks to be drawn behind the run, each with its place."""
        marks = _marks(text, cluster, rtl=bool(self.piece.level & 1))
        several = len(cluster) - len(marks) > 1
        if several and not quiet:
            self._flush()
            self.out.append(_span(text))
        late = []
        for glyph in cluster:
            place = self.x + glyph.dx * self.scale
            self.x += glyph.advance * self.scale
            if glyph in marks:
                late.append((glyph, place))
            else:
                self._put(glyph, place, "" if several else text)
        if several and not quiet:
            self._flush()
            self.out.append("EMC")
        return late

    def _late(self, marks: Sequence[tuple[Glyph, float]], quiet: bool) -> None:
        if not quiet:
            self.out.append(_span(""))
        for glyph, place in marks:
            self._put(glyph, place, LATE)
        self._flush()
        if not quiet:
            self.out.append("EMC")

    def _put(self, glyph: Glyph, place: float, text: str) -> None:
        raised = glyph.dy * self.scale
        if raised != self.raised:
            self._flush()
            self.raised = raised
        if not self.row:
            self.start = self.pen = place
        elif abs(place - self.pen) > 0.002:
            self.row.append(f" {(self.pen - place) / self.piece.size * 1000:.2f} ")
        self.row.append(f"<{self.face.cid(glyph.id, text):04X}>")
        self.pen = place + self.piece.face.advance(glyph.id) * self.scale

    def _flush(self) -> None:
        if self.row:
            joined = "".join(self.row).replace("><", "")
            self.out.append(f"1 0 0 1 {self.start:.3f} {self.y + self.raised:.3f} Tm [{joined}] TJ")
            self.row = []


def _clusters(piece: Piece) -> list[tuple[str, list[Glyph]]]:
    """Glyphs by cluster, from left to right, each with the characters that it stands for."""
    found: list[tuple[int, list[Glyph]]] = []
    for glyph in piece.shaped.glyphs:
        if found and found[-1][0] == glyph.cluster:
            found[-1][1].append(glyph)
        else:
            found.append((glyph.cluster, [glyph]))
    starts = sorted({start for start, _ in found})
    ends = dict(zip(starts, [*starts[1:], len(piece.text)], strict=True))
    return [(piece.text[start : ends[start]], cluster) for start, cluster in found]


def _marks(text: str, cluster: Sequence[Glyph], *, rtl: bool) -> list[Glyph]:
    """The glyphs of a cluster that only sit on its one base, or on a base before it."""
    still = [glyph for glyph in cluster if not glyph.advance]
    alone = rtl and len(still) == len(cluster) and all(unicodedata.category(c) == "Mn" for c in text)
    return still if alone or len(cluster) - len(still) == 1 else []
