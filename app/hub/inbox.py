"""A push: judged, merged and written in the transaction that the caller holds; acknowledged when that has committed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from psycopg import AsyncConnection, AsyncCursor

from app.hub.auth import Device
from app.hub.batch import Batch, read_rows, row_texts
from app.hub.blobs import erase
from app.hub.message import Message
from app.hub.settings import now_ms
from app.hub.staging import stage
from app.hub.streams import ask_stream, draw_tag, find_stream, keep_stream, stream_in
from app.hub.troubles import bad
from app.sync.protocol import Forked, Gap, Judged, Op, StreamState, judge

Connected = AsyncConnection[Any]
Asked = AsyncCursor[Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """What the desk is told of its operations; `head` is the chain's digest at `ack`. `start` is the desk's cursor, and
    `to` the one behind its operations where no row must come back, since the desk holds each as it is; else None."""

    ack: int
    head: bytes
    tag: str
    restamped: list[list[Any]]
    refused: list[list[Any]]
    start: int = 0
    to: int | None = None


async def accept(connection: Connected, message: Message, *, device: Device) -> Taken | Gap | Forked:
    """Take the message's operations. The counter row is locked first, so that a partner's pushes come one by one."""
    if not message.ops:
        found = await find_stream(connection, message.stream)
        state = found.state if found else StreamState()
        return Taken(state.n, state.head, "", [], [], message.cur)
    if not device.signed(message.signature, message.head_text):
        raise bad("bad_sig")
    asked = await _ask_lock(connection, device.tenant), await ask_stream(connection, message.stream)
    cur, found = await _locked(asked[0]), await stream_in(asked[1])
    state = found.state if found else StreamState()
    if found and found.device != device.id:
        return Forked(state.n, state.head)
    known = await _known(connection, message, state)
    at = now_ms()
    verdict = judge(message.ops, state, {n: each[0] for n, each in known.items()}, now_ms=at)
    if not isinstance(verdict, Judged):
        return verdict
    tag = found.tag if found else await draw_tag(connection, message.tag)
    batch = await _merged(connection, verdict, cur=cur, at=at)
    if batch.kept:
        await _write(connection, batch, message.stream, cur=cur, at=at)
        if batch.erases:
            await erase(connection, sorted(batch.erases), at=at)
    start = found.saw if found and message.ahead else message.cur
    spared = batch.cur if batch.kept and batch.as_sent and start == cur and not message.own else None
    saw = start if spared is None else spared
    await keep_stream(connection, message.stream, verdict.state, device=device.id, tag=tag, at=at, saw=saw)
    return replace(_told(message.ops, batch, known, verdict.state, tag), start=start, to=spared)


async def _ask_lock(connection: Connected, tenant: str) -> Asked:
    """The partner's counter, locked until the transaction ends: cursors are committed in their order."""
    return await connection.execute("SELECT cur FROM partner.counter WHERE tenant = %s FOR UPDATE", (tenant,))


async def _locked(asked: Asked) -> int:
    row = await asked.fetchone()
    assert row is not None
    return int(row[0])


async def _known(connection: Connected, message: Message, state: StreamState) -> dict[int, tuple[bytes, str, str]]:
    """(digest, stamp that counts, code) of the numbers that came again."""
    first, last = message.ops[0].n, message.ops[-1].n
    if first > state.n:
        return {}
    asked = await connection.execute(
        "SELECT n, digest, counts, code FROM partner.op_history WHERE tenant = partner.app_tenant() "
        "AND stream = %s AND n BETWEEN %s AND %s",
        (message.stream, first, last),
    )
    return {n: (digest, counts, code) for n, digest, counts, code in await asked.fetchall()}


