from typing import Any

import pytest

from app.customers.actions import add_customer
from app.customers.queries import SiteRow
from app.customers.rules import CustomerDraft
from app.kernel.instants import Instant
from app.language.speaking import speak
from app.store.sessions import ThreadStore
from app.tickets.actions import add_note, log_call, open_ticket, take_back
from app.tickets.rules import TicketDraft, TicketKind
from app.views.customer_list import customer_lines
from app.views.customer_page import CustomerPage, customer_page, site_seen
from tests.stores import EVERYTHING

EVENING = Instant(1_790_000_000_000_000)  # 21 Sep 2026 14:13 UTC: 15:13 in Lisbon


def write(store: ThreadStore, action: Any, *args: Any) -> Any:
    return store.write(EVERYTHING, action, args).result


def page_of(store: ThreadStore, customer: str) -> CustomerPage:
    found = store.read(customer_page, (customer, "en"))
    assert isinstance(found, CustomerPage)
    return found


@pytest.mark.parametrize(
    ("zone", "there", "apart"),
    [
        ("", "15:13 in Lisbon", None),
        ("No/Where", "15:13 in Lisbon", None),
        ("Europe/Madrid", "16:13 in Madrid", "1 h ahead of us"),
        ("America/Sao_Paulo", "11:13 in São Paulo", "4 h behind us"),
        ("Asia/Kolkata", "19:43 in Kolkata", "4 h 30 min ahead of us"),
        ("Pacific/Auckland", "Tue 22 Sept, 02:13 in Auckland", "11 h ahead of us"),
    ],
)
def test_a_site_has_its_own_time_and_how_far_it_is_from_ours(zone: str, there: str, apart: str | None) -> None:
    seen = site_seen(SiteRow("s", "c", "Bar", "", zone), EVENING, "Europe/Lisbon", "en")

    assert (there, apart) == (_plain(speak(seen.there)), None if seen.apart is None else _plain(speak(seen.apart)))


def _plain(text: str) -> str:
    return "".join(sign for sign in text if sign not in "\u2066\u2067\u2068\u2069")


def test_a_word_that_was_taken_back_is_not_the_last_one(desk_store: ThreadStore) -> None:
    sol = write(desk_store, add_customer, CustomerDraft("Café Sol"))
    ticket = write(desk_store, open_ticket, TicketDraft(TicketKind.HOW_TO, "How", customer=sol))
    write(desk_store, log_call, ticket, "First word")
    write(desk_store, take_back, write(desk_store, add_note, ticket, "By mistake"))

    last = page_of(desk_store, sol).last

    assert last is not None
    assert ("First word", ticket) == (last.text, last.ticket)


def test_the_first_case_is_the_first_time_and_the_second_is_not(desk_store: ThreadStore) -> None:
    sol = write(desk_store, add_customer, CustomerDraft("Café Sol"))
    none = page_of(desk_store, sol).first_time
    write(desk_store, open_ticket, TicketDraft(TicketKind.HOW_TO, "How", customer=sol))
    one = page_of(desk_store, sol).first_time
    write(desk_store, open_ticket, TicketDraft(TicketKind.HOW_TO, "How again", customer=sol))

    assert (True, True, False) == (none, one, page_of(desk_store, sol).first_time)


def test_the_list_goes_on_by_name_after_the_last_one_and_counts_what_is_open(desk_store: ThreadStore) -> None:
    for name in ("beta", "Alfa", "gama"):
        customer = write(desk_store, add_customer, CustomerDraft(name))
    write(desk_store, open_ticket, TicketDraft(TicketKind.HOW_TO, "How", customer=customer))
    first = desk_store.read(customer_lines, ("", "", 2))

    rest = desk_store.read(customer_lines, ("", first[-1].id, 2))

    assert (["Alfa", "beta"], [("gama", 1)]) == (
        [each.name for each in first],
        [(each.name, each.open) for each in rest],
    )
