"""The parts of the window, gone round by one key."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.tab_order import first_stop


def to_next_pane(panes: Mapping[QWidget, Callable[[], QWidget | None] | None]) -> None:
    """The keyboard goes to the part after the one that has it: to where that begins, by its own word or else by Tab."""
    seen = [pane for pane in panes if pane.isVisible()]
    focus = QApplication.focusWidget()
    at = next((at for at, pane in enumerate(seen) if focus is not None and pane.isAncestorOf(focus)), -1)
    pane = seen[(at + 1) % len(seen)]
    begins = panes[pane]
    target = begins() if begins is not None else first_stop(pane)
    if target is not None:
        target.setFocus(Qt.FocusReason.TabFocusReason)
