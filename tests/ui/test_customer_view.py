"""The customer can see the screen: on every page nothing stands, painted or told to a reader, that is not theirs."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.customers.actions import add_customer, edit_customer
from app.customers.queries import customer_facts
from app.customers.rules import CustomerDraft
from app.handbook.place import shelf_of
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.signoff.rules import Outcome, Subject
from app.tickets.actions import add_note, edit_ticket, log_call, open_ticket
from app.tickets.rules import TicketDraft, TicketKind
from app.units.actions import UnitDraft, register_unit
from app.views.whose import whose
from app.workflows.drafts import keep_draft
from app.workflows.repair import open_repair
from tests.signoff.conftest import Bench, bench, signing_template
from tests.signoff.job import UNIT, number
from tests.signoff.test_signing import ANSWERS
from tests.ui.desks import wiring
from tests.ui.real import StoreRunner
from tests.ui.test_every_page import argument_for
from tests.ui.walking import here
from ui.shell.customer_view import Curtain
from ui.shell.frame import Frame
from ui.shell.hits import Hit
from ui.shell.pages import CRISIS, PLACES, Place, load_page, place_named
from ui.shell.wiring import Wiring
from ui.signoff.sign_page import SignPage
from ui.widgets.page import CustomerSees, Page
from ui.work import Desk

__all__ = ["bench", "signing_template"]

PRIVATE, OTHERS = "Quillfeather", "Zervan"  # what was noted for oneself, and another customer
OTHER_UNIT = number("FD2A261700512")
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WAIT = 10_000
WORK = [place for place in PLACES if place.name != CRISIS]
each_place = pytest.mark.parametrize("place", WORK, ids=[place.name for place in WORK])
Sown = dict[str, str]


@pytest.fixture
def sown(bench: Bench) -> Sown:
    """Private words in every field that holds some, and a second customer with the like."""
    job = bench.job
    own = bench.read(customer_facts, job.customer)
    said = {"title": f"Valve drips {PRIVATE}", "words": PRIVATE, "customer": job.customer, "site": own.sites[0].id}
    bench.act(edit_ticket, job.ticket, TicketDraft(next(iter(TicketKind)), unit=job.unit, serial=UNIT, market="PT",
                                                   **said))  # fmt: skip
    bench.act(edit_customer, job.customer, CustomerDraft(own.name, contact=own.contact, note=PRIVATE, email=""))
    for action in (add_note, log_call):
        bench.act(action, job.ticket, f"{PRIVATE} and {OTHERS}")
    bench.act(keep_draft, f"tickets.note/{job.ticket}", {"text": PRIVATE})
    bench.act(keep_draft, "tickets.new", {"subject": PRIVATE, "words": OTHERS})
    other = bench.act(add_customer, CustomerDraft(OTHERS, contact=OTHERS, note=OTHERS, phone="+351 1"))
    unit = bench.act(register_unit, UnitDraft(serial=OTHER_UNIT, owner=other, customer_kind="business"))
    ticket = bench.act(open_ticket, TicketDraft(next(iter(TicketKind)), OTHERS, OTHERS, customer=other, unit=unit))
    repair = bench.act(open_repair, ticket, unit)
    return {"customer": other, "ticket": ticket, "repair": repair, "unit": unit}


class Room:
    """The window over the bench's store; the palette would find the other customer."""

    def __init__(self, qtbot: QtBot, bench: Bench) -> None:
        self.bot, self.bench = qtbot, bench
        self.desk = Desk(StoreRunner(bench.store), bench.job.actor)
        found = [Hit(say("Customers"), "user", OTHERS, place="customers", argument="x")]
        self.frame = Frame(self.desk, self._wiring(found))
        self.desk.setParent(self.frame)
        qtbot.addWidget(self.frame)
        self.frame.resize(1440, 900)
        self.frame.show()
        self.frame.activateWindow()
        qtbot.waitUntil(self.frame.isActiveWindow)
        self.frame.begin("settings")
        self.settle()

    def _wiring(self, found: list[Hit]) -> Wiring:
        def asks(place: str, argument: object, deliver: Any) -> None:
            self.desk.read(whose, place, argument, done=deliver, owner=self.desk)

        return replace(wiring(self.desk, found), handbook=shelf_of(Path("nowhere"), sample=True), whose=asks)

    def settle(self) -> None:
        for _ in range(3):
            self.bot.waitUntil(lambda: not self.desk.busy, timeout=WAIT)
            QApplication.processEvents()

    def go(self, place: str, argument: object = None) -> Page:
        self.frame.go(place, argument)
        self.bot.waitUntil(lambda: self.frame.stage.page is not None and here(self.frame).place == place, timeout=WAIT)
        self.settle()
        page = self.frame.stage.page
        assert page is not None
        return page

    def press(self) -> None:
        QTest.keyClick(self.frame.windowHandle(), Qt.Key.Key_P, CTRL | SHIFT)
        self.settle()


