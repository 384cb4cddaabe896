"""What a reader of the screen is told on every page: names, roles, states, trouble, and the row with the keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from app.kernel.messages import say
from tests.signoff.conftest import Bench, bench, signing_template
from tests.ui.test_every_page import opened
from ui.shell.pages import PLACES, Place
from ui.widgets.field import Field
from ui.widgets.inputs import CheckBox, TextField
from ui.widgets.problem import Problem
from ui.widgets.row_list import RowList
from ui.widgets.rows import Cell, Column, PagedModel
from ui.widgets.stages import Stage, StepBar
from ui.widgets.toast import Toast
from ui.widgets.toggle import Toggle

__all__ = ["bench", "signing_template"]

ROLE = QAccessible.Role
FITTING = {
    QCheckBox: {ROLE.CheckBox}, QAbstractButton: {ROLE.Button, ROLE.RadioButton, ROLE.CheckBox, ROLE.ButtonMenu},
    QComboBox: {ROLE.ComboBox}, QLineEdit: {ROLE.EditableText}, QPlainTextEdit: {ROLE.EditableText},
    QTableView: {ROLE.Table},
}  # fmt: skip


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[QAccessibleEvent]]:
    """The events that our own code raises; those of Qt go past Python."""
    events: list[QAccessibleEvent] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", events.append)
    yield events


def announced(events: list[QAccessibleEvent]) -> list[str]:
    return [each.message() for each in events if isinstance(each, QAccessibleAnnouncementEvent)]


@pytest.mark.parametrize("place", PLACES, ids=[place.name for place in PLACES])
def test_every_control_has_the_role_of_what_it_is(qtbot: QtBot, bench: Bench, place: Place) -> None:
    page = opened(qtbot, bench, place)

    wrong = [
        f"{type(each).__name__}: {role_of(each)}"
        for each in page.findChildren(QWidget)
        if each.isVisible() and wanted(each) and role_of(each) not in wanted(each)
    ]

    assert [] == wrong


def wanted(widget: QWidget) -> set[QAccessible.Role]:
    return next((roles for kind, roles in FITTING.items() if isinstance(widget, kind)), set())


def role_of(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def rows_with(qtbot: QtBot) -> RowList:
    model = PagedModel([Column(say("Part")), Column(say("State"))],
                       cells=lambda each: (Cell(each, "AV-1"), "fitted"), key=lambda each: each)  # fmt: skip
    made = RowList(model, name=say("Parts"))
    model.fill(["Boiler", "Valve"])
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_a_row_is_told_with_all_its_words(qtbot: QtBot) -> None:
    rows = rows_with(qtbot)

    row, columns = 2, 3  # the heads count too
    cell = QAccessible.queryAccessibleInterface(rows).child(row * columns + 1)

    assert "Valve, AV-1, fitted" == cell.text(QAccessible.Text.Name)


def test_the_chosen_row_is_told_when_the_keyboard_comes_back_to_it(qtbot: QtBot, told: list[QAccessibleEvent]) -> None:
    rows = rows_with(qtbot)
    rows.choose("Valve")
    rows.clearFocus()
    told.clear()

    rows.setFocus()

    at = [each.child() for each in told if each.type() == QAccessible.Event.Focus]
    child = QAccessible.queryAccessibleInterface(rows).child(at[0])
    assert "Valve, AV-1, fitted" == child.text(QAccessible.Text.Name)


def test_what_is_wrong_with_a_field_is_said_at_once_and_stands_with_it(
    qtbot: QtBot, told: list[QAccessibleEvent]
) -> None:
    control = TextField()
    field = Field(say("Customer"), control)
    qtbot.addWidget(field)

    field.show_problem("The name is missing.")

    told_of = QAccessible.queryAccessibleInterface(control)
    assert ["Customer: The name is missing."] == announced(told)
    assert "The name is missing." == told_of.text(QAccessible.Text.Description)


def test_trouble_breaks_in_and_what_was_done_waits(qtbot: QtBot, told: list[QAccessibleEvent]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    problem, toast = Problem(), Toast(window)
    for each in (problem, toast):
        each.setParent(window)
    window.show()

    problem.show_words("The disk is full.", "Make room.")
    toast.show_done("Note added")

    politeness = QAccessible.AnnouncementPoliteness
    spoken = [each for each in told if isinstance(each, QAccessibleAnnouncementEvent)]
    assert ["The disk is full. Make room.", "Note added"] == [each.message() for each in spoken]
    assert [politeness.Assertive, politeness.Polite] == [each.politeness() for each in spoken]


def test_a_tick_is_told_as_checked(qtbot: QtBot) -> None:
    tick = CheckBox(say("Also the address"), on=True)
    qtbot.addWidget(tick)

    assert QAccessible.queryAccessibleInterface(tick).state().checked


def test_a_two_part_choice_is_a_button_that_turns(qtbot: QtBot) -> None:
    toggle = Toggle([("open", say("Open")), ("over", say("Over"))], name=say("View"))
    qtbot.addWidget(toggle)
    reader = QAccessible.queryAccessibleInterface(toggle)
    before = reader.text(QAccessible.Text.Name)

    reader.actionInterface().doAction("Press")
    qtbot.waitUntil(lambda: toggle.value == "over")

    assert ("View: Open", "View: Over", "over") == (before, reader.text(QAccessible.Text.Name), toggle.value)


def test_the_bar_of_steps_can_be_pressed(qtbot: QtBot) -> None:
    bar = StepBar()
    qtbot.addWidget(bar)
    bar.fill([Stage.DONE, Stage.HERE])

    with qtbot.waitSignal(bar.chosen) as chosen:
        QAccessible.queryAccessibleInterface(bar).actionInterface().doAction("Press")

    assert [1] == chosen.args
