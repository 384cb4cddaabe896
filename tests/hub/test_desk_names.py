"""The name of a computer, on the partner's other ones and at the manufacturer's."""

from app.sync.desks import desk_names, known_desks, name_desk
from app.tickets.actions import open_ticket
from app.views.record_kinds import RECORDS
from tests.hub.offices import Office
from tests.hub.test_offices import draft, office, pair

__all__ = ["office", "pair"]


def test_each_computer_knows_the_other_by_the_name_that_a_person_gave_it(pair: tuple[Office, Office]) -> None:
    first, second = pair
    first.do(name_desk, "Workshop")
    first.do(open_ticket, draft())
    second.do(name_desk, "Van 2")
    for each in (first, second, first):
        each.sync()

    names = {first.unlocked.device: "Workshop", second.unlocked.device: "Van 2"}

    assert [names, names] == [first.ask(desk_names), second.ask(desk_names)]
    seen = second.ask(known_desks, RECORDS)
    assert ["Van 2", "Workshop"] == [each.name for each in seen]
    assert all(each.heard_at for each in seen)


def test_a_name_that_was_changed_is_changed_everywhere_and_differs_nowhere(pair: tuple[Office, Office]) -> None:
    first, second = pair
    for name in ("Workshop", "Counter"):
        first.do(name_desk, name)
        first.sync()
        second.sync()

    assert ["Counter"] == list(second.ask(desk_names).values())
    assert () == second.syncing.compare()
