"""How buttons look: kinds, sizes, and their painting."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionButton

from ui.theme.fonts import width_of
from ui.theme.icons import draw_icon
from ui.theme.look import look, px
from ui.theme.paint import MIDDLE, box, flip, key_width, paint_key, ring, write
from ui.theme.tokens import RADIUS_CONTROL, RADIUS_TOUCH


class Kind(StrEnum):
    """PRIMARY is the one next step of a page; TEXT leaves, undoes, clears; LINK goes and reads."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    TEXT = "text"
    LINK = "link"
    DANGER = "danger"
    DANGER_FILLED = "danger_filled"


class Size(StrEnum):
    """COMPACT in table heads and banners, DESK everywhere, TOUCH and GLOVE at the bench, BENCH for steppers."""

    COMPACT = "compact"
    DESK = "desk"
    TOUCH = "touch"
    GLOVE = "glove"
    BENCH = "bench"


LINE = {Size.COMPACT: 17, Size.DESK: 19, Size.TOUCH: 22, Size.GLOVE: 24, Size.BENCH: 46}


class _Grown(dict[Size, int]):
    """Lengths that grow with the text; of a height the line of text alone, not the air around it."""

    def __init__(self, lengths: dict[Size, int], lines: dict[Size, int]) -> None:
        super().__init__(lengths)
        self._lines = lines

    def __getitem__(self, size: Size) -> int:
        line = self._lines[size]
        return super().__getitem__(size) - line + px(line)


HEIGHT = _Grown({Size.COMPACT: 28, Size.DESK: 34, Size.TOUCH: 44, Size.GLOVE: 60, Size.BENCH: 72}, LINE)
PADDING = {Size.COMPACT: 10, Size.DESK: 14, Size.TOUCH: 18, Size.GLOVE: 26, Size.BENCH: 26}
LETTERS = {Size.COMPACT: "small", Size.DESK: "body", Size.TOUCH: "lead", Size.GLOVE: "do", Size.BENCH: "step"}
_ICON = {Size.COMPACT: 16, Size.DESK: 18, Size.TOUCH: 18, Size.GLOVE: 24, Size.BENCH: 28}
ICON_SIZE = _Grown(_ICON, _ICON)
# fill, border, ink; empty for none
_COLOURS = {
    Kind.PRIMARY: ("accent", "", "on_accent"),
    Kind.SECONDARY: ("panel", "edge", "ink"),
    Kind.TEXT: ("", "", "ink2"),
    Kind.LINK: ("", "", "accent"),
    Kind.DANGER: ("panel", "stop", "stop"),
    Kind.DANGER_FILLED: ("stop_fill", "", "on_fill"),
}
_PRESSED = {"accent": "accent_strong", "panel": "hover", "": "hover"}
_GAP = 8


@dataclass(frozen=True, slots=True)
class Face:
    """What stands on a button beside its words: an icon before them, a key after them."""

    kind: Kind = Kind.SECONDARY
    size: Size = Size.DESK
    icon: str = ""
    keys: str = ""
    leading: bool = False

    @property
    def weight(self) -> int:
        return 500 if self.kind in (Kind.SECONDARY, Kind.TEXT, Kind.LINK) else 600

    @property
    def icon_width(self) -> int:
        return ICON_SIZE[self.size] if self.icon else 0


PLAIN = Face()


def _content_width(face: Face, text: str) -> int:
    words = width_of(text, LETTERS[face.size], weight=face.weight) if text else 0
    parts = [part for part in (face.icon_width, words) if part]
    keys = key_width(face.keys) + 10 if face.keys else 0
    return sum(parts) + _GAP * (len(parts) - 1) + keys


def button_size(face: Face, text: str) -> QSize:
    """The size of a button with these words; a button without words is square."""
    height = HEIGHT[face.size]
    if not text:
        return QSize(height, height)
    return QSize(max(height, _content_width(face, text) + 2 * PADDING[face.size]), height)


def _colours(face: Face, option: QStyleOptionButton) -> tuple[str, str, str]:
    fill, line, ink = _COLOURS[face.kind]
    if not option.state & QStyle.StateFlag.State_Enabled:
        return ("hover" if fill or line else ""), ("line" if fill or line else ""), "ink3"
    down = QStyle.StateFlag.State_Sunken | QStyle.StateFlag.State_On
    if option.state & down:
        fill = _PRESSED.get(fill, fill)
    elif option.state & QStyle.StateFlag.State_MouseOver and fill in ("", "panel"):
        fill = "hover"
    return fill, line, ink


def paint_button(painter: QPainter, option: QStyleOptionButton, face: Face) -> None:
    """Paints the whole button; the face shrinks under the focus ring so that a gap shows."""
    rect = QRect(option.rect)
    radius = RADIUS_CONTROL if face.size in (Size.COMPACT, Size.DESK) else RADIUS_TOUCH
    fill, line, ink = _colours(face, option)
    if option.state & QStyle.StateFlag.State_HasFocus:
        ring(painter, rect, radius=radius + 1)
        rect = rect.adjusted(3, 3, -3, -3)
        radius -= 1
    if fill or line:
        box(painter, rect, fill, line, radius=radius, width=look().tokens.border)
    _paint_content(painter, rect, option, face, ink)


def _paint_content(painter: QPainter, rect: QRect, option: QStyleOptionButton, face: Face, ink: str) -> None:
    text, way = option.text, option.direction
    width = min(_content_width(face, text), rect.width() - 4)
    left = rect.left() + PADDING[face.size] if face.leading else rect.left() + (rect.width() - width) // 2
    if face.icon:
        size = face.icon_width
        square = QRect(left, rect.top() + (rect.height() - size) // 2, size, size)
        draw_icon(painter, flip(way, rect, square), face.icon, ink)
        left += size + _GAP
    words = width_of(text, LETTERS[face.size], weight=face.weight)
    room = QRect(left, rect.top(), min(words, rect.right() - left) + 1, rect.height())
    _write_words(painter, flip(way, rect, room), text, face, ink)
    if face.keys:
        keys = QRect(left + words + 10, rect.center().y() - px(19) // 2, key_width(face.keys), px(19))
        painter.setOpacity(0.85)
        paint_key(painter, flip(way, rect, keys), face.keys, ink)
        painter.setOpacity(1)


def _write_words(painter: QPainter, rect: QRect, text: str, face: Face, ink: str) -> None:
    write(painter, rect, text, LETTERS[face.size], ink, weight=face.weight, align=MIDDLE)
