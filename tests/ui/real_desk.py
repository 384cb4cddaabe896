"""A desk on a real encrypted store with its own threads, and a window with the product's own pages."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.customers.actions import add_customer
from app.customers.rules import CustomerDraft
from app.kernel.rights import Actor, How, Right, Role
from app.people.actions import add_staff
from app.people.rules import StaffDraft
from app.store.runner import ThreadRunner
from app.store.sessions import ThreadStore
from app.tickets.actions import open_ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from tests.stores import EVERYTHING, KEY
from tests.ui.desks import wiring
from tests.ui.walking import focused, here
from ui.shell.frame import Frame
from ui.widgets.page import Act, Page
from ui.work import Desk

HOSTILE = '<b>bold</b> & {name} <img src="x">'


class RealDesk(Desk):
    """A desk that tests may wait for and write through."""

    bot: QtBot

    def settle(self) -> None:
        """Until every answer is there."""
        for _ in range(3):  # an answer may ask the next question
            self.bot.waitUntil(lambda: not self.busy)
            self.bot.wait(2)

    def make(self, action: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """The result of a write."""
        results: list[Any] = []
        self.write(action, *args, done=results.append, owner=self, **named)
        self.bot.waitUntil(lambda: bool(results))
        self.settle()
        return results[0]

    def ask(self, query: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """The answer of a read."""
        results: list[Any] = []
        self.read(query, *args, done=results.append, owner=self, **named)
        self.bot.waitUntil(lambda: bool(results))
        return results[0]


@pytest.fixture
def desk(qtbot: QtBot, store_path: Path) -> Iterator[RealDesk]:
    """Rita, who may do everything, at a desk with a hotel and two tickets."""

    def opener(*, reader: bool) -> ThreadStore:
        return ThreadStore(store_path, KEY, reader=reader, zone="Europe/Lisbon")

    runner = ThreadRunner(opener)
    desk = RealDesk(runner, EVERYTHING)
    desk.bot = qtbot
    rita = desk.make(add_staff, StaffDraft("Rita Figueira", roles=tuple(Role)))
    desk.take_over(Actor(rita, frozenset(Role), "dev", How.CHOSEN, frozenset(Right)))
    hotel = desk.make(add_customer, CustomerDraft("Hotel Foz Velha", contact="Sr. Antunes", phone="+351 22 123 45 67"))
    desk.make(
        open_ticket, TicketDraft(TicketKind.MAINTENANCE, "No heat on group 2", "Cold", Channel.EMAIL, customer=hotel)
    )
    desk.make(open_ticket, TicketDraft(TicketKind.HOW_TO, HOSTILE, HOSTILE))
    yield desk
    desk.settle()
    runner.close()
    desk.deleteLater()


@pytest.fixture
def frame(qtbot: QtBot, desk: RealDesk) -> Iterator[Frame]:
    """The whole window on that desk."""
    frame = Frame(desk, wiring(desk))
    qtbot.addWidget(frame)
    frame.show()
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    frame.begin("today")
    desk.settle()
    yield frame
    desk.settle()


def up(frame: Frame, place: str, argument: object = None) -> Page:
    """Goes to a place and waits until its page has read what it shows."""
    desk = frame._desk
    assert isinstance(desk, RealDesk)
    frame.go(place, argument)
    desk.bot.waitUntil(lambda: frame.stage.page is not None and here(frame).place == place)
    desk.settle()
    page = frame.stage.page
    assert page is not None
    return page


def shown(page: Page, desk: RealDesk, argument: object = None) -> None:
    """Opens a page alone, without a window around it."""
    desk.bot.addWidget(page)
    desk.changed.connect(page.on_changed)
    page.setMinimumSize(300, 300)
    page.resize(1200, 820)
    page.show()
    page.open(argument)
    desk.settle()


def act(page: Page, keys: str) -> Act:
    """The act on this key."""
    return next(each for each in page.acts if each.keys == keys)


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key on whatever has the keyboard in the widget's window."""
    QTest.keyClick(QApplication.focusWidget() or widget, key, held)


def types(text: str) -> None:
    """Keys into whatever has the keyboard."""
    QTest.keyClicks(focused(), text)
