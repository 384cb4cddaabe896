"""Crash reports: kinds and places, never what a customer said."""

import sys
import threading
from pathlib import Path
from runpy import run_path

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType
from pytestqt.qtbot import QtBot

from app.kernel.errors import BugError
from tests.noise import Announce
from ui.shell.crash import Watch, _from_qt, report_of

SECRET = "Maria Silva, +351 912 345 678"


def fault(text: str) -> None:
    try:
        raise KeyError(text)
    except KeyError as cause:
        raise ValueError(f"cannot read {text}") from cause


def caught(text: str = SECRET) -> BaseException:
    try:
        fault(text)
    except ValueError as error:
        return error
    raise AssertionError


def test_a_report_names_kinds_and_places() -> None:
    report = report_of(caught())

    assert "ValueError" in report
    assert "KeyError" in report
    assert "tests/ui/shell/test_crash.py:" in report.replace("\\", "/")


def test_a_report_holds_no_value() -> None:
    assert "Maria" not in report_of(caught())
    assert "cannot read" not in report_of(caught())


def test_our_own_errors_keep_their_words() -> None:
    assert "BugError: no icon named x" in report_of(BugError("no icon named x"))


def test_an_exception_on_another_thread_is_reported(qtbot: QtBot, announce: Announce) -> None:
    announce("a rule of the program was broken")
    watch = Watch()
    heard: list[str] = []
    watch.reported.connect(heard.append)
    before = (sys.excepthook, threading.excepthook)
    watch.start()

    thread = threading.Thread(target=fault, args=(SECRET,))
    thread.start()
    thread.join()
    watch.stop()

    qtbot.waitUntil(lambda: len(heard) == 1)
    assert "ValueError" in heard[0]
    assert before == (sys.excepthook, threading.excepthook)


def test_an_uncaught_exception_is_reported(announce: Announce) -> None:
    announce("a rule of the program was broken")
    watch = Watch()
    heard: list[str] = []
    watch.reported.connect(heard.append)
    watch.start()

    error = caught()
    sys.excepthook(type(error), error, error.__traceback__)
    watch.stop()

    assert 1 == len(heard)


@pytest.mark.parametrize("depth", [300])
def test_an_endless_recursion_gives_a_short_report(depth: int) -> None:
    def dive(left: int) -> None:
        if not left:
            raise RuntimeError(SECRET)
        dive(left - 1)

    with pytest.raises(RuntimeError) as told:
        dive(depth)

    assert len(report_of(told.value).splitlines()) <= depth + 10


def test_a_message_of_qt_is_logged_without_what_it_quotes(caplog: pytest.LogCaptureFixture, announce: Announce) -> None:
    announce("QString::arg")

    _from_qt(QtMsgType.QtWarningMsg, QMessageLogContext(), f'QString::arg: Argument missing: "{SECRET}", Café')

    assert ["QString::arg: Argument missing: …, Caf…"] == [record.getMessage() for record in caplog.records]


def test_a_report_names_no_home_no_user_and_no_file_of_theirs(tmp_path: Path) -> None:
    home = tmp_path / "home" / "maria"
    home.mkdir(parents=True)
    file = home / "x.py"
    file.write_text("def open_it():\n    raise OSError(2, 'No such file', '/home/maria/Hotel Foz.xlsx')")
    try:
        run_path(str(file))["open_it"]()  # a frame whose file lies in somebody's home
    except OSError as error:
        report = report_of(error)

    assert "  x.py:2 open_it" in report
    assert [] == [each for each in ("maria", "/home", "Hotel", "No such file") if each in report]
