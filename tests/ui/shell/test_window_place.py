import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from ui.shell.window_place import fitting, put_window
from ui.widgets.label import Label

LAPTOP, LARGE = QRect(0, 0, 1366, 728), QRect(1366, 0, 2560, 1400)


def test_the_first_window_is_whole_on_a_small_laptop() -> None:
    place = fitting(None, [LAPTOP])

    assert LAPTOP.contains(place)
    assert (1350, 680) == (place.width(), place.height())


def test_the_first_window_is_no_larger_than_usual_on_a_large_screen() -> None:
    assert (1440, 900) == (fitting(None, [LARGE]).width(), fitting(None, [LARGE]).height())


def test_the_window_stands_where_it_was() -> None:
    kept = QRect(1500, 100, 1200, 800)

    assert kept == fitting(kept, [LAPTOP, LARGE])


@pytest.mark.parametrize("kept", [QRect(1500, 100, 1200, 800), QRect(-3000, 0, 900, 700), QRect(0, 0, 1, 1)])
def test_a_window_of_a_screen_that_is_gone_comes_back_whole(kept: QRect) -> None:
    assert LAPTOP.contains(fitting(kept, [LAPTOP]))


@pytest.mark.parametrize("kept", [None, "1,2", [1, 2, 3], ["a", 0, 0, 0, 0], {"x": 1}])
def test_what_is_no_place_is_passed_over(qtbot: QtBot, kept: object) -> None:
    window = Label("")
    qtbot.addWidget(window)

    put_window(window, kept)

    assert window.screen().availableGeometry().contains(window.geometry())
