"""Rows that came from the hub, written as they are: the third door of app.store.work."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from app.store.bases import Synced, defaults_of

_MANY = 500  # ids in one question


@dataclass(frozen=True, slots=True)
class Remote:
    """A record, event or seal as it is to stand. `fields` by column; `clocks` and `extra` (fields of a newer version)
    for records alone; `cur` is the hub's cursor of its last change."""

    kind: str
    key: str
    cur: int
    fields: Mapping[str, Any]
    clocks: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


def take_rows(connection: Connection, model: Any, rows: Sequence[Remote]) -> None:
    """Insert what is new; replace the fields of records that are here. An event or a seal that is here stays."""
    here = _rids(connection, model, [row.key for row in rows])
    fresh = {row.key: row for row in rows if row.key not in here}
    if fresh:
        common = defaults_of(model)
        _each_shape(connection, insert(model), [common | _columns(model, row) for row in fresh.values()])
    if issubclass(model, Synced):
        known = [_columns(model, row) | {"_rid": here[row.key]} for row in rows if row.key in here]
        for values in _alike(known):
            names = [name for name in values[0] if name not in ("_rid", "id")]
            statement = update(model.__table__).where(model.__table__.c.rid == bindparam("_rid"))
            connection.execute(statement.values({name: bindparam(name) for name in names}), values)


def _columns(model: Any, row: Remote) -> dict[str, Any]:
    own = {"id": row.key, **row.fields}
    return (
        own | {"clk": dict(row.clocks), "extra": dict(row.extra), "cur": row.cur} if issubclass(model, Synced) else own
    )


def _each_shape(connection: Connection, statement: Any, rows: list[dict[str, Any]]) -> None:
    for values in _alike(rows):
        connection.execute(statement, values)


def _alike(rows: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The rows in groups that name the same columns: one statement serves each group."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[tuple(sorted(row))].append(row)
    return list(groups.values())


def _rids(connection: Connection, model: Any, keys: Sequence[str]) -> dict[str, int]:
    table = model.__table__
    found: dict[str, int] = {}
    for at in range(0, len(keys), _MANY):
        rows = connection.execute(select(table.c.id, table.c.rid).where(table.c.id.in_(keys[at : at + _MANY])))
        found |= {key: rid for key, rid in rows}
    return found
