"""Streams: each is one life of a desk's store, known by its first push."""

from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection, AsyncCursor

from app.kernel.ids import random_token
from app.sync.protocol import StreamState

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Stream:
    """What the hub keeps of a stream; `tag` stands in the numbers that it gives, `saw` is the cursor that its desk has
    once it took the answers to all that it sent."""

    device: str
    tag: str
    state: StreamState
    saw: int


async def find_stream(connection: AsyncConnection[Any], name: str) -> Stream | None:
    """The partner's stream of this name."""
    return await stream_in(await ask_stream(connection, name))


async def ask_stream(connection: AsyncConnection[Any], name: str) -> AsyncCursor[Any]:
    """Asks for it; in a pipeline nothing is waited for."""
    return await connection.execute(
        "SELECT device, tag, saw, n, head, sent, counts FROM partner.stream "
        "WHERE tenant = partner.app_tenant() AND id = %s",
        (name,),
    )


async def stream_in(asked: AsyncCursor[Any]) -> Stream | None:
    """The answer."""
    row = await asked.fetchone()
    return Stream(row[0], row[1], StreamState(*row[3:]), row[2]) if row else None


async def draw_tag(connection: AsyncConnection[Any], wanted: str) -> str:
    """The tag that a new stream came with, or another if a stream of the partner has it; the counter is locked."""
    asked = await connection.execute("SELECT tag FROM partner.stream WHERE tenant = partner.app_tenant()")
    taken = {tag for (tag,) in await asked.fetchall()}
    tag = wanted
    while tag in taken:
        tag = "Z" + "".join(_CROCKFORD[byte & 31] for byte in random_token(4))
    return tag


async def keep_stream(
    connection: AsyncConnection[Any], name: str, state: StreamState, *, device: str, tag: str, at: int, saw: int
) -> None:
    """Write down where the stream stands now."""
    await connection.execute(
        "INSERT INTO partner.stream VALUES (partner.app_tenant(), %s, %s, %s, %s, %s, %s, %s, %s, %s) "
        "ON CONFLICT (tenant, id) DO UPDATE "
        "SET n = excluded.n, head = excluded.head, sent = excluded.sent, counts = excluded.counts, "
        "saw = excluded.saw",
        (name, device, tag, state.n, state.head, state.sent, state.counts, at, saw),
    )
