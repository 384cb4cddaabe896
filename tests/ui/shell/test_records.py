from app.views.finding import Found, Kind
from ui.shell.records import _hit


def test_a_customer_and_a_machine_lead_to_their_pages() -> None:
    customer, machine = (_hit(Found(kind, "id", "Hotel")) for kind in (Kind.CUSTOMER, Kind.UNIT))

    assert ("customers", "id") == (customer.place, customer.argument)
    assert ("unit", "id") == (machine.place, machine.argument)
