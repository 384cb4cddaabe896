from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.sop import actions, queries, rules
from app.sop.rules import RunState, State, TickKind
from app.store.runner import Opened
from tests.desks import TIAGO
from tests.sop.steps import GOOD, PROCEDURE
from tests.ui.real import StoreRunner
from tests.ui.walking import cut, marked_up, unnamed
from ui.sop.answers import NumberAnswer, PickAnswer
from ui.sop.sop_page import PAUSE, SopPage
from ui.work import Desk

OUTSIDE = {"value": 230, "reason": "wrong breaker"}


class Bench:
    """A page on a run, with its keyboard."""

    def __init__(self, qtbot: QtBot, store: Opened) -> None:
        self.store, self.qtbot = store, qtbot
        self.runner = StoreRunner(store)
        self.desk = Desk(self.runner, TIAGO)
        self.run: str = store.write(TIAGO, actions.start_run, (), {"procedure": "SOP-T"}).result
        self.page = self.fresh()

    def fresh(self) -> SopPage:
        page = SopPage(self.desk)
        self.qtbot.addWidget(page)
        page.resize(1440, 900)
        self.desk.changed.connect(page.on_changed)
        page.show()
        page.open(self.run)
        self.qtbot.waitUntil(lambda: page.shown is not None and not self.desk.busy)
        return page

    def key(self, key: Qt.Key) -> None:
        target = self.page.focusWidget() or self.page
        QTest.keyClick(target, key)
        self.settle()

    def held(self, key: Qt.Key, sign: str = "", times: int = 6) -> None:
        """A key that is pressed and not let go."""
        for at in range(times):
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, sign, autorep=at > 0)
            QApplication.sendEvent(self.page.focusWidget() or self.page, event)
            self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.busy)

    def tick_until(self, code: str) -> None:
        for step in PROCEDURE.steps:
            if step.code == code:
                break
            kind, body = GOOD[step.code]
            self.store.write(TIAGO, actions.tick_step, (self.run, step.code, kind, body), {})
        self.page.close()
        self.page = self.fresh()

    def state(self, code: str) -> State:
        run = self.store.read(queries.read_run, (self.run,), {})
        return rules.standings(PROCEDURE, run.ticks)[code].state

    @property
    def at(self) -> str:
        assert self.page.guide.step
        return self.page.guide.step.code


@pytest.fixture
def bench(qtbot: QtBot, store: Opened) -> Bench:
    return Bench(qtbot, store)


def test_space_ticks_a_step_and_the_next_one_comes_up(bench: Bench) -> None:
    bench.page.setFocus()

    bench.key(Qt.Key.Key_Space)

    assert State.DONE == bench.state("lock")
    assert "volts" == bench.at


def test_a_number_is_typed_and_kept_by_enter(bench: Bench) -> None:
    bench.tick_until("opens")
    answer = bench.page.guide.answer
    assert isinstance(answer, NumberAnswer)

    bench.qtbot.waitUntil(lambda: bench.page.focusWidget() is answer.field.line)
    QTest.keyClicks(answer.field.line, "1,78")
    bench.key(Qt.Key.Key_Return)

    assert (State.DONE, "tidy") == (bench.state("opens"), bench.at)


def test_a_number_outside_its_limits_waits_for_a_reason(bench: Bench) -> None:
    bench.tick_until("volts")
    answer = bench.page.guide.answer
    assert isinstance(answer, NumberAnswer)

    QTest.keyClicks(answer.field.line, "230")
    bench.key(Qt.Key.Key_Return)
    was = bench.state("volts")
    QTest.keyClicks(bench.page.guide.reason, "wrong breaker")
    QTest.keyClick(bench.page.guide.reason, Qt.Key.Key_Return)
    bench.settle()

    assert (State.OPEN, State.OUTSIDE) == (was, bench.state("volts"))
    assert "volts" == bench.at


def test_yes_and_no_have_keys(bench: Bench) -> None:
    bench.tick_until("cold")
    bench.page.setFocus()

    QTest.keyClick(bench.page, Qt.Key.Key_Y)
    assert isinstance(bench.page.guide.answer, PickAnswer)
    QTest.keyClick(bench.page, Qt.Key.Key_Return)
    bench.settle()

    assert State.DONE == bench.state("cold")


