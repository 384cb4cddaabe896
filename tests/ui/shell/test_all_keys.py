"""The list of every page's keys."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.real_desk import RealDesk
from tests.ui.walking import cut, focused, unnamed
from ui.shell.frame import Frame
from ui.shell.pages import PLACES
from ui.widgets.texts import spoken


def gathered(frame: Frame, qtbot: QtBot) -> list[Any]:
    """Every row, once all pages stand."""
    qtbot.waitUntil(lambda: len(frame.stage._classes) == len(PLACES), timeout=20_000)
    frame.help.seek_keys()
    qtbot.waitUntil(lambda: not frame.help.all_keys._fill.isActive(), timeout=20_000)
    return rows(frame)


def rows(frame: Frame) -> list[Any]:
    return [frame.help.all_keys.model.record(at) for at in range(frame.help.all_keys.model.rowCount())]


def test_it_has_the_keys_of_every_page_also_of_those_that_nobody_opened(
    frame: Frame, desk: RealDesk, qtbot: QtBot
) -> None:
    found = {(each.what, each.where, each.keys) for each in gathered(frame, qtbot)}

    expected = {
        (spoken(act.words), act.keys)
        for page in [*frame.stage.pages, frame.cover.ready()]
        for act in page.acts
        if act.keys
    }
    assert expected <= {(what, keys) for what, _, keys in found}
    assert ("Find", "Everywhere", "Ctrl+K") in found
    assert [["Tickets"], ["Today"]] == [
        [where for what, where, _ in found if what == wanted] for wanted in ("Resolve", "Open what is due first")
    ]
    assert ([], []) == (unnamed(frame.help.all_keys), cut(frame.help.all_keys))


def test_it_is_searched_by_what_is_done_by_page_and_by_key(frame: Frame, qtbot: QtBot) -> None:
    gathered(frame, qtbot)
    told = []
    for text in ("RESOLVE", "tickets hand", "ctrl shift t", "xyzzy"):
        frame.help.all_keys.field.setText(text)
        told.append([each.what for each in rows(frame)])

    assert ["Resolve"] == told[0]
    assert "Hand to" in told[1]
    assert "Save tickets as a table" in told[2]
    assert [] == told[3] and not frame.help.all_keys.nothing.isHidden()


def test_it_is_walked_and_closed_by_keyboard(frame: Frame, qtbot: QtBot) -> None:
    gathered(frame, qtbot)
    began = focused() is frame.help.all_keys.field

    QTest.keyClick(frame.help.all_keys.field, Qt.Key.Key_Down)
    walked = focused() is frame.help.all_keys.list
    QTest.keyClick(frame.help.all_keys.list, Qt.Key.Key_Escape)

    assert (True, True, False) == (began, walked, frame.help.all_keys.isVisible())


def test_a_page_asks_for_it_by_its_name(frame: Frame, qtbot: QtBot) -> None:
    page = frame.stage.page
    assert page is not None

    page.wanted.emit("all_keys")

    assert frame.help.all_keys.isVisible()
