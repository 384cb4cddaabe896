"""`partner`: whose data the hub keeps."""

import re
from typing import Any

from psycopg import Connection

from app.hub.database import connected
from app.hub.outcome import Outcome
from app.hub.settings import OWNER, now_ms
from app.hub.troubles import HubError

_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_MARKET = re.compile(r"[A-Z]{2}")


def add_partner(reach: str, code: str, *, name: str, market: str) -> Outcome:
    """A new partner with an empty shelf of rows; HubError for a code that is taken or no code."""
    if not _CODE.fullmatch(code) or code == "LOC":  # LOC: how desks number before they are enrolled
        raise HubError("A partner's code is 2 to 8 capitals and digits and begins with a letter, such as PT02.")
    if not _MARKET.fullmatch(market) or not name.strip():
        raise HubError("Name the partner, and its market by two capitals, such as PT.")
    with connected(reach, OWNER, tenant=code) as connection:
        made = connection.execute(
            "INSERT INTO maker.partner VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING", (code, name, market, now_ms())
        )
        if not made.rowcount:
            raise HubError(f"There is a partner {code} already. Choose another code.")
        connection.execute("INSERT INTO partner.counter (tenant) VALUES (%s)", (code,))
    return Outcome((f"{code}: {name}, {market}.",), {"partner": code, "name": name, "market": market})


def list_partners(reach: str) -> Outcome:
    """Every partner with the number of its devices that may sync."""
    with connected(reach, OWNER) as connection:
        found = connection.execute(
            "SELECT p.code, p.name, p.market, count(d.id) FROM maker.partner AS p "
            "LEFT JOIN partner.device AS d ON d.tenant = p.code AND d.revoked_at IS NULL "
            "GROUP BY p.code ORDER BY p.code"
        ).fetchall()
    rows = [dict(zip(("partner", "name", "market", "devices"), row, strict=True)) for row in found]
    lines = tuple(f"{each['partner']}  {each['market']}  {each['devices']:3d} devices  {each['name']}" for each in rows)
    return Outcome(lines or ("No partner yet.",), {"partners": rows})


def known_partner(connection: Connection[Any], code: str) -> str:
    """The partner's name; HubError where there is none."""
    row = connection.execute("SELECT name FROM maker.partner WHERE code = %s", (code,)).fetchone()
    if row is None:
        raise HubError(f"There is no partner {code}. `partner list` names all.")
    return str(row[0])
