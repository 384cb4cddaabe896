"""The whole desk on a real profile: what a damaged store looks like, and that it comes back."""

import argparse
import errno
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import main
from app.customers.actions import add_customer
from app.customers.queries import find_customers
from app.customers.rules import CustomerDraft
from app.handbook.shelf import Origin, open_shelf
from app.kernel import ids
from app.kernel.damage import Damage, Harm
from app.kernel.instants import DAY
from app.kernel.messages import say
from app.store import engine
from app.store.backups import back_up, backups
from app.store.disk import replace_file
from app.store.elsewhere import copies_elsewhere
from app.store.opening import open_store
from app.store.profile import Profile, create_sample, unlock
from app.store.snapshot import reading
from app.store.troubles import disk_trouble
from app.workflows.sample import SYSTEM, fill_sample
from app.workflows.settings import set_setting
from tests.noise import Announce
from tests.stores import EVERYTHING
from ui.handbook.crisis_page import CrisisPage
from ui.shell import desktop as desktop_room
from ui.shell import starting
from ui.shell.cover import Cover
from ui.shell.damage_sheet import DamageSheet
from ui.shell.desktop import Desktop
from ui.shell.frame import Frame
from ui.shell.opening import Opening
from ui.shell.shut import Shut
from ui.widgets.button import Button
from ui.widgets.letters import letters_alone, set_letters


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample desk with one verified backup."""
    folder = tmp_path_factory.mktemp("kept") / "desk"
    made = create_sample(folder)
    with open_store(made) as store:
        store.write(SYSTEM, fill_sample)
    back_up(made)
    return folder


@pytest.fixture(autouse=True)
def own_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk forbids this thread to ask the store; the next test may."""
    monkeypatch.setattr(engine, "_refused_threads", set())


def opening_for(folder: Path) -> Opening:
    words = argparse.Namespace(profile=str(folder), sample=True, language="en", passphrase_fd=None, recovery_fd=None)
    made: Opening = main.opening_of(words)
    made.lock.unlock("", "")
    return made


@contextmanager
def running(made: Opening) -> Iterator[Desktop]:
    """A desk whose threads end, whatever the test finds."""
    with made.hold():
        desktop = Desktop(QApplication.instance(), made)  # type: ignore[arg-type]
        try:
            desktop.frame.show()
            yield desktop
        finally:
            desktop.close()


def test_a_desk_opens_on_today_with_the_one_it_remembers(kept: Path, qtbot: QtBot) -> None:
    with running(opening_for(kept)) as desktop:
        qtbot.waitUntil(lambda: desktop.frame.stage.page is not None, timeout=20_000)

        assert desktop.desk.actor is not None
        assert "Moinho Atlântico Lda" in desktop.frame.rail.shown_partner


def test_a_store_that_is_gone_offers_its_backup_and_comes_back(kept: Path, qtbot: QtBot) -> None:
    unlocked = unlock(Profile(kept))
    unlocked.profile.store.unlink()
    made = opening_for(kept)
    with running(made) as desktop:
        qtbot.waitUntil(lambda: bool(offered(desktop.damage)), timeout=20_000)

        offered(desktop.damage)[0].click()

        assert desktop.remedy
    with made.hold():
        made.mend(desktop.remedy)
    engine._refused_threads.clear()
    with open_store(unlocked) as store:
        assert not store.write(SYSTEM, fill_sample).result


def test_escape_does_not_hide_the_damage(kept: Path, qtbot: QtBot) -> None:
    with running(opening_for(kept)) as desktop:
        desktop.damage.show_damage(Damage(Harm.ENDS_EARLY, acts=3, since=0), "UTC")

        desktop.damage.close_over()

        assert desktop.damage.isVisible()
        assert 3 == len(offered(desktop.damage))  # go on, the crisis handbook, close


def offered(sheet: DamageSheet) -> list[Button]:
    return [each for each in sheet.findChildren(Button) if each.isVisible()]


def test_a_desk_that_runs_on_is_backed_up_again(kept: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desktop_room, "BACKUP_ASKED", 20)
    taken: list[bool] = []
    with running(replace(opening_for(kept), back_up=taken.append)):
        qtbot.waitUntil(lambda: len(taken) > 2, timeout=20_000)

    assert {False} == set(taken[:-1]) and taken[-1]


