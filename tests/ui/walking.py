"""Walks over windows: what a reader of the screen is told, what is cut, and where one stands."""

import re

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel, QPushButton, QWidget

from ui.shell.frame import Frame
from ui.shell.history import Visit

_WORD = re.compile(r"[^\s\u200b/\-\u2e80-\u9fff\uff00-\uffef]+")  # what Qt never breaks


def focused() -> QWidget:
    """What has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def here(frame: Frame) -> Visit:
    """Where the window is."""
    visit = frame._history.here
    assert visit is not None
    return visit


def unnamed(window: QWidget) -> list[str]:
    """Focusable widgets, and buttons, without an accessible name."""
    everything = [window, *window.findChildren(QWidget)]
    wanted = [each for each in everything if _speaks(each)]
    return [type(each).__name__ for each in wanted if not _name(each)]


def marked_up(window: QWidget) -> list[str]:
    """Labels and tool tips that would read a text as markup."""
    labels = [each.text() for each in window.findChildren(QLabel) if each.textFormat() != Qt.TextFormat.PlainText]
    tips = [each.toolTip().removeprefix("<span>").removesuffix("</span>") for each in window.findChildren(QWidget)]
    return labels + [each for each in tips if "<" in each]


def cut(window: QWidget) -> list[str]:
    """Texts of visible labels and buttons that do not fit into their place."""
    labels = [each.text() for each in window.findChildren(QLabel) if each.isVisible() and each.text() and _is_cut(each)]
    buttons = [each for each in window.findChildren(QPushButton) if each.isVisible()]
    return labels + [each.text() for each in buttons if each.sizeHint().width() > each.width() + 2]


def out_of_reach(window: QWidget) -> list[str]:
    """Controls that lie, wholly or in part, where their place neither shows nor scrolls to."""
    wanted = [each for each in window.findChildren(QWidget) if each.isVisible() and _takes_keyboard(each)]
    return [f"{type(each).__name__} {_name(each)}" for each in wanted if _lies_outside(each, window)]


def _takes_keyboard(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) or isinstance(widget, QAbstractButton)


def _lies_outside(widget: QWidget, window: QWidget) -> bool:
    """Within each parent on the way up; what scrolls may be longer than its place, in the ways in which it scrolls."""
    inner, around = widget, widget.parentWidget()
    while around is not None and inner is not window:
        place = QRect(inner.mapTo(around, QPoint(0, 0)), inner.size()) if inner is not widget else widget.geometry()
        sideways, updown = _scrolls(around)
        room = around.rect()
        if not sideways and (place.left() < room.left() - 1 or place.right() > room.right() + 1):
            return True
        if not updown and (place.top() < room.top() - 1 or place.bottom() > room.bottom() + 1):
            return True
        inner, around = around, around.parentWidget()
    return False


def _scrolls(viewport: QWidget) -> tuple[bool, bool]:
    area = viewport.parentWidget()
    if not isinstance(area, QAbstractScrollArea) or area.viewport() is not viewport:
        return False, False
    off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    return area.horizontalScrollBarPolicy() != off, area.verticalScrollBarPolicy() != off


def _is_cut(label: QLabel) -> bool:
    if label.wordWrap():
        widest = max(map(label.fontMetrics().horizontalAdvance, _WORD.findall(label.text())), default=0)
        return label.heightForWidth(label.width()) > label.height() + 1 or widest > label.contentsRect().width() + 1
    return label.sizeHint().width() > label.width() + 1 or label.sizeHint().height() > label.height() + 1


def _speaks(widget: QWidget) -> bool:
    inner = widget.objectName().startswith("qt_") or widget.focusProxy() is not None
    focusable = widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, QAbstractButton)
    return focusable and not inner and not widget.isHidden()


def _name(widget: QWidget) -> str:
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name) if told is not None else widget.accessibleName()
