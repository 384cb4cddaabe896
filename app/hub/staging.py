"""Many rows in one go: COPY into a temporary table, then one statement (COPY is refused under row-level security)."""

from collections.abc import Iterable, Sequence
from typing import Any

from psycopg import AsyncConnection, sql

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


async def stage(connection: AsyncConnection[Any], name: str, rows: Iterable[Sequence[Any]]) -> None:
    """Put `rows` into the temporary table `name`."""
    copy = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))
    async with connection.cursor() as cursor, cursor.copy(copy) as into:
        for row in rows:
            await into.write_row(row)
