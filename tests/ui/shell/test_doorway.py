"""The doorway of a profile that is there: its passphrase, its recovery key, its key store."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.store.profile import create_profile
from app.store.slots import Cost
from tests.ui.shell.first import ENTER, WORDS, Walk, copied, walking
from tests.ui.walking import focused, marked_up, unnamed
from ui.shell.doorway import OpenSheet

CHEAP = Cost(time=1, memory=64, lanes=1)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A profile that a passphrase opens, and its recovery key."""
    folder = tmp_path_factory.mktemp("kept") / "desk"
    return folder, create_profile(folder, passphrase=WORDS, key_store=False, cost=CHEAP).recovery


def sheet(walk: Walk) -> OpenSheet:
    found = walk.door.sheet
    assert isinstance(found, OpenSheet)
    return found


def test_a_wrong_passphrase_says_so_and_the_right_one_opens(qtbot: QtBot, kept: tuple[Path, str]) -> None:
    with walking(qtbot, kept[0]) as walk:
        walk.types("wrong words of mine")
        walk.press(ENTER)
        assert "does not open" in sheet(walk).fields["passphrase"].problem
        assert 0 == walk.opened

        walk.types(WORDS)  # what was wrong is chosen, so that typing replaces it
        walk.press(ENTER)

        assert [1, ""] == [walk.opened, sheet(walk).passphrase.text()]


def test_the_recovery_key_opens_too(qtbot: QtBot, kept: tuple[Path, str]) -> None:
    folder, recovery = kept
    with walking(qtbot, folder) as walk:
        sheet(walk).recovery.setFocus()
        walk.types(f" {recovery[:20].lower()} {recovery[20:]} ")
        walk.press(ENTER)

        assert 1 == walk.opened


def test_a_second_enter_while_the_key_is_tried_asks_no_second_time(qtbot: QtBot, kept: tuple[Path, str]) -> None:
    with walking(qtbot, kept[0]) as walk:
        walk.types(WORDS)
        sheet(walk).go_on()
        sheet(walk).go_on()
        walk.settle()

        assert 1 == walk.opened


def test_the_window_answers_while_the_key_is_tried(qtbot: QtBot, kept: tuple[Path, str]) -> None:
    with walking(qtbot, kept[0]) as walk:
        sheet(walk).passphrase.setText(WORDS)

        sheet(walk).go_on()

        assert (0, True) == (walk.opened, sheet(walk).busy)  # asked on a worker, not answered in the same breath


def test_every_control_of_the_doorway_has_a_name(qtbot: QtBot, kept: tuple[Path, str]) -> None:
    with walking(qtbot, kept[0]) as walk:
        assert ([], []) == (unnamed(walk.door), marked_up(walk.door))


def test_what_is_typed_is_not_shown(qtbot: QtBot, kept: tuple[Path, str]) -> None:
    with walking(qtbot, kept[0]) as walk:
        assert {"Password"} == {each.echoMode().name for each in (sheet(walk).passphrase, sheet(walk).recovery)}


def test_keyboard_begins_at_the_passphrase_not_at_the_handbook(qtbot: QtBot, kept: tuple[Path, str]) -> None:
    with walking(qtbot, kept[0]) as walk:
        assert focused() is sheet(walk).passphrase


def test_damaged_key_file_is_told_and_nothing_else_is_offered(
    qtbot: QtBot, kept: tuple[Path, str], tmp_path: Path
) -> None:
    folder = copied(kept[0], tmp_path / "desk")
    (folder / "keys.json").write_bytes(b"{")
    with walking(qtbot, folder) as walk:
        walk.types(WORDS)
        walk.press(ENTER)

        assert "key file" in sheet(walk).problem.headline.text()
        assert walk.door.start is None
