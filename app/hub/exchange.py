"""POST /v1/sync: one transaction takes what a desk sends and reads what it lacks."""

from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection

from app.hub.answers import encoded
from app.hub.auth import Device
from app.hub.database import as_tenant
from app.hub.facts import Facts, ask_facts, facts_in
from app.hub.feed import Page, ask_counter, counter_in, read_page
from app.hub.inbox import Taken, accept
from app.hub.message import Message
from app.hub.settings import now_ms
from app.hub.staging import FEW, piped
from app.hub.troubles import Refused
from app.sync.protocol import OLDEST_SCHEMA, Forked, Gap
from app.sync.wire import canonical_text


@dataclass(frozen=True, slots=True)
class Exchanged:
    """The answer as JSON, and how many operations and rows were in it, for the log."""

    body: bytes
    ops: int
    rows: int


async def exchange(connection: AsyncConnection[Any], message: Message, *, device: Device) -> Exchanged:
    """The answer to one message. 409 for another lineage, 426 for a desk that only reads and is too old."""
    too_old = message.schema < OLDEST_SCHEMA
    if too_old and not message.ops:
        raise Refused(426, {"error": "update_needed"})
    async with piped(connection, few=len(message.ops) <= FEW), as_tenant(connection, device.tenant):
        asked = await ask_facts(connection), await ask_counter(connection)  # before either is waited for
        facts = await facts_in(asked[0])
        ahead = message.cur > await counter_in(asked[1])  # put back to an earlier state, and nobody said so
        if ahead or (message.epoch and message.epoch != facts.epoch):
            raise Refused(409, {"error": "epoch", "epoch": facts.epoch})
        taken = await accept(connection, message, device=device)
        if not isinstance(taken, Taken):
            return Exchanged(encoded(_not_applied(taken, facts)), 0, 0)
        limit = 0 if too_old else message.limit
        if taken.to is None:
            page = await read_page(connection, cur=taken.start, limit=limit)
        else:  # the counter is locked: nothing else can be behind it
            page = Page(taken.start, taken.to, more=False)
    return Exchanged(_said(message, taken, page, facts), len(message.ops), len(page.rows))


def _not_applied(verdict: Gap | Forked, facts: Facts) -> dict[str, Any]:
    said: dict[str, Any] = {"epoch": facts.epoch, "hub_time": now_ms()}
    if isinstance(verdict, Gap):
        return said | {"gap": verdict.last}
    return said | {"forked": [verdict.last, verdict.head.hex()]}


def _said(message: Message, taken: Taken, page: Page, facts: Facts) -> bytes:
    """The answer, canonical and without what says nothing; rows are spliced in as the database wrote them, never parsed
    here."""
    epoch = "" if facts.epoch == message.epoch else facts.epoch
    said = {
        "ack": taken.ack, "epoch": epoch, "from": page.start, "head": taken.head.hex(), "hub_time": now_ms(),
        "more": page.more, "published": facts.published, "refused": taken.refused, "restamped": taken.restamped,
    }  # fmt: skip
    head = canonical_text({name: value for name, value in said.items() if name in _ALWAYS or value})
    tail = canonical_text({"tag": taken.tag, "to": page.to} if taken.tag else {"to": page.to})
    rows = b'"rows":[' + b",".join(page.rows) + b"]," if page.rows else b""
    return head[:-1] + b"," + rows + tail[1:]


_ALWAYS = ("ack", "from", "head", "hub_time")
