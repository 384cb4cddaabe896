"""When the exchange happens, and what the light is told; the exchange itself is a stand-in, the store is real."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.kernel.changes import Changes
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.store.sessions import ThreadStore
from app.sync.waiting import keep_code
from app.tickets.actions import open_ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.views.sync_light import Light, Standing
from app.workflows.syncing import Report, Went
from tests.stores import EVERYTHING
from tests.ui.real import StoreRunner
from tests.ui.sync.exchanges import acknowledge_all, connect
from ui.shell.sync_light import AFTER_WRITE, EACH, LONGEST, SyncLight
from ui.work import Desk

DRAFT = TicketDraft(TicketKind.HOW_TO, "It drips", channel=Channel.EMAIL)


class Exchanges:
    """Stands in for app.workflows.syncing.Syncing: `next` are the troubles to come, `gone` what was asked."""

    def __init__(self) -> None:
        self.next: list[str] = []
        self.gone: list[bool] = []
        self.asked: list[tuple[str, str]] = []
        self.refusal: UserError | None = None
        self.changes = Changes({})
        self.stopped = False
        self.tried = 0
        self.link: object = None

    def go(self, *, deleting: bool = False) -> Went:
        self.gone.append(deleting)
        trouble = self.next.pop(0) if self.next else ""
        return Went(trouble=trouble) if trouble else Went(report=Report(0, 0, 0, 0, 0, False, self.changes))

    def enrol(self, url: str, typed: str, *, name: str = "") -> str:
        self.asked.append((url, typed))
        if self.refusal:
            raise self.refusal
        return "link"

    def enrol_waiting(self) -> object:
        self.tried += 1
        return self.link

    def report(self, key: str, text: str) -> str:
        return "sent"

    def take_back(self, key: str) -> None:
        """It is nowhere."""

    def stop(self) -> None:
        self.stopped = True


class Lit:
    """A light on a desk with a store."""

    def __init__(self, store: ThreadStore) -> None:
        self.store, self.runner = store, StoreRunner(store)
        self.desk = Desk(self.runner, EVERYTHING)
        self.syncing, self.shown = Exchanges(), list[Light]()
        self.light = SyncLight(self.desk, self.syncing, self.shown.append)

    def do(self, action: Callable[..., Any], *args: Any, **named: Any) -> None:
        self.store.write(EVERYTHING, action, args, named)

    def begin(self, *, linked: bool = True) -> None:
        if linked:
            self.do(connect)
            self.do(acknowledge_all)
        self.light.begin()
        self.settle()

    def settle(self) -> None:
        for _ in range(6):
            QApplication.processEvents()

    def go(self) -> None:
        self.light.go()
        self.settle()

    @property
    def wait(self) -> int:
        """Milliseconds until the next exchange, or -1."""
        timer = self.light._timer
        return timer.interval() if timer.isActive() else -1

    @property
    def now(self) -> Standing:
        return self.shown[-1].standing


@pytest.fixture
def lit(qtbot: QtBot, desk_store: ThreadStore) -> Iterator[Lit]:
    made = Lit(desk_store)
    yield made
    made.light.stop()
    made.desk.deleteLater()


def test_nothing_is_exchanged_before_enrolment(lit: Lit) -> None:
    lit.begin(linked=False)

    lit.go()
    lit.desk.exchange.try_now()
    lit.desk.write(open_ticket, DRAFT)
    lit.settle()

    assert ([], Standing.NOT_SET_UP) == (lit.syncing.gone, lit.now)


def test_the_first_exchange_comes_soon_after_the_start_and_the_next_in_a_minute(lit: Lit) -> None:
    lit.begin()
    first = lit.wait

    lit.go()

    assert AFTER_WRITE == first
    assert EACH * 0.8 <= lit.wait <= EACH * 1.2
    assert Standing.SENT is lit.now


def test_what_is_written_goes_out_in_a_moment(lit: Lit) -> None:
    lit.begin()
    lit.go()

    lit.desk.write(open_ticket, DRAFT)
    lit.settle()

    assert (AFTER_WRITE, Standing.WAITING) == (lit.wait, lit.now)


def test_offline_it_is_tried_more_and_more_seldom_and_a_write_does_not_hurry_it(lit: Lit) -> None:
    lit.begin()
    lit.syncing.next = ["offline"] * 6
    waits = []
    for _ in range(6):
        lit.go()
        waits.append(lit.wait)

    lit.desk.write(open_ticket, DRAFT)
    lit.settle()

    assert all(each * 0.8 <= wait <= each * 1.2 for each, wait in zip((2 * EACH, 4 * EACH), waits, strict=False))
    assert max(waits) <= LONGEST * 1.2
    assert lit.wait == waits[-1]
    assert Standing.OFFLINE is lit.now


def test_after_trouble_the_first_success_brings_the_usual_pace_back(lit: Lit) -> None:
    lit.begin()
    lit.syncing.next = ["offline", "offline"]
    for _ in range(3):
        lit.go()

    assert EACH * 0.8 <= lit.wait <= EACH * 1.2
    assert ("", 0) == (lit.desk.exchange.trouble, lit.desk.exchange.since)


def test_trouble_keeps_the_time_at_which_it_began(lit: Lit) -> None:
    lit.begin()
    lit.syncing.next = ["offline", "not_the_hub"]
    lit.go()
    began = lit.desk.exchange.since

    lit.go()

    assert began > 0
    assert ("not_the_hub", began) == (lit.desk.exchange.trouble, lit.desk.exchange.since)
    assert Standing.STUCK is lit.now


def test_asked_while_one_is_under_way_it_goes_once_more_and_not_twice(lit: Lit) -> None:
    lit.begin()
    lit.runner.hold(lit.syncing.go)
    lit.go()
    busy = lit.desk.exchange.busy
    lit.go()
    lit.go()
    under_way = list(lit.syncing.gone)

    lit.runner.let_go()
    lit.settle()

    assert (True, []) == (busy, under_way)
    assert ([False], AFTER_WRITE, False) == (lit.syncing.gone, lit.wait, lit.desk.exchange.busy)


def test_letting_records_disappear_is_passed_on_and_only_when_asked(lit: Lit) -> None:
    lit.begin()

    lit.desk.exchange.try_now(deleting=True)
    lit.settle()
    lit.desk.exchange.try_now()
    lit.settle()

    assert [True, False] == lit.syncing.gone


def test_what_came_is_told_to_the_pages_and_sends_nothing(lit: Lit) -> None:
    lit.begin()
    heard: list[Changes] = []
    lit.desk.changed.connect(heard.append)
    lit.syncing.changes = Changes({"ticket": ("t",)})

    lit.go()

    assert [lit.syncing.changes] == heard
    assert lit.wait > AFTER_WRITE


def test_a_mistake_of_ours_is_reported_and_the_exchange_goes_on_later(lit: Lit) -> None:
    lit.begin()
    troubles: list[object] = []
    lit.desk.troubled.connect(troubles.append)
    mistake = ValueError("no")
    lit.syncing.go = lambda *, deleting=False: (_ for _ in ()).throw(mistake)  # type: ignore[method-assign]

    lit.go()

    assert [mistake] == troubles
    assert ("refused", False) == (lit.desk.exchange.trouble, lit.desk.exchange.busy)
    assert lit.wait > 0


def test_enrolment_is_followed_by_an_exchange(lit: Lit) -> None:
    lit.begin(linked=False)
    done: list[object] = []

    lit.desk.exchange.enrol("https://x", "code", done=done.append, failed=done.append, owner=lit.light)
    lit.settle()

    assert ([("https://x", "code")], ["link"], [False]) == (lit.syncing.asked, done, lit.syncing.gone)


def test_enrolment_that_fails_is_told_where_it_was_asked_and_exchanges_nothing(lit: Lit) -> None:
    lit.begin(linked=False)
    lit.syncing.refusal = UserError(Trouble.BAD_INPUT, say("This is no address."), field="address")
    done: list[object] = []

    lit.desk.exchange.enrol("x", "code", done=done.append, failed=done.append, owner=lit.light)
    lit.settle()

    assert ([lit.syncing.refusal], []) == (done, lit.syncing.gone)


def test_at_the_end_nothing_begins_any_more(lit: Lit) -> None:
    lit.begin()

    lit.light.stop()
    lit.go()
    lit.desk.write(open_ticket, DRAFT)
    lit.settle()

    assert (True, [], -1) == (lit.syncing.stopped, lit.syncing.gone, lit.wait)


def test_code_that_waits_is_tried_until_it_is_used_and_then_the_exchange_begins(lit: Lit) -> None:
    lit.do(keep_code, "http://127.0.0.1:9", "AAAAA-BBBBB-CCCCC-DDDDD")
    lit.begin(linked=False)
    lit.go()
    assert (1, [], EACH) == (lit.syncing.tried, lit.syncing.gone, lit.wait)

    lit.syncing.link = object()
    lit.do(connect)
    lit.go()
    assert AFTER_WRITE == lit.wait
    lit.go()

    assert (2, [False]) == (lit.syncing.tried, lit.syncing.gone)