def test_a_hold_point_asks_who_watched(bench: Bench) -> None:
    bench.tick_until("gate")

    bench.page.next()
    bench.settle()

    assert State.OPEN == bench.state("gate")
    assert bench.page.guide.second_field.problem


@pytest.mark.parametrize(("code", "typed"), [("opens", "1.7"), ("old", "PR2612")])
def test_what_is_typed_into_a_step_is_kept_at_a_pause_and_stands_there_at_the_next_start(
    bench: Bench, code: str, typed: str
) -> None:
    bench.tick_until(code)
    line = bench.page.guide.answer.first()
    assert line is not None

    QTest.keyClicks(line, typed)
    bench.qtbot.waitUntil(lambda: bench.store.read(queries.place_of, (bench.run,), {}).typed == typed)
    again = bench.fresh()

    assert again.guide.step
    assert (code, typed) == (again.guide.step.code, again.guide.answer.typed)


def test_an_answer_that_was_kept_is_not_typed_in_again_at_the_next_start(bench: Bench) -> None:
    bench.tick_until("opens")
    line = bench.page.guide.answer.first()
    assert line is not None

    QTest.keyClicks(line, "1.78")
    QTest.keyClick(line, Qt.Key.Key_Return)
    bench.settle()
    bench.qtbot.wait(PAUSE + 50)
    again = bench.fresh()

    assert again.guide.step
    assert ("tidy", "") == (again.guide.step.code, again.guide.answer.typed)


def test_the_toggle_keeps_the_place_and_a_crash_keeps_it_too(bench: Bench) -> None:
    bench.tick_until("seat")
    bench.page.previous()
    bench.settle()

    bench.page._switch()
    bench.settle()
    again = bench.fresh()

    assert again.guide.step is not None
    assert ("old", "list") == (again.guide.step.code, again.head.toggle.value)


def test_space_in_the_list_ticks_a_plain_step(bench: Bench) -> None:
    bench.page._switch()
    bench.settle()

    QTest.keyClick(bench.page.steps.list, Qt.Key.Key_Space)
    bench.settle()

    assert State.DONE == bench.state("lock")


def test_the_last_step_leads_to_the_end_and_the_end_can_be_taken_back(bench: Bench) -> None:
    bench.tick_until("tidy")
    bench.page.setFocus()

    bench.key(Qt.Key.Key_Space)
    bench.page.next()
    bench.settle()
    ended = bench.store.read(queries.read_run, (bench.run,), {}).state
    bench.page.next()
    bench.settle()

    assert RunState.COMPLETED == ended
    assert RunState.OPEN == bench.store.read(queries.read_run, (bench.run,), {}).state


def test_a_step_is_put_off_only_with_a_reason(bench: Bench) -> None:
    bench.tick_until("cold")
    guide = bench.page.guide

    QTest.keyClicks(guide.skip_reason, "still hot")
    bench.page._skip(True, guide.skip_reason.text())
    bench.settle()

    assert State.DEFERRED == bench.state("cold")


def test_everything_on_the_page_has_a_name_and_no_text_is_markup_or_cut(bench: Bench) -> None:
    for code in ("lock", "volts", "cold", "old", "seat", "photo", "gate"):
        bench.page._open_row(bench.page.shown.step(code))  # type: ignore[union-attr]
        bench.settle()

        assert ([], [], []) == (unnamed(bench.page), marked_up(bench.page), cut(bench.page)), code


def test_the_keyboard_begins_at_the_photo_and_not_at_close(bench: Bench) -> None:
    bench.tick_until("photo")

    bench.qtbot.waitUntil(lambda: bench.page.guide.answer.isAncestorOf(bench.page.focusWidget()))


