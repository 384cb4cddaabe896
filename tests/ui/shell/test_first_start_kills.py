"""Killed at any moment of a first start, the next one goes on: no half profile that neither opens nor can be made."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.kernel.beginnings import Beginning, Founding, Step
from app.people.queries import staff_list
from app.store.opening import open_store
from app.store.profile import Profile, unlock
from app.workflows.settings import get_setting
from tests.architecture.house import ROOT
from tests.sizes import KILLS
from tests.ui.shell.first import ENTER, WORDS, opening_at, walking
from tests.ui.shell.first_maker import RITA

SHEETS = ("language", "way", "passphrase", "recovery", "connect_sheet", "people")


def maker(*words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ui.shell.first_maker", *words],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ,
    )  # fmt: skip


def heard(nursery: "subprocess.Popen[str]", *, words: int, seconds: float = -1) -> set[str]:
    """Have a child make a desk and kill it after that many of its words: there, or `seconds` later while it goes on."""
    assert nursery.stdin and nursery.stdout
    print(words if seconds < 0 else 0, file=nursery.stdin, flush=True)
    said: set[str] = set()
    child = 0
    for line in nursery.stdout:
        kind, value = line.split()
        if kind == "ended":
            return said
        if kind == "child":
            child = int(value)
        else:
            said.add(kind)
        if len(said) >= words and child:
            time.sleep(max(0, seconds))
            os.kill(child, signal.SIGKILL)
            child = 0
    raise AssertionError("the maker ended by itself")


def go_on(folder: Path, said: set[str]) -> Step | None:
    """The first start of this folder to its end; where it went on, or None where it began anew."""
    lock = opening_at(folder).lock
    first = lock.first
    went_on = None
    if not lock.exists:
        assert "created" not in said
        first.create(Beginning(Step.RECOVERY, "pt-PT"), WORDS, False)
        first.kept()
    else:
        lock.unlock(WORDS, "")
        begun = first.begun()
        if begun is None:
            return Step.PEOPLE  # it was done, and only its word was not heard any more
        assert "pt-PT" == begun.language
        went_on = begun.step
        if begun.step is Step.RECOVERY:
            assert "kept" not in said
            first.renew()
            first.kept()
    people = first.known().people
    first.finish(Founding("pt-PT", colleague=people[0][0]) if people else RITA)
    return went_on


def test_no_kill_leaves_a_desk_that_neither_opens_nor_can_be_made(tmp_path: Path) -> None:
    nursery, chance, ways = maker(str(tmp_path)), random.Random(3), list[Step | None]()
    try:
        for number in range(max(8, KILLS // 2)):
            if number < 5:
                said = heard(nursery, words=number + 1)
            else:
                said = heard(nursery, words=chance.randint(1, 4), seconds=chance.uniform(0, 0.2))
            folder = tmp_path / f"desk-{number}"

            ways.append(go_on(folder, said))

            assert opening_at(folder).lock.first.begun() is None
            with open_store(unlock(Profile(folder), passphrase=WORDS)) as store:
                assert ["Rita"] == [each.name for each in store.read(staff_list)]
                assert "pt-PT" == store.read(get_setting, ("shell.language",))
    finally:
        nursery.communicate()
    assert [None, Step.RECOVERY, Step.PEOPLE, Step.PEOPLE, Step.PEOPLE] == ways[:5]


@pytest.mark.parametrize("at", range(len(SHEETS)), ids=SHEETS)
def test_killed_at_a_sheet_the_next_start_stands_where_it_makes_sense(qtbot: QtBot, tmp_path: Path, at: int) -> None:
    folder = tmp_path / "desk"
    process = maker(str(folder), str(at))
    assert process.stdout
    assert f"at {at}\n" == process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()

    with walking(qtbot, folder) as walk:
        if at > 2:
            walk.types(WORDS)
            walk.press(ENTER)
        assert walk.at(walk.start.sheets[at if at > 2 else 0])
