"""Where the keyboard is can be seen in every look: the ring's own colour appears when a control gets the keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.kernel.messages import say
from tests.ui.conftest import Dress
from ui.shell.rail import RailButton
from ui.shell.state_button import StateButton
from ui.shell.top_bar import SearchField
from ui.theme.look import look
from ui.theme.tokens import Theme
from ui.widgets.button import Button, Kind
from ui.widgets.chip import FilterChip
from ui.widgets.inputs import CheckBox, Choice, TextArea, TextField
from ui.widgets.layouts import boxed, column
from ui.widgets.number import NumberField
from ui.widgets.pad import Pad
from ui.widgets.row_list import RowList
from ui.widgets.rows import Column, PagedModel
from ui.widgets.stages import Stage, StepBar
from ui.widgets.toggle import Toggle

LEAST = 40  # pixels of the ring


def rows() -> RowList:
    model = PagedModel([Column(say("Part"))], cells=lambda each: (each,), key=lambda each: each)
    made = RowList(model, name=say("Parts"))
    model.fill(["Boiler"])
    made.choose("Boiler")
    return made


def steps() -> StepBar:
    bar = StepBar()
    bar.fill([Stage.DONE, Stage.HERE])
    return bar


CONTROLS: dict[str, Callable[[], QWidget]] = {
    "button": lambda: Button("Save"), "next step": lambda: Button("Save", Kind.PRIMARY),
    "danger": lambda: Button("Crisis", Kind.DANGER_FILLED), "link": lambda: Button("Open", Kind.LINK),
    "field": TextField, "text": TextArea, "choice": lambda: Choice([(1, "One")]), "tick": lambda: CheckBox("Also"),
    "chip": lambda: FilterChip("Open"), "toggle": lambda: Toggle([(1, "One"), (2, "All")], name="View"),
    "number": NumberField, "steps": steps, "rows": rows, "pad": Pad, "place": lambda: RailButton("ticket", "Tickets"),
    "light": lambda: StateButton("Kept"), "search": SearchField,
}  # fmt: skip


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("name", CONTROLS)
def test_a_ring_is_seen(qtbot: QtBot, dress: Dress, theme: Theme, name: str) -> None:
    dress(theme, "en")
    control, other = CONTROLS[name](), Button("Elsewhere")
    window = boxed(column(control, other, margins=(9, 9, 9, 9)))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus()
    without = picture_of(control)

    control.setFocus()
    seen = picture_of(control)

    gained = ring_pixels(seen) - ring_pixels(without)
    assert gained >= LEAST or (name == "next step" and differing(seen, without) >= 2 * LEAST)


def picture_of(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def ring_pixels(picture: QImage) -> int:
    """How many pixels have the colour of the ring."""
    wanted = QColor(look().tokens.focus).rgb()
    return sum(picture.pixel(x, y) == wanted for x, y in places(picture))


def differing(one: QImage, other: QImage) -> int:
    """A button that is filled with the ring's colour shows a gap inside the ring."""
    return sum(one.pixel(x, y) != other.pixel(x, y) for x, y in places(one))


def places(picture: QImage) -> list[tuple[int, int]]:
    return [(x, y) for x in range(picture.width()) for y in range(picture.height())]


@pytest.mark.parametrize("theme", Theme)
def test_the_open_list_of_a_choice_has_an_edge_on_all_sides(qtbot: QtBot, dress: Dress, theme: Theme) -> None:
    dress(theme, "en")
    choice = Choice([(1, "One"), (2, "Two")])
    qtbot.addWidget(choice)
    choice.show()
    popup = choice.view().window()

    popup.resize(200, 90)
    seen = picture_of(popup)

    right, bottom = seen.width() - 1, seen.height() - 1
    sides = [(0, bottom // 2), (right, bottom // 2), (right // 2, 0), (right // 2, bottom)]
    assert {QColor(look().tokens.edge).rgb()} == {seen.pixel(*side) for side in sides}


@pytest.mark.parametrize("theme", Theme)
def test_the_open_place_is_not_marked_as_if_it_had_the_keyboard(qtbot: QtBot, dress: Dress, theme: Theme) -> None:
    dress(theme, "en")
    place = RailButton("ticket", "Tickets")
    qtbot.addWidget(place)
    plain = picture_of(place)

    place.setChecked(True)
    seen = picture_of(place)

    if theme is Theme.CONTRAST:  # elsewhere icon and keyboard share the blue
        assert 0 == ring_pixels(seen)
    assert differing(plain, seen) >= LEAST
