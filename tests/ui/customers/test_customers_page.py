from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.customers.actions import add_customer, add_site
from app.customers.queries import customer_facts
from app.customers.rules import CustomerDraft, ReachedBy, SiteDraft
from app.tickets.actions import add_note, log_call, open_ticket, resolve
from app.tickets.rules import Resolution, TicketDraft, TicketKind
from app.units.actions import edit_unit
from tests.repair_bench import Bench
from tests.stores import EVERYTHING
from tests.ui.opened import Opened, act, words
from tests.ui.walking import cut, marked_up, unnamed
from ui.customers.customers_page import CustomersPage
from ui.tickets.new_ticket_page import NewTicketPage

HOSTILE = '<b>bold</b> & {name} <img src="x">'


def write(bench: Bench, action: Any, *args: Any, **named: Any) -> Any:
    return bench.store.write(EVERYTHING, action, args, named).result


@pytest.fixture
def hotel(bench: Bench) -> str:
    """A hotel with two sites and a machine; a bakery beside it in the list."""
    draft = CustomerDraft(
        "Hotel Foz Velha", contact="Sr. Antunes", phone="+351 22 123 45 67", email="foz@example.org", language="pt",
        reached_by=ReachedBy.EMAIL, note="Ring twice",
    )  # fmt: skip
    customer: str = write(bench, add_customer, draft)
    bar = write(bench, add_site, customer, SiteDraft("Bar", "Rua da Praia 4, Porto"))
    write(bench, add_site, customer, SiteDraft("Rooftop", "Nishi-Shinjuku", "Asia/Tokyo"))
    write(bench, edit_unit, bench.unit, owner=customer, site=bar)
    write(bench, add_customer, CustomerDraft("Padaria Sol", phone="912 345 678"))
    return customer


def case(bench: Bench, customer: str, title: str = "No heat") -> str:
    ticket: str = write(bench, open_ticket, TicketDraft(TicketKind.HOW_TO, title, customer=customer))
    return ticket


def test_the_page_tells_who_where_with_the_time_there_and_which_machines(opened: Opened, hotel: str) -> None:
    page = opened.page(CustomersPage, hotel)

    shown = words(page)
    for text in ("Hotel Foz Velha", "Business", "Sr. Antunes", "+351 22 123 45 67", "foz@example.org", "Portuguese",
                 "E-mail", "Ring twice", "Rua da Praia 4, Porto", "in Lisbon", "in Tokyo", "ahead of us",
                 "Nobody has written down a word with them yet."):  # fmt: skip
        assert text in shown
    assert page.view.first.isVisible()
    assert ["FD2A-2617-00428-N"] == [page.view.machines.model.record(0).serial]


def test_machines_and_cases_lead_to_their_pages(opened: Opened, bench: Bench, hotel: str) -> None:
    ticket, ended = case(bench, hotel), case(bench, hotel, "Leaks")
    write(bench, resolve, ended, Resolution("Seal changed"), ())
    page = opened.page(CustomersPage, hotel)

    for table in (page.view.machines, page.view.open, page.view.past):
        table.rows.setFocus()
        opened.press(Qt.Key.Key_Return)

    assert [("unit", bench.unit), ("ticket", ticket), ("ticket", ended)] == opened.went
    assert not page.view.first.isVisible()


def test_the_last_word_is_told_with_its_day_and_leads_to_its_ticket(opened: Opened, bench: Bench, hotel: str) -> None:
    ticket = case(bench, hotel)
    write(bench, log_call, ticket, "Wants it before Friday")
    write(bench, add_note, case(bench, hotel, "Older"), "Will be sent an offer")
    page = opened.page(CustomersPage, hotel)

    next(each for each in page.findChildren(QPushButton) if each.text() == "Open its ticket").click()

    assert "Will be sent an offer" in words(page)
    assert "Wants it" not in words(page)
    assert "ticket" == opened.went[0][0]


def test_one_is_found_by_a_number_however_it_is_set_apart_and_enter_opens(opened: Opened, hotel: str) -> None:
    page = opened.page(CustomersPage)
    page.search.setFocus()

    opened.types("0221 234567")

    opened.qtbot.waitUntil(lambda: page.seen is not None and page.seen.facts.id == hotel)
    assert 1 == page.model.rowCount()


def test_a_new_ticket_begins_with_the_customer_in_it(opened: Opened, hotel: str) -> None:
    page = opened.page(CustomersPage, hotel)
    act(page, "ticket_for")
    place, argument = opened.went[0]

    new = opened.page(NewTicketPage, argument)

    assert "new_ticket" == place
    assert hotel == new.customer.picked.id
    assert "Hotel Foz Velha" in words(new)


