"""Rows that came from the hub, written as they are: the third door of app.store.work."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import JSON, Connection, bindparam, func, insert, select, update
from sqlalchemy.dialects import sqlite

from app.store.bases import Synced, defaults_of
from app.store.engine import encode


@dataclass(frozen=True, slots=True)
class Remote:
    """A record, event or seal as it is to stand. `fields` by column; `clocks` and `extra` (fields of a newer version)
    for records alone; `cur` is the hub's cursor of its last change."""

    kind: str
    key: str
    cur: int
    fields: Mapping[str, Any]
    clocks: dict[str, str] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stood:
    """What became of rows of one kind: those that are new, by column with their `rid`; the ids of records that were
    here and changed."""

    fresh: list[dict[str, Any]]
    known: list[str]


def take_rows(connection: Connection, model: Any, rows: Sequence[Remote]) -> Stood:
    """Insert what is new; replace the fields of records that are here. An event or a seal that is here stays."""
    here = _rids(connection, model, [row.key for row in rows])
    fresh = _filled(connection, model, {row.key: row for row in rows if row.key not in here})
    if fresh:
        insert_rows(connection, model.__table__, fresh)
    if not issubclass(model, Synced):
        return Stood(fresh, [])
    known = [_columns(model, row) | {"_rid": here[row.key]} for row in rows if row.key in here]
    for values in _alike(known):
        names = [name for name in values[0] if name not in ("_rid", "id")]
        statement = update(model.__table__).where(model.__table__.c.rid == bindparam("_rid"))
        connection.execute(statement.values({name: bindparam(name) for name in names}), values)
    return Stood(fresh, [row["id"] for row in known])


def insert_rows(connection: Connection, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """The statement that Core compiles, rows as tuples: Core's own work for each row cost more than SQLite's. All rows
    name the columns that the first one names."""
    compiled = insert(table).compile(dialect=sqlite.dialect(), column_keys=list(rows[0]))
    order = compiled.positiontup or []
    lists = [[row[name] for row in rows] for name in order]
    for place, name in enumerate(order):
        if isinstance(table.c[name].type, JSON):
            lists[place] = _encoded(lists[place])
    connection.exec_driver_sql(str(compiled), list(zip(*lists, strict=True)))


def _encoded(values: list[Any]) -> list[str]:
    """As JSON; what stands in many rows as one object (the stamps of one act) is encoded once."""
    texts: dict[int, str] = {}
    for value in values:
        if id(value) not in texts:
            texts[id(value)] = encode(value)
    return [texts[id(value)] for value in values]


def _filled(connection: Connection, model: Any, rows: Mapping[str, Remote]) -> list[dict[str, Any]]:
    if not rows:
        return []
    common = defaults_of(model)
    last = connection.scalar(select(func.coalesce(func.max(model.rid), 0))) or 0
    return [common | _columns(model, row) | {"rid": rid} for rid, row in enumerate(rows.values(), last + 1)]


def _columns(model: Any, row: Remote) -> dict[str, Any]:
    own = {"id": row.key, **row.fields}
    return own | {"clk": row.clocks, "extra": row.extra, "cur": row.cur} if issubclass(model, Synced) else own


def _alike(rows: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The rows in groups that name the same columns: one statement serves each group."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[tuple(sorted(row))].append(row)
    return list(groups.values())


def _rids(connection: Connection, model: Any, keys: Sequence[str]) -> dict[str, int]:
    asked = f"SELECT id, rid FROM {model.__tablename__} WHERE id IN (SELECT value FROM json_each(?))"
    return {key: rid for key, rid in connection.exec_driver_sql(asked, (encode(list(keys)),))}
