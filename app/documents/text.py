"""A paragraph of plain text: measured, split between pages, drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.documents.ink import INK
from app.documents.lines import Line, Span, Style, set_lines
from app.documents.paper import Paper

BASELINE = 0.22  # of the size: how far the baseline stands above the middle line's lower half


LARGER = {"ar": 1.04, "fa": 1.04, "ur": 1.04, "th": 1.05, "hi": 1.03}  # their letters stand lower in their faces


@dataclass(frozen=True, slots=True)
class Setting:
    """What all texts of one paper share."""

    language: str
    rtl: bool

    def size(self, points: float) -> float:
        """`points` as Latin letters would have them, so that the text looks as large in this language."""
        return points * LARGER.get(self.language.split("-")[0], 1.0)


class Text:
    """`align` is start, end or center, after the paper's direction; `role` a tag of its own, else the open one's."""

    def __init__(
        self,
        text: str | Sequence[Span],
        setting: Setting,
        *,
        size: float = 9,
        strong: bool = False,
        colour: str = INK,
        align: str = "start",
        leading: float = 1.42,
        role: str = "",
    ) -> None:
        self.spans = (Span(text, strong),) if isinstance(text, str) else tuple(text)
        size = setting.size(size)
        self.style = Style(size, size * leading, colour, setting.language, setting.rtl)
        self.align, self.role = align, role
        self._lines: tuple[float, list[Line]] = (-1.0, [])

    def lines(self, width: float) -> list[Line]:
        """Its lines in a column of `width`; set once for each width."""
        if self._lines[0] != width:
            self._lines = (width, set_lines(self.spans, self.style, width))
        return self._lines[1]

    def height(self, width: float) -> float:
        return len(self.lines(width)) * self.style.leading

    def split(self, width: float, room: float) -> "tuple[_Lines, _Lines] | None":
        return _Lines(self, self.lines(width)).split(width, room)

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        _Lines(self, self.lines(width)).draw(paper, x, top, width)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Some lines of a text that is already set."""

    text: Text
    lines: Sequence[Line] = field(repr=False)

    def height(self, width: float) -> float:
        return len(self.lines) * self.text.style.leading

    def split(self, width: float, room: float) -> "tuple[_Lines, _Lines] | None":
        fits = int(room / self.text.style.leading + 1e-6)
        if len(self.lines) - fits == 1 and fits > 2:
            fits -= 1  # no line alone on the next page
        if fits < min(2, len(self.lines)) or fits >= len(self.lines):
            return None
        return _Lines(self.text, self.lines[:fits]), _Lines(self.text, self.lines[fits:])

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        if not any(line.pieces for line in self.lines):
            return
        if not self.text.role:
            self._draw(paper, x, top, width)
            return
        with paper.tag(self.text.role):
            self._draw(paper, x, top, width)

    def _draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        style = self.text.style
        baseline = top - style.leading / 2 - style.size * (0.5 - BASELINE)
        with paper.content():
            for line in self.lines:
                if line.pieces:
                    paper.text(line.visual(), x + self._indent(line, width), baseline)
                baseline -= style.leading

    def _indent(self, line: Line, width: float) -> float:
        free = width - line.width
        if self.text.align == "center":
            return free / 2
        return free if (self.text.align == "end") != self.text.style.rtl else 0.0
