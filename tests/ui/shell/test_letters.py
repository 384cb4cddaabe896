"""Keys of one letter, and what stands in their place where they are switched off (WCAG 2.1.4)."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.desks import PEOPLE
from tests.ui.shell.test_frame import frame, key, page
from ui.settings.keyboard_card import hold
from ui.shell.frame import Frame
from ui.shell.scanner import PAUSE
from ui.widgets.button import Button
from ui.widgets.label import KeyHint
from ui.widgets.letters import set_letters
from ui.widgets.texts import key_text

__all__ = ["frame"]

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def with_alt(qapp: QApplication) -> Iterator[None]:
    set_letters(alone=False)
    yield
    set_letters(alone=True)


def away_from_fields(frame: Frame) -> None:
    page(frame).findChildren(Button)[0].setFocus()


def test_a_letter_alone_does_nothing_where_it_needs_alt(qtbot: QtBot, frame: Frame, with_alt: None) -> None:
    away_from_fields(frame)

    key(frame, Qt.Key.Key_N)
    qtbot.wait(PAUSE * 3)
    alone = list(page(frame).done)
    key(frame, Qt.Key.Key_N, ALT)

    assert ([], ["note"]) == (alone, page(frame).done)


def test_a_letter_is_enough_before_and_alt_is_no_act_of_a_page(qtbot: QtBot, frame: Frame) -> None:
    away_from_fields(frame)

    key(frame, Qt.Key.Key_N, ALT)
    qtbot.wait(PAUSE * 3)
    with_it = list(page(frame).done)
    key(frame, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: page(frame).done == ["note"])

    assert [] == with_it


def test_alt_sets_off_nothing_behind_a_sheet(frame: Frame, with_alt: None) -> None:
    away_from_fields(frame)
    frame.help.show_keys()

    key(frame, Qt.Key.Key_N, ALT)

    assert [] == page(frame).done


def test_the_other_keys_of_the_desk_go_on_working(frame: Frame, with_alt: None, qtbot: QtBot) -> None:
    key(frame, Qt.Key.Key_Left, ALT)
    key(frame, Qt.Key.Key_F1)

    assert frame.help.keys.isVisible()


def test_the_number_of_a_person_is_a_key_of_the_sheet_that_asks(qtbot: QtBot, frame: Frame, with_alt: None) -> None:
    frame.person.ask()

    key(frame, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: not frame.person.who.isVisible())

    actor = frame._desk.actor
    assert actor is not None and PEOPLE[1].id == actor.person


def test_a_scan_is_still_heard(qtbot: QtBot, frame: Frame, with_alt: None) -> None:
    away_from_fields(frame)
    heard: list[str] = []
    frame.scanner.scanned.connect(heard.append)
    frame.scanner._clock = lambda: 0.0

    for sign in "FD2A261700428":
        QTest.keyClick(frame.windowHandle(), ord(sign))
    key(frame, Qt.Key.Key_Return)

    assert ["FD2A261700428"] == [each.upper() for each in heard]


def test_what_is_shown_is_what_is_to_be_pressed(frame: Frame, with_alt: None) -> None:
    button, hint = page(frame).findChildren(Button)[0], KeyHint("N")
    hold(alone=False)
    off = button.face.keys, hint._keys, key_text("Ctrl+N"), key_text("+")
    hold(alone=True)

    assert ("Alt N", "Alt N", "Ctrl N", "Alt +") == off
    assert ("N", "+") == (button.face.keys, key_text("+"))
