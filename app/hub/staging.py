"""Many rows in one go: COPY into a temporary table, then one statement (COPY is refused under row-level security).

A push of a few operations costs what it waits for the database, not what that does: there the statements go out in a
pipeline, where COPY cannot be, and rows are inserted.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from psycopg import AsyncConnection, pq, sql

FEW = 20  # operations: beyond, COPY is the faster way
_STAGES = {
    "staged_row": "kind text, id text, cur bigint, fields json, clocks json, marks json",
    "staged_op": "n bigint, op_id text, digest bytea, counts text, code text, again boolean, body text",
}


async def make_stages(connection: AsyncConnection[Any]) -> None:
    """The temporary tables of a new connection; each transaction finds them empty."""
    for name, columns in _STAGES.items():
        await connection.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DELETE ROWS").format(
                sql.Identifier(name), sql.SQL(columns)
            )
        )


@asynccontextmanager
async def piped(connection: AsyncConnection[Any], *, few: bool) -> AsyncIterator[None]:
    """In a pipeline, if there are few operations: what no answer is asked of does not wait for one."""
    if not few:
        yield
        return
    async with connection.pipeline():
        yield


async def stage(connection: AsyncConnection[Any], name: str, rows: Iterable[Sequence[Any]]) -> None:
    """Put `rows` into the temporary table `name`."""
    table = sql.Identifier(name)
    if connection.pgconn.pipeline_status != pq.PipelineStatus.OFF:
        marks = sql.SQL(", ").join([sql.Placeholder()] * (_STAGES[name].count(",") + 1))
        async with connection.cursor() as cursor:
            await cursor.executemany(sql.SQL("INSERT INTO {} VALUES ({})").format(table, marks), list(rows))
        return
    copy = sql.SQL("COPY {} FROM STDIN").format(table)
    async with connection.cursor() as cursor, cursor.copy(copy) as into:
        for row in rows:
            await into.write_row(row)
