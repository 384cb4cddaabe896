"""From the start to the end of the program: the door, the sample, the desk, and the window where none opens."""

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from functools import partial

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QApplication, QWidget

from app.handbook.place import Shelf
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from ui.shell.cover import Cover
from ui.shell.desktop import Desktop
from ui.shell.doorway import Doorway
from ui.shell.opening import Opening
from ui.shell.shut import Shut
from ui.shell.single import raise_other
from ui.theme.apply import SYSTEM, apply
from ui.theme.look import look
from ui.work import Desk


def run(application: QApplication, opening: Opening) -> int:
    """Shows the desk until its window is closed; the exit code. UserError (LOCKED) when another process holds it.

    Where its folder cannot be written, or mending it found no room, a window says so and tries again when asked."""
    if raise_other(opening.folder):
        return 0
    apply(application, SYSTEM, opening.language)
    passed = _through_the_door(application, opening)
    while passed is Passed.SAMPLE and opening.sample is not None:
        _look_at_sample(application, opening.sample(look().language))
        passed = _through_the_door(application, opening, at_the_ways=True)
    if passed is not Passed.OPENED:
        return 0
    mending: str | None = None
    while True:
        try:
            with opening.hold():
                return _run_desk(application, opening, mending)
        except UserError as trouble:
            if trouble.kind is Trouble.LOCKED:
                raise
            mending = trouble.mending if isinstance(trouble, NotMended) else None
            if not _tried_again(application, Shut(trouble), opening):
                return 0


def _tried_again(application: QApplication, shut: Shut, opening: Opening) -> bool:
    runner = opening.aside()
    try:
        beside_the_door(shut, Desk(runner, parent=shut), opening.handbook)
        return _waited(application, shut, {Passed.OPENED: shut.again}) is Passed.OPENED
    finally:
        runner.close()
        shut.deleteLater()


class Passed(Enum):
    """How the doorway was left."""

    CLOSED = "closed"
    OPENED = "opened"
    SAMPLE = "sample"


def _through_the_door(application: QApplication, opening: Opening, *, at_the_ways: bool = False) -> Passed:
    """What came of the doorway; meanwhile the handbook can be read."""
    runner = opening.aside()
    desk = Desk(runner)
    doorway = Doorway(opening.lock, desk, at_the_ways=at_the_ways)
    try:
        if doorway.try_without():
            return Passed.OPENED
        beside_the_door(doorway, desk, opening.handbook)
        ways = {Passed.OPENED: doorway.opened, Passed.SAMPLE: doorway.sample_asked}
        return _waited(application, doorway, ways)
    finally:
        desk.close()
        doorway.deleteLater()
        runner.close()


def _look_at_sample(application: QApplication, opening: Opening) -> None:
    """The sample, until its window is closed; one that is open already comes forward."""
    if raise_other(opening.folder):
        return
    opening.lock.unlock("", "")
    with opening.hold():
        _run_desk(application, replace(opening, greeting=say("This is the sample. Close its window to go back.")))


def beside_the_door(doorway: Doorway | Shut, desk: Desk, handbook: Shelf) -> Cover:
    """The crisis handbook over the doorway, before anybody has a key, or instead of a desk that does not open."""
    cover = Cover(doorway, desk, handbook)
    doorway.crisis_asked.connect(cover.toggle)
    return cover


def _waited(application: QApplication, window: QWidget, ways: Mapping[Passed, SignalInstance]) -> Passed:
    """By which of its ways the window was left."""
    left: list[Passed] = []

    def leave(how: Passed) -> None:
        left.append(how)
        window.close()

    for how, asked in ways.items():
        asked.connect(partial(leave, how))
    window.show()
    application.exec()
    return left[0] if left else Passed.CLOSED


def _run_desk(application: QApplication, opening: Opening, mending: str | None = None) -> int:
    """Once, or again after each mending of the store; `mending` is the backup that did not get into place before."""
    while True:
        if mending is not None:
            _mend(opening, mending)
        desktop = Desktop(application, opening)
        try:
            desktop.frame.show()
            code = application.exec()
        finally:
            desktop.close()
        if desktop.remedy is None:
            return code
        mending = desktop.remedy


class NotMended(UserError):
    """A store that could not be mended now, and by which backup it was to be."""

    def __init__(self, trouble: UserError, mending: str) -> None:
        super().__init__(trouble.kind, trouble.message)
        self.mending = mending


def _mend(opening: Opening, backup: str) -> None:
    try:
        opening.mend(backup)
    except UserError as trouble:
        if trouble.kind is not Trouble.DISK:  # a backup that fails: the desk says once more what there is
            return
        raise NotMended(trouble, backup) from trouble
