"""Setting plain text into lines: order, faces, shapes and breaks of one paragraph. No text is ever markup."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.documents import bidi
from app.documents.bidi_classes import class_of
from app.documents.breaking import graphemes, segments
from app.documents.characters import FSI, PDI, STEERING, clean, prints
from app.documents.fonts import Face, choose
from app.documents.shaping import Piece, box, joined, piece


class Span(NamedTuple):
    """A string with one look. An isolated one (a value) keeps its own order inside its sentence (FSI of UAX #9)."""

    text: str
    strong: bool = False
    colour: str = ""
    isolate: bool = True


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: points, `#rrggbb`, BCP 47 language, and the direction of its paragraph."""

    size: float
    leading: float
    colour: str
    language: str
    rtl: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces in logical order and their width in points, the space at the end not counted."""

    pieces: tuple[Piece, ...]
    width: float

    def visual(self) -> list[Piece]:
        """The pieces from left to right."""
        return [self.pieces[place] for place in bidi.visual_order([p.level for p in self.pieces])]


class _Character(NamedTuple):
    text: str
    span: Span
    level: int
    face: Face | None


def set_lines(spans: Sequence[Span], style: Style, width: float) -> list[Line]:
    """The lines of `spans` in a column of `width` points."""
    lines: list[Line] = []
    for paragraph in _paragraphs(spans):
        characters = _characters(paragraph, style)
        lines += _fill(_segments(characters, style), style, width)
    return lines


def _paragraphs(spans: Sequence[Span]) -> list[list[Span]]:
    paragraphs: list[list[Span]] = [[]]
    for span in spans:
        first, *others = clean(span.text).split("\n")
        paragraphs[-1].append(span._replace(text=first))
        paragraphs += [[span._replace(text=part)] for part in others]
    return paragraphs


def _characters(spans: Sequence[Span], style: Style) -> list[_Character]:
    marked = "".join(FSI + s.text + PDI if s.isolate else s.text for s in spans)
    level = iter(_levels(marked, style.rtl))
    found: list[_Character] = []
    for span in spans:
        inside = FSI + span.text + PDI if span.isolate else span.text
        before: Face | None = None
        for character, own in zip(inside, level, strict=False):
            if character in STEERING:
                continue
            face = before if not prints(character) else choose(character, strong=span.strong, before=before)
            if face is None and not prints(character):
                continue
            found.append(_Character(character, span, own, face))
            before = face
    return found


def _levels(text: str, rtl: bool) -> list[int]:
    if not rtl and all(class_of(c) not in ("R", "AL", "AN") for c in text):
        return [0] * len(text)  # most text of the world: nothing to reorder
    found, last = bidi.levels(text, int(rtl))
    levels = []
    for level in found:
        last = last if level is None else level
        levels.append(last)
    return levels


def _segments(characters: Sequence[_Character], style: Style) -> Iterator[list[Piece]]:
    """Runs of pieces between two places where the line may break."""
    start = 0
    for segment in segments("".join(c.text for c in characters), style.language):
        stop = start + len(segment)
        yield _pieces(characters[start:stop], style)
        start = stop


def _pieces(characters: Sequence[_Character], style: Style) -> list[Piece]:
    pieces: list[Piece] = []
    start = 0
    for stop in range(1, len(characters) + 1):
        if stop < len(characters) and _same_run(characters[start], characters[stop]):
            continue
        pieces.append(_piece(characters[start:stop], style))
        start = stop
    return pieces


def _same_run(a: _Character, b: _Character) -> bool:
    return a.face is not None and a.face is b.face and a.level == b.level and a.span is b.span


def _piece(run: Sequence[_Character], style: Style) -> Piece:
    first = run[0]
    colour = first.span.colour or style.colour
    if first.face is None:
        return box(first.text, level=first.level, size=style.size, colour=colour)
    text = "".join(c.text for c in run)
    return piece(first.face, text, level=first.level, size=style.size, colour=colour, language=style.language)


def _fill(runs: Iterator[list[Piece]], style: Style, width: float) -> list[Line]:
    lines: list[Line] = []
    current: list[Piece] = []
    used = 0.0
    for run in runs:
        whole = sum(p.width for p in run)
        needed = whole - _trailing_space(run, style)
        if current and used + needed > width + 1e-6:
            lines.append(_line(current, style))
            current, used = [], 0.0
        if needed > width:
            *full, current = _cut(run, style, width)
            lines += [_line(part, style) for part in full]
            used = sum(p.width for p in current)
        else:
            current += run
            used += whole
    return [*lines, _line(current, style)]


def _cut(run: Sequence[Piece], style: Style, width: float) -> list[list[Piece]]:
    """A segment longer than its column, cut between characters."""
    rows: list[list[Piece]] = [[]]
    used = 0.0
    for part in run:
        atoms = [part] if part.boxed else [_reshape(part, g, style) for g in graphemes(part.text, style.language)]
        start = 0
        for place, atom in enumerate(atoms):
            if used + atom.width > width and (rows[-1] or place > start):
                rows[-1] += _joined(part, atoms[start:place], style)
                rows.append([])
                start, used = place, 0.0
            used += atom.width
        rows[-1] += _joined(part, atoms[start:], style)
    return rows


def _joined(part: Piece, atoms: Sequence[Piece], style: Style) -> list[Piece]:
    if part.boxed or not atoms:
        return list(atoms)
    return [_reshape(part, "".join(a.text for a in atoms), style)]


def _reshape(part: Piece, text: str, style: Style) -> Piece:
    return piece(part.face, text, level=part.level, size=part.size, colour=part.colour, language=style.language)


def _trailing_space(run: Sequence[Piece], style: Style) -> float:
    if not run or run[-1].boxed or not run[-1].text.endswith(" "):
        return 0.0
    return run[-1].width - _reshape(run[-1], run[-1].text.rstrip(" "), style).width


def _line(pieces: Sequence[Piece], style: Style) -> Line:
    kept = list(pieces)
    while kept and not kept[-1].boxed and kept[-1].text.endswith(" "):  # L1: a space at the end has no place
        trimmed = kept[-1].text.rstrip(" ")
        kept[-1:] = [_reshape(kept[-1], trimmed, style)] if trimmed else []
    return Line(tuple(joined(kept)), sum(p.width for p in kept))
