"""The desk as a program: lock, window, threads, and the order in which they come up.

The window is painted before the store's libraries are loaded; what needs the store comes behind it.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.handbook.place import Shelf
from app.kernel.errors import UserError
from app.kernel.litter import settle
from app.kernel.ports import Runner
from app.language.languages import language_of
from ui.shell.cover import Cover
from ui.shell.crash import Watch
from ui.shell.damage_sheet import DamageSheet
from ui.shell.doorway import Doorway, Lock
from ui.shell.frame import Frame
from ui.shell.hits import Hit
from ui.shell.pages import load_part
from ui.shell.single import Listener, raise_other
from ui.shell.window_place import place_of, put_window
from ui.shell.wiring import FirstRow, Person, Wiring
from ui.theme.apply import SYSTEM, apply
from ui.work import Desk

BACKUP_ASKED = 5 * 60 * 1000  # milliseconds; one is taken every half hour, when something was written
LANGUAGE, THEME, PARTNER = "shell.language", "shell.theme", "partner.name"
WINDOW = "shell.window"


@dataclass(frozen=True, slots=True)
class Opening:
    """What `main.py` hands in. `first()` reads choices and first rows once; `runner(may_open)` starts the threads,
    which open the store when `may_open` is set; `hold()` makes this process the one that writes; `mend(backup)` puts
    a backup in the place of a damaged store (empty: goes on with what it holds) while no thread has it open;
    `back_up(ending)` takes a copy when one is due, or at the end of work when anything was written since, and tells
    nobody when it cannot; `back_up_now()` the same before something large, and raises UserError;
    `syncing(runner)` makes the exchange with the manufacturer, both on another thread.
    `aside()` runs jobs without a store; `handbook` is the plain copy that is read when nothing else opens."""

    folder: Path
    lock: Lock
    hold: Callable[[], AbstractContextManager[None]]
    first: Callable[[], tuple[Mapping[str, Any], Sequence[FirstRow]]]
    runner: Callable[[threading.Event], Runner]
    mend: Callable[[str], None]
    back_up: Callable[[bool], None]
    back_up_now: Callable[[], None]
    syncing: Callable[[Runner], Any]
    aside: Callable[[], Runner]
    handbook: Shelf
    language: str = "en"
    zone: str = "UTC"


def run(application: QApplication, opening: Opening) -> int:
    """Shows the desk until its window is closed; the exit code. UserError (LOCKED) when another process holds it."""
    if raise_other(opening.folder):
        return 0
    apply(application, SYSTEM, opening.language)
    doorway = Doorway(opening.lock)
    if not doorway.try_without() and not _passed(application, doorway, opening):
        return 0
    doorway.deleteLater()
    with opening.hold():
        return _run_desk(application, opening)


def _passed(application: QApplication, doorway: Doorway, opening: Opening) -> bool:
    """Whether the profile was unlocked; meanwhile the handbook can be read."""
    runner = opening.aside()
    try:
        beside_the_door(doorway, Desk(runner, parent=doorway), opening.handbook)
        return _waited(application, doorway)
    finally:
        runner.close()


def beside_the_door(doorway: Doorway, desk: Desk, handbook: Shelf) -> Cover:
    """The crisis handbook over the doorway, before anybody has a key."""
    cover = Cover(doorway, desk, handbook)
    doorway.crisis_asked.connect(cover.toggle)
    return cover


def _waited(application: QApplication, doorway: Doorway) -> bool:
    passed: list[bool] = []

    def let_in() -> None:
        passed.append(True)
        doorway.close()

    doorway.opened.connect(let_in)
    doorway.show()
    application.exec()
    return bool(passed)


def _run_desk(application: QApplication, opening: Opening) -> int:
    """Once, or again after each mending of the store."""
    while True:
        desktop = Desktop(application, opening)
        try:
            desktop.frame.show()
            code = application.exec()
        finally:
            desktop.close()
        if desktop.remedy is None:
            return code
        opening.mend(desktop.remedy)


def _first(opening: Opening) -> tuple[Mapping[str, Any], Sequence[FirstRow], UserError | None]:
    """The first look; a store that its key does not open still gets its window, which says so."""
    try:
        return (*opening.first(), None)
    except UserError as trouble:
        return {}, (), trouble


class Desktop:
    """Frame, desk and threads of one profile; `close` ends them in order."""

    def __init__(self, application: QApplication, opening: Opening) -> None:
        choices, rows, unreadable = _first(opening)
        language = language_of(str(choices.get(LANGUAGE, opening.language))).code
        apply(application, str(choices.get(THEME, SYSTEM)), language)
        self._opening = opening
        self._may_open = threading.Event()
        self._runner = opening.runner(self._may_open)
        self.desk = Desk(self._runner)
        self.desk.back_up = opening.back_up_now
        self._records: Any = None
        self._light: Any = None
        self._sought: tuple[str, Callable[[Sequence[Hit]], None]] | None = None
        wiring = Wiring(
            find=self._find,
            people=self._people,
            seat=self._seat,
            partner=str(choices.get(PARTNER, "")),
            first=tuple(rows),
            handbook=opening.handbook,
        )
        self.frame = Frame(self.desk, wiring)
        put_window(self.frame, choices.get(WINDOW))
        self.frame.closing.connect(self._keep_window)
        self.remedy: str | None = None
        self._begun = False
        self.damage = DamageSheet(self.frame, self.frame.close, self.frame.toggle_crisis)
        self.damage.chosen.connect(self._mend)
        self.frame.damaged.connect(lambda damage: self.damage.show_damage(damage, opening.zone))
        self._watch = Watch()
        self._watch.reported.connect(self.frame.crash.show_report)
        self._watch.start()
        self._listener = Listener(opening.folder)
        self._listener.asked.connect(self.frame.come_forward)
        self.frame.painted.connect(self._load)
        self.frame.stage.stocked.connect(settle)
        self._backups = QTimer(self.frame, interval=BACKUP_ASKED)
        self._backups.timeout.connect(self._back_up)
        if unreadable is not None:
            self.frame.trouble(unreadable)

    def close(self) -> None:
        """Ends the threads after what is queued, and gives the hooks back."""
        self._may_open.set()
        self._backups.stop()
        if self._light is not None:
            self._light.stop()
        self.desk.close()
        self._listener.close()
        self._runner.close()
        self._back_up_at_the_end()
        self._watch.stop()
        self.frame.deleteLater()

    def _keep_window(self) -> None:
        if self._records is not None:
            self._records.keep_window(place_of(self.frame))

    def _mend(self, backup: str) -> None:
        """The window goes; the store is mended when its threads have ended, then the desk opens again."""
        self.remedy = backup
        self.frame.close()

    def _load(self) -> None:
        """After the first paint: the store opens on its thread, the wiring is imported on a worker."""
        self._may_open.set()
        self.desk.background(load_part, "records", done=self._know, owner=self.frame)

    def _back_up(self) -> None:
        self.desk.background(self._opening.back_up, False, owner=self.frame)

    def _back_up_at_the_end(self) -> None:
        """The window is gone already; a store that is to be mended is left as it is."""
        if self._begun and self.remedy is None:
            elsewhere = threading.Thread(target=self._opening.back_up, args=(True,), name="last backup")
            elsewhere.start()  # the store refuses this thread
            elsewhere.join()

    def _know(self, records: Callable[[Desk], Any]) -> None:
        self._records = records(self.desk)
        if self._sought is not None:
            self._records.find(*self._sought)
        self._records.partner(self.frame.rail.show_partner)
        self._records.seat_the_last(self._begin)

    def _begin(self) -> None:
        """The store is open: a copy of it makes sense from here on, and an exchange."""
        self.frame.begin()
        self._begun = True
        self._back_up()
        self._backups.start()
        self.desk.background(self._load_light, done=self._know_light, owner=self.frame)

    def _load_light(self) -> tuple[Any, Any]:
        return load_part("light"), self._opening.syncing(self._runner)

    def _know_light(self, made: tuple[Any, Any]) -> None:
        light, syncing = made
        self._light = light(self.desk, syncing, self._show_light)
        self._light.begin()

    def _show_light(self, light: Any) -> None:
        self.frame.rail.show_state(light.icon, light.headline, light.line)

    # Until the wiring is there, for under a second, the palette finds acts only, and nobody can be chosen.
    def _find(self, text: str, deliver: Callable[[Sequence[Hit]], None]) -> None:
        if self._records is not None:
            self._records.find(text, deliver)
        else:
            self._sought = (text, deliver)  # what was typed into the opening desk is found when it is open

    def _people(self, deliver: Callable[[Sequence[Person]], None]) -> None:
        if self._records is not None:
            self._records.people(deliver)

    def _seat(self, person: str, failed: Callable[[BaseException], None]) -> None:
        if self._records is not None:
            self._records.seat(person, failed)
