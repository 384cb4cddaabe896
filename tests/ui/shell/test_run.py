"""The program from its first window to its last, as `main.py` runs it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.store import engine
from app.store.profile import Profile, read_keys
from tests.ui.shell.first import WORDS, opening_at
from ui.shell.doorway import Doorway
from ui.shell.frame import Frame
from ui.shell.starting import run
from ui.theme.apply import apply


@pytest.fixture(autouse=True)
def own_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk forbids this thread to ask the store; the next test may."""
    monkeypatch.setattr(engine, "_refused_threads", set())


class Hand:
    """Does one thing after the other, each as soon as it can be done."""

    def __init__(self, *steps: Callable[[], bool]) -> None:
        self.steps = list(steps)
        self.timer = QTimer(interval=30)
        self.timer.timeout.connect(self.go)
        self.timer.start()

    def go(self) -> None:
        if self.steps and self.steps[0]():
            self.steps.pop(0)


def shown(kind: type[QWidget]) -> QWidget | None:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    return found[0] if found else None


@pytest.fixture
def done(qapp: QApplication) -> Iterator[None]:
    yield
    apply(qapp, "light", "en")


def take_sample() -> bool:
    door = shown(Doorway)
    if not isinstance(door, Doorway) or door.start is None:
        return False
    door.start.ask_way()
    door.start.way.ways["sample"].click()
    return True


def leave_sample() -> bool:
    frame = shown(Frame)
    if not isinstance(frame, Frame) or frame.stage.page is None or frame._desk.busy:
        return False
    frame.close()
    return True


def leave_ways(seen: list[bool]) -> Callable[[], bool]:
    def leave() -> bool:
        door = shown(Doorway)
        if not isinstance(door, Doorway) or door.start is None:
            return False
        seen.append(door.sheet is door.start.way)
        door.close()
        return True

    return leave


def make_desk() -> bool:
    door = shown(Doorway)
    if not isinstance(door, Doorway) or door.start is None:
        return False
    start = door.start
    if door.sheet is start.language:
        start.language.go_on()
    elif door.sheet is start.way:
        start.way.ways["alone"].click()
    elif door.sheet is start.passphrase and not start.passphrase.busy:
        start.passphrase.typed.emit(WORDS, False)
    elif door.sheet is start.recovery and start.recovery.key.text():
        start.recovery.have.click()
    elif door.sheet is start.people and not start.people.busy:
        start.people.name.setText("Rita")
        start.people.business.setText("Moinho")
        start.people.go_on()
        return True
    return False


def test_sample_is_looked_at_and_its_end_leads_back_to_the_ways(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, done: None
) -> None:
    seen: list[bool] = []
    hand = Hand(take_sample, leave_sample, leave_ways(seen))

    assert 0 == run(qapp, opening_at(tmp_path / "desk"))

    hand.timer.stop()
    assert ([True], []) == (seen, hand.steps)
    assert not (tmp_path / "desk").exists()
    assert read_keys(Profile(tmp_path / "desk-sample")).sample


def test_first_start_ends_in_the_desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path, done: None) -> None:
    hand = Hand(make_desk, leave_sample)

    assert 0 == run(qapp, opening_at(tmp_path / "desk"))

    hand.timer.stop()
    assert [] == hand.steps
    assert (tmp_path / "desk" / "store.db").exists()
    assert not (tmp_path / "desk" / "beginning.json").exists()


def test_window_closed_at_a_sheet_leaves_nothing(qtbot: QtBot, qapp: QApplication, tmp_path: Path, done: None) -> None:
    seen: list[bool] = []
    hand = Hand(leave_ways(seen))

    assert 0 == run(qapp, opening_at(tmp_path / "desk"))

    hand.timer.stop()
    assert [] == list(tmp_path.iterdir())