def choosing(kept: Path, folder: Path, **choices: object) -> Path:
    """A copy of the desk with these settings."""
    shutil.copytree(kept, folder)
    with open_store(unlock(Profile(folder))) as store:
        for name, value in choices.items():
            store.write(SYSTEM, set_setting, (name.replace("__", "."), value))
    return folder


def test_the_choices_of_the_keyboard_and_of_asking_hold_from_the_start(
    kept: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = choosing(kept, tmp_path / "desk", keys__letters=False, desk__idle_minutes=2)
    try:
        with running(opening_for(folder)) as desktop:
            qtbot.waitUntil(lambda: desktop.desk.house is not None, timeout=20_000)

            assert (False, 120) == (letters_alone(), desktop.desk.idle_seconds)
            assert desktop.desk.house is not None
            assert desktop.desk.house.keys.ways().sample
    finally:
        set_letters(alone=True)


def test_a_copy_goes_into_the_further_folder_while_the_desk_is_open(kept: Path, qtbot: QtBot, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    folder = choosing(kept, tmp_path / "desk", backup__elsewhere=str(stick))

    with running(opening_for(folder)):
        qtbot.waitUntil(lambda: any(each.suffix == ".aftercare-backup" for each in stick.iterdir()), timeout=20_000)

    assert 1 == len(copies_elsewhere(Profile(folder), stick))


def test_what_was_written_last_is_in_a_backup_when_the_desk_is_closed(kept: Path, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(kept, folder)
    before = len(list((folder / "backups").glob("store-*.db")))
    with running(opening_for(folder)) as desktop:
        qtbot.waitUntil(lambda: desktop.frame.stage.page is not None, timeout=20_000)
        desktop.desk.take_over(EVERYTHING)
        desktop.desk.write(add_customer, CustomerDraft("The last of the day"))
        qtbot.waitUntil(lambda: not desktop.desk.busy)

    assert before + 1 <= len(list((folder / "backups").glob("store-*.db")))
    newest = backups(folder / "backups")[0]
    unlocked = unlock(Profile(folder))
    with reading(unlocked.profile.store, unlocked.key) as store:
        assert store.execute("SELECT max(n) FROM op").fetchone() == (newest.operations,)


def test_a_page_has_a_backup_taken_before_something_large(kept: Path, qtbot: QtBot, tmp_path: Path) -> None:
    folder, told = tmp_path / "desk", list[object]()
    shutil.copytree(kept, folder)
    with running(opening_for(folder)) as desktop:
        qtbot.waitUntil(lambda: desktop._begun and not desktop.desk.busy, timeout=20_000)
        before = backups(folder / "backups")[0].operations
        desktop.desk.take_over(EVERYTHING)
        desktop.desk.write(add_customer, CustomerDraft("Before the import"))
        qtbot.waitUntil(lambda: not desktop.desk.busy)

        desktop.desk.background(desktop.desk.back_up, done=told.append, owner=desktop.frame)
        qtbot.waitUntil(lambda: bool(told), timeout=20_000)

        assert before < backups(folder / "backups")[0].operations


def test_a_store_that_is_to_be_mended_is_not_copied_first(kept: Path, qtbot: QtBot) -> None:
    taken: list[bool] = []
    with running(replace(opening_for(kept), back_up=taken.append)) as desktop:
        qtbot.waitUntil(lambda: desktop.frame.stage.page is not None, timeout=20_000)
        desktop.remedy = ""

    assert True not in taken


def test_the_window_stands_where_it_was_left(qtbot: QtBot, kept: Path, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(kept, folder)
    place = QRect(30, 60, 740, 500)
    with running(opening_for(folder)) as desktop:
        qtbot.waitUntil(lambda: desktop.frame.stage.page is not None, timeout=20_000)
        desktop.desk.take_over(EVERYTHING)
        desktop.frame.setGeometry(place)
        desktop.frame.close()

    with running(opening_for(folder)) as desktop:
        assert place == desktop.frame.geometry()
        qtbot.waitUntil(lambda: desktop.frame.stage.page is not None, timeout=20_000)


def test_handbook_is_kept_in_plain_while_the_desk_is_open(kept: Path, qtbot: QtBot) -> None:
    made = opening_for(kept)
    with running(made) as desktop:
        qtbot.waitUntil(lambda: not desktop.desk.busy and (kept / "handbook" / "current").is_dir(), timeout=20_000)

    assert Origin.CURRENT == open_shelf(made.handbook).origin
    assert not any(b"Rita" in each.read_bytes() for each in (kept / "handbook").rglob("*") if each.is_file())


@pytest.mark.parametrize("harm", ["first page", "gone", "another store"])
def test_handbook_opens_over_a_store_that_does_not(
    kept: Path, tmp_path: Path, qtbot: QtBot, harm: str, announce: Announce
) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(kept, folder)
    made = opening_for(folder)
    store = folder / "store.db"
    for each in folder.glob("store.db-*"):
        each.unlink()
    if harm == "gone":
        store.unlink()
    else:
        store.write_bytes(os.urandom(4096) + (store.read_bytes()[4096:] if harm == "first page" else b""))
    with running(made) as desktop:
        qtbot.waitUntil(lambda: not desktop.desk.busy, timeout=20_000)

        desktop.frame.toggle_crisis()
        QApplication.processEvents()

        page = desktop.frame.cover.page
        assert isinstance(page, CrisisPage)
        assert 12 == len(page.tiles.tiles)
        page.show_procedure("CP-01")
        assert page.procedure.steps[0].isVisible()


def test_report_that_was_not_sent_is_offered_at_the_next_start_and_not_again(
    kept: Path, qtbot: QtBot, tmp_path: Path, announce: Announce
) -> None:
    announce("a rule of the program was broken")
    folder = tmp_path / "desk"
    shutil.copytree(kept, folder)
    offered_texts = []
    for start in range(3):
        with running(opening_for(folder)) as desktop:
            qtbot.waitUntil(lambda: desktop._begun and not desktop.desk.busy, timeout=20_000)
            offered_texts.append(desktop.frame.crash.text.text if desktop.frame.crash.isVisible() else "")
            if start == 0:
                desktop.desk.troubled.emit(ValueError("Maria Silva"))
                assert desktop.frame.crash.isVisible()
                desktop.frame.crash.close_over()

    assert ["", True, ""] == [offered_texts[0], "ValueError" in offered_texts[1], offered_texts[2]]
    assert "Maria" not in offered_texts[1] and str(folder) not in offered_texts[1]


def test_sample_says_how_to_come_back(kept: Path, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(kept, folder)
    made = replace(opening_for(folder), greeting=say("This is the sample. Close its window to go back."))
    with running(made) as desktop:
        qtbot.waitUntil(lambda: desktop._begun and not desktop.desk.busy, timeout=20_000)

        assert "Close its window" in desktop.frame.toast._text.text()


def test_what_lies_beside_the_store_is_news_when_its_backup_was_tried(kept: Path, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(kept, folder)
    with running(opening_for(folder)) as desktop:
        qtbot.waitUntil(lambda: desktop.desk.board.beside.backed_up > 0, timeout=20_000)
        qtbot.waitUntil(lambda: desktop._news is not None and not desktop.desk.busy, timeout=20_000)

        reach = max(each.operations for each in backups(folder / "backups"))
        assert reach == desktop.desk.board.beside.backed_up
        assert (False, False) == (desktop.desk.board.tray, desktop.desk.board.stays)
        assert "new thing" in desktop.frame.top.bell.accessibleName()  # the sample has customers to ask


def flipped(path: Path) -> None:
    """A bit of the last page changed: nothing reads it while a desk opens."""
    data = bytearray(path.read_bytes())
    data[-2000] ^= 1
    path.write_bytes(data)


def test_damage_that_no_page_reads_is_told_once_the_desk_is_open(kept: Path, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(kept, folder)
    unlocked = unlock(Profile(folder))
    with open_store(unlocked) as store:
        store.write(EVERYTHING, lambda work: [add_customer(work, CustomerDraft(f"No. {n}")) for n in range(400)])
    taken = back_up(unlocked)
    flipped(folder / "store.db")
    with running(opening_for(folder)) as desktop:
        qtbot.waitUntil(lambda: bool(offered(desktop.damage)), timeout=20_000)
        desktop.remedy = ""

        said = [each.text() for each in desktop.damage.findChildren(QLabel)]

    assert any("Parts of the store on this disk are damaged" in each for each in said)
    assert taken == backups(folder / "backups")[0]


def test_no_room_for_a_backup_is_told_once_and_not_as_a_lost_act(
    kept: Path, qtbot: QtBot, announce: Announce, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce("no backup was taken: disk")
    monkeypatch.setattr(desktop_room, "BACKUP_ASKED", 20)
    tried: list[bool] = []

    def no_room(ending: bool) -> None:
        tried.append(ending)
        raise disk_trouble()

    with running(replace(opening_for(kept), back_up=no_room)) as desktop:
        qtbot.waitUntil(lambda: len(tried) > 1, timeout=20_000)
        qtbot.waitUntil(desktop.frame.problem.isVisible)
        said = desktop.frame.problem.accessibleName()
        desktop.frame.go("tickets")
        tried.clear()
        qtbot.waitUntil(lambda: len(tried) > 1, timeout=20_000)

        assert not desktop.frame.problem.isVisible()
    assert said.startswith("No backup could be taken")
    assert "still saved" in said


@pytest.mark.parametrize("years", [40, -10])
def test_a_clock_that_jumped_is_told_and_what_is_written_is_kept(
    kept: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, years: int
) -> None:
    folder, real = tmp_path / "desk", time.time_ns
    shutil.copytree(kept, folder)
    copies = backups(folder / "backups")
    monkeypatch.setattr(ids, "_last", ids._last)
    monkeypatch.setattr(time, "time_ns", lambda: real() + years * 365 * DAY * 1000)
    with running(opening_for(folder)) as desktop:
        qtbot.waitUntil(desktop.frame.problem.isVisible, timeout=20_000)
        said = desktop.frame.problem.accessibleName()
        desktop.desk.take_over(EVERYTHING)
        desktop.desk.write(add_customer, CustomerDraft("Kept in the wrong year"))
        qtbot.waitUntil(lambda: not desktop.desk.busy)
    monkeypatch.setattr(time, "time_ns", real)
    engine._refused_threads.clear()

    with open_store(unlock(Profile(folder))) as store:
        found = store.read(find_customers, ("wrong year",))

    assert said.startswith("The clock of this computer seems wrong")
    assert ["Kept in the wrong year"] == [each.name for each in found]
    assert set(copies) < set(backups(folder / "backups"))


def told_by(made: Opening, qtbot: QtBot, *, first: Callable[[Shut], object], then: Callable[[], object]) -> list[str]:
    """What the window instead of the desk says; `first` is done in it, `then` before it is tried again."""
    said: list[str] = []

    def look() -> None:
        shut = next((each for each in QApplication.topLevelWidgets() if isinstance(each, Shut)), None)
        frame = next((each for each in QApplication.topLevelWidgets() if isinstance(each, Frame)), None)
        if shut is not None and shut.isVisible() and not said:
            said.extend(each.text() for each in shut.findChildren(QLabel) if each.isVisible())
            first(shut)
            then()
            QTest.keyClick(shut, Qt.Key.Key_Return)
        elif frame is not None and frame.stage.page is not None:
            timer.stop()
            frame.close()

    timer = QTimer(interval=50)
    timer.timeout.connect(look)
    timer.start()
    try:
        starting.run(QApplication.instance(), made)  # type: ignore[arg-type]
    finally:
        timer.stop()
    return said


def test_a_folder_that_cannot_be_written_says_so_shows_the_handbook_and_opens_when_it_can(
    kept: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, can = opening_for(kept), list[bool]()

    def written(path: Path, data: bytes) -> None:
        if not can:
            raise OSError(errno.EROFS, "read-only")
        replace_file(path, data)

    monkeypatch.setattr("app.store.profile.replace_file", written)

    def crisis(shut: Shut) -> None:
        QTest.keyClick(shut, Qt.Key.Key_F9)
        cover = next(each for each in shut.findChildren(Cover))
        assert cover.isVisible()
        cover.toggle()

    said = told_by(made, qtbot, first=crisis, then=lambda: can.append(True))

    assert "The desk cannot be opened" in said
    assert any(each.startswith("Nothing can be written into the folder of this profile") for each in said)


def test_no_room_to_mend_a_store_is_told_and_tried_again(kept: Path, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(kept, folder)
    (folder / "store.db").unlink()
    made, tries = opening_for(folder), list[str]()

    def mend(backup: str) -> None:
        tries.append(backup)
        if len(tries) == 1:
            raise disk_trouble()
        made.mend(backup)

    chosen = QTimer(interval=50)

    def choose() -> None:
        for each in QApplication.topLevelWidgets():
            for sheet in each.findChildren(DamageSheet):
                if offered(sheet):
                    chosen.stop()
                    offered(sheet)[0].click()
                    return

    chosen.timeout.connect(choose)
    chosen.start()

    said = told_by(replace(made, mend=mend), qtbot, first=lambda _shut: None, then=lambda: None)

    assert 2 == len(tries) and tries[0] == tries[1] != ""
    assert any("disk is full" in each for each in said)
