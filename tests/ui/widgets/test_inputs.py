"""Fields, numbers, choices, toggles, chips, toasts: by keyboard, with names, in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.language.speaking import speak
from tests.ui.conftest import Dress
from tests.ui.kit import some_rows
from ui.theme.buttons import Kind, Size
from ui.widgets.button import Button
from ui.widgets.chip import Chip, FilterChip
from ui.widgets.field import Field
from ui.widgets.gaps import Gaps
from ui.widgets.inputs import CheckBox, Choice, TextArea, TextField
from ui.widgets.layouts import column
from ui.widgets.number import NumberField, scaled, written
from ui.widgets.panel import Panel
from ui.widgets.problem import Problem
from ui.widgets.progress import Progress
from ui.widgets.toast import Toast
from ui.widgets.toggle import Toggle


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    return widget


def test_a_field_names_its_control(qtbot: QtBot) -> None:
    field = Field(say("Customer"), TextField())
    shown(qtbot, field)

    assert "Customer" == field.control.accessibleName()


def test_a_problem_is_told_and_goes(qtbot: QtBot) -> None:
    field = Field(say("Serial"), TextField(), note=say("From the plate"))
    shown(qtbot, field)

    field.show_error(UserError(Trouble.BAD_INPUT, say("Two digits may be swapped: {digits}?", digits="00428")))
    told = field.control.accessibleDescription()
    field.clear_problem()

    assert "Two digits may be swapped: 00428?" == told
    assert ("", "From the plate") == (field.problem, field.control.accessibleDescription())


@pytest.mark.parametrize(
    ("text", "places", "value"),
    [("1.78", 2, 178), ("1,78", 2, 178), ("١٫٧٨", 2, 178), ("１．７８", 2, 178), ("2", 2, 200), ("-0.5", 1, -5),
     (" 12 ", 0, 12), ("", 2, None), ("1.789", 2, None), ("1.2.3", 2, None), ("12a", 0, None), ("9" * 13, 0, None),
     (".", 2, None), ("\u2212 3", 0, -3)],
)  # fmt: skip
def test_a_number_is_read_in_any_script(text: str, places: int, value: int | None) -> None:
    assert value == scaled(text, places)


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_a_written_number_is_read_back(value: int, places: int) -> None:
    assert value == scaled(written(value, places), places)


def test_up_and_down_step_within_the_borders(qtbot: QtBot) -> None:
    field = NumberField(178, places=2, step=1, lowest=0, highest=179, size=Size.BENCH, name=say("Pressure"))
    shown(qtbot, field)
    field.setFocus()

    for _ in range(3):
        QTest.keyClick(field.line, Qt.Key.Key_Up)

    assert (179, "1.79") == (field.value, field.text)
    assert 72 == field.line.height()


def test_the_wheel_changes_no_choice_by_accident(qtbot: QtBot) -> None:
    choice = Choice([(1, "one"), (2, "two")], name=say("Kind"))
    shown(qtbot, choice)
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip

    QApplication.sendEvent(choice, wheel)

    assert 1 == choice.value


def test_a_choice_keeps_its_value_when_the_options_change(qtbot: QtBot) -> None:
    choice = Choice([(1, "one"), (2, "two")], name=say("Kind"))
    qtbot.addWidget(choice)
    choice.choose(2)

    choice.offer([(3, "three"), (2, "two")])

    assert 2 == choice.value


LANGUAGES = [("en", "English"), ("ar", "العربية"), ("es", "Español")]


def test_letters_look_for_a_whole_word_before_anything_is_chosen(qtbot: QtBot) -> None:
    choice = Choice(LANGUAGES, name=say("Language"), waits=True)
    shown(qtbot, choice)
    choice.choose("ar")
    sent: list[object] = []
    choice.chosen.connect(sent.append)
    choice.setFocus()

    QTest.keyClicks(choice, "English")
    assert ([], "en") == (sent, choice.value)

    qtbot.waitUntil(lambda: sent == ["en"])


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_enter_or_leaving_chooses_what_letters_found_at_once(qtbot: QtBot, key: Qt.Key) -> None:
    choice, other = Choice(LANGUAGES, name=say("Language"), waits=True), QPushButton("other")
    choice._pause.setInterval(60_000)
    around = QWidget()
    around.setLayout(column(choice, other))
    shown(qtbot, around)
    qtbot.waitUntil(around.isActiveWindow)
    choice.setFocus()
    sent: list[object] = []
    choice.chosen.connect(sent.append)

    QTest.keyClicks(choice, "Es")
    QTest.keyClick(choice, key)

    assert ["es"] == sent
    assert (key == Qt.Key.Key_Tab) == other.hasFocus()


def test_the_keyboard_stays_at_a_choice_that_changes_everything_around_it(qtbot: QtBot) -> None:
    choice, other = Choice(LANGUAGES, name=say("Language"), waits=True), QPushButton("other")
    around = QWidget()
    around.setLayout(column(choice, other))
    shown(qtbot, around)
    qtbot.waitUntil(around.isActiveWindow)
    choice.setFocus()

    def change(_: object) -> None:
        choice.hide()
        choice.show()

    choice.chosen.connect(change)
    QTest.keyClick(choice, Qt.Key.Key_Down)

    qtbot.waitUntil(choice.hasFocus)


def test_tab_leaves_a_text_and_control_enter_sends_it(qtbot: QtBot) -> None:
    area = TextArea(name=say("Note"))
    shown(qtbot, area)

    QTest.keyClicks(area, "water")
    with qtbot.waitSignal(area.entered) as sent:
        QTest.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert ["water"] == sent.args
    assert area.tabChangesFocus()


def test_a_text_over_the_limit_is_kept_whole_and_says_by_how_much(qtbot: QtBot) -> None:
    area = TextArea()
    field = Field(say("Note"), area)
    shown(qtbot, field)

    area.setPlainText("x" * 20_001)

    assert (20_001, "At most 20,000 characters; 1 too many") == (len(area.text), field.problem)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_button_is_pressed_by_enter_and_space(qtbot: QtBot, key: Qt.Key) -> None:
    pressed: list[int] = []
    button = Button(say("Save"), Kind.PRIMARY, act=lambda: pressed.append(1))
    shown(qtbot, button)

    QTest.keyClick(button, key)

    assert [1] == pressed


def test_a_check_box_tells_its_state(qtbot: QtBot) -> None:
    states: list[bool] = []
    box = CheckBox("Told & <b>done</b>", act=states.append)
    shown(qtbot, box)

    QTest.keyClick(box, Qt.Key.Key_Space)

    assert ([True], "Told & <b>done</b>") == (states, box.accessibleName())


@pytest.mark.parametrize(("language", "key"), [("en", Qt.Key.Key_Right), ("ar", Qt.Key.Key_Left)])
def test_a_toggle_follows_the_arrow_that_points_onward(qtbot: QtBot, dress: Dress, language: str, key: Qt.Key) -> None:
    dress("light", language)
    toggle = Toggle([("guide", "One step"), ("list", "All steps")], name="View")
    shown(qtbot, toggle)

    with qtbot.waitSignal(toggle.chosen):
        QTest.keyClick(toggle, key)

    assert ("list", "View: All steps") == (toggle.value, toggle.accessibleName())


def test_a_chip_is_as_wide_as_its_word(qtbot: QtBot) -> None:
    chip, wide = Chip(say("Open")), Chip(say("Waiting for the customer"))
    qtbot.addWidget(chip)
    qtbot.addWidget(wide)

    assert chip.width() < wide.width()
    assert "Open" == chip.accessibleName()


def test_a_filter_is_switched_by_space(qtbot: QtBot) -> None:
    chip = FilterChip(say("Mine"))
    shown(qtbot, chip)

    QTest.keyClick(chip, Qt.Key.Key_Space)

    assert chip.isChecked()


def test_waiting_is_said_only_after_a_while(qtbot: QtBot) -> None:
    window = shown(qtbot, QWidget())
    progress = Progress()
    progress.setParent(window)

    progress.start(say("Reading"))
    at_once = progress.isVisible()

    qtbot.waitUntil(progress.isVisible, timeout=1500)
    progress.finish()
    assert (False, False) == (at_once, progress.isVisible())


def test_a_problem_is_hidden_until_there_is_one(qtbot: QtBot) -> None:
    window = shown(qtbot, QWidget())
    problem = Problem()
    problem.setParent(window)

    problem.show_error(UserError(Trouble.DISK, say("The disk is full.")))

    assert (True, "The disk is full.") == (problem.isVisible(), problem.accessibleName())
    problem.settle()
    assert not problem.isVisible()


def test_a_toast_leaves_no_timer_behind(qtbot: QtBot) -> None:
    window = shown(qtbot, QWidget())
    toast = Toast(window)
    window.setLayout(column(toast))

    toast.show_done("Note <b>added</b>")
    toast.take_back()

    assert not toast.isVisible()


def test_what_was_said_before_its_place_went_away_is_old_when_it_comes_back(qtbot: QtBot) -> None:
    window = shown(qtbot, QWidget())
    toast = Toast(window)
    window.setLayout(column(toast))
    toast.show_done(say("Note added"))

    window.hide()
    window.show()
    old = toast.isVisible()
    window.hide()
    toast.show_done(say("Signed and sealed"))
    window.show()

    assert (False, True) == (old, toast.isVisible())


def test_the_longest_gap_of_the_event_loop_is_seen(qtbot: QtBot) -> None:
    gaps = Gaps()
    gaps.start()
    qtbot.wait(20)

    QTest.qSleep(60)
    longest = gaps.stop()

    assert longest >= 40


def test_less_stands_left_of_more_in_every_language(qtbot: QtBot, dress: Dress) -> None:
    dress("light", "ar")
    field = NumberField(2, unit="V")
    qtbot.addWidget(field)
    field.show()

    less, more = field.findChildren(Button)

    assert less.x() < field.line.x() < more.x()


def test_a_button_of_the_systems_own_dialogs_shows_no_ampersand(qtbot: QtBot) -> None:
    plain, marked = QPushButton("Save"), QPushButton("&Save")
    for each in (plain, marked):
        qtbot.addWidget(each)
        each.resize(120, 40)

    assert plain.grab().toImage() == marked.grab().toImage()


def hold_enter(widget: QWidget, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Enter, pressed and not let go."""
    for at in range(5):
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, held, "\r", autorep=at > 0))


