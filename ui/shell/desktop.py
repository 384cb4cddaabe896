"""The desk as a program: lock, window, threads, and the order in which they come up.

The window is painted before the store's libraries are loaded; what needs the store comes behind it.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.kernel.damage import DamagedError
from app.kernel.errors import UserError
from app.kernel.litter import settle
from app.kernel.messages import Message, say
from app.language.languages import language_of
from ui.shell.crash import Watch
from ui.shell.damage_sheet import DamageSheet
from ui.shell.frame import Frame
from ui.shell.hits import Hit
from ui.shell.opening import Opening
from ui.shell.pages import load_part
from ui.shell.single import Listener
from ui.shell.tray import Tray
from ui.shell.window_place import place_of, put_window
from ui.shell.wiring import FirstRow, Person, Wiring
from ui.theme.apply import SYSTEM, apply
from ui.theme.look import look
from ui.theme.motion import motion_of
from ui.theme.sizes import size_of
from ui.widgets.letters import set_letters
from ui.widgets.widths import WIDTHS
from ui.work import IDLE_SECONDS, Desk

BACKUP_ASKED = 5 * 60 * 1000  # milliseconds; one is taken every half hour, when something was written
LANGUAGE, THEME, PARTNER = "shell.language", "shell.theme", "partner.name"
LETTERS, IDLE_MINUTES = "keys.letters", "desk.idle_minutes"
WINDOW, STAYS = "shell.window", "shell.stays"
SIZE, MOTION, COLUMNS = "shell.size", "shell.motion", "shell.columns"
NO_BACKUP = say(
    "No backup could be taken: the disk is full or does not accept writing. What you enter is still saved. Make room on"
    " the disk; then the next backup is taken by itself."
)
_log = logging.getLogger(__name__)


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
        apply(
            application, str(choices.get(THEME, SYSTEM)), language,
            size=size_of(choices.get(SIZE, look().size)), motion=motion_of(choices.get(MOTION)),
        )  # fmt: skip
        WIDTHS.know(choices.get(COLUMNS))
        WIDTHS.on_change = self._keep_columns
        self._opening = opening
        self._may_open = threading.Event()
        self._runner = opening.runner(self._may_open)
        self.desk = Desk(self._runner)
        self.desk.back_up = opening.back_up_now
        set_letters(alone=choices.get(LETTERS) is not False)
        minutes = choices.get(IDLE_MINUTES)
        self.desk.idle_seconds = minutes * 60 if type(minutes) is int and minutes > 0 else IDLE_SECONDS
        self.desk.board.stays = choices.get(STAYS) is True
        self._records: Any = None
        self._light: Any = None
        self._news: Any = None
        self._sought: tuple[str, Callable[[Sequence[Hit]], None]] | None = None
        wiring = Wiring(
            find=self._find,
            people=self._people,
            seat=self._seat,
            partner=str(choices.get(PARTNER, "")),
            first=tuple(rows),
            handbook=opening.handbook,
            whose=self._whose,
        )
        self.frame = Frame(self.desk, wiring)
        put_window(self.frame, choices.get(WINDOW))
        self.tray = Tray(self.frame)
        self.tray.stand(self.desk.board)
        self.frame.closing.connect(self._keep_window)
        self.frame.text_size.chosen.connect(self._keep_text_size)
        self.frame.ended.connect(application.quit)
        self.remedy: str | None = None
        self._begun = self._told = False
        self._doubted = ""
        self.damage = DamageSheet(self.frame, self.frame.close, self.frame.toggle_crisis)
        self.damage.chosen.connect(self._mend)
        self.frame.damaged.connect(lambda damage: self.damage.show_damage(damage, opening.zone))
        self._watch = Watch()
        self._left = opening.faults.take()
        self._watch.reported.connect(self.frame.crash.show_report)
        self._watch.start()
        self.frame.crash.reported.connect(opening.faults.keep)
        self.frame.crash.settled.connect(opening.faults.forget)
        self._listener = Listener(opening.folder)
        self._listener.asked.connect(self.frame.come_forward)
        self.frame.painted.connect(self._load)
        self.frame.stage.stocked.connect(settle)
        self._backups = QTimer(self.frame, interval=BACKUP_ASKED)
        self._backups.timeout.connect(self._look_after)
        if unreadable is not None:
            self.frame.trouble(unreadable)

    def close(self) -> None:
        """Ends the threads after what is queued, and gives the hooks back."""
        self._may_open.set()
        self._backups.stop()
        self.tray.go()
        if self._news is not None:
            self._news.stop()
        if self._light is not None:
            self._light.stop()
        self.desk.close()
        self._listener.close()
        self._runner.close()
        self._back_up_at_the_end()
        self._watch.stop()
        if self._left:
            self._opening.faults.keep(self._left)  # the desk did not come as far as to offer it
        self.frame.deleteLater()

    def _offer_left(self) -> None:
        left, self._left = self._left, ""
        if left and not self.frame.crash.isVisible():
            self.frame.crash.offer_again(left)

    def _keep_window(self) -> None:
        if self._records is not None:
            self._records.keep_window(place_of(self.frame))

    def _keep_text_size(self, size: int) -> None:
        if self._records is not None:
            self._records.keep_text_size(size)

    def _keep_columns(self, widths: dict[str, dict[str, int]]) -> None:
        if self._records is not None:
            self._records.keep_columns(widths)

    def _mend(self, backup: str) -> None:
        """The window goes; the store is mended when its threads have ended, then the desk opens again."""
        self.remedy = backup
        self.frame.close()

    def _load(self) -> None:
        """After the first paint: the store opens on its thread, the wiring is imported on a worker."""
        self._may_open.set()
        self.desk.background(load_part, "records", done=self._know, owner=self.frame)

    def _look_after(self) -> None:
        """At the start and every few minutes: the clock first, since a copy is dated by it."""
        self.desk.background(self._opening.clock, done=self._doubt, owner=self.frame)
        self._back_up()

    def _doubt(self, words: Message | None) -> None:
        if words is not None and words.msgid != self._doubted:
            self.frame.warn(words)
        self._doubted = words.msgid if words is not None else ""

    def _back_up(self) -> None:
        self.desk.background(
            self._opening.back_up, False, done=self._backed_up, failed=self._not_backed_up, owner=self.frame
        )

    def _backed_up(self, _nothing: object) -> None:
        self._told = False
        self._look_beside()

    def _look_beside(self) -> None:
        """After a backup was tried, so that one that is being taken is not missed."""
        self.desk.background(self._opening.beside, done=self.desk.board.lay, owner=self.frame)

    def _not_backed_up(self, problem: BaseException) -> None:
        """Damage has its sheet, what is ours its report; a disk without room is told once, until a copy succeeds."""
        self._look_beside()
        if isinstance(problem, UserError) and not isinstance(problem, DamagedError):
            _log.warning("no backup was taken: %s", problem.kind)
            if self._told:
                return
            self._told = True
            problem = UserError(problem.kind, NO_BACKUP)
        self.frame.trouble(problem)

    def _back_up_at_the_end(self) -> None:
        """The window is gone already; a store that is to be mended is left as it is."""
        if self._begun and self.remedy is None:
            elsewhere = threading.Thread(target=self._last_backup, name="last backup")
            elsewhere.start()  # the store refuses this thread
            elsewhere.join()

    def _last_backup(self) -> None:
        try:
            self._opening.back_up(True)
        except UserError as problem:  # nobody is there to be told; the next start looks again
            _log.warning("no backup was taken: %s", problem.kind)

    def _know(self, records: Callable[[Desk], Any]) -> None:
        self._records = records(self.desk)
        if self._sought is not None:
            self._records.find(*self._sought)
        self._records.partner(self.frame.rail.show_partner)
        self._records.seat_the_last(self._begin)

    def _begin(self) -> None:
        """The store is open: a copy of it makes sense from here on, and an exchange."""
        self.desk.house = self._opening.house()
        self.frame.begin()
        self._begun = True
        if self._opening.greeting is not None:
            self.frame.toast.show_done(self._opening.greeting)
        self.desk.background(self._opening.check, owner=self.frame)
        self._look_after()
        self._backups.start()
        self._offer_left()
        self.desk.background(self._load_light, done=self._know_light, owner=self.frame)

    def _load_light(self) -> tuple[Any, Any, Any]:
        return load_part("light"), self._opening.syncing(self._runner), load_part("news")

    def _know_light(self, made: tuple[Any, Any, Any]) -> None:
        light, syncing, newsboy = made
        self._light = light(self.desk, syncing, self._show_light)
        self._light.begin()
        self._news = newsboy(self.desk, self.frame, self.tray)
        self._news.begin()

    def _show_light(self, light: Any) -> None:
        self.frame.rail.show_state(light.icon, light.headline, light.line)
        self.frame.crash.offer_sending(light.manufacturer)
        self.tray.show_state(light.headline)

    # Until the wiring is there, for under a second, the palette finds acts only, and nobody can be chosen.
    def _find(self, text: str, deliver: Callable[[Sequence[Hit]], None]) -> None:
        if self._records is not None:
            self._records.find(text, deliver)
        else:
            self._sought = (text, deliver)  # what was typed into the opening desk is found when it is open

    def _people(self, deliver: Callable[[Sequence[Person]], None]) -> None:
        if self._records is not None:
            self._records.people(deliver)

    def _whose(self, place: str, argument: object, deliver: Callable[[str], None]) -> None:
        if self._records is not None:
            self._records.whose(place, argument, deliver)

    def _seat(self, person: str, failed: Callable[[BaseException], None]) -> None:
        if self._records is not None:
            self._records.seat(person, failed)
