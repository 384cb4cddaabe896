"""POST /v1/sync: one transaction takes what a desk sends and reads what it lacks."""

from dataclasses import dataclass
from typing import Any

from app.hub.answers import encoded
from app.hub.auth import Device
from app.hub.database import Pool, tenant_of
from app.hub.facts import Facts, read_facts
from app.hub.feed import Page, counter, read_page
from app.hub.inbox import Taken, accept
from app.hub.message import Message
from app.hub.settings import now_ms
from app.hub.troubles import Refused
from app.sync.protocol import OLDEST_SCHEMA, Forked, Gap
from app.sync.wire import canonical_text


@dataclass(frozen=True, slots=True)
class Exchanged:
    """The answer as JSON, and how many operations and rows were in it, for the log."""

    body: bytes
    ops: int
    rows: int


async def exchange(message: Message, *, device: Device, pool: Pool) -> Exchanged:
    """The answer to one message. 409 for another lineage, 426 for a desk that only reads and is too old."""
    too_old = message.schema < OLDEST_SCHEMA
    if too_old and not message.ops:
        raise Refused(426, {"error": "update_needed"})
    async with tenant_of(pool, device.tenant) as connection:
        facts = await read_facts(connection)
        ahead = message.cur > await counter(connection)  # put back to an earlier state, and nobody said so
        if ahead or (message.epoch and message.epoch != facts.epoch):
            raise Refused(409, {"error": "epoch", "epoch": facts.epoch})
        taken = await accept(connection, message, device=device)
        if not isinstance(taken, Taken):
            return Exchanged(encoded(_not_applied(taken, facts)), 0, 0)
        limit = 0 if too_old else message.limit
        if taken.to is None:
            page = await read_page(connection, cur=message.cur, limit=limit)
        else:  # the counter is locked: nothing else can be behind it
            page = Page(message.cur, taken.to, more=False)
    return Exchanged(_said(taken, page, facts), len(message.ops), len(page.rows))


def _not_applied(verdict: Gap | Forked, facts: Facts) -> dict[str, Any]:
    said: dict[str, Any] = {"epoch": facts.epoch, "hub_time": now_ms()}
    if isinstance(verdict, Gap):
        return said | {"gap": verdict.last}
    return said | {"forked": [verdict.last, verdict.head.hex()]}


def _said(taken: Taken, page: Page, facts: Facts) -> bytes:
    """The answer, canonical; rows are spliced in as the database wrote them, never parsed here."""
    head = canonical_text({
        "ack": taken.ack, "epoch": facts.epoch, "from": page.start, "head": taken.head.hex(), "hub_time": now_ms(),
        "more": page.more, "published": facts.published, "refused": taken.refused, "restamped": taken.restamped,
    })  # fmt: skip
    tail = canonical_text({"tag": taken.tag, "to": page.to})
    return head[:-1] + b',"rows":[' + b",".join(page.rows) + b"]," + tail[1:]
