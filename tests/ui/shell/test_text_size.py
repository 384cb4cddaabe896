"""The size of the text in the whole window: by key everywhere, told, kept, and with every part in reach."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.workflows.settings import get_setting, keep_columns, keep_motion, keep_text_size
from tests.ui.conftest import Dress
from tests.ui.real_desk import RealDesk, up
from tests.ui.shell.first import walking as standing
from tests.ui.walking import cut, out_of_reach
from ui.settings.settings_page import SettingsPage
from ui.shell.frame import Frame
from ui.theme.apply import apply
from ui.theme.look import look
from ui.widgets.texts import key_text

LARGE = QSize(1280, 800)


@pytest.fixture(autouse=True)
def usual(qapp: QApplication) -> Iterator[None]:
    """The usual size again afterwards."""
    yield
    apply(qapp, "light", "en", size=100, motion="system")


def strike(window: QWidget, keys: str) -> None:
    """The key of the window, wherever the keyboard is."""
    there = [each for each in window.findChildren(QShortcut) if each.key() == QKeySequence(keys)]
    assert 1 == len(there)
    there[0].activated.emit()


@pytest.mark.parametrize(
    ("keys", "size"),
    [(["Ctrl++"], 110), (["Ctrl+="], 110), (["Ctrl++"] * 9, 200), (["Ctrl++", "Ctrl++", "Ctrl+-"], 110),
     (["Ctrl+-"], 100), (["Ctrl++", "Ctrl++", "Ctrl+0"], 100)],
)  # fmt: skip
def test_a_key_changes_it_and_says_so(frame: Frame, keys: list[str], size: int) -> None:
    for each in keys:
        strike(frame, each)

    assert size == look().size
    assert f"Text at {size} %" == frame.toast._text.text()


def test_the_plus_stands_on_its_key_cap() -> None:
    assert ("Ctrl +", "Ctrl -", "+") == (key_text("Ctrl++"), key_text("Ctrl+-"), key_text("+"))


def test_settings_follow_the_keys_and_keep_what_is_chosen(frame: Frame, desk: RealDesk) -> None:
    page = up(frame, "settings")
    assert isinstance(page, SettingsPage)

    strike(frame, "Ctrl++")
    shown = page.look.comfort.text_size.value
    page.look.comfort.text_size.choose(150)
    page.look.comfort.text_size.chosen.emit(150)
    page.look.comfort.motion.choose("less")
    page.look.comfort.motion.chosen.emit("less")
    desk.settle()

    assert (110, 150, True) == (shown, look().size, look().still)
    assert (150, "less") == (desk.ask(get_setting, "shell.size"), desk.ask(get_setting, "shell.motion"))


def test_size_movement_and_columns_are_kept_by_whoever_works_here(desk: RealDesk) -> None:
    desk.make(keep_text_size, 175)
    desk.make(keep_motion, "less")
    desk.make(keep_columns, {"Tickets": {"Next due": 120}})

    assert 175 == desk.ask(get_setting, "shell.size")
    assert {"Tickets": {"Next due": 120}} == desk.ask(get_setting, "shell.columns")


@pytest.mark.parametrize("language", ["en", "da", "ar"])
def test_rail_bar_palette_and_sheet_of_keys_are_whole_at_200_per_cent(
    qtbot: QtBot, dress: Dress, frame: Frame, desk: RealDesk, language: str
) -> None:
    frame.resize(LARGE)
    dress("light", language, 200)
    up(frame, "today")
    seen = []
    ways: list[Callable[[], object]] = [lambda: None, frame.ask_palette, frame.help.show_keys, frame.person.ask]
    for come_up in ways:
        come_up()
        desk.settle()
        qtbot.wait(100)
        seen.append((cut(frame), out_of_reach(frame)))
        for over in (frame.palette_over, frame.help.keys, frame.person.who):
            over.close_over()

    assert [([], [])] * 4 == seen


@pytest.mark.parametrize("language", ["en", "da", "ar"])
def test_the_doorway_is_whole_at_200_per_cent(qtbot: QtBot, dress: Dress, tmp_path: Path, language: str) -> None:
    with standing(qtbot, tmp_path / "desk") as walk:
        walk.door.resize(LARGE)
        dress("light", language, 200)
        qtbot.wait(30)

        assert ([], []) == (cut(walk.door), out_of_reach(walk.door))


def test_the_keys_work_at_the_door(qtbot: QtBot, tmp_path: Path) -> None:
    with standing(qtbot, tmp_path / "desk") as walk:
        strike(walk.door, "Ctrl++")

        assert 110 == look().size
