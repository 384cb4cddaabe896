"""Size of the text, movement and columns hold at the next start, before the first paint; kept nonsense does no harm."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.stores import EVERYTHING
from tests.ui.shell.test_desktop import kept, opening_for, own_refusals, running
from ui.theme.apply import apply
from ui.theme.look import look
from ui.widgets.widths import WIDTHS

__all__ = ["kept", "own_refusals"]


@pytest.fixture(autouse=True)
def usual(qapp: QApplication) -> Iterator[None]:
    """As every other test expects it."""
    yield
    WIDTHS.on_change = lambda _: None
    WIDTHS.know(None)
    apply(qapp, "light", "en", size=100, motion="system")


def test_what_was_chosen_holds_at_the_next_start_before_anything_is_painted(
    qtbot: QtBot, qapp: QApplication, kept: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(kept, folder)
    with running(opening_for(folder)) as desktop:
        qtbot.waitUntil(lambda: desktop.frame.stage.page is not None, timeout=20_000)
        desktop.desk.take_over(EVERYTHING)
        desktop.frame.text_size.put(150)
        WIDTHS.give("Tickets", "Next due", 300)
        WIDTHS.keep()
        qtbot.waitUntil(lambda: not desktop.desk.busy, timeout=20_000)
    apply(qapp, "light", "en", size=100)
    WIDTHS.know(None)

    with running(opening_for(folder)) as desktop:
        assert (150, 300) == (look().size, WIDTHS.of("Tickets", "Next due"))
        qtbot.waitUntil(lambda: desktop.frame.stage.page is not None, timeout=20_000)


@pytest.mark.parametrize("size", [0, -5, 10**9, "150", None, [150], {"size": 150}])
def test_kept_nonsense_is_passed_over(qtbot: QtBot, kept: Path, size: Any) -> None:
    made = opening_for(kept)
    choices = {"shell.size": size, "shell.motion": size, "shell.columns": size}
    with running(replace(made, first=lambda: (choices, ()))) as desktop:
        assert (100, False) == (look().size, look().still)
        qtbot.waitUntil(lambda: desktop.frame.stage.page is not None, timeout=20_000)
