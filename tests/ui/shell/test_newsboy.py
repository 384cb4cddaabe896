"""The bell, and what is told outside the window: how much, when, to whom, and never a word that anybody wrote."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSystemTrayIcon

from app.customers.actions import add_customer
from app.customers.rules import CustomerDraft
from app.kernel.beside import Beside
from app.kernel.messages import say
from app.people.told import mute
from app.tickets.actions import open_ticket, resolve
from app.tickets.rules import Resolution, TicketDraft, TicketKind
from app.views import news as room
from app.workflows.settings import get_setting
from tests.ui.real_desk import RealDesk, act, up
from tests.ui.walking import here
from ui.shell import newsboy as newsboy_room
from ui.shell.frame import Frame
from ui.shell.newsboy import Newsboy
from ui.shell.tray import Tray
from ui.theme.fonts import width_of
from ui.today.news_page import NewsPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)  # offscreen
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NAMES = ("Zervan Quillfeather", "Brass Kettle Inn", "XX9A-0000-12345-N")


class TrayWithRoom(Tray):
    """The same object on a system that has a place for it: only the system itself is absent."""

    def __init__(self, frame: Frame) -> None:
        self.up, self.said = False, [""]
        super().__init__(frame)
        self.said = []

    @staticmethod
    def isSystemTrayAvailable() -> bool:
        return True

    def show(self) -> None:
        self.up = True

    def hide(self) -> None:
        self.up = False

    def isVisible(self) -> bool:
        return self.up

    def showMessage(self, title: str, words: str, *_: Any) -> None:
        self.said.append(f"{title}\n{words}")


@pytest.fixture
def tray(frame: Frame, desk: RealDesk) -> TrayWithRoom:
    tray = TrayWithRoom(frame)
    tray.stand(desk.board)
    return tray


@pytest.fixture
def newsboy(frame: Frame, desk: RealDesk, tray: TrayWithRoom, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsboy]:
    monkeypatch.setattr(room, "is_working", lambda *_: True)
    monkeypatch.setattr(newsboy_room, "PAUSE", 0)
    boy = Newsboy(desk, frame, tray)
    boy.begin()
    desk.settle()
    yield boy
    boy.stop()


def follow_up(desk: RealDesk, *, title: str = NAMES[2], customer: str = NAMES[1]) -> str:
    """A customer who was to be asked long ago."""
    whose = desk.make(add_customer, CustomerDraft(customer, contact=NAMES[0], note=NAMES[0]))
    ticket: str = desk.make(open_ticket, TicketDraft(TicketKind.HOW_TO, title, NAMES[0], customer=whose))
    answer = Resolution(answer=NAMES[0], follow_up_on="2026-01-02", follow_up_how="phone")
    desk.make(resolve, ticket, answer, (), reason="")
    return ticket


def bell_says(frame: Frame) -> str:
    told = QAccessible.queryAccessibleInterface(frame.top.bell)
    return told.text(QAccessible.Text.Name)


def test_bell_says_in_words_how_much_is_new(frame: Frame, desk: RealDesk, newsboy: Newsboy) -> None:
    before = bell_says(frame)
    follow_up(desk)

    assert "Nothing new (Ctrl+Shift+B)" == before
    assert ("1 new thing (Ctrl+Shift+B)", "1") == (bell_says(frame), frame.top.bell.text())


@pytest.mark.parametrize("by_key", [True, False])
def test_bell_and_its_key_open_what_is_new_and_enter_the_line(
    frame: Frame, desk: RealDesk, newsboy: Newsboy, by_key: bool
) -> None:
    ticket = follow_up(desk)
    if by_key:
        QTest.keyClick(frame.windowHandle(), Qt.Key.Key_B, CTRL | SHIFT)
    else:
        frame.top.bell.click()
    desk.bot.waitUntil(lambda: here(frame).place == "news" and isinstance(frame.stage.page, NewsPage))
    desk.settle()
    QTest.keyClick(frame.windowHandle(), Qt.Key.Key_Return)
    desk.bot.waitUntil(lambda: here(frame).place == "tickets")
    desk.settle()

    assert ticket == here(frame).argument
    assert "Nothing new (Ctrl+Shift+B)" == bell_says(frame)


def test_what_comes_while_nobody_looks_is_told_once_without_a_word_of_it(
    frame: Frame, desk: RealDesk, tray: TrayWithRoom, newsboy: Newsboy
) -> None:
    frame.hide()
    follow_up(desk)
    follow_up(desk)
    newsboy.read()
    desk.settle()

    assert ["Aftercare\n1 follow-up is due", "Aftercare\n1 follow-up is due"] == tray.said
    assert [] == [name for name in NAMES for said in [*tray.said, tray.toolTip()] if name in said]
    assert "2 new things" in tray.toolTip()


def test_what_the_window_shows_already_is_not_told_again(
    frame: Frame, desk: RealDesk, tray: TrayWithRoom, newsboy: Newsboy
) -> None:
    follow_up(desk)
    frame.hide()
    newsboy.read()
    desk.settle()

    assert [] == tray.said


def test_outside_office_hours_it_waits_until_they_begin(
    frame: Frame, desk: RealDesk, tray: TrayWithRoom, newsboy: Newsboy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "is_working", lambda *_: False)
    frame.hide()
    follow_up(desk)
    night = list(tray.said)

    monkeypatch.setattr(room, "is_working", lambda *_: True)
    newsboy.read()
    desk.settle()

    assert ([], 1) == (night, len(tray.said))


def test_nothing_is_told_while_the_customer_looks_on_and_it_comes_after(
    frame: Frame, desk: RealDesk, tray: TrayWithRoom, newsboy: Newsboy
) -> None:
    frame.hide()
    frame.customer.toggle()
    follow_up(desk)
    meanwhile = list(tray.said)

    frame.customer.toggle()

    assert ([], 1) == (meanwhile, len(tray.said))


def test_a_sort_that_is_muted_is_not_told(frame: Frame, desk: RealDesk, tray: TrayWithRoom, newsboy: Newsboy) -> None:
    desk.make(mute, "follow_up", on=True)
    frame.hide()
    follow_up(desk)

    assert [] == tray.said
    assert "Nothing new (Ctrl+Shift+B)" == bell_says(frame)


def test_a_press_on_the_notification_brings_the_window_to_what_is_new(
    frame: Frame, desk: RealDesk, tray: TrayWithRoom, newsboy: Newsboy
) -> None:
    frame.hide()

    tray.messageClicked.emit()
    desk.bot.waitUntil(lambda: here(frame).place == "news")
    desk.settle()

    assert frame.isVisible()


@pytest.mark.parametrize(
    ("way", "place"), [("Open Aftercare", "today"), ("Quick answer", "quick"), ("What is new", "news")]
)
def test_each_way_of_the_menu_opens_its_place(
    frame: Frame, desk: RealDesk, tray: TrayWithRoom, way: str, place: str
) -> None:
    frame.hide()

    next(each for each in tray.menu.actions() if each.text() == way).trigger()
    desk.bot.waitUntil(lambda: here(frame).place == place)
    desk.settle()

    assert frame.isVisible()


def test_the_menu_opens_the_crisis_handbook_and_closes_the_program(
    frame: Frame, desk: RealDesk, tray: TrayWithRoom
) -> None:
    frame.hide()
    ends: list[bool] = []
    frame.ended.connect(lambda: ends.append(True))
    ways = {each.text(): each for each in tray.menu.actions()}

    ways["Crisis handbook"].trigger()
    crisis = frame.cover.isVisible()
    frame.hide()
    desk.board.stays = True
    ways["Close Aftercare"].trigger()

    assert (True, [True]) == (crisis, ends)


def test_closing_the_window_ends_the_program_unless_somebody_chose_otherwise(
    frame: Frame, desk: RealDesk, tray: TrayWithRoom
) -> None:
    closed: list[bool] = []
    frame.closing.connect(lambda: closed.append(True))
    page = up(frame, "news")
    assert isinstance(page, NewsPage)
    page.stays.click()
    desk.settle()

    stayed = not frame.close() and not frame.isVisible() and closed == []
    frame.show()
    page.stays.click()
    desk.settle()

    assert stayed
    assert False is desk.ask(get_setting, "shell.stays")
    assert frame.close() and closed == [True]


def test_a_page_that_holds_brings_the_window_back_and_nothing_ends(
    frame: Frame, desk: RealDesk, tray: TrayWithRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends: list[bool] = []
    frame.ended.connect(lambda: ends.append(True))
    page = up(frame, "news")
    frame.hide()
    monkeypatch.setattr(page, "leave", lambda: False)

    frame.end()

    assert ([], True) == (ends, frame.isVisible())


def test_where_the_system_has_no_place_for_it_nothing_is_said_and_closing_ends(
    frame: Frame, desk: RealDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda *words: told.append(str(words)))
    tray = Tray(frame)  # offscreen there is none
    tray.stand(desk.board)
    desk.board.stays = True
    page = up(frame, "news")
    assert isinstance(page, NewsPage)

    tray.tell("2 follow-ups are due")

    assert (False, [], True) == (desk.board.tray, told, page.stays.isHidden())
    assert frame.close()


def test_the_icon_says_how_the_exchange_stands(tray: TrayWithRoom) -> None:
    tray.show_state(say("Offline since {time}", time="08:05"))
    tray.show_news(3)

    assert "Aftercare\nOffline since 08:05\n3 new things" == tray.toolTip().replace("\u2068", "").replace("\u2069", "")


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=5, max_size=30))
def test_no_planted_word_leaves_the_window(
    frame: Frame, desk: RealDesk, tray: TrayWithRoom, newsboy: Newsboy, word: str
) -> None:
    planted = f"\u2603{word}"
    frame.hide()

    follow_up(desk, title=planted, customer=planted)

    assert tray.said
    assert [] == [each for each in [*tray.said, tray.toolTip()] if "\u2603" in each]


def test_ticks_mute_a_sort_and_all_can_be_marked_as_seen_and_taken_back(
    frame: Frame, desk: RealDesk, newsboy: Newsboy
) -> None:
    follow_up(desk)
    page = up(frame, "news")
    assert isinstance(page, NewsPage)
    tick = page._ticks[room.Sort.FOLLOW_UP]

    tick.click()
    desk.settle()
    muted = bell_says(frame)
    tick.click()
    desk.settle()
    act(page, "S").run()
    desk.settle()
    seen = bell_says(frame)
    QTest.keyClick(frame.windowHandle(), Qt.Key.Key_Z, CTRL)
    desk.settle()

    assert ("Nothing new (Ctrl+Shift+B)",) * 2 == (muted, seen)
    assert "1 new thing (Ctrl+Shift+B)" == bell_says(frame)


def test_a_newer_handbook_opens_the_handbook(frame: Frame, desk: RealDesk, newsboy: Newsboy) -> None:
    desk.board.lay(replace(Beside(), handbook_since=1_780_000_000_000_000))
    page = up(frame, "news")
    assert isinstance(page, NewsPage)

    act(page, "G").run()
    desk.settle()

    assert frame.cover.isVisible()
    assert "news" == here(frame).place


@pytest.mark.parametrize("width", [720, 900, 1440])
def test_the_top_bar_has_room_for_all_at_every_width(frame: Frame, desk: RealDesk, width: int) -> None:
    frame.top.show_news(128)
    frame.resize(width, 640)
    desk.bot.wait(1)
    bar = frame.top

    room_for_words = bar.search.width() - 38 - 6
    edges = [(each.geometry().left(), each.geometry().right()) for each in (bar.search, bar.bell, bar.customer,
                                                                           bar.new, bar.crisis)]  # fmt: skip
    assert room_for_words >= width_of("Find anything", "body")
    assert edges == sorted(edges) and all(one[1] < other[0] for one, other in pairwise(edges))
    assert edges[-1][1] <= bar.width()
