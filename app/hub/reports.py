"""Reports of faults that somebody at a desk sent: kept per partner within limits, read by the manufacturer's people."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from app.hub.auth import Device
from app.hub.database import Pool, connected, tenant_of
from app.hub.outcome import Outcome
from app.hub.partners import known_partner
from app.hub.settings import OWNER, STAFF, now_ms
from app.hub.troubles import Exit, Refused, bad
from app.sync.reports import LONGEST
from app.sync.wire import ID, count, field, matching, read_object

MOST_BODY = 8 * LONGEST  # of one request: each character may be escaped
MOST_A_DAY = 40  # of one partner
KEPT_MS = 180 * 86_400_000  # an older one is of a program that nobody runs any more
_DAY_MS = 86_400_000
_UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """What a desk says: its own id for the report, when it was made (microseconds), and the text that was shown."""

    id: str
    at: int
    text: str


def read_report(body: bytes) -> Report:
    """The report in a body; Refused or WireError for anything that no desk sends."""
    said = read_object(body)
    text: str = field(said, "text", str)
    if not text.strip() or len(text) > LONGEST or "\0" in text:
        raise bad("bad_text")
    return Report(matching(said, "id", ID), count(said, "at"), text)


async def keep_report(pool: Pool, device: Device, report: Report) -> None:
    """Once, however often it is sent. 429 beyond the day's number; 400 for an id that stands for another text."""
    at = now_ms()
    async with tenant_of(pool, device.tenant) as connection:
        await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('report ' || partner.app_tenant(), 0))")
        asked = await connection.execute(
            "SELECT device, body FROM partner.report WHERE tenant = partner.app_tenant() AND id = %s", (report.id,)
        )
        there = await asked.fetchone()
        if there is not None:
            if there != (device.id, report.text):
                raise bad("altered")
            return
        await connection.execute(
            "DELETE FROM partner.report WHERE tenant = partner.app_tenant() AND came_at < %s", (at - KEPT_MS,)
        )
        asked = await connection.execute(
            "SELECT count(*) FROM partner.report WHERE tenant = partner.app_tenant() AND came_at > %s", (at - _DAY_MS,)
        )
        row = await asked.fetchone()
        if row is not None and row[0] >= MOST_A_DAY:
            raise Refused(429, {"error": "too_many"}, {"retry-after": "3600"})
        await connection.execute(
            "INSERT INTO partner.report VALUES (partner.app_tenant(), %s, %s, %s, %s, %s)",
            (report.id, device.id, report.at, at, report.text),
        )


def list_reports(reach: str, partner: str = "") -> Outcome:
    """The newest first, of one partner or of all."""
    with connected(reach, OWNER) as connection:
        codes = [code for (code,) in connection.execute("SELECT code FROM maker.partner ORDER BY code").fetchall()]
        if partner:
            known_partner(connection, partner)
            codes = [partner]
    rows = [row for code in codes for row in _of(reach, code)]
    rows.sort(key=lambda row: (-int(row["came_at"]), str(row["id"])))
    lines = tuple(
        f"{each['id']}  {_clock(int(each['came_at']))}  {each['partner']:8}  {each['first']}" for each in rows
    )
    return Outcome(lines or ("No report.",), {"reports": rows})


def show_report(reach: str, partner: str, key: str) -> Outcome:
    """One report, as it was shown and sent."""
    with connected(reach, STAFF, tenant=partner) as connection:
        known_partner(connection, partner)
        row = connection.execute(
            "SELECT id, device, at, came_at, body FROM partner.report WHERE id = %s", (key,)
        ).fetchone()
    if row is None:
        return Outcome((f"{partner} has no report {key}.",), {"partner": partner, "report": None}, Exit.NO)
    said = dict(zip(("id", "device", "at", "came_at", "text"), row, strict=True))
    lines = (f"{partner}, device {said['device']}, {_clock(said['came_at'])}", *map(_shown, said["text"].split("\n")))
    return Outcome(lines, {"partner": partner, "report": said})


def _of(reach: str, partner: str) -> list[dict[str, str | int]]:
    with connected(reach, STAFF, tenant=partner) as connection:
        found = connection.execute("SELECT id, device, came_at, body FROM partner.report").fetchall()
    return [
        {"id": key, "partner": partner, "device": device, "came_at": at, "first": _headline(body)}
        for key, device, at, body in found
    ]


def _headline(body: str) -> str:
    """The kind of fault: the second line, behind the versions."""
    lines = [line for line in body.split("\n") if line.strip()]
    return _shown(lines[1] if len(lines) > 1 else lines[0])[:100]


def _shown(line: str) -> str:
    """A line without what would steer a terminal or turn its direction: it was typed far away."""
    return _UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", line)


def _clock(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
