"""Reports of faults beside the store: kinds and places, offered once, and those of a crash below Python too."""

import faulthandler
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.store.faults import HARD, forget_faults, hard_report, keep_fault, take_faults, watch_hard_faults
from app.store.profile import Profile
from tests.architecture.house import ROOT

DUMP = """Fatal Python error: Segmentation fault

Current thread 0x00007f6c2a7fc640 [Maria Silva] (most recent call first):
  File "/home/maria/aftercare/ui/shell/frame.py", line 12 in paintEvent
  File "{root}/app/store/work.py", line 40 in commit
  File "/home/maria/Hotel Foz Velha.py", line 3 in <module>

Thread 0x00007f6c2a7fd000 (most recent call first):
  File "C:\\Users\\maria\\x.py", line 99999999999 in x
  <no Python frame>

Extension modules: PySide6.QtCore, sqlcipher3 (total: 2)
Maria called about the boiler
"""

CRASH = """
import ctypes, sys
from pathlib import Path
from app.store.faults import watch_hard_faults
from app.store.profile import Profile
with watch_hard_faults(Profile(Path(sys.argv[1]))):
    ctypes.string_at(0)
"""


@pytest.fixture
def place(tmp_path: Path) -> Profile:
    (tmp_path / "desk").mkdir()
    return Profile(tmp_path / "desk")


def test_report_is_offered_once_and_then_nowhere(place: Profile) -> None:
    keep_fault(place, "ValueError\n  ui/shell/frame.py:12 go")

    assert ["ValueError\n  ui/shell/frame.py:12 go", ""] == [take_faults(place), take_faults(place)]


def test_report_that_was_sent_is_not_offered(place: Profile) -> None:
    keep_fault(place, "ValueError")

    forget_faults(place)

    assert "" == take_faults(place)


def test_storm_of_faults_fills_no_disk(place: Profile) -> None:
    for _ in range(50):
        keep_fault(place, "x" * 50_000)

    kept = list((place.folder / "reports").iterdir())
    assert 5 == len(kept)
    assert sum(each.stat().st_size for each in kept) <= 100_000
    assert len(take_faults(place)) <= 20_000


def test_disk_that_takes_nothing_raises_nothing(place: Profile) -> None:
    (place.folder / "reports").write_text("in the way")

    keep_fault(place, "ValueError")
    with watch_hard_faults(place):
        assert "" == take_faults(place)


def test_hard_crash_is_told_without_homes_names_and_addresses() -> None:
    told = hard_report(DUMP.format(root=ROOT)).replace("\\", "/")

    assert "Fatal Python error: Segmentation fault" in told
    assert "  app/store/work.py:40 commit" in told
    assert "  frame.py:12 paintEvent" in told
    assert [] == [each for each in ("maria", "Maria", "0x0", "/home", "boiler", "Users", "9999999") if each in told]


@pytest.mark.skipif(os.name != "posix", reason="faulthandler's own handler ends the process otherwise on Windows")
def test_process_that_dies_below_python_leaves_a_report_for_the_next_start(place: Profile) -> None:
    died = subprocess.run(
        [sys.executable, "-c", CRASH, str(place.folder)], cwd=ROOT, env=os.environ | {"PYTHONFAULTHANDLER": ""},
        capture_output=True, timeout=60,
    )  # fmt: skip
    assert -signal.SIGSEGV == died.returncode

    with watch_hard_faults(place):
        told = take_faults(place)

    assert "Segmentation fault" in told
    assert str(place.folder) not in told
    assert "" == take_faults(place)


def test_desk_that_ended_well_leaves_nothing(place: Profile) -> None:
    before = faulthandler.is_enabled()
    faulthandler.disable()
    try:
        with watch_hard_faults(place):
            assert (place.folder / "reports" / HARD).exists()
            assert faulthandler.is_enabled()
        assert not (place.folder / "reports" / HARD).exists()
        assert not faulthandler.is_enabled()
    finally:
        if before:
            faulthandler.enable(2)
