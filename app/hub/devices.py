"""`device`: which devices act for a partner, and the codes that make them do so."""

import hashlib
from datetime import UTC, datetime

from app.hub.database import connected
from app.hub.keys import Keys
from app.hub.outcome import Outcome
from app.hub.partners import known_partner
from app.hub.settings import CODE_LIFE_MS, OWNER, now_ms
from app.hub.troubles import HubError
from app.sync.identity import make_code


def make_device_code(reach: str, keys: Keys, partner: str) -> Outcome:
    """A code for one device and fifteen minutes. It is told here and nowhere again; the database has it sealed."""
    with connected(reach, OWNER) as connection:
        known_partner(connection, partner)
        row = connection.execute("SELECT root FROM maker.hub").fetchone()
        assert row is not None
        code, until = make_code(hashlib.sha256(row[0]).digest()), now_ms() + CODE_LIFE_MS
        sealed = keys.seal(code.printed().encode(), what=f"code {code.name}")
        connection.execute("DELETE FROM maker.code WHERE expires_at < %s AND used_at IS NULL", (now_ms(),))
        connection.execute(
            "INSERT INTO maker.code (name, partner, sealed, expires_at) VALUES (%s, %s, %s, %s)",
            (code.name, partner, sealed, until),
        )
    lines = (code.printed(), f"For one device of {partner}, until {_clock(until)}.")
    return Outcome(lines, {"partner": partner, "code": code.printed(), "until": until})


def list_devices(reach: str, partner: str) -> Outcome:
    """The partner's devices, the revoked ones too."""
    with connected(reach, OWNER) as connection:
        known_partner(connection, partner)
        found = connection.execute(
            "SELECT id, name, enrolled_at, revoked_at FROM partner.device WHERE tenant = %s ORDER BY enrolled_at, id",
            (partner,),
        ).fetchall()
    rows = [dict(zip(("device", "name", "enrolled_at", "revoked_at"), row, strict=True)) for row in found]
    lines = tuple(
        f"{each['device']}  {_clock(each['enrolled_at'])}  {'revoked' if each['revoked_at'] else 'syncs  '}  "
        f"{each['name']}"
        for each in rows
    )
    return Outcome(lines or ("No device yet.",), {"partner": partner, "devices": rows})


def revoke_device(reach: str, partner: str, device: str) -> Outcome:
    """From its next request on the device is answered like one that never was; HubError where there is none."""
    with connected(reach, OWNER) as connection:
        known_partner(connection, partner)
        done = connection.execute(
            "UPDATE partner.device SET revoked_at = coalesce(revoked_at, %s) WHERE tenant = %s AND id = %s",
            (now_ms(), partner, device),
        )
        if not done.rowcount:
            raise HubError(f"{partner} has no device {device}. `device list {partner}` names all.")
    return Outcome((f"{device} of {partner} is revoked.",), {"partner": partner, "device": device, "revoked": True})


def _clock(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
