"""`unlock`: the crisis lead reads what is under lock in a case that was opened, with a key that is on no server."""

import json
from pathlib import Path
from typing import Any

from psycopg import Connection

from app.hub.database import connected
from app.hub.keys import Keys
from app.hub.outcome import Outcome
from app.hub.partners import known_partner
from app.hub.settings import OWNER, STAFF
from app.hub.troubles import Exit, HubError
from app.store.locking import Locked, unlock

_LARGEST = 64 * 1024  # of a wrap: an age file of a few hundred recipients


def unlock_ticket(reach: str, keys: Keys, partner: str, number: str, *, identity: Path) -> Outcome:
    """The locked facts of the ticket, one a line. Exit NO for a case that nobody opened, or of which nothing opens."""
    key = _identity(identity)
    with connected(reach, STAFF, tenant=partner) as connection:
        known_partner(connection, partner)
        events = _events(connection, number)
    if events is None:
        sentence = f"Open the case first, and say why: show {partner} ticket {number} --open WHY --by NAME."
        return Outcome((sentence,), {"partner": partner, "facts": []}, Exit.NO)
    with connected(reach, OWNER, tenant=partner) as connection:
        facts = [_read(connection, keys, partner, each, events, key) for each in events if each["kind"] == "locked"]
    lines = tuple(json.dumps(each, ensure_ascii=True) for each in facts)  # no escape sequence of somebody's text
    shut = facts and not any(each["says"] for each in facts)
    data = {"partner": partner, "facts": facts}
    return Outcome(lines or ("Nothing is under lock.",), data, Exit.NO if shut else Exit.OK)


def _identity(file: Path) -> str:
    """The age identity in a file as age-keygen writes it."""
    try:
        lines = file.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        raise HubError("--identity wants the file that age-keygen made.", code=Exit.WRONG_KEY) from None
    found = next((each for each in lines if each.startswith("AGE-SECRET-KEY-1")), "")
    if not found:
        raise HubError("--identity wants the file that age-keygen made.", code=Exit.WRONG_KEY)
    return found


def _events(connection: Connection[Any], number: str) -> list[dict[str, Any]] | None:
    """The events of the opened ticket's facts, in their order; None while it is not open."""
    rows = connection.execute(
        "SELECT e.opened, e.fields FROM partner.shown AS t JOIN partner.shown AS e ON e.kind = 'fact_event' "
        "AND e.fields ->> 'subject_id' = t.id WHERE t.kind = 'ticket' AND t.fields ->> 'number' = %s ORDER BY e.cur",
        (number,),
    ).fetchall()
    is_open = connection.execute(
        "SELECT opened FROM partner.shown WHERE kind = 'ticket' AND fields ->> 'number' = %s", (number,)
    ).fetchone()
    return [fields for opened, fields in rows if opened] if is_open and is_open[0] else None


def _read(
    connection: Connection[Any], keys: Keys, partner: str, fact: dict[str, Any], events: list[dict[str, Any]], key: str
) -> dict[str, str]:
    body = fact["body"]
    kid, ct, sort = (str(body.get(name, "")) for name in ("kid", "ct", "sort"))
    wrap, why_not = b"", "destroyed"
    if standing := _standing(events, kid):
        wrap, why_not = _file(connection, keys, partner, standing), "its key has not come"
    text = unlock(Locked(kid, ct, wrap), key, place=(fact["subject_id"], sort)) if wrap else None
    return {"sort": sort, "says": text or "", "why_not": "" if text else "not for this key" if wrap else why_not}


def _standing(events: list[dict[str, Any]], kid: str) -> str:
    """The newest file that wraps this key, or nothing once any wrap of it was destroyed."""
    wraps = [str(each["body"].get("sha256", "")) for each in events if each["body"].get("kid") == kid]
    files = [each for each in wraps if each]
    if not _erased(events, "destroyed").isdisjoint(files):
        return ""
    renewed = _erased(events, "wrapped")
    return next((each for each in reversed(files) if each not in renewed), "")


def _erased(events: list[dict[str, Any]], kind: str) -> set[str]:
    named = [each["body"].get("erases") for each in events if each["kind"] == kind]
    return {str(sha256) for each in named if isinstance(each, list) for sha256 in each}


def _file(connection: Connection[Any], keys: Keys, partner: str, sha256: str) -> bytes:
    rows = connection.execute(
        "SELECT p.number, p.body FROM partner.blob_piece AS p JOIN partner.blob AS b USING (tenant, sha256) "
        "WHERE tenant = partner.app_tenant() AND sha256 = %s AND b.done_at IS NOT NULL AND b.size <= %s "
        "ORDER BY p.number",
        (sha256, _LARGEST),
    ).fetchall()
    return b"".join(keys.unlock_piece(body, tenant=partner, sha256=sha256, number=number) for number, body in rows)
