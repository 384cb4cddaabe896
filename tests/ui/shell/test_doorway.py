from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from tests.ui.walking import cut, marked_up, unnamed
from ui.shell.doorway import Doorway, Lock
from ui.widgets.button import Button
from ui.widgets.label import Label


class Keeper:
    """A profile for the doorway: opens with one passphrase or one recovery key."""

    def __init__(self, *, exists: bool) -> None:
        self.tried: list[tuple[str, str]] = []
        self.made: list[str] = []
        self.lock = Lock(exists, self.unlock, self.create)

    def unlock(self, passphrase: str, recovery: str) -> None:
        self.tried.append((passphrase, recovery))
        if passphrase != "four words of mine" and recovery != "KEY":
            raise UserError(Trouble.WRONG_KEY, say("This passphrase does not open this profile."), field="passphrase")

    def create(self, passphrase: str) -> str:
        if len(passphrase) < 10:
            raise UserError(Trouble.BAD_INPUT, say("At least ten characters."), field="passphrase")
        self.made.append(passphrase)
        return "AGE-SECRET-KEY-1"


def doorway(qtbot: QtBot, *, exists: bool) -> tuple[Doorway, Keeper]:
    keeper = Keeper(exists=exists)
    made = Doorway(keeper.lock)
    qtbot.addWidget(made)
    made.show()
    return made, keeper


def test_a_wrong_passphrase_says_so_and_the_right_one_opens(qtbot: QtBot) -> None:
    window, _ = doorway(qtbot, exists=True)
    opened: list[bool] = []
    window.opened.connect(lambda: opened.append(True))

    QTest.keyClicks(window.first, "wrong")
    QTest.keyClick(window.first, Qt.Key.Key_Return)
    assert window.problem.isVisible()
    assert not opened

    window.first.setText("four words of mine")
    QTest.keyClick(window.first, Qt.Key.Key_Return)
    assert opened
    assert "" == window.first.text()


def test_the_recovery_key_opens_too(qtbot: QtBot) -> None:
    window, keeper = doorway(qtbot, exists=True)

    window.second.setText(" KEY ")
    window.go_on()

    assert ("", "KEY") == keeper.tried[-1]
    assert not window.problem.isVisible()


def test_the_first_start_asks_twice_and_shows_the_recovery_key_once(qtbot: QtBot) -> None:
    window, keeper = doorway(qtbot, exists=False)
    opened: list[bool] = []
    window.opened.connect(lambda: opened.append(True))

    window.first.setText("four words of mine")
    window.second.setText("four words of mien")
    window.go_on()
    assert [] == keeper.made
    assert window.problem.isVisible()

    window.second.setText("four words of mine")
    window.go_on()
    assert ["four words of mine"] == keeper.made
    assert "AGE-SECRET-KEY-1" in [label.text() for label in window.findChildren(Label)]
    assert not opened

    window.go_on()
    assert opened


def test_a_short_passphrase_is_refused_in_words(qtbot: QtBot) -> None:
    window, keeper = doorway(qtbot, exists=False)

    window.first.setText("short")
    window.second.setText("short")
    window.go_on()

    assert [] == keeper.made
    assert window.problem.isVisible()


def test_every_control_of_the_doorway_has_a_name(qtbot: QtBot) -> None:
    for exists in (True, False):
        window, _ = doorway(qtbot, exists=exists)

        assert [] == unnamed(window)
        assert [] == marked_up(window)


def test_what_is_typed_is_not_shown(qtbot: QtBot) -> None:
    window, _ = doorway(qtbot, exists=True)

    assert {"Password"} == {window.first.echoMode().name, window.second.echoMode().name}


def test_the_whole_recovery_key_is_seen_in_groups_and_can_be_copied(qtbot: QtBot) -> None:
    window, _ = doorway(qtbot, exists=False)
    key = "AGE-SECRET-KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE"

    window.show_recovery(key)
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), Button))
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)

    shown = next(each for each in window.findChildren(Label) if each.text().startswith("AGE-"))
    assert key == shown.text().replace(" ", "")
    assert all(shown.fontMetrics().horizontalAdvance(each) < shown.width() for each in shown.text().split())
    qtbot.waitUntil(lambda: [] == cut(window))
    assert key == QGuiApplication.clipboard().text()


def test_enter_goes_from_the_one_passphrase_to_the_other(qtbot: QtBot) -> None:
    window, keeper = doorway(qtbot, exists=False)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.first.setFocus()

    QTest.keyClicks(window.first, "four words of mine")
    QTest.keyClick(window.first, Qt.Key.Key_Return)

    assert window.second.hasFocus()
    assert ([], False) == (keeper.made, window.problem.isVisible())


def test_keyboard_begins_at_the_passphrase_not_at_the_handbook(qtbot: QtBot) -> None:
    for exists in (True, False):
        window, _ = doorway(qtbot, exists=exists)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

        assert window.first.hasFocus()