async def _merged(connection: Connected, judged: Judged, *, cur: int, at: int) -> Batch:
    ops = [op for op, _ in judged.ops]
    asked = await _ask_rows(connection, ops), await _ask_earlier(connection, ops)
    batch = Batch(read_rows(await asked[0].fetchall()), cur, at * 1000)
    earlier = {op_id: (body.encode(), counts, code) for op_id, body, counts, code in await asked[1].fetchall()}
    for op, counts in judged.ops:
        if op.op_id in earlier:
            batch.repeat(op, earlier[op.op_id])
            continue
        batch.take(op, counts)
        kept = batch.kept[-1]
        earlier[op.op_id] = (op.text, kept.counts, kept.code)
    return batch


async def _ask_rows(connection: Connected, ops: Sequence[Op]) -> Asked:
    keys = {(op.kind, op.key) for op in ops}
    return await connection.execute(
        "SELECT r.kind, r.id, r.fields, r.clocks, r.marks, octet_length(r.fields::text) "
        "FROM unnest(string_to_array(%s, ','), string_to_array(%s, ',')) AS k (kind, id) JOIN partner.row AS r "
        "ON r.tenant = (SELECT partner.app_tenant()) AND r.kind = k.kind AND r.id = k.id",
        (",".join(kind for kind, _ in keys), ",".join(key for _, key in keys)),
    )


async def _ask_earlier(connection: Connected, ops: Sequence[Op]) -> Asked:
    """(op_id, canonical text, stamp that counts, code) of the op_ids that the history has from another stream."""
    return await connection.execute(
        "SELECT op_id, body, counts, code FROM partner.op_history "
        "WHERE tenant = (SELECT partner.app_tenant()) AND op_id = ANY(string_to_array(%s, ',')) AND NOT again",
        (",".join(op.op_id for op in ops),),
    )


async def _write(connection: Connected, batch: Batch, stream: str, *, cur: int, at: int) -> None:
    if batch.changed:
        await connection.execute(
            "UPDATE partner.counter SET base = %s, cur = %s, tx = pg_current_xact_id() "
            "WHERE tenant = partner.app_tenant()",
            (cur, batch.cur),
        )
        await stage(connection, "staged_row", (row_texts(key, record) for key, record in batch.changed.items()))
        await connection.execute(_TAKE_ROWS)
    texts = (
        (kept.op.n, kept.op.op_id, kept.op.digest, kept.counts, kept.code, kept.again,
         None if kept.again else kept.op.text.decode())
        for kept in batch.kept
    )  # fmt: skip
    await stage(connection, "staged_op", texts)
    await connection.execute(_TAKE_OPS, (stream, at))
    aside = [
        (stream, kept.op.n, kept.op.op_id, kept.code, kept.op.text.decode(), at) for kept in batch.kept if kept.code
    ]
    if aside:
        async with connection.cursor() as cursor:
            await cursor.executemany(_KEEP_ASIDE, aside)


_TAKE_ROWS = """
    INSERT INTO partner.row SELECT (SELECT partner.app_tenant()), kind, id, cur, fields, clocks, marks FROM staged_row
    ON CONFLICT (tenant, kind, id)
    DO UPDATE SET cur = excluded.cur, fields = excluded.fields, clocks = excluded.clocks, marks = excluded.marks
"""
_TAKE_OPS = """
    INSERT INTO partner.op_history
    SELECT (SELECT partner.app_tenant()), %s, n, op_id, digest, counts, code, again, body, %s FROM staged_op
"""
_KEEP_ASIDE = "INSERT INTO partner.refused VALUES (partner.app_tenant(), %s, %s, %s, %s, %s, %s)"


def _told(
    ops: Sequence[Op], batch: Batch, known: Mapping[int, tuple[bytes, str, str]], state: StreamState, tag: str
) -> Taken:  # fmt: skip
    """What is said of the operations of this push, those that came again included: their answer may have been lost."""
    found = {n: (counts, code) for n, (_, counts, code) in known.items()}
    found |= {kept.op.n: (kept.counts, kept.code) for kept in batch.kept}
    restamped = [[op.n, found[op.n][0]] for op in ops if found[op.n][0] != op.stamp]
    refused = [[op.n, found[op.n][1]] for op in ops if found[op.n][1]]
    return Taken(state.n, state.head, tag, restamped, refused)
