"""Rows and columns in one line: `column(title, 8, row(save, None, cancel))`; None stretches, an int is a gap in px."""

from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.theme.look import px
from ui.widgets.flow import Flow

Item = QWidget | QLayout | int | None | tuple[QWidget | QLayout, int]
Margins = tuple[int, int, int, int]
NO_MARGINS: Margins = (0, 0, 0, 0)


_Layout = TypeVar("_Layout", bound=QBoxLayout)


def column(*items: Item, gap: int = 8, margins: Margins = NO_MARGINS) -> QVBoxLayout:
    """One below the other. A pair is a widget and its share of the free room."""
    return _filled(QVBoxLayout(), items, gap, margins)


def row(*items: Item, gap: int = 8, margins: Margins = NO_MARGINS) -> QHBoxLayout:
    """Side by side from the leading edge; margins are left, top, right, bottom for left to right."""
    return _filled(QHBoxLayout(), items, gap, margins)


def form_row(*fields: QWidget, gap: int = 12) -> Flow:
    """Fields of equal width beside each other, as many as can be read; the others go below."""
    return Flow(*[(field, 1) for field in fields], gap=gap)


def boxed(layout: QLayout, *, width: int = 0) -> QWidget:
    """A plain widget that holds the layout; `width` fixes it, and grows with the text."""
    widget = QWidget()
    widget.setLayout(layout)
    if width:
        widget.setFixedWidth(px(width))
    return widget


def _filled(layout: _Layout, items: tuple[Item, ...], gap: int, margins: Margins) -> _Layout:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for item in items:
        _put(layout, item)
    return layout


def _put(layout: QBoxLayout, item: Item) -> None:
    share = 0
    if isinstance(item, tuple):
        item, share = item
    if item is None:
        layout.addStretch(1)
    elif isinstance(item, int):
        layout.addSpacing(item)
    elif isinstance(item, QLayout):
        layout.addLayout(item, share)
    else:
        layout.addWidget(item, share)


def clear(layout: QLayout) -> None:
    """Takes everything out; the widgets are deleted when the event loop comes round."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear(inner)
        if widget is not None:
            widget.hide()
            widget.deleteLater()
