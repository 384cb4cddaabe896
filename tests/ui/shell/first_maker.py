"""Processes to be killed during a first start: one makes desks through the program's doors, one stands at a sheet."""

import importlib
import itertools
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.kernel.beginnings import Beginning, Founding, Step
from app.kernel.rights import Role
from tests.killing import say
from tests.ui.shell.first import WORDS, opening_at
from ui.shell.doorway import Doorway
from ui.work import Desk

RITA = Founding("pt-PT", business="Moinho", name="Rita", roles=(Role.MANAGER,))


def make(folder: Path, stops: int) -> None:
    """Each step, said when it is done; after that many words it waits to be killed, with 0 only at the end."""
    first = opening_at(folder).lock.first
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("begun", lambda: folder.name),
        ("created", lambda: first.create(Beginning(Step.RECOVERY, "pt-PT"), WORDS, False)),
        ("kept", first.kept),
        ("known", first.known),
        ("finished", lambda: first.finish(RITA)),
    )
    for number, (word, step) in enumerate(steps, 1):
        step()
        say(word, number)
        if number == stops:
            time.sleep(600)
    time.sleep(600)


def make_for_ever(parent: str) -> None:
    """For each number asked, a child that makes a desk in the next folder; the imports are paid for once."""
    for room in ("app.workflows.first_start", "app.store.sessions", "argon2.low_level", "pyrage"):
        importlib.import_module(room)
    for number, asked in zip(itertools.count(), sys.stdin, strict=False):
        child = os.fork()
        if child == 0:
            make(Path(parent) / f"desk-{number}", int(asked))
        say("child", child)
        os.waitpid(child, 0)
        say("ended", child)


def stand_at(folder: str, sheet: int) -> None:
    """The window at this sheet, with half an answer typed, until it is killed."""
    application = QApplication([])
    made = opening_at(Path(folder))
    desk = Desk(made.aside())
    door = Doorway(made.lock, desk)
    door.show()
    start = door.start
    assert start is not None
    passphrase = start.passphrase
    ways = (
        start.language.go_on,
        start.way.ways["code"].click,
        lambda: passphrase.typed.emit(WORDS, False),
        start.recovery.have.click,
        start.connect_sheet.without.click,
    )
    for number, on in enumerate(ways[:sheet], 1):
        on()
        while door.sheet is not start.sheets[number] or desk.busy:
            application.processEvents()
    QTest.keyClicks(door.sheet.first, "half an ans")
    say("at", sheet)
    application.exec()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        stand_at(sys.argv[1], int(sys.argv[2]))
    else:
        make_for_ever(sys.argv[1])
