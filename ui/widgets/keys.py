"""What a key means. A key that is held down repeats itself: it writes on, but saves, signs and ticks only once."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


def is_enter(event: QKeyEvent) -> bool:
    """Enter, on either side of the keyboard, with or without Ctrl."""
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def saves(event: QKeyEvent) -> bool:
    """Ctrl+Enter, as it was pressed and not while it is held."""
    return (
        is_enter(event) and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and not event.isAutoRepeat()
    )
