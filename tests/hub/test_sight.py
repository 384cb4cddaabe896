"""The desk says of a ticket what the manufacturer's own command shows of it: real desk, real hub."""

from pathlib import Path
from typing import Any

import pytest

from app.hub.visibility import Opening, show_ticket
from app.views.sight import Sight, ticket_sight
from app.workflows import signing
from app.workflows.signing import Hand
from tests.desks import copy_desk
from tests.hub.hubs import Hub
from tests.hub.offices import Office
from tests.hub.processes import said
from tests.signoff.conftest import signing_template
from tests.signoff.job import Job, signature

__all__ = ["signing_template"]

Fields = dict[tuple[str, str], dict[str, Any]]
BESIDE = (
    "unit",
    "unit_event",
    "repair_event",
    "sop_tick",
    "acceptance",
    "form_event",
)  # the command names the ticket's own alone


@pytest.fixture
def signed(own_hub: Hub, signing_template: tuple[Path, Job], tmp_path: Path) -> Any:
    """(office, partner, ticket, number) of a signed repair that was sent."""
    template, job = signing_template
    copy_desk(template, tmp_path / "desk")
    office = Office(tmp_path / "desk")
    office.actor = job.actor
    form = office.do(signing.draft_form, job.repair)
    office.do(signing.seal_form, form, Hand("", "Technician", signature()), reason="no reason chosen")
    partner = own_hub.partner()
    office.enrol(own_hub, partner)
    office.sync()
    sight: Sight = office.ask(ticket_sight, job.ticket)
    yield office, partner, job.ticket, sight.number
    office.close()


def told_by_the_desk(office: Office, ticket: str, *, opened: bool) -> Fields:
    sight: Sight = office.ask(ticket_sight, ticket)
    left = BESIDE if opened else (*BESIDE, "customer", "site")
    return {
        (each.kind, each.id): {line.field: line.raw for line in each.shared}
        for each in sight.records
        if each.kind not in left
    }


def told_by_the_hub(records: list[dict[str, Any]]) -> Fields:
    return {(each["kind"], each["id"]): flat(each["fields"]) for each in records}


def flat(fields: dict[str, Any]) -> dict[str, Any]:
    body = fields.get("body")
    if not isinstance(body, dict):
        return fields
    rest = {name: value for name, value in fields.items() if name != "body"}
    return rest | {f"body.{key}": value for key, value in body.items()}


def test_the_desk_says_what_the_command_prints(own_hub: Hub, signed: Any) -> None:
    office, partner, ticket, number = signed

    code, answer, _ = said("show", partner, "ticket", number, "--database", own_hub.reach)

    assert 0 == code
    assert told_by_the_hub(answer["records"]) == told_by_the_desk(office, ticket, opened=False)
    assert {"ticket", "ticket_event", "repair", "sop_run", "sealed_form"} <= {
        each["kind"] for each in answer["records"]
    }


def test_after_an_opening_the_desk_says_who_why_and_all_that_shows_now(own_hub: Hub, signed: Any) -> None:
    office, partner, ticket, number = signed
    show_ticket(own_hub.reach, partner, number, opening=Opening("claim 7", "Kiri"))
    office.sync()

    sight = office.ask(ticket_sight, ticket)
    shown = show_ticket(own_hub.reach, partner, number).data["records"]

    assert [("Kiri", "claim 7")] == [(each.who, each.why) for each in sight.openings]
    assert told_by_the_hub(shown) == told_by_the_desk(office, ticket, opened=True)
    assert any(each.kind == "customer" and each.opened and not each.own for each in sight.records)


def test_what_the_policy_shows_of_what_belongs_to_it_is_what_the_desk_says(own_hub: Hub, signed: Any) -> None:
    office, partner, ticket, _ = signed
    sight = office.ask(ticket_sight, ticket)

    with own_hub.owner(partner) as connection:
        rows = connection.execute("SELECT kind, id, fields FROM partner.shown WHERE tenant = %s", (partner,)).fetchall()

    shown = {(kind, key): flat(fields) for kind, key, fields in rows}
    assert sight.records
    for each in sight.records:
        assert shown[each.kind, each.id] == {line.field: line.raw for line in each.shared}
