"""What a desk has not seen yet: rows by cursor, each once, at its newest; and sums to compare both sides by."""

from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection, AsyncCursor

from app.hub.batch import read_rows
from app.hub.settings import PAGE_BYTES
from app.sync.merge import add_sums, row_sum

Connected = AsyncConnection[Any]
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Page:
    """`rows` as JSON texts; `to` is the cursor after them."""

    start: int
    to: int
    more: bool
    rows: tuple[bytes, ...] = ()


async def read_page(connection: Connected, *, cur: int, limit: int) -> Page:
    """The rows after `cur`, at most `limit` and PAGE_BYTES of them (one at least, however large).

    The counter is read first: whatever it counts is in the rows' own later snapshot, because a push holds the counter
    until it has committed.
    """
    newest = await counter(connection)
    if cur >= newest or not limit:
        return Page(cur, cur, cur < newest)
    asked = await connection.execute(_PAGE, (cur, limit, PAGE_BYTES))
    found = await asked.fetchall()
    to = found[-1][2] if found else newest  # after a restore the counter is far beyond the rows
    return Page(cur, to, to < newest, tuple(_row_text(*row) for row in found))


async def counter(connection: Connected) -> int:
    """The partner's newest cursor."""
    return await counter_in(await ask_counter(connection))


async def ask_counter(connection: Connected) -> AsyncCursor[Any]:
    """Asks for it; in a pipeline nothing is waited for."""
    return await connection.execute("SELECT cur FROM partner.counter WHERE tenant = partner.app_tenant()")


async def counter_in(asked: AsyncCursor[Any]) -> int:
    """The answer."""
    row = await asked.fetchone()
    assert row is not None
    return int(row[0])


async def read_sums(connection: Connected) -> tuple[int, dict[str, str]]:
    """(cursor, sum of each kind as decimal text); the transaction must see one moment."""
    to, sums = await counter(connection), dict[str, int]()
    async with connection.cursor("sums") as cursor:
        cursor.itersize = _CHUNK
        await cursor.execute("SELECT kind, id, fields, clocks, marks, 0 FROM partner.row")
        async for row in cursor:
            for (kind, key), record in read_rows([row]).items():
                sums[kind] = add_sums((sums.get(kind, 0), row_sum(kind, key, record.cells)))
    return to, {kind: str(value) for kind, value in sums.items()}


_PAGE = """
    SELECT kind, id, cur, fields, clocks FROM (
      SELECT each.*, sum(octet_length(fields) + octet_length(clocks) + 150) OVER (ORDER BY cur) AS total,
        row_number() OVER (ORDER BY cur) AS place
      FROM (
        SELECT kind, id, cur, fields::text AS fields, clocks::text AS clocks FROM partner.row
        WHERE tenant = partner.app_tenant() AND cur > %s ORDER BY cur LIMIT %s
      ) AS each
    ) AS counted WHERE total <= %s OR place = 1 ORDER BY cur
"""


def _row_text(kind: str, key: str, cur: int, fields: str, clocks: str) -> bytes:
    """In the order of canonical JSON, as the table's own texts are: the desk reads what is canonical at once."""
    said = "" if clocks == "{}" else f'"clocks":{clocks},'
    return f'{{{said}"cur":{cur},"fields":{fields},"id":"{key}","kind":"{kind}"}}'.encode()
