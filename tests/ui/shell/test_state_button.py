"""The light at the foot of the rail, as a button."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.kernel.messages import say
from tests.ui.conftest import Dress
from tests.ui.walking import cut, marked_up
from ui.shell.rail import Rail
from ui.shell.state_button import StateButton

HOSTILE = "<b>Averdell</b> & {name}"


@pytest.fixture
def button(qtbot: QtBot) -> StateButton:
    button = StateButton(say("Not connected"))
    qtbot.addWidget(button)
    button.resize(196, 60)
    button.show()
    return button


def test_its_name_is_what_it_says(button: StateButton) -> None:
    button.put("cloud-off", say("Just now"), say("Try now"))

    told = QAccessible.queryAccessibleInterface(button)
    assert told is not None
    assert "Just now. Try now" == told.text(QAccessible.Text.Name)


def test_narrow_it_says_the_same_as_a_tool_tip(button: StateButton) -> None:
    wide = button.toolTip()

    button.set_narrow(True)

    assert "" == wide
    assert "Not connected. Everything is kept on this computer." == button.toolTip()
    assert button.accessibleName() == button.toolTip()


def test_what_it_is_told_is_never_markup(button: StateButton) -> None:
    button.put("cloud-off", HOSTILE, HOSTILE)
    button.set_narrow(True)

    assert [] == marked_up(button)


def test_it_speaks_the_language_in_force(button: StateButton, dress: Dress) -> None:
    dress("dark", "ar")

    assert button.accessibleName().startswith("غير متصل")


@pytest.mark.parametrize("language", ["en", "ar", "zh-Hans"])
def test_long_words_fit_into_the_rail(qtbot: QtBot, dress: Dress, language: str) -> None:
    dress("light", language)
    rail = Rail([], partner="", state=say("Not connected"))
    qtbot.addWidget(rail)
    rail.resize(220, 600)
    rail.show()

    rail.show_state(
        "cloud-off", say("{manufacturer} does not know this computer any more", manufacturer="Averdell"),
        say("What you write is still sent. Update the program to get the news too."),
    )  # fmt: skip
    qtbot.waitUntil(lambda: cut(rail) == [])


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_key_asks_for_the_page(qtbot: QtBot, key: Qt.Key) -> None:
    rail = Rail([], partner="", state=say("Not connected"))
    qtbot.addWidget(rail)
    rail.show()
    asked: list[bool] = []
    rail.state_asked.connect(lambda: asked.append(True))

    rail.state.setFocus()
    QTest.keyClick(rail.state, key)

    assert [True] == asked
