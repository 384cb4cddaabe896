"""The log of a profile and what a command says of its own mistakes: no value gets through, whoever logs it how."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.commands import line
from app.commands.calling import Call, Command, Exit, Outcome
from app.kernel.errors import BugError
from app.kernel.messages import say
from app.kernel.reports import Safe
from app.store import logs
from app.store.logs import keep_log
from app.store.profile import create_sample
from tests.noise import Announce

SECRET = "Zervan Quillfeather"
ROOT = Path(__file__).parents[2]


def written(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.log*")))


def test_values_are_left_out_and_kinds_numbers_and_ids_are_kept(tmp_path: Path) -> None:
    with keep_log(tmp_path, "desk"):
        told = logging.getLogger("app.trial")
        told.info("%s of %s took %d ms, %s", Safe("ticket"), "ab" * 16, 12, SECRET)
        told.info("named %(who)s", {"who": SECRET})
        told.info(SECRET.split())

    assert f"ticket of {'ab' * 16} took 12 ms, …" in written(tmp_path)
    assert "Quillfeather" not in written(tmp_path)


def test_an_exception_is_logged_by_kind_and_place(tmp_path: Path, announce: Announce) -> None:
    announce("it failed")
    with keep_log(tmp_path, "desk"):
        try:
            raise ValueError(SECRET) from KeyError(SECRET)
        except ValueError:
            logging.getLogger("app.trial").exception("it failed")

    assert "ValueError\n  tests/privacy/test_logs.py:" in written(tmp_path).replace("\\", "/")
    assert "KeyError" in written(tmp_path)
    assert "Quillfeather" not in written(tmp_path)


def test_of_a_librarys_log_only_the_place_is_kept(tmp_path: Path) -> None:
    with keep_log(tmp_path, "desk"):
        logging.getLogger("somebody.else").info("INSERT %r", (SECRET,))

    assert "INFO somebody.else tests/privacy/test_logs.py:" in written(tmp_path).replace("\\", "/")
    assert "Quillfeather" not in written(tmp_path)


def test_the_files_stay_small_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LARGEST", 2000)
    with keep_log(tmp_path, "desk"):
        for n in range(500):
            logging.getLogger("app.trial").info("line %d", n)

    files = list(tmp_path.iterdir())
    assert 1 + logs.OLDER == len(files)
    assert all(path.stat().st_size <= 2000 for path in files)
    if os.name == "posix":
        assert {0o600} == {path.stat().st_mode & 0o777 for path in files}


def test_a_log_that_cannot_be_written_stops_nothing_and_says_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with keep_log(tmp_path / "nowhere", "desk"):
        logging.getLogger("app.trial").info("unheard %s", SECRET)
    with keep_log(tmp_path, "desk"):
        monkeypatch.setattr(logs, "_words", lambda record: 1 / 0)
        logging.getLogger("app.trial").info("broken %s", SECRET)

    shown = capfd.readouterr()
    assert ("", "") == (shown.out, shown.err)


def test_the_root_logger_is_as_it_was_afterwards(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers))

    with keep_log(tmp_path, "desk"):
        pass

    assert before == (root.level, list(root.handlers))


@pytest.mark.parametrize("problem", [RuntimeError(SECRET), BugError("no ticket 7")])
def test_a_command_that_breaks_reports_kinds_and_places_and_has_an_exit_code_of_its_own(
    problem: Exception,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    announce: Announce,
) -> None:
    def breaks(call: Call) -> Outcome:
        raise problem

    announce("a rule of the program was broken")
    profile = create_sample(tmp_path / "desk").profile
    broken = Command("break", say("Break."), breaks)

    code = line.run(["break", "--json", "--profile", str(profile.folder)], more=(broken,))

    shown = capsys.readouterr()
    assert Exit.BUG == code
    assert "bug" == json.loads(shown.out)["error"]["kind"]
    assert type(problem).__name__ in shown.err
    assert "break ended with 7" in written(profile.logs)
    assert "Quillfeather" not in shown.out + shown.err + written(profile.logs)


def test_what_a_command_says_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    def answers(call: Call) -> Outcome:
        name = "signed \x1b]0;owned\x07 by \x9b31m and \ud800"
        call.tell(say("Reading {name}", name=name))
        return Outcome((say("From {name}", name=name),), {"name": name})

    hostile = Command("hostile", say("Say it."), answers)
    for words in (["hostile"], ["hostile", "--json"]):
        line.run(words, more=(hostile,))

    shown = capsys.readouterr()
    assert not {"\x1b", "\x07", "\x9b", "\ud800"} & set(shown.out + shown.err)


def test_an_exception_that_nobody_caught_is_told_without_its_text() -> None:
    breaks = (
        "import threading; from app.kernel.reports import report_uncaught; report_uncaught()\n"
        f"def fails(): raise KeyError({SECRET!r})\n"
        "thread = threading.Thread(target=fails); thread.start(); thread.join(); fails()"
    )

    ended = subprocess.run([sys.executable, "-c", breaks], cwd=ROOT, capture_output=True, text=True)

    assert (1, 2) == (ended.returncode, ended.stderr.count("KeyError"))
    assert "Quillfeather" not in ended.stdout + ended.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is asked for it")
def test_no_core_file_is_written_of_this_program() -> None:
    asks = (
        "import ctypes, resource, main; main.main(['status', '--help']);"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )

    told = subprocess.run([sys.executable, "-c", asks], cwd=ROOT, capture_output=True, text=True, check=True)

    assert "0 0" == told.stdout.splitlines()[-1]
