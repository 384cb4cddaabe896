from app.views.finding import Found, Kind
from ui.shell.records import _hit
from ui.tickets.tickets_page import Search


def test_a_customer_leads_to_the_tickets_with_the_name_and_a_machine_to_its_page() -> None:
    customer, machine = (_hit(Found(kind, "id", "Hotel")) for kind in (Kind.CUSTOMER, Kind.UNIT))

    assert ("tickets", Search("Hotel")) == (customer.place, customer.argument)
    assert ("unit", "id") == (machine.place, machine.argument)
