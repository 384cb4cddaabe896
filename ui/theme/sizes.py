"""The sizes of the text: which there are, one larger, one smaller, and the widgets that stand already."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtWidgets import QWidget

SIZES = (100, 110, 125, 150, 175, 200)  # per cent
USUAL = 100
_NO_LIMIT = 16_777_215  # Qt's own: no limit
_HAIRLINE = 2  # px: a line stays a line


def size_of(kept: Any) -> int:
    """The size that a kept value means; what is none of `SIZES` is the usual one."""
    return kept if type(kept) is int and kept in SIZES else USUAL


def stepped(size: int, steps: int) -> int:
    """So many sizes larger, or smaller; it stops at both ends."""
    at = SIZES.index(size_of(size)) + steps
    return SIZES[max(0, min(len(SIZES) - 1, at))]


def grow(widgets: Iterable[QWidget], before: int, now: int) -> None:
    """Lengths that were set by hand follow from one size to the other. Windows keep theirs; what measures its text
    sets its lengths anew when it is told of the change."""
    for widget in widgets:
        if not widget.isWindow():
            _grow(widget, now / before)


def _grow(widget: QWidget, share: float) -> None:
    least, most = widget.minimumSize(), widget.maximumSize()
    widget.setMinimumSize(_grown(least.width(), share), _grown(least.height(), share))
    widget.setMaximumSize(_grown(most.width(), share), _grown(most.height(), share))


def _grown(length: int, share: float) -> int:
    if length <= _HAIRLINE or length == _NO_LIMIT:
        return length
    return min(_NO_LIMIT - 1, round(length * share))
