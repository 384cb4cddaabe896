"""Painting helpers that the style, the delegates and the painted widgets share. Rects are logical px."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle

from ui.theme.fonts import font, metrics, width_of
from ui.theme.icons import draw_icon
from ui.theme.look import colour, high_contrast, look, px
from ui.theme.tokens import RADIUS_CHIP, RADIUS_CONTROL
from ui.theme.tones import Tone, colour_of, shape_of, tint_of

LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
TRAILING = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignCenter
CHIP_HEIGHT = 24


@contextmanager
def kept(painter: QPainter) -> Iterator[None]:
    """Gives the painter back as it was."""
    painter.save()
    try:
        yield
    finally:
        painter.restore()


def box(
    painter: QPainter,
    rect: QRect,
    fill: str = "",
    line: str = "",
    *,
    radius: float = RADIUS_CONTROL,
    width: float = 1.0,
    dashed: bool = False,
) -> None:
    """A rounded box; `fill` and `line` are tokens, empty for none; the line lies inside the rect."""
    with kept(painter):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(rect)
        if line:
            pen = QPen(colour(line), width)
            if dashed:
                pen.setDashPattern([4, 3])
            painter.setPen(pen)
            inner.adjust(width / 2, width / 2, -width / 2, -width / 2)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inner, radius, radius)


def ring(painter: QPainter, rect: QRect, *, radius: float = RADIUS_CONTROL + 1) -> None:
    """The focus ring, inside the rect."""
    box(painter, rect, "", "focus", radius=radius, width=look().tokens.ring)


def flip(direction: Qt.LayoutDirection, outer: QRect, inner: QRect) -> QRect:
    """`inner`, written for left to right, as it lies in `outer` for this direction."""
    return QStyle.visualRect(direction, outer, inner)


def write(
    painter: QPainter,
    rect: QRect,
    text: str,
    kind: str = "body",
    ink: str = "ink",
    *,
    weight: int = 0,
    align: Qt.AlignmentFlag = LEADING,
    code: bool = False,
    columns: bool = False,
    direction: Qt.LayoutDirection | None = None,
) -> str:
    """One line of plain text, elided at its end when it must; gives back what was shown."""
    way = look().direction if direction is None else direction
    if way == Qt.LayoutDirection.RightToLeft and not text.startswith(("\u2066", "\u2068")):
        text = f"\u2068{text}\u2069"  # the text's own direction, not the interface's
    painter.setFont(font(kind, weight=weight, code=code, columns=columns))
    painter.setPen(colour(ink))
    shown = text
    if width_of(text, kind, weight=weight, code=code, columns=columns) > rect.width():
        measure = metrics(kind, weight=weight, code=code, columns=columns)
        shown = measure.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, _flags(way, align), shown)
    return shown


@lru_cache(maxsize=64)  # an enum of PySide is a Python object each time: ten of them for each cell took a fifth of it
def _flags(way: Qt.LayoutDirection, align: Qt.AlignmentFlag) -> int:
    return int(QStyle.visualAlignment(way, align).value | Qt.TextFlag.TextSingleLine.value)


def chip_width(text: str, mark: str, *, kind: str = "small") -> int:
    """How wide the chip of this text is; `mark` is an icon name or empty."""
    return metrics(kind, weight=500).horizontalAdvance(text) + 18 + (px(15) + 5 if mark else 0)


def paint_chip(
    painter: QPainter,
    rect: QRect,
    text: str,
    tone: Tone = Tone.NONE,
    *,
    mark: str = "",
    kind: str = "small",
    direction: Qt.LayoutDirection | None = None,
) -> None:
    """A chip: shape, word, colour; the word alone is enough."""
    way = look().direction if direction is None else direction
    if tone is Tone.NONE:
        box(painter, rect, "panel", "line", radius=RADIUS_CHIP, width=look().tokens.border)
    else:
        box(painter, rect, tint_of(tone), colour_of(tone) if high_contrast() else "", radius=RADIUS_CHIP, width=1.5)
    left = rect.left() + 9
    if mark:
        side = px(15)
        square = QRect(left - 1, rect.center().y() - (side - 1) // 2, side, side)
        draw_icon(painter, flip(way, rect, square), mark, colour_of(tone))
        left += side + 4
    words = QRect(left, rect.top(), rect.right() - left - 6, rect.height())
    write(painter, flip(way, rect, words), text, kind, colour_of(tone), weight=500, direction=way)


def chip_mark(tone: Tone) -> str:
    """The shape that a toned chip shows unless told otherwise; the neutral chip shows none."""
    return "" if tone is Tone.NONE else shape_of(tone)


def paint_key(painter: QPainter, rect: QRect, keys: str, ink: str) -> None:
    """A key in its small box."""
    box(painter, rect, "", ink, radius=RADIUS_CHIP)
    write(painter, rect, keys, "meta", ink, align=MIDDLE, direction=Qt.LayoutDirection.LeftToRight)


def key_width(keys: str) -> int:
    """How wide a key box is."""
    return metrics("meta").horizontalAdvance(keys) + 12
