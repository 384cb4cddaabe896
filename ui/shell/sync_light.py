"""When the exchange with the manufacturer happens: soon after something was written, each minute, and when asked.

Being offline is the normal case: it is tried again more and more seldom, and nobody is asked anything.
"""

import random
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer

from app.kernel.changes import Changes
from app.kernel.instants import now
from app.views.sync_light import Light, Standing, sync_light
from ui.work import Desk, Enrolling, Reporting

AFTER_WRITE = 2_000  # ms: several acts go in one message
EACH = 60_000
LONGEST = 300_000  # between two tries without a connection
OFFLINE = "offline"


class Syncing(Protocol):
    """app.workflows.syncing.Syncing."""

    def go(self, *, deleting: bool = False) -> Any: ...
    def enrol(self, url: str, typed: str, *, name: str = "") -> Any: ...
    def enrol_waiting(self) -> Any: ...
    def report(self, key: str, text: str) -> str: ...
    def take_back(self, key: str) -> None: ...
    def stop(self) -> None: ...


class SyncLight(QObject):
    """`show` gets the light whenever it changes; `begin` starts the clock. One exchange at a time."""

    def __init__(self, desk: Desk, syncing: Syncing, show: Callable[[Light], object]) -> None:
        super().__init__(desk)
        self._desk, self._syncing, self._show = desk, syncing, show
        self._linked = self._again = self._telling = self._stopped = self._code_waits = False
        self._wait = EACH
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.go)
        self._exchange = desk.exchange
        self._exchange.wanted.connect(self.go)
        self._exchange.enrolling.connect(self._enrol)
        self._exchange.reporting.connect(self._report)
        self._exchange.taking_back.connect(self._take_back)
        self._exchange.changed.connect(self._tell)
        desk.changed.connect(self._written)

    def begin(self) -> None:
        """Reads how it stands, and exchanges once soon after the start."""
        self._tell()
        self._timer.start(AFTER_WRITE)

    def stop(self) -> None:
        """No exchange begins any more; one that is under way ends at its next message."""
        self._stopped = True
        self._timer.stop()
        self._syncing.stop()

    def go(self, deleting: bool = False) -> None:
        """Exchanges now, or once more when the one that is under way has ended; nothing before enrolment."""
        if self._stopped or not self._linked:
            self._try_code()
            return
        if self._exchange.busy:
            self._again = True
            return
        self._exchange.busy = True
        self._exchange.changed.emit()
        self._desk.background(self._syncing.go, deleting=deleting, done=self._went, failed=self._failed, owner=self)

    def _try_code(self) -> None:
        """A code was typed when there was no network; it is tried until it is used or refused."""
        if self._code_waits and not self._stopped and not self._exchange.busy:
            self._exchange.busy = True
            self._desk.background(
                self._syncing.enrol_waiting, done=self._tried_code, failed=self._failed, owner=self
            )  # fmt: skip

    def _tried_code(self, link: Any) -> None:
        self._exchange.busy = False
        self._linked = self._linked or link is not None
        self._timer.start(AFTER_WRITE if self._linked else EACH)
        self._exchange.changed.emit()

    def _enrol(self, wish: Enrolling) -> None:
        def enrolled(link: Any) -> None:
            self._exchange.trouble, self._linked = "", True
            wish.done(link)
            self.go()

        self._desk.background(
            self._syncing.enrol, wish.address, wish.code, done=enrolled, failed=wish.failed, owner=wish.owner
        )

    def _report(self, wish: Reporting) -> None:
        def landed(outcome: str) -> None:
            wish.done(outcome)
            self._exchange.changed.emit()

        self._desk.background(
            self._syncing.report, wish.key, wish.text, done=landed, failed=wish.failed, owner=wish.owner
        )

    def _take_back(self, key: str) -> None:
        self._desk.background(
            self._syncing.take_back, key, done=lambda _: self._exchange.changed.emit(), owner=self
        )  # fmt: skip

    def _written(self, changes: Changes) -> None:
        """Something is new here: the light counts it, and it goes out in a moment unless the line is down."""
        self._tell()
        if self._linked and not (self._exchange.trouble or self._telling or self._stopped):
            self._timer.start(AFTER_WRITE)

    def _went(self, went: Any) -> None:
        self._settle(went.trouble)
        if went.report is not None:
            self._telling = True  # what came is not to be sent
            self._desk.tell(went.report.changes)
            self._telling = False

    def _failed(self, problem: BaseException) -> None:
        self._settle("refused")
        self._desk.troubled.emit(problem)

    def _settle(self, trouble: str) -> None:
        exchange = self._exchange
        exchange.busy = False
        exchange.since = (exchange.since or now()) if trouble else 0
        exchange.trouble = trouble
        self._wait = min(self._wait * 2, LONGEST) if trouble else EACH
        again, self._again = self._again, False
        self._timer.start(AFTER_WRITE if again and not trouble else int(self._wait * random.uniform(0.8, 1.2)))
        exchange.changed.emit()

    def _tell(self) -> None:
        exchange = self._exchange
        self._desk.read(sync_light, exchange.trouble, exchange.since, done=self._shown, latest="light", owner=self)

    def _shown(self, light: Light) -> None:
        self._linked = light.standing is not Standing.NOT_SET_UP
        self._code_waits = light.code_waits
        self._show(light)
