"""Where the window stands at a start: where it was, if there is still a screen, else as large as fits."""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

USUAL = QSize(1440, 900)
_AROUND = QMargins(8, 40, 8, 8)  # what the system draws around a window, measured on Windows 11 and GNOME
_SEEN = QSize(240, 120)  # so much of a window on a screen is enough to find it again


def fitting(kept: QRect | None, screens: Sequence[QRect]) -> QRect:
    """A place within one of these screens (their free parts, the first one is usual); `kept` is where it was."""
    rooms = [each.marginsRemoved(_AROUND) for each in screens]
    if kept is not None:
        seen, room = max(((_area(kept & each), each) for each in rooms), key=lambda pair: pair[0])
        if seen >= _SEEN.width() * _SEEN.height():
            return _within(kept, room)
    place = QRect(rooms[0].topLeft(), USUAL.boundedTo(rooms[0].size()))
    place.moveCenter(rooms[0].center())
    return place


def place_of(window: QWidget) -> list[int]:
    """Left, top, width, height, and 1 when it fills the screen."""
    place = window.normalGeometry() if window.isMaximized() else window.geometry()
    return [place.x(), place.y(), place.width(), place.height(), int(window.isMaximized())]


def put_window(window: QWidget, kept: object) -> None:
    """Stands the window where it was, or as large as fits; what is no place is passed over."""
    screens = [each.availableGeometry() for each in QGuiApplication.screens()]
    known = kept if isinstance(kept, list) and len(kept) == 5 and all(isinstance(each, int) for each in kept) else None
    window.setGeometry(fitting(QRect(*known[:4]) if known else None, screens))
    if known and known[4]:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def _within(kept: QRect, room: QRect) -> QRect:
    place = QRect(kept.topLeft(), kept.size().boundedTo(room.size()))
    place.moveLeft(min(max(place.left(), room.left()), room.right() - place.width() + 1))
    place.moveTop(min(max(place.top(), room.top()), room.bottom() - place.height() + 1))
    return place


def _area(rect: QRect) -> int:
    return rect.width() * rect.height() if rect.isValid() else 0