def test_what_was_begun_for_somebody_else_stays_and_is_said(opened: Opened, bench: Bench, hotel: str) -> None:
    sol = write(bench, add_customer, CustomerDraft("Café Sol"))
    new = opened.page(NewTicketPage, ("customer", sol, "Café Sol"))
    new.subject.setText("Leaks")

    new.open(("customer", hotel, "Hotel Foz Velha"))
    opened.settle()

    assert (hotel, "Leaks") == (new.customer.picked.id, new.subject.text())
    assert 1 == len(opened.told)


def test_a_customer_is_changed_in_place(opened: Opened, bench: Bench, hotel: str) -> None:
    page = opened.page(CustomersPage, hotel)
    act(page, "change_customer")
    page.form.phone.setText("+351 22 999 00 00")
    page.form.language.choose("de")
    opened.save()

    facts = bench.ask(customer_facts, hotel)
    assert ("+351 22 999 00 00", "de", "Ring twice") == (facts.phone, facts.language, facts.note)
    assert "German" in words(page)


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(opened: Opened, bench: Bench, hotel: str) -> None:
    page = opened.page(CustomersPage, hotel)
    act(page, "change_customer")
    page.form.email.setText("nowhere")
    opened.save()

    assert "An e-mail address looks like name@example.com." in words(page)
    assert "foz@example.org" == bench.ask(customer_facts, hotel).email


def test_sites_are_added_and_changed_with_their_clock(opened: Opened, bench: Bench, hotel: str) -> None:
    page = opened.page(CustomersPage, hotel)
    act(page, "add_site")
    opened.settle()
    page.site_form.name.setText("Ski hut")
    page.site_form.zone.choose("Europe/Zurich")
    opened.save()
    added = bench.ask(customer_facts, hotel).sites[-1]
    next(each for each in page.findChildren(QPushButton) if each.accessibleName() == "Change Ski hut").click()
    opened.settle()
    page.site_form.address.setText("Davos 1")
    opened.save()

    assert ("Ski hut", "Europe/Zurich") == (added.name, added.zone)
    changed = bench.ask(customer_facts, hotel).sites[-1]
    assert ("Ski hut", "Davos 1", "Europe/Zurich") == (changed.name, changed.address, changed.zone)


def test_who_is_searched_in_vain_is_added_with_that_name(opened: Opened, hotel: str) -> None:
    page = opened.page(CustomersPage)
    page.search.setFocus()
    opened.types("Bistro Vela", enter=False)
    opened.qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    assert "No customer is found" in words(page)

    act(page, "new_customer")
    opened.save()

    assert page.seen is not None
    assert "Bistro Vela" == page.seen.facts.name


def test_without_any_customer_it_says_what_brings_one(opened: Opened) -> None:
    page = opened.page(CustomersPage)

    assert "There is no customer yet" in words(page)
    assert "No customer is chosen" in words(page)


def test_one_that_is_not_here_yet_is_said(opened: Opened, hotel: str) -> None:
    page = opened.page(CustomersPage, "f" * 32)

    assert "This customer is not here yet" in words(page)
    assert not next(each for each in page.acts if each.name == "ticket_for").possible()


def test_more_than_a_few_ended_cases_are_shown_on_request(opened: Opened, bench: Bench, hotel: str) -> None:
    for n in range(11):
        write(bench, resolve, case(bench, hotel, f"Case {n}"), Resolution("Done"), ())
    page = opened.page(CustomersPage, hotel)
    few = page.view.past.model.rowCount()

    page.view.more.click()

    assert (8, 11) == (few, page.view.past.model.rowCount())
    assert not page.view.more.isVisible()


def test_in_a_narrow_window_list_and_customer_take_turns(opened: Opened, hotel: str) -> None:
    page = opened.page(CustomersPage, hotel)
    page.resize(736, 560)
    opened.settle()
    alone = not page.list.isVisible() and page.view.isVisible()
    act(page, "customers_list")
    listed = page.list.isVisible() and not page.view.isVisible()
    opened.press(Qt.Key.Key_Return)

    assert (True, True) == (alone, listed)
    assert page.view.isVisible()
    opened.qtbot.waitUntil(lambda: [] == cut(page))


@pytest.mark.parametrize(("theme", "language"), [("light", "en"), ("dark", "en"), ("light", "ar")])
def test_nothing_is_cut_unnamed_or_read_as_markup(
    opened: Opened, bench: Bench, hotel: str, dress: Callable[[str, str], None], theme: str, language: str
) -> None:
    dress(theme, language)
    odd = write(bench, add_customer, CustomerDraft(HOSTILE, contact=HOSTILE, note="W" * 300))
    write(bench, add_site, odd, SiteDraft(HOSTILE, "W" * 200))
    write(bench, add_note, case(bench, odd, HOSTILE), HOSTILE + "W" * 900)
    page = opened.page(CustomersPage, hotel)
    shows: list[Callable[[], object]] = [lambda: None, page.change, page.add_site, lambda: page.open(odd)]
    found = []

    for show in shows:
        show()
        opened.settle()
        opened.qtbot.wait(30)
        found += [*cut(page), *unnamed(page), *marked_up(page)]

    assert [] == found