@pytest.fixture
def room(qtbot: QtBot, bench: Bench, sown: Sown) -> Iterator[Room]:
    made = Room(qtbot, bench)
    yield made
    made.settle()


def told(frame: Frame) -> str:
    """All that a reader of the screen finds in sight, with what is painted, tips and the window's title."""
    root = QAccessible.queryAccessibleInterface(frame)
    painted = [each.toolTip() for each in frame.findChildren(type(frame.top)) if each.isVisible()]
    return "\n".join([frame.windowTitle(), *painted, *_texts(root)])


def _texts(thing: QAccessibleInterface) -> Iterator[str]:
    if thing is None or not thing.isValid() or thing.state().invisible:
        return
    for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help):
        yield thing.text(kind)
    inside = thing.textInterface()
    if inside is not None:
        yield inside.text(0, inside.characterCount())
    for at in range(thing.childCount()):
        yield from _texts(thing.child(at))


def leaks(frame: Frame) -> list[str]:
    said = told(frame)
    return [word for word in (PRIVATE, OTHERS) if word in said]


@pytest.mark.parametrize("place", PLACES, ids=[place.name for place in PLACES])
def test_every_page_says_for_itself_what_the_customer_sees(place: Place) -> None:
    assert "customer_sees" in vars(load_page(place))


def test_a_page_that_says_nothing_is_covered_whole() -> None:
    assert CustomerSees.NOTHING is Page.customer_sees


@each_place
def test_no_private_word_and_no_other_customer_is_on_any_page(room: Room, place: Place) -> None:
    room.go(place.name, argument_for(place, room.bench))
    room.press()
    on_the_page = leaks(room.frame)

    room.go("settings")
    room.go(place.name, argument_for(place, room.bench) if place.name != "form" else None)

    assert ([], []) == (on_the_page, leaks(room.frame))
    assert "The customer can see this screen" in told(room.frame)


@pytest.mark.parametrize("name", ["ticket", "tickets", "today", "customers", "new_ticket"])
def test_the_words_are_there_without_it(room: Room, name: str) -> None:
    place = place_named(name)

    room.go(name, argument_for(place, room.bench))

    assert leaks(room.frame)


@pytest.mark.parametrize("name", ["ticket", "repair", "unit", "sign"])
def test_pages_of_another_customer_are_covered_whole(room: Room, sown: Sown, name: str) -> None:
    own = argument_for(place_named(name), room.bench)
    room.go(name, own)
    room.press()
    whole = told(room.frame)
    room.go(name, sown.get(name, sown["repair"]))
    other, covered = told(room.frame), room.frame.stage.covered
    room.go(name, own)

    assert covered and OTHERS not in other
    assert ("Café Ribeira Alta" in whole) is ("Café Ribeira Alta" in told(room.frame))
    assert OTHER_UNIT[-6:-1] not in other


def test_begun_at_no_customer_the_first_one_that_is_opened_may_be_seen(room: Room, sown: Sown) -> None:
    room.press()
    room.go("ticket", room.bench.job.ticket)
    own = told(room.frame)
    room.go("ticket", sown["ticket"])

    assert "Café Ribeira Alta" in own
    assert OTHERS not in told(room.frame)


def test_the_key_ends_it_and_the_page_is_as_it_was(room: Room) -> None:
    page = room.go("ticket", room.bench.job.ticket)
    room.press()
    covered = room.frame.stage.covered
    room.press()

    assert covered and page.isVisible()
    assert "The customer can see this screen" not in told(room.frame).splitlines()


def test_keys_of_a_covered_page_do_nothing(room: Room) -> None:
    page = room.go("ticket", room.bench.job.ticket)
    room.press()
    done: list[str] = []
    page.acts[:] = [replace(each, run=lambda: done.append("run")) for each in page.acts]

    for key in "ERCMHDKSNGVX":
        room.frame._pressed(key)

    assert [] == done
    assert [] == [each.name for each in room.frame.all_acts() if each in page.acts]


def test_palette_finds_no_record_until_it_is_over(room: Room) -> None:
    room.press()
    room.frame.ask_palette(OTHERS[1:])
    room.settle()
    covered = leaks(room.frame), [each.place for each in room.frame.palette_over.hits()]
    room.frame.palette_over.close_over()
    room.press()

    room.frame.ask_palette(OTHERS[1:])

    assert ([], [""]) == covered
    assert OTHERS in [each.title for each in room.frame.palette_over.hits()]


