"""A part that scrolls up and down when it is higher than its place; it shows what lies behind it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolled(inner: QWidget, *, width: int = 0) -> QScrollArea:
    """`inner` in a scroll area without a frame that the keyboard passes over; `width` fixes it."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    for each in (area.viewport(), inner):  # after setWidget, which switches it on
        each.setAutoFillBackground(False)
    if width:
        area.setFixedWidth(width)
    return area
