"""The one door of the interface to the store: writes, reads and jobs run elsewhere, answers arrive on the UI thread."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from app.kernel.beside import Beside
from app.kernel.changes import Changes
from app.kernel.errors import BugError, Trouble, UserError
from app.kernel.house import House
from app.kernel.messages import say
from app.kernel.ports import Runner, Written
from app.kernel.reports import Safe
from app.kernel.rights import Actor

IDLE_SECONDS = 600

Done = Callable[[Any], object]
Failed = Callable[[BaseException], object]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Wish:
    """What is to happen when a future is there, and for whom."""

    done: Done | None
    failed: Failed | None
    owner: QObject | None
    latest: tuple[int, str] | None = None
    sent: tuple[Any, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Enrolling:
    """A wish to become a device of a partner: where, with which code, and who is told."""

    address: str
    code: str
    done: Done
    failed: Failed
    owner: QObject


@dataclass(frozen=True, slots=True, eq=False)
class Reporting:
    """A wish to send a report of a fault; `done` gets `sent`, `waits` or `refused`."""

    key: str
    text: str
    done: Done
    failed: Failed
    owner: QObject


class Exchange(QObject):
    """The exchange with the manufacturer as pages know it; the shell carries it out.

    `changed` is sent when it stands otherwise: `trouble` is why the last one failed (or empty), `since` when that
    began in microseconds UTC, `busy` whether one is under way.
    """

    changed = Signal()
    wanted = Signal(bool)
    enrolling = Signal(object)
    reporting = Signal(object)
    taking_back = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.trouble, self.since, self.busy = "", 0, False

    def try_now(self, *, deleting: bool = False) -> None:
        """Exchanges at once; `deleting` lets an unusual number of records disappear."""
        self.wanted.emit(deleting)

    def enrol(self, address: str, code: str, *, done: Done, failed: Failed, owner: QObject) -> None:
        """Makes this profile a device of a partner; `failed` gets a UserError with the field."""
        self.enrolling.emit(Enrolling(address, code, done, failed, owner))

    def report(self, key: str, text: str, *, done: Done, failed: Failed, owner: QObject) -> None:
        """Sends this very text to the manufacturer, at once or as soon as there is a network."""
        self.reporting.emit(Reporting(key, text, done, failed, owner))

    def take_back(self, key: str) -> None:
        """A report that did not go yet never goes."""
        self.taking_back.emit(key)


class Board(QObject):
    """What is told beside the pages: `beside` lies next to the store, `tray` says whether the system shows an icon of
    this program, `stays` whether the window goes there when it is closed.

    `changed` is sent when news are to be read anew for a reason that no record tells.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.beside, self.tray, self.stays = Beside(), False, False

    def lay(self, beside: Beside) -> None:
        """This was found next to the store."""
        if beside != self.beside:
            self.beside = beside
            self.changed.emit()


