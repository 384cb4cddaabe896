"""`show`: what the manufacturer's people see, through the one visibility policy of the database (principle 8)."""

import json
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from app.hub.database import connected
from app.hub.outcome import Outcome
from app.hub.partners import known_partner
from app.hub.settings import STAFF
from app.hub.troubles import Exit, HubError
from app.kernel.ids import new_id
from app.kernel.instants import now


@dataclass(frozen=True, slots=True)
class Opening:
    """Why somebody of the manufacturer opens a case, and who; the partner reads both."""

    why: str
    by: str


def show_partner(reach: str, partner: str) -> Outcome:
    """The partner's tickets by number, shared fields alone."""
    with connected(reach, STAFF, tenant=partner) as connection:
        name = known_partner(connection, partner)
        found = connection.execute(
            "SELECT id, opened, fields FROM partner.shown WHERE kind = 'ticket' ORDER BY fields ->> 'number'"
        ).fetchall()
    tickets = [{"id": key, "opened": opened, "fields": fields} for key, opened, fields in found]
    lines = [f"{partner}: {name}, {len(tickets)} tickets."]
    lines += [_ticket_line(each["fields"]) for each in tickets]
    return Outcome(tuple(lines), {"partner": partner, "tickets": tickets})


def show_ticket(reach: str, partner: str, number: str, *, opening: Opening | None = None) -> Outcome:
    """One ticket with what belongs to it. `opening` opens the case first: its partner's fields show from then on,
    and the partner's desks get an event that says who opened it and why."""
    with connected(reach, STAFF, tenant=partner) as connection:
        known_partner(connection, partner)
        ticket = _ticket(connection, number)
        if ticket is None:
            return Outcome((f"{partner} has no ticket {number}.",), {"partner": partner, "records": []}, Exit.NO)
        if opening:
            _open(connection, ticket, opening)
        records = _records(connection, ticket)
    lines = [f"{each['kind']} {each['id']}: {_plain(each['fields'])}" for each in records]
    return Outcome(tuple(lines), {"partner": partner, "ticket": ticket, "records": records})


def _ticket(connection: Connection[Any], number: str) -> str | None:
    row = connection.execute(
        "SELECT id FROM partner.shown WHERE kind = 'ticket' AND fields ->> 'number' = %s", (number,)
    ).fetchone()
    return str(row[0]) if row else None


def _open(connection: Connection[Any], ticket: str, opening: Opening) -> None:
    if not opening.why.strip() or not opening.by.strip():
        raise HubError("Say with --open why the case is opened, and with --by who opens it: the partner reads both.")
    connection.execute(
        "SELECT partner.open_case(%s, %s, %s, %s, %s)", (new_id(), ticket, opening.why, opening.by, now())
    )


def _records(connection: Connection[Any], ticket: str) -> list[dict[str, Any]]:
    """The ticket, what names it, and of an opened case whose it is."""
    found = connection.execute(
        "SELECT kind, id, opened, fields FROM partner.shown WHERE id = %(ticket)s "
        "OR fields ->> 'subject_id' = %(ticket)s OR fields ->> 'ticket' = %(ticket)s ORDER BY cur",
        {"ticket": ticket},
    ).fetchall()
    owners = [fields.get(name, "") for *_, fields in found[:1] for name in ("customer", "site")]
    found += connection.execute(
        "SELECT kind, id, opened, fields FROM partner.shown WHERE kind IN ('customer', 'site') AND id = ANY(%s)",
        (owners,),
    ).fetchall()
    return [{"kind": kind, "id": key, "opened": opened, "fields": fields} for kind, key, opened, fields in found]


def _ticket_line(fields: dict[str, Any]) -> str:
    return "  ".join(str(fields.get(name, "")) for name in ("number", "kind", "severity", "title"))


def _plain(fields: dict[str, Any]) -> str:
    """One line that no escape sequence of somebody's text can leave."""
    return json.dumps(fields, ensure_ascii=True, sort_keys=True)
