from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.customers.actions import add_customer
from app.customers.queries import find_customers
from app.customers.rules import CustomerDraft
from app.kernel.serials import check_character
from app.tickets.queries import Shelf, page_of
from app.tickets.rules import TicketKind
from app.units.actions import UnitDraft, register_unit
from app.workflows.drafts import keep_draft, read_draft
from app.workflows.ticketing import log_ticket
from tests.bench_pack import OTHER
from tests.ui import walking
from tests.ui.opened import Opened
from tests.ui.real_desk import HOSTILE, RealDesk, act, press, shown, types, up
from ui.shell.frame import Frame
from ui.tickets.kept_form import PAUSE
from ui.tickets.new_ticket_page import NewTicketPage

SERIAL = "FD2A261700428N"


def newest(desk: RealDesk) -> Any:
    rows, _ = desk.ask(page_of, Shelf.ALL)
    return max(rows, key=lambda row: row.rid)


def test_a_ticket_is_logged_by_keyboard_alone(desk: RealDesk, frame: Frame) -> None:
    up(frame, "today")
    QTest.keyClick(frame, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    desk.bot.waitUntil(lambda: isinstance(frame.stage.page, NewTicketPage))
    desk.settle()
    page = frame.stage.page
    assert isinstance(page, NewTicketPage)
    page.subject.setFocus()
    types("Steam wand drips")
    page.kind.choose(TicketKind.MAINTENANCE)

    QTest.keyClick(frame, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.bot.waitUntil(lambda: walking.here(frame).place == "tickets")
    desk.settle()

    assert "Steam wand drips" == newest(desk).title
    assert desk.ask(read_draft, NewTicketPage.place) is None


def test_what_lacks_is_said_at_its_field_and_nothing_is_lost(desk: RealDesk) -> None:
    page = NewTicketPage(desk)
    shown(page, desk)
    page.words.setPlainText("it hisses")

    page.save()
    desk.settle()

    assert page.fields["kind"].problem
    assert "it hisses" == page.words.text


def test_a_draft_comes_back_after_a_crash(desk: RealDesk) -> None:
    page = NewTicketPage(desk)
    shown(page, desk)
    page.subject.setFocus()
    types("Half a sen")
    page.customer.search.setText("Pastelaria")
    page.customer.start_new()
    desk.bot.waitUntil(lambda: desk.ask(read_draft, NewTicketPage.place) is not None)
    desk.bot.wait(500)
    desk.settle()

    again = NewTicketPage(desk)
    shown(again, desk)

    assert ("Half a sen", "Pastelaria") == (again.subject.text(), again.customer.new_name.text())


def test_a_scanned_number_brings_machine_and_owner(desk: RealDesk) -> None:
    (hotel,) = desk.ask(find_customers, "velha")
    unit = desk.make(register_unit, UnitDraft(SERIAL, owner=hotel.id))
    page = NewTicketPage(desk)
    shown(page, desk)

    page.scanned("fd2a-2617-00428-n")
    desk.settle()

    assert (unit, hotel.id) == (page.draft.unit, page.customer.picked.id)
    assert not page.machine.isHidden()


def test_a_wrong_number_names_the_slip_and_is_saved_as_stated(desk: RealDesk) -> None:
    body = SERIAL[:-1]
    wrong = body + next(sign for sign in "0123456789" if sign != check_character(body))
    page = NewTicketPage(desk)
    shown(page, desk)
    page.subject.setText("no plate left")
    page.kind.choose(TicketKind.HOW_TO)

    page.serial.setText(wrong)
    desk.settle()
    said = page.fields["serial"].problem
    page.save()
    desk.settle()

    assert said
    assert wrong == newest(desk).serial


def test_a_customer_is_found_while_typing_and_taken_with_enter(desk: RealDesk) -> None:
    page = NewTicketPage(desk)
    shown(page, desk)
    page.customer.search.setFocus()
    types("velha")
    desk.bot.waitUntil(lambda: page.customer.model.rowCount() == 1)

    press(page, Qt.Key.Key_Return)

    assert "Hotel Foz Velha" == page.customer.name_label.text()
    assert page.customer.picked.id


def test_a_new_customer_is_saved_with_the_ticket(desk: RealDesk) -> None:
    page = NewTicketPage(desk)
    shown(page, desk)
    page.subject.setText("Cup light dead")
    page.kind.choose(TicketKind.MAINTENANCE)
    page.customer.search.setText("Café Novo")
    page.customer.start_new()

    page.save()
    desk.settle()

    (found,) = desk.ask(find_customers, "novo")
    assert found.id == newest(desk).customer


def test_a_new_customer_without_a_name_is_named_and_no_ticket_is_made(desk: RealDesk) -> None:
    page = NewTicketPage(desk)
    shown(page, desk)
    page.subject.setText("Cup light dead")
    page.kind.choose(TicketKind.MAINTENANCE)
    page.customer.start_new()

    page.save()
    desk.settle()

    assert "Write a name." == page.customer.new_fields.problem
    assert HOSTILE == newest(desk).title


def test_clearing_throws_the_draft_away(desk: RealDesk) -> None:
    page = NewTicketPage(desk)
    shown(page, desk)
    page.subject.setText("nothing")
    page.leave()
    desk.settle()

    act(page, "Ctrl+Shift+X").run()
    desk.settle()

    assert "" == page.subject.text()
    assert desk.ask(read_draft, NewTicketPage.place) is None


def test_every_control_of_the_form_has_a_name(desk: RealDesk) -> None:
    page = NewTicketPage(desk)
    shown(page, desk)

    assert [] == walking.unnamed(page)
    assert [] == walking.marked_up(page)


def test_a_draft_survives_a_crash_although_the_page_is_opened_for_a_machine(desk: RealDesk) -> None:
    desk.make(
        keep_draft, NewTicketPage.place, {"subject": "Half a sen", "words": "it hisses", "serial": "", "customer": {}}
    )
    page = NewTicketPage(desk)

    shown(page, desk, SERIAL)
    desk.bot.wait(PAUSE + 50)
    desk.settle()

    assert ("Half a sen", "it hisses", SERIAL) == (page.subject.text(), page.words.text, page.serial.text())
    assert "Half a sen" == desk.ask(read_draft, NewTicketPage.place).body["subject"]


def test_another_machine_brings_its_own_owner_and_a_chosen_customer_stays(desk: RealDesk) -> None:
    (hotel,) = desk.ask(find_customers, "velha")
    cafe = desk.make(add_customer, CustomerDraft("Café Ribeira"))
    for serial, owner in ((SERIAL, hotel.id), (OTHER, cafe)):
        desk.make(register_unit, UnitDraft(serial, owner=owner))
    page = NewTicketPage(desk)
    shown(page, desk)
    seen = []
    for scanned in (SERIAL, OTHER):
        page.scanned(scanned)
        desk.settle()
        seen.append(page.customer.picked.id)

    page.customer.put(hotel.id, hotel.name)
    page.scanned(SERIAL)
    page.scanned(OTHER)
    desk.settle()

    assert [hotel.id, cafe] == seen
    assert hotel.id == page.customer.picked.id


def test_what_a_machine_proposed_is_still_a_proposal_when_the_draft_comes_back(desk: RealDesk) -> None:
    (hotel,) = desk.ask(find_customers, "velha")
    cafe = desk.make(add_customer, CustomerDraft("Café Ribeira"))
    for serial, owner in ((SERIAL, hotel.id), (OTHER, cafe)):
        desk.make(register_unit, UnitDraft(serial, owner=owner))
    page = NewTicketPage(desk)
    shown(page, desk)
    page.scanned(SERIAL)
    desk.settle()
    page.leave()
    desk.settle()

    again = NewTicketPage(desk)
    shown(again, desk, OTHER)

    assert cafe == again.customer.picked.id


def test_a_draft_does_not_come_back_behind_its_ticket(opened: Opened) -> None:
    page = opened.page(NewTicketPage)
    page.subject.setText("Cup light dead")
    page.kind.choose(TicketKind.MAINTENANCE)
    opened.runner.hold(log_ticket)

    page.save()
    kept = opened.bench.ask(read_draft, NewTicketPage.place)
    waits = page._timer.isActive()
    opened.runner.let_go()
    opened.settle()

    assert kept is not None
    assert (False, "tickets") == (waits, opened.went[0][0])
    assert opened.bench.ask(read_draft, NewTicketPage.place) is None
