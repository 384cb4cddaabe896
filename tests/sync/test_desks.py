"""The names of the partner's computers: given by people, and known to all of them."""

import pytest

from app.kernel.errors import UserError
from app.kernel.ids import new_id
from app.kernel.instants import now
from app.schema import KINDS
from app.store.bases import Stream
from app.store.sessions import ThreadStore
from app.sync import local
from app.sync.answers import HubRow
from app.sync.desks import desk_names, known_desks, name_desk
from app.sync.shapes import shapes_of
from app.tickets.actions import open_ticket
from app.tickets.rules import TicketDraft, TicketKind
from app.views.devices import device_words, devices
from tests.stores import actor
from tests.sync.test_local import answer, ask, do

OTHER = new_id()
STAMP = f"{now() // 1000:012x}0000" + "f" * 16


def own(store: ThreadStore) -> str:
    device: str = ask(store, lambda session: session.query(Stream.device).scalar())
    return device


def hear_of(store: ThreadStore, name: str, device: str = OTHER) -> None:
    """The other computer's name comes in a page."""
    fields = {"name": name, "_del": False, "created_at": now() - 3_600_000_000, "created_by": ""}
    row = HubRow("desk_name", device, 1, fields, dict.fromkeys(fields, STAMP))
    do(store, local.take_answer, answer(store, row))


def test_a_name_is_kept_trimmed_and_given_anew(desk_store: ThreadStore) -> None:
    first = do(desk_store, name_desk, "  Work\u202eshop\n bench ")

    before = do(desk_store, name_desk, "Van 2")

    assert ("", "Work shop bench") == (first, before)
    assert {own(desk_store): "Van 2"} == ask(desk_store, desk_names)


def test_a_name_goes_out_to_the_other_computers_and_the_manufacturers_people_do_not_see_it(
    desk_store: ThreadStore,
) -> None:
    do(desk_store, name_desk, "Workshop")

    sent = b"".join(ask(desk_store, local.outgoing).ops)

    assert b'"kind":"desk_name"' in sent and b'"name":"Workshop"' in sent
    assert "name" not in shapes_of(KINDS)["desk_name"].shown({"name": "Workshop", "created_at": 1})


def test_a_name_that_another_computer_has_is_refused_at_its_field(desk_store: ThreadStore) -> None:
    hear_of(desk_store, "Workshop")

    told = []
    for name in ("WORKSHOP", "x" * 61):
        with pytest.raises(UserError) as caught:
            do(desk_store, name_desk, name)
        told.append(caught.value.field)

    assert ["name", "name"] == told
    assert {OTHER: "Workshop"} == ask(desk_store, desk_names)


def test_who_may_not_change_settings_gives_no_name(desk_store: ThreadStore) -> None:
    with pytest.raises(UserError):
        desk_store.write(actor(), name_desk, ("Workshop",))


def test_this_computer_stands_first_then_those_that_were_heard_of_last(desk_store: ThreadStore) -> None:
    hear_of(desk_store, "Van 2")
    do(desk_store, open_ticket, TicketDraft(TicketKind.HOW_TO, "It drips"))

    seen = ask(desk_store, known_desks, KINDS)

    assert [own(desk_store), OTHER] == [each.device for each in seen]
    assert [True, False] == [each.here for each in seen]
    assert seen[0].heard_at > seen[1].heard_at > 0


def test_a_clock_that_runs_ahead_is_not_heard_of_tomorrow(desk_store: ThreadStore) -> None:
    fields = {"name": "Van", "_del": False, "created_at": now() + 10**12, "created_by": ""}
    row = HubRow("desk_name", OTHER, 1, fields, dict.fromkeys(fields, STAMP))

    do(desk_store, local.take_answer, answer(desk_store, row))

    assert all(each.heard_at <= now() for each in ask(desk_store, known_desks, KINDS))


def test_a_computer_without_a_name_is_called_by_its_sign(desk_store: ThreadStore) -> None:
    hear_of(desk_store, "Van 2")
    do(desk_store, open_ticket, TicketDraft(TicketKind.HOW_TO, "It drips"))

    page = ask(desk_store, devices)

    assert ("", False) == (page.name, page.linked)
    assert "Van 2" in [row.name for row in page.rows]
    assert "Van 2" == ask(desk_store, device_words, OTHER)
    assert "01234567" == ask(desk_store, device_words, "f" * 24 + "01234567")
