"""A question is answered by a person who looked, and the page shows what was really done."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.sop import actions, queries
from app.sop.rules import RunState, State, TickKind
from app.store.runner import Opened
from tests.desks import TIAGO
from tests.ui.sop.test_sop_page import Bench
from ui.sop.answers import PickAnswer
from ui.sop.step_photo import StepPhoto
from ui.widgets.stages import Stage
from ui.widgets.texts import spoken


@pytest.fixture
def bench(qtbot: QtBot, store: Opened) -> Bench:
    return Bench(qtbot, store)


def question(bench: Bench, code: str) -> PickAnswer:
    """The answers of a step that nobody has answered, with the keyboard where it begins."""
    bench.tick_until(code)
    answer = bench.page.guide.answer
    assert isinstance(answer, PickAnswer)
    bench.qtbot.waitUntil(lambda: bench.page.focusWidget() is answer)
    return answer


@pytest.mark.parametrize("code", ["cold", "seat"])
def test_enter_confirms_nothing_that_was_not_chosen_and_says_that_an_answer_is_missing(bench: Bench, code: str) -> None:
    answer = question(bench, code)

    quiet = answer.lacks.isHidden()
    bench.key(Qt.Key.Key_Return)
    bench.key(Qt.Key.Key_Return)
    bench.key(Qt.Key.Key_Space)

    assert quiet
    assert answer.lacks.isVisible()
    assert (None, State.OPEN, code) == (answer.value, bench.state(code), bench.at)


@pytest.mark.parametrize(("down", "chosen"), [(1, "clean"), (2, "worn"), (5, "worn")])
@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_down_walks_among_the_answers_and_space_or_enter_chooses(
    bench: Bench, down: int, chosen: str, key: Qt.Key
) -> None:
    answer = question(bench, "seat")
    bench.key(Qt.Key.Key_Return)

    for _ in range(down):
        bench.key(Qt.Key.Key_Down)
    bench.key(key)

    assert chosen == answer.value
    assert answer.lacks.isHidden()
    assert State.OPEN == bench.state("seat")


def test_up_begins_at_the_last_answer(bench: Bench) -> None:
    answer = question(bench, "cold")

    bench.key(Qt.Key.Key_Up)

    assert answer.buttons[False].hasFocus()


def test_a_digit_chooses_and_enter_keeps_it(bench: Bench) -> None:
    question(bench, "seat")

    bench.key(Qt.Key.Key_1)
    was = bench.state("seat")
    bench.key(Qt.Key.Key_Return)

    assert (State.OPEN, State.DONE) == (was, bench.state("seat"))


def test_a_letter_that_is_held_answers_once_and_keeps_nothing(bench: Bench) -> None:
    answer = question(bench, "cold")

    for at in range(4):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Y, Qt.KeyboardModifier.NoModifier, "y", autorep=at > 0)
        QApplication.sendEvent(bench.page.focusWidget() or bench.page, event)
        bench.settle()

    assert (True, State.OPEN) == (answer.value, bench.state("cold"))


def test_enter_in_the_list_finishes_where_the_button_says_so(bench: Bench) -> None:
    bench.tick_until("")
    bench.page._switch()
    bench.settle()

    QTest.keyClick(bench.page.steps.list, Qt.Key.Key_Return)
    bench.settle()

    assert RunState.COMPLETED == bench.store.read(queries.read_run, (bench.run,), {}).state


def test_enter_in_the_list_opens_its_row_while_something_is_to_be_done(bench: Bench) -> None:
    bench.tick_until("seat")
    bench.page._switch()
    bench.settle()

    QTest.keyClick(bench.page.steps.list, Qt.Key.Key_Return)
    bench.settle()

    assert ("guide", "seat") == (bench.page.head.toggle.value, bench.at)


def test_no_field_of_another_kind_of_step_shows_after_the_list(bench: Bench) -> None:
    bench.tick_until("")
    bench.page._switch()
    bench.settle()
    bench.page._move_to(bench.page.shown.step("seat"))  # type: ignore[union-attr]

    bench.page._switch()
    bench.settle()

    guide = bench.page.guide
    assert "seat" == bench.at
    assert guide.note.isVisible()
    assert not guide.second_field.isVisible()


def test_a_locked_step_shows_no_answer_after_the_list(bench: Bench) -> None:
    bench.tick_until("seat")
    bench.page._switch()
    bench.settle()
    bench.page._move_to(bench.page.shown.step("opens"))  # type: ignore[union-attr]

    bench.page._switch()
    bench.settle()

    guide = bench.page.guide
    assert guide.step
    assert guide.step.locked
    assert not (guide.answer.isVisible() or guide.clock_field.isVisible())


def test_a_skipped_step_looks_unlike_a_done_one_and_is_counted_by_itself(bench: Bench) -> None:
    bench.tick_until("old")
    for code, kind in (("old", TickKind.NOT_APPLICABLE), ("seat", TickKind.DEFERRED)):
        bench.store.write(TIAGO, actions.tick_step, (bench.run, code, kind, {"reason": "stays in"}), {})
    bench.page.close()
    bench.page = bench.fresh()

    stages = bench.page.head.bar._steps
    page = bench.page.shown
    assert page

    assert [Stage.DONE] * 3 + [Stage.LEFT_OUT, Stage.LATER] == stages[:5]
    assert "3 of 9 steps done, 1 skipped" == spoken(page.summary)


def test_a_photo_shows_small_on_its_step(bench: Bench) -> None:
    bench.tick_until("photo")
    picture = QImage(1600, 1000, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    QTest.keyClick(bench.page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    bench.settle()

    bench.page._step(-1)
    bench.qtbot.waitUntil(lambda: "photo" == bench.at)
    shown = bench.page.guide.findChild(StepPhoto)
    assert shown
    bench.qtbot.waitUntil(lambda: not shown.image.pixmap().isNull())

    small = shown.image.pixmap().toImage()
    assert (320, 200) == (small.width(), small.height())
    assert Qt.GlobalColor.red == small.pixelColor(100, 100)
    assert bench.page.foot.next_button.hasFocus()


def test_a_photo_that_is_not_here_yet_says_so(bench: Bench) -> None:
    bench.tick_until("gate")

    bench.page._step(-1)
    shown = bench.page.guide.findChild(StepPhoto)
    assert shown
    bench.qtbot.waitUntil(lambda: bool(shown.words.text()))

    assert "This file is not on this device yet." == shown.words.text()
