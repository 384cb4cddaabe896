"""The surface that papers are drawn on: pages of PDF operators, with a tag for everything that carries meaning."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.documents.embedding import EmbeddedFace
from app.documents.fonts import Face
from app.documents.glyphs import text_operators
from app.documents.ink import rgb
from app.documents.shaping import BOX_PAD, Piece

Point = tuple[float, float]


@dataclass(slots=True)
class Tag:
    """A node of the structure tree: its children are tags or (page index, marked-content id)."""

    role: str
    alt: str = ""
    kids: list["Tag | tuple[int, int]"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """A named rectangle on a page for a signature: page index and x0, y0, x1, y1 in points."""

    name: str
    page: int
    box: tuple[float, float, float, float]


class Paper:
    """Points, origin at the lower left corner. Content is drawn in reading order, inside tags.

    An untagged one serves for the appearance of a signature, which is no part of the structure tree.
    """

    def __init__(self, size: tuple[float, float], *, language: str, rtl: bool, tagged: bool = True) -> None:
        self.width, self.height = size
        self.language, self.rtl = language, rtl
        self._silent = not tagged
        self.pages: list[list[str]] = []
        self.faces: dict[Face, EmbeddedFace] = {}
        self.root = Tag("Document")
        self.places: list[Place] = []
        self._open = [self.root]
        self._marked: list[int] = []
        self._marking = False

    def new_page(self) -> None:
        """Starts the next page; everything is drawn on the last one."""
        self.pages.append([])
        self._marked.append(0)

    @contextmanager
    def tag(self, role: str, alt: str = "") -> Iterator[None]:
        """What is drawn inside belongs to a new element of the structure tree."""
        if self._silent:
            yield
            return
        node = Tag(role, alt)
        self._open[-1].kids.append(node)
        self._open.append(node)
        yield
        self._open.pop()

    @contextmanager
    def content(self) -> Iterator[None]:
        """Marks what is drawn inside as content of the open tag."""
        if self._silent:
            yield
            return
        page = len(self.pages) - 1
        self._open[-1].kids.append((page, self._marked[page]))
        self.draw(f"/{self._open[-1].role} <</MCID {self._marked[page]}>> BDC")
        self._marked[page] += 1
        self._marking = True
        yield
        self._marking = False
        self.draw("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn inside is decoration or page furniture: it is not read out, tags inside do not count."""
        if self._silent or self._marking:
            yield
            return
        self.draw("/Artifact BMC")
        self._silent = True
        yield
        self._silent = False
        self.draw("EMC")

    def draw(self, *operators: str) -> None:
        self.pages[-1] += operators

    def remember(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """Notes where a signature goes, for the one who signs."""
        self.places.append(Place(name, len(self.pages) - 1, (x, y, x + width, y + height)))

    def rule(self, a: Point, b: Point, colour: str, *, width: float = 0.5) -> None:
        """A line as decoration."""
        with self.artifact():
            self.draw(f"{width:g} w {rgb(colour)} RG {_at(a)} m {_at(b)} l S")

    def box(self, corner: Point, size: Point, *, fill: str = "", stroke: str = "", width: float = 0.5) -> None:
        """A rectangle from its lower left corner, as decoration."""
        paint = {(True, True): "B", (True, False): "f", (False, True): "S"}[bool(fill), bool(stroke)]
        with self.artifact():
            if fill:
                self.draw(f"{rgb(fill)} rg")
            if stroke:
                self.draw(f"{width:g} w {rgb(stroke)} RG")
            self.draw(f"{_at(corner)} {_at(size)} re {paint}")

    def polyline(self, points: Sequence[Point], colour: str, *, width: float, close: bool = False) -> None:
        """A line through points with round ends, inside whatever tag is open."""
        path = " ".join(f"{_at(p)} {'l' if n else 'm'}" for n, p in enumerate(points))
        self.draw(f"q 1 J 1 j {width:g} w {rgb(colour)} RG {path} {'s' if close else 'S'} Q")

    def circle(self, centre: Point, radius: float, colour: str, *, width: float, dash: str = "") -> None:
        """An open circle; `dash` as PDF writes it, e.g. "2 1.5"."""
        x, y = centre
        k = radius * 0.5523  # four Bezier arcs come within 0.03 % of a circle
        r = radius
        arcs = (
            (x + r, y + k, x + k, y + r, x, y + r),
            (x - k, y + r, x - r, y + k, x - r, y),
            (x - r, y - k, x - k, y - r, x, y - r),
            (x + k, y - r, x + r, y - k, x + r, y),
        )
        path = " ".join(" ".join(f"{n:.2f}" for n in arc) + " c" for arc in arcs)
        self.draw(f"q {width:g} w [{dash}] 0 d {rgb(colour)} RG {x + r:.2f} {y:.2f} m {path} s Q")

    def text(self, pieces: Sequence[Piece], x: float, y: float) -> None:
        """Pieces in visual order from `x` on, on the baseline `y`."""
        self.draw("BT")
        colour, font = "", ("", 0.0)
        frames: list[tuple[Point, Point, str]] = []
        for piece in pieces:
            face = self._embedded(piece.face)
            if colour != piece.colour:
                colour = piece.colour
                self.draw(f"{rgb(colour)} rg")
            if font != (face.name, piece.size):
                font = (face.name, piece.size)
                self.draw(f"/{face.name} {piece.size:g} Tf")
            pad = (piece.width - piece.shaped.advance * piece.size / piece.face.units) / 2 if piece.boxed else 0.0
            if piece.boxed:
                frames.append(
                    ((x + pad * BOX_PAD, y - pad), (piece.width - 2 * pad * BOX_PAD, piece.size * 1.35), colour)
                )
            self.draw(*text_operators(piece, face, x + pad, y))
            x += piece.width
        self.draw("ET")
        for corner, size, ink in frames:
            self.draw(f"0.4 w {rgb(ink)} RG {_at(corner)} {_at(size)} re S")

    def _embedded(self, face: Face) -> EmbeddedFace:
        return self.faces.setdefault(face, EmbeddedFace(f"F{len(self.faces) + 1}", face))


def _at(point: Point) -> str:
    return f"{point[0]:.2f} {point[1]:.2f}"
