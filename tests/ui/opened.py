"""A page of the product, opened in a window over a real store, and what a person does with it."""

from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.store.sessions import ThreadStore
from tests.repair_bench import Bench
from tests.stores import EVERYTHING
from tests.ui.real import StoreRunner
from ui.widgets.page import Page
from ui.work import Desk

P = TypeVar("P", bound=Page)
ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


class Opened:
    """`went` are the places asked for, `told` the words said; keys go to whatever has the focus."""

    def __init__(self, qtbot: QtBot, bench: Bench) -> None:
        self.qtbot, self.bench = qtbot, bench
        self.runner = StoreRunner(bench.store)
        self.desk = Desk(self.runner, EVERYTHING)
        self.went: list[tuple[str, Any]] = []
        self.told: list[Any] = []

    def page(self, kind: type[P], argument: object = None) -> P:
        """The page in a window of its own, re-reading on changes as in the frame."""
        page = kind(self.desk)
        self.desk.setParent(page)
        self.qtbot.addWidget(page)
        page.went.connect(lambda place, what: self.went.append((place, what)))
        page.told.connect(lambda words, undo: self.told.append((words, undo)))
        self.desk.changed.connect(page.on_changed)
        page.resize(1200, 860)
        page.show()
        page.activateWindow()
        self.qtbot.waitUntil(page.isActiveWindow)
        page.open(argument)
        self.settle()
        return page

    def settle(self) -> None:
        """Everything asked for has been answered."""
        self.qtbot.waitUntil(lambda: not self.desk.busy)
        QApplication.processEvents()

    @staticmethod
    def turn() -> None:
        """What can be answered has been, while the runner holds the rest."""
        for _ in range(5):
            QApplication.processEvents()

    def types(self, text: str, *, enter: bool = True) -> None:
        """Types into what has the focus, then Enter."""
        focus = self.focus()
        QTest.keyClicks(focus, text)
        if enter:
            QTest.keyClick(focus, ENTER)
        self.settle()

    def save(self) -> None:
        """Ctrl+Enter in what has the focus."""
        QTest.keyClick(self.focus(), ENTER, CTRL)
        self.settle()

    def press(self, key: Qt.Key) -> None:
        """One key in what has the focus."""
        QTest.keyClick(self.focus(), key)
        self.settle()

    @staticmethod
    def focus() -> QWidget:
        """What has the keyboard."""
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus


@pytest.fixture
def bench(desk_store: ThreadStore) -> Bench:
    """A machine on the bench, on a store with the whole catalogue."""
    return Bench(desk_store)


@pytest.fixture
def opened(qtbot: QtBot, bench: Bench) -> Opened:
    """Its pages."""
    return Opened(qtbot, bench)


def act(page: Page, name: str) -> None:
    """Does what the key of an act does."""
    found = next(each for each in page.acts if each.name == name)
    assert found.possible()
    found.run()


def words(page: QWidget) -> str:
    """Every visible label of a page, line by line."""
    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())
