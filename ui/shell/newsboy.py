"""Reads what is new, shows how much of it at the bell, and tells it outside the window when nobody is there.

Nothing is told twice while the program runs, nothing outside office hours, and nothing while a customer looks on.
"""

from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from app.views.news import News, Notice, news, outside
from ui.shell.frame import Frame
from ui.theme.look import look
from ui.widgets.texts import speak
from ui.work import Desk

MINUTE = 60_000  # ms: what becomes due does so without anybody writing anything
PAUSE = 300  # ms after a change: several acts are one reading


class Teller(Protocol):
    """ui.shell.tray.Tray."""

    def show_news(self, count: int) -> None: ...
    def tell(self, words: str) -> None: ...


class Newsboy(QObject):
    """`begin` reads at once, then each minute and soon after each change; `stop` ends it."""

    def __init__(self, desk: Desk, frame: Frame, tray: Teller) -> None:
        super().__init__(frame)
        self._desk, self._frame, self._tray = desk, frame, tray
        self._told: set[str] | None = None  # None until what was there at the start is known
        self._news = News()
        self._timer = QTimer(self, interval=MINUTE)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        for signal in (self._timer.timeout, self._pause.timeout, desk.actor_changed, desk.board.changed):
            signal.connect(self.read)
        for signal in (desk.changed, desk.exchange.changed):
            signal.connect(self._soon)
        frame.customer.changed.connect(self._say)

    def begin(self) -> None:
        """Reads now, and goes on reading."""
        self.read()
        self._timer.start()

    def stop(self) -> None:
        """Nothing is read any more."""
        self._timer.stop()
        self._pause.stop()

    def _soon(self, *_: object) -> None:
        self._pause.start()

    def read(self, *_: object) -> None:
        """What is new for whoever is at the desk."""
        desk = self._desk
        person = desk.actor.person if desk.actor else ""
        desk.read(
            news, person, look().language, desk.exchange.trouble, desk.exchange.since, desk.board.beside,
            done=self._show, owner=self, latest="news",
        )  # fmt: skip

    def _show(self, found: News) -> None:
        self._news = found
        self._frame.top.show_news(len(found.new))
        self._tray.show_news(len(found.new))
        self._say()

    def _say(self) -> None:
        """Tells outside what came since the last time; what is in sight in the window counts as told."""
        new = self._news.new
        if self._told is None or (self._frame.isActiveWindow() and not self._frame.customer.on):
            self._told = (self._told or set()) | {each.key for each in new}
            return
        fresh = [each for each in new if each.key not in self._told]
        if fresh and self._news.working and not self._frame.customer.on:
            self._told |= {each.key for each in fresh}
            self._tray.tell(told_outside(fresh))


def told_outside(notices: list[Notice]) -> str:
    """One line for each sort, without a word that anybody wrote."""
    return "\n".join(speak(words) for words in outside(notices))
