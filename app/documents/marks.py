"""Drawn marks: QR code, hand-drawn strokes, and the shapes that say a state before any colour does."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import segno

from app.documents.ink import OK, PEN, STOP, WARN, rgb
from app.documents.paper import Paper, Point

Strokes = tuple[tuple[tuple[int, ...], ...], ...]
"""Strokes of points (x, y, ms, pressure 0 to 1000); y grows downwards, and only x and y are needed."""

QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)
MOST_POINTS = 20_000  # a signature has some hundreds


@lru_cache(64)
def _modules(payload: str) -> tuple[bytes, ...]:
    return tuple(bytes(row) for row in segno.make(payload, error="m", micro=False).matrix)


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code `size` points wide with its quiet zone, in the middle of its column."""

    payload: str
    size: float
    alt: str

    def height(self, width: float) -> float:
        return self.size

    def split(self, width: float, room: float) -> None:
        return None

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        rows = _modules(self.payload)
        unit = self.size / (len(rows) + 2 * QUIET)
        left = x + (width - self.size) / 2
        with paper.tag("Figure", self.alt), paper.content():
            paper.draw(f"{rgb('#000000')} rg")
            for y, row in enumerate(rows):
                for start, length in _dark_runs(row):
                    corner = (left + (start + QUIET) * unit, top - (y + QUIET + 1) * unit)
                    paper.draw(f"{corner[0]:.3f} {corner[1]:.3f} {length * unit:.3f} {unit:.3f} re")
            paper.draw("f")


def _dark_runs(row: bytes) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs


@dataclass(frozen=True, slots=True)
class Signature:
    """Strokes as smooth vectors, scaled into a field of `tall` points that ends in a line to sign on."""

    strokes: Strokes
    tall: float
    alt: str

    def height(self, width: float) -> float:
        return self.tall

    def split(self, width: float, room: float) -> None:
        return None

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        strokes = _scaled(self.strokes, x, top - self.tall, width, self.tall)
        if not strokes:
            return
        with paper.tag("Figure", self.alt), paper.content():
            paper.draw(f"q 1 J 1 j {rgb(PEN)} RG")
            for points, weights in strokes:
                paper.draw(*_curve(points, weights))
            paper.draw("Q")


def _scaled(strokes: Strokes, x: float, y: float, width: float, tall: float) -> list[tuple[list[Point], list[float]]]:
    kept = [stroke for stroke in strokes if stroke]
    points = [point for stroke in kept for point in stroke]
    if not points or len(points) > MOST_POINTS:
        return []
    left, right = min(p[0] for p in points), max(p[0] for p in points)
    upper, lower = min(p[1] for p in points), max(p[1] for p in points)
    scale = min(width / max(right - left, 1), tall / max(lower - upper, 1)) * 0.86
    across = x + (width - (right - left) * scale) / 2
    down = y + (tall - (lower - upper) * scale) / 2

    def put(point: tuple[int, ...]) -> Point:
        return across + (point[0] - left) * scale, down + (lower - point[1]) * scale

    return [([put(p) for p in stroke], [_weight(p) for p in stroke]) for stroke in kept]


def _weight(point: tuple[int, ...]) -> float:
    pressure = min(max(point[3], 0), 1000) / 1000 if len(point) > 3 else 0.5
    return 0.7 + 0.9 * pressure


def _curve(points: Sequence[Point], weights: Sequence[float]) -> list[str]:
    """Catmull-Rom through all points, as Bezier pieces whose width follows the pressure."""
    if len(points) == 1:
        (x, y), weight = points[0], weights[0]
        return [f"{weight * 1.6:.2f} w {x:.2f} {y:.2f} m {x:.2f} {y:.2f} l S"]
    padded = [points[0], *points, points[-1]]
    drawn = []
    for place in range(1, len(padded) - 2):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = padded[place - 1 : place + 3]
        first = f"{bx + (cx - ax) / 6:.2f} {by + (cy - ay) / 6:.2f}"
        second = f"{cx - (dx - bx) / 6:.2f} {cy - (dy - by) / 6:.2f}"
        drawn.append(f"{weights[place - 1]:.2f} w {bx:.2f} {by:.2f} m {first} {second} {cx:.2f} {cy:.2f} c S")
    return drawn


@dataclass(frozen=True, slots=True)
class State:
    """A shape for a state: done (circle with tick), unsure (dashed circle), soon (triangle), stop (octagon), open."""

    kind: str
    size: float = 8
    drop: float = 2.4  # from the top of its cell, so that it stands beside the first line of a text

    def height(self, width: float) -> float:
        return self.size + self.drop

    def split(self, width: float, room: float) -> None:
        return None

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        radius = self.size / 2
        centre = (x + (width - radius - 0.5 if paper.rtl else radius + 0.5), top - self.drop - radius)
        with paper.artifact():
            _SHAPES[self.kind](paper, centre, radius)


def _done(paper: Paper, centre: Point, r: float) -> None:
    x, y = centre
    paper.circle(centre, r, OK, width=0.8)
    tick = [(x - 0.45 * r, y), (x - 0.1 * r, y - 0.38 * r), (x + 0.48 * r, y + 0.38 * r)]
    paper.polyline(tick, OK, width=1)


def _unsure(paper: Paper, centre: Point, r: float) -> None:
    paper.circle(centre, r, WARN, width=0.9, dash=f"{r * 0.45:.2f} {r * 0.34:.2f}")


def _soon(paper: Paper, centre: Point, r: float) -> None:
    x, y = centre
    paper.polyline([(x - r, y - 0.8 * r), (x, y + 0.95 * r), (x + r, y - 0.8 * r)], WARN, width=0.9, close=True)
    paper.polyline([(x, y + 0.35 * r), (x, y - 0.2 * r)], WARN, width=0.9)
    paper.polyline([(x, y - 0.52 * r), (x, y - 0.52 * r)], WARN, width=1)


def _stop(paper: Paper, centre: Point, r: float) -> None:
    x, y = centre
    k = 0.4142 * r
    corners = [(-k, r), (k, r), (r, k), (r, -k), (k, -r), (-k, -r), (-r, -k), (-r, k)]
    paper.polyline([(x + a, y + b) for a, b in corners], STOP, width=0.9, close=True)
    paper.polyline([(x, y + 0.5 * r), (x, y - 0.1 * r)], STOP, width=1)
    paper.polyline([(x, y - 0.5 * r), (x, y - 0.5 * r)], STOP, width=1.1)


def _open(paper: Paper, centre: Point, r: float) -> None:
    paper.circle(centre, r, "#85837b", width=0.8)


_SHAPES = {"done": _done, "unsure": _unsure, "soon": _soon, "stop": _stop, "open": _open}
