"""F9 from everywhere: over every page, sheet and dialog, before the desk is open, and back to the very place."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.kernel.damage import Damage, Harm
from app.kernel.messages import say
from app.store.profile import create_profile
from app.store.runner import StorelessRunner
from tests.handbook.shelves import filled
from tests.ui.desks import PEOPLE, RITA, InstantRunner, NotePage, load, wiring
from tests.ui.shell.first import opening_at
from tests.ui.walking import focused, unnamed
from ui.handbook.crisis_page import CrisisPage
from ui.shell.cover import Cover, cover_of
from ui.shell.damage_sheet import DamageSheet
from ui.shell.doorway import Doorway
from ui.shell.frame import Frame
from ui.shell.pages import PLACES, Place, load_page
from ui.shell.starting import beside_the_door
from ui.shell.wiring import Wiring
from ui.widgets.button import Button
from ui.widgets.inputs import Choice, TextField
from ui.widgets.page import Page
from ui.work import Desk

F9, ESC = Qt.Key.Key_F9, Qt.Key.Key_Escape


def crisis_alone(place: Place) -> type[Page]:
    """The handbook as it is, every other page one that notes."""
    return load_page(place) if place.name == "crisis" else load(place)


@pytest.fixture
def frame(qtbot: QtBot, tmp_path: Path) -> Frame:
    desk = Desk(InstantRunner(), RITA)
    plain = wiring(desk)
    frame = Frame(desk, Wiring(plain.find, plain.people, plain.seat, handbook=filled(tmp_path)), load=crisis_alone)
    desk.setParent(frame)
    qtbot.addWidget(frame)
    frame.show()
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    return frame


def key(frame: Frame, key: Qt.Key) -> None:
    QTest.keyClick(frame.windowHandle(), key)
    QApplication.processEvents()


def begun(qtbot: QtBot, frame: Frame, place: str = "tickets") -> NotePage:
    frame.begin(place)
    qtbot.waitUntil(lambda: frame.stage.page is not None and not frame._desk.busy)
    page = frame.stage.page
    assert isinstance(page, NotePage)
    return page


def page_of(frame: Frame) -> CrisisPage:
    assert isinstance(frame.cover.page, CrisisPage)
    return frame.cover.page


@pytest.mark.parametrize("place", [each.name for each in PLACES if each.name != "crisis"])
def test_two_acts_bring_do_now_up_from_every_page(qtbot: QtBot, frame: Frame, place: str) -> None:
    begun(qtbot, frame, place)

    key(frame, F9)
    key(frame, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: page_of(frame).shown is not None)

    assert page_of(frame).procedure.steps[0].isVisible()


def test_same_key_returns_to_the_very_field_with_what_was_typed(qtbot: QtBot, frame: Frame) -> None:
    page = begun(qtbot, frame)
    page.field.setFocus()
    QTest.keyClicks(page.field, "half a sent")

    key(frame, F9)
    key(frame, F9)

    assert (page.field, "half a sent") == (focused(), page.field.text())
    assert not frame.cover.isVisible()


def test_page_that_holds_the_person_does_not_hold_the_handbook(
    qtbot: QtBot, frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begun(qtbot, frame)
    monkeypatch.setattr(page, "leave", lambda: False)

    key(frame, F9)

    assert frame.cover.isVisible()
    assert frame.stage.page is page


def test_it_comes_before_the_desk_is_open_and_before_anyone_said_who_is_there(qtbot: QtBot, frame: Frame) -> None:
    frame._desk._actor = None

    key(frame, F9)

    assert 12 == len(page_of(frame).tiles.tiles)


def test_it_lies_over_the_palette_and_the_choice_of_the_person(qtbot: QtBot, frame: Frame) -> None:
    begun(qtbot, frame)
    frame.ask_palette("a")
    key(frame, F9)
    assert frame.cover.isVisible() and frame.cover is cover_of(frame)

    frame.person.who.ask(PEOPLE, say("Who is saving this?"))

    assert frame.cover.isAncestorOf(focused())
    key(frame, F9)
    assert frame.person.who.isVisible() and frame.person.who.isAncestorOf(focused())


def test_keys_of_the_page_behind_sleep_meanwhile(qtbot: QtBot, frame: Frame) -> None:
    page = begun(qtbot, frame)

    key(frame, F9)
    QTest.keyClick(
        frame.windowHandle(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    key(frame, Qt.Key.Key_N)
    qtbot.wait(80)

    assert [] == page.done
    assert "n" == page_of(frame).tiles.search.text()


def test_serial_scanned_meanwhile_changes_nothing_behind(qtbot: QtBot, frame: Frame) -> None:
    page = begun(qtbot, frame)
    key(frame, F9)

    frame._scanned("FD2A261700428N")

    assert frame.stage.page is page and frame.cover.isVisible()


def test_going_elsewhere_takes_it_away(qtbot: QtBot, frame: Frame) -> None:
    begun(qtbot, frame)
    key(frame, F9)

    QTest.keyClick(frame.windowHandle(), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()

    assert not frame.cover.isVisible()


def test_key_sheet_names_its_keys_above_it(qtbot: QtBot, frame: Frame) -> None:
    begun(qtbot, frame)
    key(frame, F9)

    key(frame, Qt.Key.Key_F1)

    assert frame.help.keys.isVisible() and frame.help.keys.isAncestorOf(focused())
    key(frame, ESC)
    assert frame.cover.isVisible()


def test_escape_leads_back_step_by_step(qtbot: QtBot, frame: Frame) -> None:
    begun(qtbot, frame)
    key(frame, F9)
    page_of(frame).show_procedure("CP-04")

    key(frame, ESC)
    assert frame.cover.isVisible()
    key(frame, ESC)

    assert not frame.cover.isVisible()


def test_button_in_the_top_bar_never_moves_and_does_the_same(qtbot: QtBot, frame: Frame) -> None:
    begun(qtbot, frame)
    before = frame.top.crisis.mapTo(frame, frame.top.crisis.rect().topLeft())
    frame.go("units")
    QApplication.processEvents()

    frame.top.crisis.click()

    assert frame.cover.isVisible()
    assert before == frame.top.crisis.mapTo(frame, frame.top.crisis.rect().topLeft())


def test_full_window_page_calls_it_too(qtbot: QtBot, frame: Frame) -> None:
    page = begun(qtbot, frame, "sop")

    page.called.emit()

    assert frame.cover.isVisible()


def test_dialog_that_stands_in_the_way_is_put_away(qtbot: QtBot, frame: Frame) -> None:
    begun(qtbot, frame)
    dialog = QDialog(frame)
    field = QLineEdit(dialog)

    def press() -> None:
        QTest.keyClick(dialog.windowHandle(), F9)

    QTimer.singleShot(200, press)
    answer = dialog.exec()
    qtbot.waitUntil(frame.cover.isVisible)

    assert (QDialog.DialogCode.Rejected, False) == (QDialog.DialogCode(answer), field.isVisible())


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen says it of each open list
def test_open_list_of_a_choice_does_not_keep_it_away(qtbot: QtBot, frame: Frame) -> None:
    page = begun(qtbot, frame)
    choice = Choice([(1, "one"), (2, "two")], name="Number")
    page.layout().addWidget(choice)  # type: ignore[union-attr]
    choice.show()
    QApplication.processEvents()
    choice.showPopup()
    QApplication.processEvents()
    popup = QApplication.activePopupWidget()
    assert popup is not None

    QTest.keyClick(popup.windowHandle(), F9)
    qtbot.waitUntil(frame.cover.isVisible)

    assert QApplication.activePopupWidget() is None


def test_window_without_a_handbook_says_so_and_lets_one_back(qtbot: QtBot) -> None:
    desk = Desk(InstantRunner(), RITA)
    frame = Frame(desk, wiring(desk), load=crisis_alone)
    desk.setParent(frame)
    qtbot.addWidget(frame)
    frame.show()

    frame.toggle_crisis()

    assert page_of(frame).problem.isVisible()
    page_of(frame).back_button.click()
    assert not frame.cover.isVisible()


def test_damage_sheet_has_the_way_to_it_and_stays_below(qtbot: QtBot, frame: Frame) -> None:
    sheet = DamageSheet(frame, frame.close, frame.toggle_crisis)
    sheet.show_damage(Damage(Harm.GONE), "UTC")
    [button] = [each for each in sheet.findChildren(Button) if "F9" in each.face.keys]

    button.click()

    assert frame.cover.isVisible()
    assert 12 == len(page_of(frame).tiles.tiles)
    key(frame, F9)
    assert sheet.isVisible() and sheet.isEnabled()


def test_doorway_opens_it_without_a_key(qtbot: QtBot, tmp_path: Path) -> None:
    create_profile(tmp_path / "desk", passphrase="four words of mine", key_store=False)
    runner = StorelessRunner()
    desk = Desk(runner)
    door = Doorway(opening_at(tmp_path / "desk").lock, desk)
    desk.setParent(door)
    qtbot.addWidget(door)
    cover = beside_the_door(door, desk, filled(tmp_path))
    door.show()
    door.activateWindow()
    qtbot.waitUntil(door.isActiveWindow)
    field = door.sheet.first
    assert isinstance(field, TextField)
    field.setText("half a passphr")

    QTest.keyClick(door.windowHandle(), F9)
    QApplication.processEvents()
    QTest.keyClick(door.windowHandle(), Qt.Key.Key_2)
    QApplication.processEvents()

    page = cover.page
    assert isinstance(page, CrisisPage) and page.shown is not None
    assert "CP-04" == page.shown.spoken.code
    assert [] == unnamed(door)
    QTest.keyClick(door.windowHandle(), F9)
    assert ("half a passphr", False) == (field.text(), cover.isVisible())
    runner.close()


def test_cover_follows_the_size_of_its_window(qtbot: QtBot, frame: Frame) -> None:
    key(frame, F9)

    frame.resize(1000, 700)
    QApplication.processEvents()

    assert frame.size() == frame.cover.size()
    assert isinstance(frame.cover, Cover)
