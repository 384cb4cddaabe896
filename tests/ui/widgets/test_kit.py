"""What holds for every widget of the kit."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.kernel.messages import say
from tests.ui import walking
from tests.ui.conftest import Dress
from tests.ui.kit import HOSTILE, one_of_each
from ui.theme.look import colour
from ui.theme.tokens import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.panel import Panel


@pytest.fixture
def kit(qtbot: QtBot) -> QWidget:
    window = one_of_each()
    qtbot.addWidget(window)
    window.resize(1200, 2400)
    window.show()
    return window


def test_every_widget_that_takes_the_keyboard_has_a_name(kit: QWidget) -> None:
    assert [] == walking.unnamed(kit)


def test_no_text_is_read_as_markup(kit: QWidget) -> None:
    assert [] == walking.marked_up(kit)
    assert HOSTILE in {label.text() for label in kit.findChildren(QLabel)}


def test_an_ampersand_is_no_key(kit: QWidget) -> None:
    assert {""} == {button.shortcut().toString() for button in kit.findChildren(Button)}


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_widget_paints_in_every_look(kit: QWidget, dress: Dress, theme: Theme, language: str) -> None:
    dress(theme, language)
    QApplication.processEvents()  # a palette reaches its windows by an event

    assert colour("canvas") == kit.grab().toImage().pixelColor(2, kit.height() - 2)


def test_widgets_follow_the_direction_of_the_language(qtbot: QtBot, kit: QWidget, dress: Dress) -> None:
    label = kit.findChildren(QLabel)[0]
    before = label.mapTo(kit, label.rect().topLeft()).x()

    dress("light", "ar")

    qtbot.waitUntil(lambda: label.mapTo(kit, label.rect().topLeft()).x() > before)
    assert label.alignment() & Qt.AlignmentFlag.AlignRight


def test_a_message_follows_the_language_and_a_text_stays(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = Label(say("Parts used")), Label("Parts used")
    qtbot.addWidget(ours)
    qtbot.addWidget(theirs)
    monkeypatch.setattr("ui.widgets.texts.speak", lambda message: message.msgid.upper())

    for label in (ours, theirs):
        label.changeEvent(QEvent(QEvent.Type.LanguageChange))

    assert ("PARTS USED", "Parts used") == (ours.text(), theirs.text())


def test_ctrl_enter_on_a_button_saves_its_question_and_presses_nothing(qtbot: QtBot) -> None:
    done: list[str] = []
    aside = Button("Aside", act=lambda: done.append("aside"))
    panel = Panel("Time", "Save", aside)
    panel.submit = lambda: done.append("saved")  # type: ignore[method-assign]
    qtbot.addWidget(panel)
    panel.show()

    QTest.keyClick(aside, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert ["saved"] == done
