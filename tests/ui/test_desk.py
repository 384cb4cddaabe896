"""The desk: answers on the UI thread, dropped when nobody wants them, writes that know who."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.kernel.changes import Changes
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.kernel.ports import Written
from app.kernel.rights import Actor
from tests.ui.desks import RITA, InstantRunner
from ui.work import IDLE_SECONDS, Desk


class SlowRunner(InstantRunner):
    """Futures that land when the test says so, or on another thread."""

    def __init__(self) -> None:
        super().__init__()
        self.futures: list[Future[Any]] = []

    def read(self, query: Any, /, *args: Any, **named: Any) -> "Future[Any]":
        self.futures.append(Future())
        return self.futures[-1]

    def write(self, actor: Actor, action: Any, /, *args: Any, **named: Any) -> "Future[Any]":
        self.actors.append(actor.person)
        return self.read(action)

    background = read


def test_an_answer_arrives_on_the_ui_thread(qtbot: QtBot, qapp: QApplication) -> None:
    heard: list[bool] = []
    with ThreadPoolExecutor(1) as pool:
        runner = InstantRunner()
        runner.background = lambda job, *args, **named: pool.submit(job, *args)  # type: ignore[method-assign]
        desk = Desk(runner, RITA)

        desk.background(threading.get_ident, done=lambda _: heard.append(QThread.currentThread() is qapp.thread()))
        qtbot.waitUntil(lambda: not desk.busy)

    assert [True] == heard


def test_no_answer_arrives_inside_the_call_that_asked(qtbot: QtBot) -> None:
    desk = Desk(InstantRunner(), RITA)
    heard: list[Any] = []

    desk.read(lambda session: 7, done=heard.append)

    assert [] == heard
    qtbot.waitUntil(lambda: heard == [7])


def test_the_result_comes_before_the_word_that_something_changed(qtbot: QtBot) -> None:
    desk = Desk(InstantRunner(), RITA)
    heard: list[Any] = []
    changes = Changes({"ticket": ("1",)})
    desk.changed.connect(heard.append)

    desk.write(lambda work: Written("saved", changes), done=heard.append)

    qtbot.waitUntil(lambda: ["saved", changes] == heard)


def test_an_answer_for_a_closed_page_is_dropped(qtbot: QtBot) -> None:
    runner = SlowRunner()
    desk = Desk(runner, RITA)
    heard: list[Any] = []
    page = QLabel()
    desk.read(lambda session: None, done=heard.append, owner=page)

    page.deleteLater()
    QApplication.sendPostedEvents(page, 52)
    runner.futures[0].set_result("late")
    qtbot.waitUntil(lambda: not desk.busy)

    assert [] == heard


@pytest.mark.parametrize("way", ["read", "background"])
def test_only_the_newest_question_of_a_name_is_answered(qtbot: QtBot, way: str) -> None:
    runner = SlowRunner()
    desk, heard, owner = Desk(runner, RITA), [], QObject()
    for _ in ("4", "42", "428"):
        getattr(desk, way)(lambda: None, done=lambda answer: heard.append(answer), owner=owner, latest="search")

    for at in (2, 0, 1):
        runner.futures[at].set_result(at)
    qtbot.waitUntil(lambda: not desk.busy)

    assert [2] == heard


def test_a_failure_goes_to_who_asked_else_to_everybody(qtbot: QtBot) -> None:
    desk = Desk(InstantRunner(), RITA)
    own: list[BaseException] = []
    everybody: list[BaseException] = []
    desk.troubled.connect(everybody.append)
    problem = UserError(Trouble.DISK, say("The disk is full."))

    def fail(work: object) -> None:
        raise problem

    desk.write(fail, failed=own.append)
    desk.write(fail)
    qtbot.waitUntil(lambda: not desk.busy)

    assert ([problem], [problem]) == (own, everybody)


@pytest.mark.parametrize(("minutes", "asked"), [(9, 0), (10, 1)])
def test_after_ten_idle_minutes_a_write_asks_who(qtbot: QtBot, minutes: int, asked: int) -> None:
    runner = InstantRunner()
    desk, questions = Desk(runner, RITA), []
    desk.notice(0.0)
    desk.who_asked.connect(lambda go_on, give_up: questions.append(go_on))
    desk._seen = 0.0

    desk.notice(minutes * 60.0)
    desk.write(lambda work: None)
    qtbot.waitUntil(lambda: not desk.busy)

    assert (asked, 1 - asked) == (len(questions), len(runner.actors))
    assert IDLE_SECONDS == 600


def test_reading_never_asks_who(qtbot: QtBot) -> None:
    desk, questions = Desk(InstantRunner(), None), []
    heard: list[str] = []
    desk.who_asked.connect(lambda go_on, give_up: questions.append(go_on))

    desk.read(lambda session: "shown", done=heard.append)
    qtbot.waitUntil(lambda: heard == ["shown"])

    assert [] == questions


def test_the_write_goes_on_as_the_person_who_was_chosen(qtbot: QtBot) -> None:
    runner = InstantRunner()
    desk, go_ons = Desk(runner, None), []
    desk.who_asked.connect(lambda go_on, give_up: go_ons.append(go_on))
    desk.write(lambda work: None)

    desk.take_over(RITA)
    go_ons[0]()
    qtbot.waitUntil(lambda: not desk.busy)

    assert ["rita"] == runner.actors


def test_giving_up_tells_the_page_that_nothing_was_saved(qtbot: QtBot) -> None:
    desk = Desk(InstantRunner(), None)
    failed: list[Any] = []
    desk.who_asked.connect(lambda go_on, give_up: give_up())

    desk.write(lambda work: None, failed=failed.append)

    assert [Trouble.WHO_IS_THERE] == [problem.kind for problem in failed]


def add_note(work: object, text: str) -> None:
    """An action of its own, so that two writes of it are the same."""


def test_the_same_write_is_sent_once_while_it_is_under_way(qtbot: QtBot) -> None:
    runner = SlowRunner()
    desk, page = Desk(runner, RITA), QObject()
    done: list[object] = []
    for text in ("a note", "a note", "another"):
        desk.write(add_note, text, done=done.append, owner=page)
    sent = len(runner.futures)

    for future in runner.futures[:]:
        future.set_result(Written("saved", Changes({})))
    qtbot.waitUntil(lambda: not desk.busy)
    desk.write(add_note, "a note", done=done.append, owner=page)

    assert (2, 3, ["saved", "saved"]) == (sent, len(runner.futures), done)


def test_two_presses_before_anybody_said_who_is_there_are_one_write(qtbot: QtBot) -> None:
    runner = SlowRunner()
    desk, go_ons, page = Desk(runner, None), [], QObject()
    desk.who_asked.connect(lambda go_on, give_up: go_ons.append(go_on))
    for _ in range(2):
        desk.write(add_note, "a note", owner=page)

    desk.take_over(RITA)
    for go_on in go_ons:
        go_on()

    assert (2, 1) == (len(go_ons), len(runner.futures))


def test_what_was_committed_is_told_although_the_page_that_asked_breaks(qtbot: QtBot) -> None:
    desk = Desk(InstantRunner(), RITA)
    heard: list[object] = []
    desk.changed.connect(heard.append)

    def breaks(_: object) -> None:
        raise ValueError

    with qtbot.captureExceptions() as broken:
        desk.write(lambda work: Written(1, Changes({"ticket": ("1",)})), done=breaks)
        qtbot.waitUntil(lambda: bool(heard))

    assert [ValueError] == [kind for kind, *_ in broken]