def test_enter_that_is_held_does_once_what_it_does(qtbot: QtBot) -> None:
    done: list[str] = []
    button, field, number = Button("Save", act=lambda: done.append("button")), TextField(), NumberField(1)
    field.entered.connect(lambda _: done.append("field"))
    number.entered.connect(lambda _: done.append("number"))
    rows = some_rows()
    rows.opened.connect(lambda _: done.append("row"))
    rows.choose(0)
    for each in (button, field, number, rows):
        shown(qtbot, each)

    for pressed in (button, field, number.line, rows):
        hold_enter(pressed)

    assert ["button", "field", "number", "row"] == done


def test_control_enter_that_is_held_saves_once(qtbot: QtBot) -> None:
    done: list[str] = []
    area = TextArea()
    area.entered.connect(lambda _: done.append("area"))
    panel = Panel("Time", "Save")
    panel.submit = lambda: done.append("panel")  # type: ignore[method-assign]
    for each in (area, panel):
        shown(qtbot, each)

    for each in (area, panel):
        hold_enter(each, Qt.KeyboardModifier.ControlModifier)

    assert ["area", "panel"] == done


def test_a_problem_follows_the_language(qtbot: QtBot, dress: Dress) -> None:
    field = Field(say("Name"), TextField())
    qtbot.addWidget(field)
    field.show_problem(say("Write a name."))

    dress("light", "ar")

    assert speak(say("Write a name."), "ar") in field.problem


def test_what_does_not_fit_a_line_is_said_until_it_is_edited(qtbot: QtBot) -> None:
    line = TextField(longest=5)
    field = Field(say("Name"), line)
    qtbot.addWidget(field)
    field.show()
    QApplication.clipboard().setText("abcdefgh")

    line.paste()
    pasted, said = line.text(), field.problem
    line.backspace()
    after = field.problem
    QTest.keyClicks(line, "xyz")

    assert ("abcde", "At most 5 characters fit here.") == (pasted, said[:30])
    assert "" == after
    assert "At most 5" in field.problem


def test_a_line_that_is_just_full_says_nothing(qtbot: QtBot) -> None:
    line = TextField(longest=3)
    field = Field(say("Name"), line)
    qtbot.addWidget(field)
    field.show()

    QTest.keyClicks(line, "abc")

    assert "" == field.problem
