"""Connecting: two fields, one act, errors where they can be put right."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from tests.ui.desks import RITA, InstantRunner
from tests.ui.walking import cut, unnamed
from ui.sync.connect_card import ConnectCard
from ui.work import Desk, Enrolling

ENTER = Qt.Key.Key_Return


class Asked:
    """A card whose wishes are kept instead of sent."""

    def __init__(self, qtbot: QtBot) -> None:
        self.desk = Desk(InstantRunner(), RITA)
        self.wishes: list[Enrolling] = []
        self.connected: list[bool] = []
        self.troubles: list[object] = []
        self.desk.exchange.enrolling.connect(self.wishes.append)
        self.desk.troubled.connect(self.troubles.append)
        self.card = ConnectCard(self.desk, lambda: self.connected.append(True))
        self.card.put("Averdell")
        self.desk.setParent(self.card)
        qtbot.addWidget(self.card)
        self.card.show()
        self.card.activateWindow()
        qtbot.waitUntil(self.card.isActiveWindow)

    def typed(self, address: str = "https://averdell.example", code: str = "AAAAA-BBBBB-CCCCC-DDDDD") -> None:
        self.card.first().setFocus()
        QTest.keyClicks(self.card.address, address)
        QTest.keyClick(self.card.address, ENTER)
        QTest.keyClicks(self.card.code, code)


@pytest.fixture
def asked(qtbot: QtBot) -> Asked:
    return Asked(qtbot)


def test_enter_goes_on_to_the_code_and_enter_there_asks_once(asked: Asked) -> None:
    asked.typed()
    there = asked.card.code.hasFocus()

    QTest.keyClick(asked.card.code, ENTER)
    QTest.keyClick(asked.card.code, ENTER)
    asked.card.act.click()

    assert there
    assert [("https://averdell.example", "AAAAA-BBBBB-CCCCC-DDDDD")] == [
        (each.address, each.code) for each in asked.wishes
    ]
    assert "Connecting …" == asked.card.act.text()


@pytest.mark.parametrize("field", ["address", "code"])
def test_an_error_stands_at_its_field_with_the_keyboard_in_it(asked: Asked, field: str) -> None:
    asked.typed()
    asked.card.connect_now()

    asked.wishes[0].failed(UserError(Trouble.BAD_INPUT, say("This is no address. It begins with {start}"), field=field))

    control: Any = getattr(asked.card, field)
    assert control.hasFocus()
    assert ("Connect", True) == (asked.card.act.text(), asked.card.act.isEnabled())
    assert not asked.card.problem.isVisible()


def test_an_error_without_a_field_stands_in_the_card(asked: Asked) -> None:
    asked.card.connect_now()

    asked.wishes[0].failed(UserError(Trouble.DISK, say("There is no room on the disk.")))

    assert asked.card.problem.isVisible()


def test_a_mistake_of_ours_goes_on_to_the_window(asked: Asked) -> None:
    asked.card.connect_now()

    asked.wishes[0].failed(ValueError("no"))

    assert 1 == len(asked.troubles)
    assert asked.card.act.isEnabled()


def test_an_old_error_goes_when_it_is_tried_again(asked: Asked) -> None:
    asked.typed()
    asked.card.connect_now()
    asked.wishes[0].failed(UserError(Trouble.DISK, say("There is no room on the disk.")))

    asked.card.connect_now()

    assert not asked.card.problem.isVisible()
    assert 2 == len(asked.wishes)


def test_connected_the_code_is_forgotten(asked: Asked) -> None:
    asked.typed()
    asked.card.connect_now()

    asked.wishes[0].done("link")

    assert ("", [True]) == (asked.card.code.text(), asked.connected)


def test_every_control_is_named_and_nothing_is_cut(qtbot: QtBot, asked: Asked) -> None:
    qtbot.waitUntil(lambda: cut(asked.card) == [])

    assert [] == unnamed(asked.card)
