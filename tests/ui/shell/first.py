"""The doorway on a real folder, as `main.py` hands it its doors, walked by keys."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import main
from tests.ui.walking import focused
from ui.shell.cover import Cover
from ui.shell.doorway import Doorway
from ui.shell.first_start import FirstStart
from ui.shell.opening import Opening
from ui.shell.sheet import Sheet
from ui.shell.starting import beside_the_door
from ui.work import Desk

WORDS = "four words of mine"
ENTER, ESC, TAB, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Space
WAIT = 20_000


def opening_at(folder: Path, language: str = "en") -> Opening:
    """What the program makes of `--profile FOLDER`."""
    made: Opening = main.opening_of(main._desk_words().parse_args(["--profile", str(folder), "--language", language]))
    return made


class Walk:
    """A doorway that stands; `opened` and `sampled` count what it sent."""

    def __init__(self, qtbot: QtBot, made: Opening, *, at_the_ways: bool = False) -> None:
        self.bot, self.made = qtbot, made
        self.runner = made.aside()
        self.desk = Desk(self.runner)
        self.door = Doorway(made.lock, self.desk, at_the_ways=at_the_ways)
        self.desk.setParent(self.door)
        self.cover: Cover = beside_the_door(self.door, self.desk, made.handbook)
        self.opened = self.sampled = 0
        self.door.opened.connect(lambda: self._count("opened"))
        self.door.sample_asked.connect(lambda: self._count("sampled"))
        qtbot.addWidget(self.door)

    def show(self) -> None:
        self.door.show()
        self.door.activateWindow()
        self.bot.waitUntil(self.door.isActiveWindow)
        self.settle()

    @property
    def start(self) -> FirstStart:
        found = self.door.start
        assert found is not None
        return found

    def settle(self) -> None:
        """Until every answer is there."""
        for _ in range(3):
            self.bot.waitUntil(lambda: not self.desk.busy, timeout=WAIT)
            self.bot.wait(5)

    def types(self, text: str) -> None:
        QTest.keyClicks(focused(), text)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(focused(), key, held)
        self.settle()

    def at(self, sheet: Sheet) -> bool:
        return self.door.sheet is sheet and sheet.isVisible()

    # ------------------------------------------------------------------ from the first sheet on

    def to_ways(self) -> None:
        self.press(ENTER)
        assert self.at(self.start.way)

    def to_passphrase(self, *, code: bool = False) -> None:
        self.to_ways()
        self.types("1" if code else "2")
        self.settle()
        assert self.at(self.start.passphrase)

    def to_recovery(self, *, code: bool = False) -> str:
        """The recovery key that is shown."""
        self.to_passphrase(code=code)
        self.types(WORDS)
        self.press(ENTER)
        self.types(WORDS)
        self.press(ENTER)
        assert self.at(self.start.recovery)
        return self.start.recovery.key.text().replace(" ", "")

    def past_recovery(self, *, code: bool = False) -> str:
        key = self.to_recovery(code=code)
        self.start.recovery.typed.setFocus()
        self.types(self.start.recovery.key.text().split()[-1].lower())
        self.press(ENTER)
        return key

    def _count(self, name: str) -> None:
        setattr(self, name, getattr(self, name) + 1)


@contextmanager
def walking(qtbot: QtBot, folder: Path, language: str = "en", *, at_the_ways: bool = False) -> Iterator[Walk]:
    """A doorway over this folder, until the block ends."""
    walk = Walk(qtbot, opening_at(folder, language), at_the_ways=at_the_ways)
    try:
        walk.show()
        yield walk
    finally:
        walk.settle()
        walk.desk.close()
        walk.runner.close()


def copied(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    return target
