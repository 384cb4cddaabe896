"""The page of the exchange on a real store, in every state."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.kernel.instants import now
from app.kernel.messages import say
from app.sync.errors import SyncTrouble
from app.sync.records import Refused
from app.sync.reports import queue_report
from app.sync.waiting import drop_code, keep_code
from app.tickets.actions import open_ticket
from app.tickets.records import Ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.views.sync_page import Fact, sync_page
from tests.ui.conftest import Dress
from tests.ui.opened import Opened, act, words
from tests.ui.sync.exchanges import (
    HOSTILE,
    LONG,
    RTL,
    acknowledge_all,
    add_clash,
    connect,
    hold_newer,
    refuse,
)
from tests.ui.walking import cut, marked_up, unnamed
from ui.sync.clash_card import ClashCard
from ui.sync.sync_page import ExchangePage, _fact
from ui.widgets.address import Address
from ui.widgets.button import Button

LOOKS = [("light", "en", 1200), ("dark", "ar", 1000), ("light", "en", 560), ("light", "zh-Hans", 560)]


def ticket_in(opened: Opened, title: str = "It drips") -> str:
    made: str = do(opened, open_ticket, TicketDraft(TicketKind.HOW_TO, title, channel=Channel.EMAIL, words=HOSTILE))
    return made


def do(opened: Opened, action: Callable[..., Any], *args: Any, **named: Any) -> Any:
    return opened.bench.store.write(opened.desk.actor, action, args, named).result  # type: ignore[arg-type]


def page_of(opened: Opened) -> ExchangePage:
    return opened.page(ExchangePage)


def sent(opened: Opened) -> None:
    do(opened, connect)
    do(opened, acknowledge_all)


def troubled(opened: Opened, trouble: str) -> None:
    do(opened, connect)
    opened.desk.exchange.trouble, opened.desk.exchange.since = trouble, now() - 3_600_000_000


def deciding(opened: Opened) -> None:
    """Every kind of value, one of another version, refusals, a wrong clock, something held."""
    do(opened, connect, clock_error=7_400_000)
    one, other = ticket_in(opened), ticket_in(opened, "x" * 200)
    do(opened, add_clash, one, "title", HOSTILE, RTL)
    do(opened, add_clash, one, "words", LONG, "short", lost_by="nobody we know", lost_at="soon")
    do(opened, add_clash, other, "_del", True, False)
    do(opened, add_clash, other, "kind", "how_to", "quality")
    do(opened, add_clash, "0" * 32, "colour" * 9, {"a": [1]}, None, kind="poem")
    do(opened, add_clash, one, "title", 1, 2, kept="no JSON {", lost="1.5")
    for code in ("altered", "bad_seal", "unknown_kind", "bad_title"):
        do(opened, refuse, one, code)
    do(opened, hold_newer)


STATES: dict[str, Callable[[Opened], object]] = {
    "none": lambda opened: None,
    "first": lambda opened: do(opened, connect, synced_at=0),
    "sent": sent,
    "waiting": lambda opened: do(opened, connect),
    "decide": deciding,
    **{each.value: partial(troubled, trouble=each.value) for each in SyncTrouble},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("theme", "language", "width"), LOOKS)
def test_no_state_has_a_control_unnamed_a_text_cut_or_read_as_markup(
    qtbot: QtBot, opened: Opened, dress: Dress, state: str, theme: str, language: str, width: int
) -> None:
    dress(theme, language)
    STATES[state](opened)

    page = page_of(opened)
    page.resize(width, 860)
    with suppress(qtbot.TimeoutError):  # wrapped labels take their height when the layout has settled
        qtbot.waitUntil(lambda: cut(page) == [], timeout=2_000)

    assert ([], [], []) == (unnamed(page), marked_up(page), [each[:80] for each in cut(page)])


@pytest.mark.parametrize("state", STATES)
def test_nobody_reads_how_it_is_built(opened: Opened, state: str) -> None:
    STATES[state](opened)

    said = words(page_of(opened)).casefold()

    assert [] == [each for each in ("hub", "tenant", "synchron", "sync ", "none", "null") if each in said]


def test_before_enrolment_it_asks_where_and_which_code_and_shows_nothing_else(opened: Opened) -> None:
    page = page_of(opened)

    assert page.connect_card.isVisible()
    assert page.connect_card.address is opened.focus()
    assert [False, False, False] == [each.isVisible() for each in (page.try_button, page.waiting_card, page.nothing)]


def test_connected_the_keyboard_is_at_trying_now(opened: Opened) -> None:
    page = page_of(opened)

    do(opened, connect)
    page.reread()
    opened.settle()

    assert page.try_button is opened.focus()
    assert not page.connect_card.isVisible()


def test_sent_it_says_so_and_that_what_comes_next_shows_here(opened: Opened) -> None:
    sent(opened)

    page = page_of(opened)

    assert page.nothing.isVisible() and not page.waiting_card.isVisible()
    assert "Averdell" in words(page) and "has all that you wrote." in words(page)


def test_what_waits_is_listed_by_its_matter_once_for_each_record(opened: Opened) -> None:
    sent(opened)
    ticket = ticket_in(opened)
    do(opened, open_ticket, TicketDraft(TicketKind.HOW_TO, "other", channel=Channel.EMAIL))

    page = page_of(opened)
    number = opened.bench.store.read(
        lambda session: session.scalar(select(Ticket.number).where(Ticket.id == ticket)), ()
    )

    rows = [str(page.rows.index(row, 0).data()) for row in range(page.rows.rowCount())]
    assert page.waiting_card.isVisible()
    assert 1 == sum(each.startswith("Ticket") and str(number) in each for each in rows)


def test_offline_it_says_since_when_and_that_one_can_work_and_nothing_is_red(opened: Opened) -> None:
    troubled(opened, "offline")

    said = words(page_of(opened))

    assert "You can work as usual. It is tried again by itself." in said
    assert "Since " in said


def test_a_device_that_is_not_known_any_more_can_connect_anew(opened: Opened) -> None:
    troubled(opened, "unknown_device")

    page = page_of(opened)

    assert page.connect_card.isVisible() and page.try_button.isVisible()


def test_records_disappear_only_when_somebody_lets_them(opened: Opened) -> None:
    troubled(opened, "too_many_deleted")
    page = page_of(opened)
    asked: list[bool] = []
    opened.desk.exchange.wanted.connect(asked.append)

    act(page, "try")
    before = list(asked)
    (button,) = [each for each in page.deleting.findChildren(type(page.try_button)) if each.isVisible()]
    QTest.keyClick(button, Qt.Key.Key_Space)

    assert ([False], [False, True]) == (before, asked)


def test_trying_is_said_and_keeps_the_keyboard(opened: Opened) -> None:
    sent(opened)
    page = page_of(opened)

    opened.desk.exchange.busy = True
    opened.desk.exchange.changed.emit()
    opened.settle()

    assert "Exchanging …" == page.try_button.text()
    assert page.try_button is opened.focus()


@pytest.mark.parametrize(
    ("error", "said"), [(7_400_000, "123 minutes behind"), (-180_000, "3 minutes ahead"), (90_000, "")]
)
def test_a_wrong_clock_is_told_with_its_side(opened: Opened, error: int, said: str) -> None:
    do(opened, connect, clock_error=error)

    page = page_of(opened)

    assert bool(said) is page.clock.isVisible()
    assert said in page.clock.headline.text().replace("⁨", "").replace("⁩", "")


@pytest.mark.parametrize(("take", "expected"), [(False, "kept"), (True, "lost")])
def test_a_clash_shows_both_values_whole_and_is_decided_either_way(opened: Opened, take: bool, expected: str) -> None:
    sent(opened)
    ticket = ticket_in(opened, "kept")
    do(opened, add_clash, ticket, "title", "kept", "lost")
    page = page_of(opened)
    (card,) = page.findChildren(ClashCard)
    texts = [each.text() for each in card.findChildren(QLabel)]

    QTest.keyClick(card.take if take else card.keep, Qt.Key.Key_Space)
    opened.settle()

    title = opened.bench.store.read(lambda session: session.scalar(select(Ticket.title).where(Ticket.id == ticket)), ())
    assert {"kept", "lost"} <= set(texts)
    assert expected == title
    assert [] == [each for each in page.findChildren(ClashCard) if each.isVisible()]
    assert 1 == len(opened.told)


def test_a_second_press_decides_once(opened: Opened) -> None:
    sent(opened)
    ticket = ticket_in(opened, "kept")
    clash = do(opened, add_clash, ticket, "title", "kept", "lost")
    page = page_of(opened)

    page.decide(clash, True)
    page.decide(clash, True)
    opened.settle()

    assert () == opened.bench.store.read(sync_page, ("", 0)).clashes


def test_long_values_stand_whole_in_a_place_that_scrolls(opened: Opened) -> None:
    do(opened, connect)
    do(opened, add_clash, ticket_in(opened), "words", LONG, HOSTILE)

    page = page_of(opened)

    (area,) = page.findChildren(QPlainTextEdit)
    assert (LONG, True) == (area.toPlainText(), area.isReadOnly())
    assert page.width() == 1200


def test_a_value_that_cannot_be_put_back_offers_no_button_and_says_why(opened: Opened) -> None:
    do(opened, connect)
    do(opened, add_clash, "0" * 32, "colour", 1, 2, kind="poem")

    page = page_of(opened)

    (card,) = page.findChildren(ClashCard)
    assert (True, False) == (card.keep.isVisible(), card.take.isVisible())
    assert "This version of the program cannot take the other value." in words(card)


def test_a_refusal_says_why_and_goes_when_it_was_read(opened: Opened) -> None:
    sent(opened)
    op_id = do(opened, refuse, ticket_in(opened), "altered")
    page = page_of(opened)
    shown = page.refused.isVisible()
    (button,) = [each for each in page.refused.findChildren(type(page.try_button)) if each.isVisible()]

    QTest.keyClick(button, Qt.Key.Key_Space)
    opened.settle()

    def seen(session: Any) -> bool:
        row = session.get(Refused, op_id)
        return bool(row.seen)

    assert shown and not page.refused.isVisible()
    assert opened.bench.store.read(seen, ())


def test_it_reads_again_each_minute_only_while_it_is_up(opened: Opened) -> None:
    page = page_of(opened)
    up = page._timer.isActive()

    page.leave()

    assert (True, False) == (up, page._timer.isActive())


LONG_ADDRESS = "https://service-desk.partners.averdell-beverage-equipment.example:8443/aftercare/exchange"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_long_address_stays_on_one_line_with_its_ends_in_sight_and_is_told_whole(
    qtbot: QtBot, dress: Dress, language: str
) -> None:
    dress("light", language)
    card = _fact(Fact("cloud-check", say("Connected"), say("As {partner}", partner="Moinho"), None, LONG_ADDRESS))
    qtbot.addWidget(card)
    card.resize(300, 120)
    card.show()

    [address] = card.findChildren(Address)

    assert "…" in address.shown()
    assert LONG_ADDRESS.startswith(address.shown().split("…")[0]) and LONG_ADDRESS.endswith(
        address.shown().split("…")[1]
    )
    assert (LONG_ADDRESS, LONG_ADDRESS) == (address.toolTip(), address.accessibleName())
    assert address.height() < 2 * address.sizeHint().height()
    assert not [each for each in card.findChildren(QLabel) if "averdell" in each.text()]


def test_report_that_waits_can_be_taken_back_there(opened: Opened) -> None:
    sent(opened)
    do(opened, queue_report, "a" * 32, "ValueError")
    page, taken_back = page_of(opened), list[str]()
    opened.desk.exchange.taking_back.connect(taken_back.append)
    [button] = [each for each in page.reports.findChildren(Button) if each.isVisible()]

    button.click()

    assert ["a" * 32] == taken_back
    assert [] == unnamed(page)


def test_nothing_is_said_of_reports_while_none_waits(opened: Opened) -> None:
    sent(opened)

    assert not page_of(opened).reports.isVisible()


@pytest.mark.parametrize("refused", [False, True])
def test_code_that_waits_or_came_too_late_is_told_with_its_address(opened: Opened, refused: bool) -> None:
    do(opened, keep_code, "https://averdell.example", "AAAAA-BBBBB-CCCCC-DDDDD")
    if refused:
        do(opened, drop_code, refused=True)
    card = page_of(opened).connect_card

    assert ("https://averdell.example", "") == (card.address.text(), card.code.text())
    assert ("not good any more" if refused else "as soon as there is a network") in card._waits.text()
    assert card.first() is card.code
