"""The order in which Tab goes: as the eye reads, also for what came up after the rest was made."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def in_reading_order(widget: QWidget) -> None:
    """Tab reaches what is in `widget` in the order of its layouts. Qt's own order is that of making: an answer that
    was made for this step would come behind the buttons at the foot of the page."""
    for before, after in pairwise(_stops(widget)):
        QWidget.setTabOrder(before, after)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """Everything that Tab may stop at; what has a proxy stands for it."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    layout, inner = widget.layout(), widget.widget() if isinstance(widget, QScrollArea) else None
    if inner is not None:
        yield from _stops(inner)
    elif layout is not None:
        yield from _laid_out(layout)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        each: QObject | None = None if item is None else item.widget() or item.layout()
        if isinstance(each, QWidget):
            yield from _stops(each)
        elif isinstance(each, QLayout):
            yield from _laid_out(each)


def first_stop(pane: QWidget) -> QWidget | None:
    """The first widget of a pane that takes the keyboard by Tab."""
    for each in pane.findChildren(QWidget):
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return each
    return None
