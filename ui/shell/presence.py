"""Whether somebody touches the machine: an event filter for the window."""

from PySide6.QtCore import QEvent, QObject

from ui.work import Desk

_TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.Wheel})


class Presence(QObject):
    """Tells the desk of each key and press, so that it knows when ten idle minutes have passed."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._desk.notice()
        return False
