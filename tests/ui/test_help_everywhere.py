"""The crisis handbook is one key and one visible button away, on every page there is."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.handbook.place import shelf_of
from tests.signoff.conftest import Bench, bench, signing_template
from tests.ui.desks import wiring
from tests.ui.real import StoreRunner
from tests.ui.test_every_page import argument_for
from tests.ui.walking import here
from ui.handbook.crisis_page import CrisisPage
from ui.shell.frame import Frame
from ui.shell.overlay import Overlay
from ui.shell.pages import CRISIS, PLACES, Place
from ui.widgets.button import Button
from ui.work import Desk

__all__ = ["bench", "signing_template"]

WORK = [place for place in PLACES if place.name != CRISIS]
SIZES = [(1440, 900), (900, 640)]
WAIT = 10_000


def framed(qtbot: QtBot, bench: Bench, place: Place, size: tuple[int, int]) -> Frame:
    """The whole window on this page."""
    argument = argument_for(place, bench)
    desk = Desk(StoreRunner(bench.store), bench.job.actor)
    frame = Frame(desk, replace(wiring(desk), handbook=shelf_of(Path("nowhere"), sample=True)))
    desk.setParent(frame)
    qtbot.addWidget(frame)
    frame.resize(*size)
    frame.show()
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    frame.begin("today")
    frame.go(place.name, argument)
    qtbot.waitUntil(lambda: frame.stage.page is not None and here(frame).place == place.name, timeout=WAIT)
    qtbot.waitUntil(lambda: not desk.busy, timeout=WAIT)
    return frame


def helps(frame: Frame) -> list[Button]:
    """The buttons in sight that lead there, by the key that they show."""
    found = [each for each in frame.findChildren(Button) if each.face.keys == "F9" and each.isVisible()]
    return [each for each in found if each.visibleRegion().contains(each.rect().center())]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", WORK, ids=[place.name for place in WORK])
def test_f9_and_a_button_in_sight_lead_to_the_handbook_from_every_page(
    qtbot: QtBot, bench: Bench, place: Place, size: tuple[int, int]
) -> None:
    frame = framed(qtbot, bench, place, size)
    page = frame.stage.page
    assert frame.isActiveWindow()  # nothing of the page came up as a window of its own

    [button] = helps(frame)
    button.click()
    assert isinstance(frame.cover.page, CrisisPage) and frame.cover.isVisible()
    QTest.keyClick(frame.windowHandle(), Qt.Key.Key_F9)
    assert not frame.cover.isVisible()
    QTest.keyClick(frame.windowHandle(), Qt.Key.Key_F9)

    assert frame.cover.isVisible()
    assert page is frame.stage.page and place.name == here(frame).place


@pytest.mark.parametrize("name", ["palette", "keys", "person", "crash"])
def test_f9_leads_there_over_every_sheet(qtbot: QtBot, bench: Bench, name: str) -> None:
    frame = framed(qtbot, bench, WORK[0], SIZES[0])
    sheets: dict[str, Callable[[], object]] = {
        "palette": frame.ask_palette, "keys": frame.help.show_keys, "person": frame.person.ask,
        "crash": lambda: frame.crash.show_report("report"),
    }  # fmt: skip
    sheets[name]()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in frame.findChildren(Overlay)))

    QTest.keyClick(frame.windowHandle(), Qt.Key.Key_F9)
    qtbot.waitUntil(frame.cover.isVisible)
    frame.cover.close_over()
    buttons = [each for each in helps(frame) if frame.person.who.isAncestorOf(each)]
    assert (name == "person") is bool(buttons)