def test_palette_that_is_open_is_closed_with_its_hits(room: Room) -> None:
    room.frame.ask_palette(OTHERS)
    room.frame.customer.toggle()

    assert not room.frame.palette_over.isVisible()
    assert OTHERS not in told(room.frame)


def test_what_was_done_and_what_went_wrong_waits_until_it_is_over(room: Room) -> None:
    taken: list[bool] = []
    page = room.go("ticket", room.bench.job.ticket)
    page.tell(f"Note about {OTHERS} added", undo=lambda: taken.append(True))
    room.press()
    page.told.emit(f"Call of {OTHERS} added", lambda: taken.append(True))
    room.desk.troubled.emit(UserError(Trouble.BAD_INPUT, say("{name} is no customer", name=OTHERS)))
    meanwhile = leaks(room.frame)
    room.press()

    assert [] == meanwhile
    assert room.frame.toast.isVisible() and room.frame.problem.isVisible()
    room.frame.toast.take_back()
    assert [True] == taken


def test_bell_and_news_are_covered(room: Room) -> None:
    room.frame.top.show_news(3)
    room.press()
    room.go("news")

    assert not room.frame.top.bell.isVisible()
    assert room.frame.stage.covered


def test_the_handbook_still_comes_up_and_asks_nothing(room: Room) -> None:
    room.go("ticket", room.bench.job.ticket)
    room.press()

    QTest.keyClick(room.frame.windowHandle(), Qt.Key.Key_F9)
    room.settle()

    assert room.frame.cover.isVisible()
    assert [] == leaks(room.frame)


@pytest.mark.parametrize("before", [False, True])
def test_it_is_on_while_the_customer_signs_and_then_as_it_was_before(room: Room, before: bool) -> None:
    room.go("repair", room.bench.job.repair)
    if before:
        room.press()
    technician = room.frame.customer.on
    sealed = room.bench.seal()
    room.bench.render(sealed)
    page = room.go("sign", room.bench.job.repair)
    assert isinstance(page, SignPage)
    signing, in_sight = room.frame.customer.on, page.isVisible()

    page.take(ANSWERS[Outcome.ABSENT])
    room.bot.waitUntil(lambda: here(room.frame).place == "form", timeout=WAIT)
    room.settle()

    assert (before, True, True) == (technician, signing, in_sight)
    assert before is room.frame.customer.on


def test_while_the_technician_signs_it_is_off(room: Room) -> None:
    room.go("sign", room.bench.job.repair)

    assert not room.frame.customer.on


def test_ended_by_hand_while_the_customer_signs_it_stays_off(room: Room) -> None:
    room.bench.render(room.bench.seal())
    room.go("sign", room.bench.job.repair)

    room.press()

    assert not room.frame.customer.on


def test_print_and_export_are_as_ever(room: Room) -> None:
    sealed = room.bench.seal()
    room.bench.render(sealed)
    page = room.go("form", sealed)
    before = [(each.name, each.possible()) for each in page.acts]

    room.press()

    assert before == [(each.name, each.possible()) for each in page.acts]
    assert page.isVisible()


def test_whose_a_page_is(bench: Bench, sown: Sown) -> None:
    job = bench.job
    draft = bench.draft()
    sealed = bench.seal(draft)
    asked = {
        ("ticket", job.ticket), ("tickets", job.ticket), ("repair", job.repair), ("receipt", job.repair),
        ("unit", job.unit), ("unit", UNIT), ("sop", job.run), ("sign", job.repair),
        ("sign", Subject(repair=job.repair)), ("sign", Subject(unit=job.unit)), ("sign", ("draft", draft)),
        ("form", sealed),
    }  # fmt: skip
    nobody = {("today", None), ("tickets", None), ("ticket", "gone"), ("repair", "gone"), ("sop", "gone"),
              ("sign", ("draft", "gone")), ("form", "gone"), ("unit", "gone"), ("parts", "X"),
              ("receipt", "gone")}  # fmt: skip

    assert {job.customer} == {bench.read(whose, *each) for each in asked}
    assert {""} == {bench.read(whose, *each) for each in nobody}
    assert sown["customer"] == bench.read(whose, "ticket", sown["ticket"])


def test_curtain_shows_only_lines_that_say_something(qtbot: QtBot) -> None:
    curtain = Curtain()
    qtbot.addWidget(curtain)

    curtain.show_lines([(say("Your case"), "PT02-1"), (say("Customer"), "  ")])
    curtain.show()

    said = "\n".join(_texts(QAccessible.queryAccessibleInterface(curtain)))
    assert "PT02-1" in said and "Customer\n" not in said
