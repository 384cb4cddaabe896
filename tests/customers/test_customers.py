import pytest

from app.customers import actions, queries
from app.customers.rules import CustomerDraft, CustomerKind, SiteDraft, completed_customer, phone_digits, site_line
from app.kernel.errors import UserError
from app.store.sessions import ThreadStore
from tests.stores import EVERYTHING

HOTEL = CustomerDraft("Hotel  Foz Velha", contact="Sr. Antunes", phone="+351 22 123 45 67", note="rings twice")


def added(store: ThreadStore, draft: CustomerDraft = HOTEL) -> str:
    customer: str = store.write(EVERYTHING, actions.add_customer, (draft,)).result
    return customer


@pytest.mark.parametrize("words", ["foz", "antun", "2212", "351221234567", "VELHA hotel", "twice"])
def test_a_customer_is_found_by_how_the_words_begin(desk_store: ThreadStore, words: str) -> None:
    customer = added(desk_store)

    assert [customer] == [each.id for each in desk_store.read(queries.find_customers, (words,))]


def test_a_customer_is_found_through_a_site_and_only_once(desk_store: ThreadStore) -> None:
    customer = added(desk_store)
    for name in ("Bar", "Kitchen"):
        desk_store.write(EVERYTHING, actions.add_site, (customer, SiteDraft(name, "Rua da Praia 4")))

    assert [customer] == [each.id for each in desk_store.read(queries.find_customers, ("praia",))]


def test_without_words_the_newest_customers_come_first(desk_store: ThreadStore) -> None:
    older, newer = added(desk_store), added(desk_store, CustomerDraft("Café Ribeira"))

    assert [newer, older] == [each.id for each in desk_store.read(queries.find_customers, ("  ",))]


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (CustomerDraft(" "), "name"),
        (CustomerDraft("x" * 201), "name"),
        (CustomerDraft("Ann", note="x" * 4001), "note"),
        (CustomerDraft("Ann", email="nowhere"), "email"),
        (CustomerDraft("Ann", email="a b@c"), "email"),
    ],
)
def test_a_customer_that_cannot_be_kept_names_the_field(draft: CustomerDraft, field: str) -> None:
    with pytest.raises(UserError) as caught:
        completed_customer(draft)

    assert field == caught.value.field


def test_an_edit_sends_only_what_changed(desk_store: ThreadStore) -> None:
    customer = added(desk_store)

    changed = CustomerDraft("Hotel Foz Velha", CustomerKind.DEALER, "Sr. Antunes", HOTEL.phone, note=HOTEL.note)
    desk_store.write(EVERYTHING, actions.edit_customer, (customer, changed))

    facts = desk_store.read(queries.customer_facts, (customer,))
    assert (CustomerKind.DEALER, "Hotel Foz Velha", "+351 22 123 45 67") == (facts.kind, facts.name, facts.phone)


def test_a_site_can_be_renamed(desk_store: ThreadStore) -> None:
    customer = added(desk_store)
    site = desk_store.write(EVERYTHING, actions.add_site, (customer, SiteDraft("Bar"))).result

    desk_store.write(EVERYTHING, actions.edit_site, (site, SiteDraft("Roof bar", "Rua 1", "Europe/Lisbon")))

    (kept,) = desk_store.read(queries.sites_of, (customer,))
    assert ("Roof bar", "Rua 1", "Europe/Lisbon") == (kept.name, kept.address, kept.zone)


def test_a_site_needs_a_name(desk_store: ThreadStore) -> None:
    with pytest.raises(UserError):
        desk_store.write(EVERYTHING, actions.add_site, ("c", SiteDraft("")))


def test_a_customer_who_is_not_here_is_nobody(desk_store: ThreadStore) -> None:
    assert desk_store.read(queries.customer_facts, ("elsewhere",)) is None
    assert {} == desk_store.read(queries.customer_names, ([""],))


def test_a_site_that_is_called_by_its_address_is_said_once() -> None:
    assert "Cais 14, Porto" == site_line("Cais 14", "Cais 14, Porto")
    assert "Kitchen, Cais 14" == site_line("Kitchen", "Cais 14")
    assert "Kitchen" == site_line("Kitchen", "")


@pytest.mark.parametrize(
    "words", ["+351 22 123 45 67", "+351221234567", "0221234567", "022/123-45.67", "(22) 1234567", "45 67", "٠٢٢١٢٣٤"]
)
def test_a_telephone_is_found_in_any_spelling(desk_store: ThreadStore, words: str) -> None:
    customer = added(desk_store)
    added(desk_store, CustomerDraft("Café Ribeira", phone="+351 22 765 43 21"))

    assert [customer] == [each.id for each in desk_store.read(queries.find_customers, (words,))]


@pytest.mark.parametrize(
    ("words", "digits"), [("24/7", ""), ("Rua 4567", ""), ("123", ""), ("", ""), ("00 1234", "1234")]
)
def test_words_are_a_telephone_only_when_nothing_else_is_in_them(words: str, digits: str) -> None:
    assert digits == phone_digits(words)


def test_a_site_in_a_zone_that_is_none_is_refused(desk_store: ThreadStore) -> None:
    with pytest.raises(UserError) as caught:
        desk_store.write(EVERYTHING, actions.add_site, (added(desk_store), SiteDraft("Bar", zone="Atlantis/Here")))

    assert "zone" == caught.value.field
