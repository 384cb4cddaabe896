"""What the manufacturer's people see: the shared branch, until a case is opened, which the partner can read."""

import hashlib
import json
from typing import Any

import psycopg
import pytest

from app.hub.database import as_role
from app.hub.settings import DEVICE, STAFF
from app.hub.troubles import Exit, HubError
from app.hub.visibility import Opening, show_partner, show_ticket
from app.kernel.ids import new_id
from app.schema import KINDS
from app.store.bases import See
from app.sync.shapes import Nature, Shape, shapes_of
from tests.hub.hubs import Desk, Hub

SECRET = "Private-Marker"
SHAPES = shapes_of(KINDS)


@pytest.fixture
def desk(hub: Hub) -> Desk:
    """A ticket of a customer, with a note: everything that is the partner's says so."""
    desk = hub.desk()
    customer, ticket = new_id(), new_id()
    desk.sync(
        desk.op("customer", customer, {"name": SECRET, "phone": SECRET}),
        desk.op(
            "ticket", ticket, {"number": "PT02-A-000009", "title": "It drips", "words": SECRET, "customer": customer}
        ),
        desk.op("ticket", new_id(), {"number": "PT02-A-000010", "title": "Other", "words": SECRET}),
        desk.note(ticket, by=SECRET, body={"text": SECRET}),
    )
    return desk


def told(outcome: Any) -> str:
    return json.dumps(outcome.data) + "\n".join(outcome.lines)


def test_show_tells_tickets_and_no_field_of_the_partner(hub: Hub, desk: Desk) -> None:
    everything = told(show_partner(hub.reach, desk.partner)) + told(
        show_ticket(hub.reach, desk.partner, "PT02-A-000009")
    )

    assert "PT02-A-000009" in everything and "It drips" in everything
    assert SECRET not in everything
    assert '"customer"' not in everything


def test_opened_case_shows_its_fields_and_the_other_case_stays_shut(hub: Hub, desk: Desk) -> None:
    show_ticket(hub.reach, desk.partner, "PT02-A-000009", opening=Opening("claim 7", "Kiri"))

    opened = show_ticket(hub.reach, desk.partner, "PT02-A-000009")
    other = show_ticket(hub.reach, desk.partner, "PT02-A-000010")

    assert {"ticket", "ticket_event", "customer", "sync_event"} == {each["kind"] for each in opened.data["records"]}
    (customer,) = [each for each in opened.data["records"] if each["kind"] == "customer"]
    assert SECRET == customer["fields"]["name"]
    assert SECRET not in told(other)


def test_opening_is_read_by_the_partner_on_its_desks_and_in_its_log(hub: Hub, desk: Desk) -> None:
    desk.pull()

    show_ticket(hub.reach, desk.partner, "PT02-A-000009", opening=Opening("claim 7", "Kiri"))

    (row,) = desk.pull()
    assert ("sync_event", "opened") == (row["kind"], row["fields"]["kind"])
    assert {"why": "claim 7", "opened_by": "Kiri"} == row["fields"]["body"]
    with psycopg.connect(as_role(hub.reach, DEVICE), autocommit=True) as connection, connection.transaction():
        connection.execute("SELECT set_config('app.tenant', %s, true)", (desk.partner,))
        logged = connection.execute("SELECT id, subject, why, by FROM partner.opening").fetchall()
    assert [(row["id"], row["fields"]["subject_id"], "claim 7", "Kiri")] == logged


@pytest.mark.parametrize("opening", [Opening("", "Kiri"), Opening("claim 7", " ")])
def test_case_is_not_opened_without_reason_and_name(hub: Hub, desk: Desk, opening: Opening) -> None:
    with pytest.raises(HubError, match="--open"):
        show_ticket(hub.reach, desk.partner, "PT02-A-000009", opening=opening)

    assert SECRET not in told(show_ticket(hub.reach, desk.partner, "PT02-A-000009"))


def test_ticket_that_is_not_there_is_a_no_and_an_unknown_partner_bad_input(hub: Hub, desk: Desk) -> None:
    assert Exit.NO == show_ticket(hub.reach, desk.partner, "PT02-A-999999").exit
    with pytest.raises(HubError, match="no partner"):
        show_partner(hub.reach, "XX99")


@pytest.mark.parametrize("kind", sorted(SHAPES))
def test_policy_of_the_database_is_that_of_the_desks_declarations(hub: Hub, kind: str) -> None:
    shape = SHAPES[kind]
    for fields in examples(shape):
        with psycopg.connect(as_role(hub.reach, STAFF)) as connection:
            row = connection.execute("SELECT partner.shown_fields(%s, %s)", (kind, json.dumps(fields))).fetchone()

        assert row and shape.shown(fields) == row[0]
        assert not [name for name in row[0] if shape.see.get(name) is See.PARTNER]


def examples(shape: Shape) -> list[dict[str, Any]]:
    """Every field of a kind and one of a newer version; an event once for each of its kinds, and with odd bodies."""
    fields: dict[str, Any] = {name: f"{name}!" for name in shape.types} | {"newer": "newer!"}
    if shape.nature is not Nature.EVENT:
        return [fields, {}]
    bodies = [(kind, dict.fromkeys(body, "value") | {"newer": 1}) for kind, body in shape.bodies.items()]
    odd: list[tuple[Any, Any]] = [("no such", {"a": 1}), (next(iter(shape.bodies), ""), ["a"]), (None, None)]
    return [fields | {"kind": kind, "body": body} for kind, body in (*bodies, *odd)] + [{}]


def test_sealed_document_shows_the_hash_of_the_branch_that_it_hides(hub: Hub) -> None:
    desk = hub.desk()
    partner, shared = json.dumps({"salt": "0" * 32, "name": SECRET}), "{}"
    halves = [hashlib.sha256(each.encode()).digest() for each in (shared, partner)]
    values = {
        "subject_id": "", "number": "", "at": 1, "zone": "UTC", "by": "", "device": "", "shared": shared,
        "partner": partner, "sha256": hashlib.sha256(b"".join(halves)).hexdigest(), "previous": "", "corrects": "",
        "ticket": "", "repair": "", "unit": "",
    }  # fmt: skip
    assert [] == desk.sync(desk.op("sealed_form", new_id(), values))["refused"]

    with psycopg.connect(as_role(hub.reach, STAFF), autocommit=True) as connection, connection.transaction():
        connection.execute("SELECT set_config('app.tenant', %s, true)", (desk.partner,))
        row = connection.execute("SELECT fields FROM partner.shown WHERE kind = 'sealed_form'").fetchone()

    assert row and SECRET not in json.dumps(row[0])
    assert halves[1].hex() == row[0]["partner_sha256"]
