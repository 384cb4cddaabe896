"""Icons: lucide drawings coloured by token, kept by name, colour, size, direction, scale and theme."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.kernel.errors import BugError
from ui.theme.look import look
from ui.theme.resources import ICONS
from ui.theme.tokens import COLOURS, Theme

# Arrows turn with the direction of reading; ticks, clocks and telephones do not.
MIRRORED = {
    "arrow-right": "arrow-left",
    "arrow-left": "arrow-right",
    "chevron-right": "chevron-left",
    "chevron-left": "chevron-right",
}


def pixmap(name: str, colour: str = "ink2", size: int = 18, *, mirrored: bool | None = None) -> QPixmap:
    """The icon `resources/icons/{name}.svg` in a token's colour, `size` px square; an unknown name raises BugError.
    `mirrored` says how the text beside it is read when that is not the desk's way."""
    turned = MIRRORED.get(name, name) if (look().mirrored if mirrored is None else mirrored) else name
    return _pixmap(turned, colour, size, look().theme, _scale())


def icon(name: str, colour: str = "ink2", size: int = 18) -> QIcon:
    """The same as a QIcon, for actions inside fields."""
    return QIcon(pixmap(name, colour, size))


def draw_icon(painter: QPainter, rect: QRect, name: str, colour: str = "ink2", *, mirrored: bool | None = None) -> None:
    """Draws the icon into a square rect; `mirrored` as in `pixmap`."""
    painter.drawPixmap(rect, pixmap(name, colour, rect.width(), mirrored=mirrored))


def _scale() -> float:
    app = QGuiApplication.instance()
    return max(2.0, app.devicePixelRatio()) if isinstance(app, QGuiApplication) else 2.0


@lru_cache(maxsize=1024)
def _pixmap(name: str, colour: str, size: int, theme: Theme, scale: float) -> QPixmap:
    if colour not in COLOURS:
        raise BugError(f"no colour token named {colour}")
    drawing = _drawing(name).replace("currentColor", getattr(look().tokens, colour))
    made = QPixmap(round(size * scale), round(size * scale))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter)
    painter.end()
    made.setDevicePixelRatio(scale)
    return made


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    path = ICONS / f"{name}.svg"
    if not path.is_file():
        raise BugError(f"no icon named {name}")
    return path.read_text(encoding="utf-8")