class Desk(QObject):
    """Runs actions and queries through a `Runner` and brings the answers back to the UI thread.

    `changed` carries the `Changes` of each committed write; `troubled` an exception that nobody asked for;
    `who_asked` two callables, go on and give up, when a write waits for the person to say who they are.
    `back_up` is a job for `background` before something large: a copy of the store when anything was written since
    the last one; the shell gives it, and it raises UserError when none could be taken. `house` is what the settings may
    ask of the open profile, None while there is none; `idle_seconds` after how long the next write asks who is there.
    """

    changed = Signal(object)
    troubled = Signal(object)
    who_asked = Signal(object, object)
    actor_changed = Signal(object)
    _landed = Signal(object, object)

    def __init__(self, runner: Runner, actor: Actor | None = None, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._actor = actor
        self._newest: dict[tuple[int, str], _Wish] = {}
        self._sent: list[tuple[Any, ...]] = []  # the writes under way
        self._waiting = 0
        self._seen = time.monotonic()
        self._stale = actor is None
        self._closed = False
        self.exchange, self.board = Exchange(self), Board(self)
        self.back_up: Callable[[], object] = _nothing_to_keep
        self.house: House | None = None
        self.idle_seconds = IDLE_SECONDS
        # Queued even from this thread: an answer never arrives inside the call that asked.
        self._landed.connect(self._settle, Qt.ConnectionType.QueuedConnection)

    @property
    def actor(self) -> Actor | None:
        """Who is at the desk."""
        return self._actor

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._waiting > 0

    def tell(self, changes: Changes) -> None:
        """Something was committed by a job in the background, such as a page of news."""
        if changes.ids and not self._closed:
            self.changed.emit(changes)

    def close(self) -> None:
        """The threads are about to end: what is under way finishes there, nobody here is told any more."""
        self._closed = True

    def take_over(self, actor: Actor) -> None:
        """This person is at the desk from now on."""
        self._actor, self._stale = actor, False
        self._seen = time.monotonic()
        self.actor_changed.emit(actor)

    def renew(self, actor: Actor) -> None:
        """The same person may do something else now; whoever sits there meanwhile is not touched."""
        if self._actor is not None and self._actor.person == actor.person and self._actor != actor:
            self._actor = actor
            self.actor_changed.emit(actor)

    def stand_up(self, person: str) -> None:
        """This person does not work here any more: the next write asks who it is."""
        if self._actor is not None and self._actor.person == person:
            self._stale = True

    def notice(self, now: float | None = None) -> None:
        """Somebody touched the machine; after some idle minutes it may be somebody else."""
        moment = time.monotonic() if now is None else now
        if moment - self._seen >= self.idle_seconds:
            self._stale = True
        self._seen = moment

    def write(
        self,
        action: Callable[..., Any],
        /,
        *args: Any,
        done: Done | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
        **named: Any,
    ) -> None:
        """Runs `action(work, *args)` in one transaction; `done` gets its result, then `changed` is sent.

        After `idle_seconds` it asks first who is there; giving up fails with UserError(WHO_IS_THERE). The same write of
        the same owner while the first one is under way is a second press, and is dropped.
        """
        whose = owner or _owner_of(done) or _owner_of(failed)
        sent = (action, args, named, whose)
        wish = _Wish(done, failed, whose, sent=sent)

        def go_on() -> None:
            if self._actor is None:
                raise BugError("a write without an actor")
            actor = self._actor
            if whose is None or sent not in self._sent:
                self._sent.append(sent)
                self._await(lambda: self._runner.write(actor, action, *args, **named), wish)

        def give_up() -> None:
            words = say("Nothing was saved, since nobody said who is at the desk.")
            self._fail(UserError(Trouble.WHO_IS_THERE, words), wish, wanted=self._wanted(wish))

        if self._stale or self._actor is None:
            self.who_asked.emit(go_on, give_up)
        else:
            go_on()

    def jot(
        self,
        action: Callable[..., Any],
        /,
        *args: Any,
        done: Done | None = None,
        failed: Failed | None = None,
        **named: Any,
    ) -> None:
        """Keeps what somebody is typing (`workflows.drafts`) without asking who is there and without telling anyone.

        Not a write in the sense of the ten idle minutes: asking in the middle of a word would take the focus away.
        """
        if self._actor is not None:
            wish = _Wish(done, failed or self.troubled.emit, _owner_of(done))
            actor = self._actor
            self._await(lambda: self._runner.write(actor, action, *args, **named), wish)

    def read(
        self,
        query: Callable[..., Any],
        /,
        *args: Any,
        done: Done,
        failed: Failed | None = None,
        owner: QObject | None = None,
        latest: str = "",
        **named: Any,
    ) -> None:
        """Runs `query(session, *args)` on a reader. With `latest`, an answer that a newer question of the same owner
        and name has overtaken is dropped (search as you type)."""
        wish = self._wish(done, failed, owner, latest)
        self._await(lambda: self._runner.read(query, *args, **named), wish)

    def background(
        self,
        job: Callable[..., Any],
        /,
        *args: Any,
        done: Done | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
        latest: str = "",
        **named: Any,
    ) -> None:
        """Runs `job(*args)` on a pool thread, outside any transaction (PDF, network, files); `latest` as in `read`."""
        wish = self._wish(done, failed, owner, latest)
        self._await(lambda: self._runner.background(job, *args, **named), wish)

    def _wish(self, done: Done | None, failed: Failed | None, owner: QObject | None, latest: str) -> _Wish:
        whose = owner or _owner_of(done)
        wish = _Wish(done, failed, whose, (id(whose), latest) if latest else None)
        if wish.latest:
            self._newest[wish.latest] = wish
        return wish

    def _await(self, begin: "Callable[[], Future[Any]]", wish: _Wish) -> None:
        if self._closed:
            return
        future = begin()
        self._waiting += 1
        future.add_done_callback(lambda landed: self._land(wish, landed))

    def _land(self, wish: _Wish, future: "Future[Any]") -> None:
        """On the runner's thread; a desk that is gone takes no answers."""
        if isValid(self):
            self._landed.emit(wish, future)

    def _settle(self, wish: _Wish, future: "Future[Any]") -> None:
        self._waiting -= 1
        if wish.sent is not None:
            self._sent.remove(wish.sent)
        if self._closed:
            return
        problem = _problem_of(future)
        wanted = self._wanted(wish)
        if problem is not None:
            self._fail(problem, wish, wanted=wanted)
            return
        answer = future.result()
        changes = answer.changes if isinstance(answer, Written) else None
        try:
            if wanted and wish.done is not None:
                wish.done(answer.result if isinstance(answer, Written) else answer)
        finally:  # what was committed is told, whatever the page makes of it
            if isinstance(changes, Changes) and changes.ids:
                self.changed.emit(changes)

    def _wanted(self, wish: _Wish) -> bool:
        if wish.latest:
            if self._newest.get(wish.latest) is not wish:
                return False
            del self._newest[wish.latest]
        return wish.owner is None or isValid(wish.owner)

    def _fail(self, problem: BaseException, wish: _Wish, *, wanted: bool) -> None:
        if isinstance(problem, CancelledError):
            return
        if wanted and wish.failed is not None:
            wish.failed(problem)
        elif wanted or wish.failed is None:
            self.troubled.emit(problem)
        else:
            _log.info("a failure came after its page was closed: %s", Safe(type(problem).__name__))


def _nothing_to_keep() -> None:
    """Without a shell there is no store beside the desk that a copy could be taken of."""


def _problem_of(future: "Future[Any]") -> BaseException | None:
    return CancelledError() if future.cancelled() else future.exception()


def _owner_of(taker: Done | Failed | None) -> QObject | None:
    """The widget whose bound method takes the answer: it is dropped when the widget is gone."""
    holder = getattr(taker, "__self__", None)
    return holder if isinstance(holder, QObject) else None