def test_a_picture_is_pasted_wherever_no_text_is_written(bench: Bench) -> None:
    bench.tick_until("photo")
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)

    QTest.keyClick(bench.page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    bench.settle()

    assert State.DONE == bench.state("photo")


def test_what_is_no_whole_number_is_explained(bench: Bench) -> None:
    bench.tick_until("volts")
    answer = bench.page.guide.answer
    assert isinstance(answer, NumberAnswer)

    QTest.keyClicks(answer.field.line, "0.2")
    bench.key(Qt.Key.Key_Return)

    assert State.OPEN == bench.state("volts")
    assert "Write a whole number." in [each.text() for each in answer.findChildren(QLabel)]


def test_enter_goes_on_from_a_number_that_was_left_out(bench: Bench) -> None:
    bench.tick_until("old")
    bench.page._skip(False, "stays in")
    bench.settle()
    bench.page._step(-1)
    bench.qtbot.waitUntil(lambda: "old" == bench.at)

    first = bench.page.guide.answer.first()
    assert first is not None
    QTest.keyClick(first, Qt.Key.Key_Return)
    bench.settle()

    assert "seat" == bench.at


def test_a_hold_point_begins_at_the_person_who_watches(bench: Bench) -> None:
    bench.tick_until("gate")

    bench.qtbot.waitUntil(lambda: bench.page.focusWidget() is bench.page.guide.second)


def test_enter_goes_on_from_a_question_that_was_answered(bench: Bench) -> None:
    bench.tick_until("old")
    bench.page._step(-1)
    bench.qtbot.waitUntil(lambda: bench.page.focusWidget() is bench.page.foot.next_button)

    bench.key(Qt.Key.Key_Return)

    assert "old" == bench.at


def test_a_list_of_answered_steps_is_finished_from_the_list(bench: Bench) -> None:
    bench.tick_until("")
    bench.page.head.toggle.choose("list")

    bench.page.next()
    bench.settle()

    run = bench.store.read(queries.read_run, (bench.run,), {})
    assert RunState.COMPLETED == rules.run_state(run.ticks)


def test_a_number_that_is_being_typed_stays_when_a_note_on_the_step_is_kept(bench: Bench) -> None:
    bench.tick_until("opens")
    guide = bench.page.guide
    assert isinstance(guide.answer, NumberAnswer)
    QTest.keyClicks(guide.answer.field.line, "1.7")
    QTest.keyClicks(guide.clock, "14:05")

    guide.note.setFocus()
    QTest.keyClicks(guide.note, "gauge is new")
    QTest.keyClick(guide.note, Qt.Key.Key_Return)
    bench.settle()

    assert guide.step
    assert ["gauge is new"] == [each.text for each in guide.step.notes]
    assert ("1.7", "14:05", "") == (guide.answer.typed, guide.clock.text(), guide.note.text())


def test_an_answer_that_is_chosen_stays_when_the_run_is_read_anew_and_enter_keeps_it(bench: Bench) -> None:
    bench.tick_until("cold")
    answer = bench.page.guide.answer
    assert isinstance(answer, PickAnswer)
    answer.choose(False)

    bench.page.retranslate()
    bench.settle()
    bench.page._note("still warm")
    bench.settle()

    again = bench.page.guide.answer
    assert isinstance(again, PickAnswer)
    assert again is not answer
    assert (False, again.buttons[False]) == (again.value, again.first())


def test_a_number_is_gone_from_its_field_once_it_was_kept(bench: Bench) -> None:
    bench.tick_until("volts")
    assert isinstance(bench.page.guide.answer, NumberAnswer)
    QTest.keyClicks(bench.page.guide.answer.field.line, "230")
    QTest.keyClicks(bench.page.guide.reason, "wrong breaker")
    QTest.keyClick(bench.page.guide.reason, Qt.Key.Key_Return)
    bench.settle()

    assert ("volts", "", "") == (bench.at, bench.page.guide.answer.typed, bench.page.guide.reason.text())


def test_looking_at_steps_after_an_idle_time_asks_nobody_who_is_there(bench: Bench) -> None:
    asked: list[object] = []
    bench.desk.who_asked.connect(lambda go_on, give_up: asked.append(go_on))
    bench.desk._stale = True

    bench.page._step(1)
    bench.page._switch()
    bench.settle()
    bench.page.leave()
    bench.settle()

    assert [] == asked
    assert "volts" == bench.store.read(queries.place_of, (bench.run,), {}).step


def test_a_number_is_kept_once_by_an_enter_that_is_held(bench: Bench) -> None:
    bench.tick_until("opens")
    line = bench.page.guide.answer.first()
    assert line is not None
    line.setFocus()
    QTest.keyClicks(line, "1.78")

    bench.held(Qt.Key.Key_Return, "\r")

    assert ("tidy", State.OPEN) == (bench.at, bench.state("tidy"))


def test_a_tick_that_is_kept_late_moves_no_other_run(bench: Bench) -> None:
    other = bench.store.write(TIAGO, actions.start_run, (), {"procedure": "SOP-T"}).result
    bench.runner.hold(actions.tick_step)
    bench.page.next()
    bench.page.open(other)
    for _ in range(5):
        QApplication.processEvents()

    bench.runner.let_go()
    bench.settle()

    assert (State.DONE, "lock") == (bench.state("lock"), bench.at)


def test_a_run_that_is_finished_when_its_page_was_left_leads_nowhere(bench: Bench) -> None:
    left: list[bool] = []
    bench.tick_until("")
    bench.page.left.connect(lambda: left.append(True))
    bench.page._complete()
    bench.page.hide()

    bench.settle()

    assert [] == left


def test_a_hold_point_is_released_with_the_person_who_watched(bench: Bench) -> None:
    bench.tick_until("gate")
    second = bench.page.guide.second
    second.offer([("", "Choose"), ("rita", "Rita")])
    second.choose("rita")

    bench.page.next()
    bench.settle()

    assert State.DONE == bench.state("gate")


def test_a_value_at_its_limit_passes_and_one_beside_it_does_not(bench: Bench) -> None:
    bench.tick_until("opens")
    answer, step = bench.page.guide.answer, bench.page.guide.step
    assert isinstance(answer, NumberAnswer)
    assert step and step.minimum is not None and step.maximum is not None
    passed = []
    for value in (step.minimum - 1, step.minimum, step.maximum, step.maximum + 1):
        answer.field.put(value)
        passed.append(answer.inside())

    assert [False, True, True, False] == passed


def test_a_locked_step_gives_the_keyboard_to_the_way_back(bench: Bench) -> None:
    bench.tick_until("volts")
    bench.store.write(TIAGO, actions.tick_step, (bench.run, "volts", TickKind.MEASURED, OUTSIDE), {})
    bench.page.close()
    bench.page = bench.fresh()

    bench.page._step(1)
    bench.qtbot.waitUntil(lambda: bench.page.focusWidget() is bench.page.foot.back_button)
    bench.key(Qt.Key.Key_Left)

    assert "volts" == bench.at


def test_escape_leaves_what_was_asked_and_then_the_page(bench: Bench) -> None:
    left: list[bool] = []
    bench.page.left.connect(lambda: left.append(True))
    bench.page.ask_stop()

    bench.key(Qt.Key.Key_Escape)
    once = list(left)
    bench.key(Qt.Key.Key_Escape)

    assert ([], [True]) == (once, left)


def listed_keys(page: SopPage) -> set[str]:
    return {each.keys for each in page.acts if each.possible()}


def test_the_keys_of_the_bench_are_listed(bench: Bench) -> None:
    first = listed_keys(bench.page)
    bench.tick_until("old")

    assert {"Enter", "Space", "Left Right"} <= first
    assert "Ctrl+V" in listed_keys(bench.page)


def test_a_number_that_was_not_entered_waits_at_its_step(bench: Bench) -> None:
    bench.tick_until("volts")
    bench.page.guide.start()
    QTest.keyClicks(bench.page.focusWidget(), "0")

    bench.page._step(1)
    bench.settle()
    beside = bench.page.guide.answer.typed
    bench.page._step(-1)
    bench.settle()

    assert ("volts", "", "0") == (bench.at, beside, bench.page.guide.answer.typed)
    assert State.OPEN == bench.state("volts")


def test_the_field_of_a_serial_has_the_height_of_the_bench(bench: Bench) -> None:
    bench.tick_until("old")

    picker = bench.page.guide.answer.picker  # type: ignore[attr-defined]

    assert (60, 44) == (picker.text.sizeHint().height(), picker._again.sizeHint().height())


def test_a_number_that_the_repair_has_booked_is_taken_by_one_key(bench: Bench) -> None:
    bench.tick_until("old")
    page = bench.page
    assert page.shown is not None
    steps = tuple(
        replace(each, booked=("PR-2612-0905-E",)) if each.code == "old" else each for each in page.shown.steps
    )
    page.show_run(replace(page.shown, steps=steps))
    bench.settle()

    page.guide.start()
    begins_there = page.focusWidget() is page.guide.answer.first()
    bench.key(Qt.Key.Key_1)
    bench.settle()

    assert begins_there
    assert State.DONE == bench.state("old")
