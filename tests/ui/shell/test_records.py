from types import SimpleNamespace
from typing import Any

import pytest

from app.customers.actions import add_customer
from app.customers.rules import CustomerDraft
from app.kernel.changes import Changes
from app.kernel.rights import Right, Role
from app.people.actions import add_staff, edit_staff, retire_staff, sit_down
from app.people.queries import actor_for
from app.people.rules import StaffDraft
from app.views.finding import Found, Kind
from tests.stores import EVERYTHING
from tests.ui.real_desk import RealDesk
from ui.shell.records import DeskRecords, _hit


def test_a_customer_and_a_machine_lead_to_their_pages() -> None:
    customer, machine = (_hit(Found(kind, "id", "Hotel")) for kind in (Kind.CUSTOMER, Kind.UNIT))

    assert ("customers", "id") == (customer.place, customer.argument)
    assert ("unit", "id") == (machine.place, machine.argument)


def manager_and_technician(desk: RealDesk) -> tuple[str, str]:
    rita: str = desk.make(add_staff, StaffDraft("Rita Figueira", roles=(Role.MANAGER,)))
    tiago: str = desk.make(add_staff, StaffDraft("Tiago Moreira", roles=(Role.TECHNICIAN,)))
    return rita, tiago


def from_afar(desk: RealDesk, action: Any, *args: Any) -> None:
    """On another computer; it comes with the exchange."""
    desk._runner.write(EVERYTHING, action, *args).result()
    desk.tell(Changes({"staff": (str(args[0]),)}))
    desk.settle()


def test_roles_that_were_changed_count_at_once(desk: RealDesk) -> None:
    records = DeskRecords(desk)
    _, tiago = manager_and_technician(desk)
    desk.take_over(desk.ask(actor_for, tiago))
    before = desk.actor

    from_afar(desk, edit_staff, tiago, StaffDraft("Tiago Moreira", "TM", roles=(Role.AGENT,)))

    assert before is not None and desk.actor is not None and records
    assert (tiago, frozenset({Role.AGENT})) == (desk.actor.person, desk.actor.roles)
    assert Right.SIGN_FORM in before.rights and Right.SIGN_FORM not in desk.actor.rights


def test_somebody_who_left_is_asked_for_at_the_next_write_and_another_person_is_not(desk: RealDesk) -> None:
    records = DeskRecords(desk)
    rita, tiago = manager_and_technician(desk)
    asked: list[object] = []
    desk.who_asked.connect(lambda go_on, give_up: asked.append(go_on))
    for person, expected in ((rita, 0), (tiago, 1)):
        desk.take_over(desk.ask(actor_for, person))
        if person == tiago:
            from_afar(desk, retire_staff, tiago)

        desk.write(add_customer, CustomerDraft("Hotel Foz"))
        desk.settle()

        assert expected == len(asked) and records


def test_once_there_is_a_first_person_the_next_write_asks_who_it_is(desk: RealDesk) -> None:
    records = DeskRecords(desk)
    desk.take_over(EVERYTHING)  # nobody in particular, as before there is a first person
    asked: list[object] = []
    desk.who_asked.connect(lambda go_on, give_up: asked.append(go_on))

    desk.make(add_staff, StaffDraft("Rita Figueira", roles=(Role.MANAGER,)))
    desk.settle()
    desk.write(add_customer, CustomerDraft("Hotel Foz"))
    desk.settle()

    assert 1 == len(asked) and records


@pytest.mark.parametrize("waits", [True, False])
def test_what_draws_papers_is_loaded_only_when_a_paper_waits(
    waits: bool, desk: RealDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []

    def load(name: str) -> Any:
        loaded.append(name)
        return lambda *_given: SimpleNamespace(resume=lambda: loaded.append("resumed"))

    monkeypatch.setattr("ui.shell.records.load_part", load)
    monkeypatch.setattr("ui.shell.records.has_unrendered", lambda _session, _device: waits)
    rita, _ = manager_and_technician(desk)
    desk.make(sit_down, rita)

    DeskRecords(desk).seat_the_last(lambda: None)
    desk.settle()

    assert (["renderer", "resumed"] if waits else []) == loaded
