"""Where pages stand."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.real_desk import RealDesk
from ui.shell.pages import PLACES, Place
from ui.shell.stage import Stage
from ui.widgets.page import Page


def test_it_says_once_that_the_code_of_every_page_is_there_also_of_one_that_is_broken(
    qtbot: QtBot, desk: RealDesk
) -> None:
    asked: list[str] = []

    def load(place: Place) -> type[Page]:
        asked.append(place.name)
        if place is PLACES[1]:
            raise ImportError("broken")
        return Page

    stage = Stage(desk, PLACES[:3], QWidget(), load=load)
    qtbot.addWidget(stage)
    said: list[bool] = []
    stage.stocked.connect(lambda: said.append(True))

    with qtbot.waitSignal(stage.stocked):
        stage.preload()

    assert ([each.name for each in PLACES[:3]], [True]) == (asked, said)
