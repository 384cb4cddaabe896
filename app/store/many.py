"""Many rows in one statement."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, select

from app.store.engine import encode


def among(column: Any, keys: Sequence[str]) -> ColumnElement[bool]:
    """Whether the column is one of these, as one parameter: one for each key is written into the statement anew each
    time, which took longer than the answer."""
    found: ColumnElement[bool] = column.in_(select(func.json_each(encode(list(keys))).table_valued("value").c.value))
    return found


def given(column: Any) -> ColumnElement[bool]:
    """The same for a statement that is made once and executed with `keys_of(keys)`: to make it anew took longer than
    its answer."""
    found: ColumnElement[bool] = column.in_(select(func.json_each(bindparam("keys")).table_valued("value").c.value))
    return found


def keys_of(keys: Sequence[str]) -> dict[str, str]:
    """The parameter of `given`."""
    return {"keys": encode(list(keys))}


def change_rows(connection: Connection, table: Any, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Set these columns in many rows; each tuple holds the values in their order, and the row's id."""
    if rows:
        changes = ", ".join(f"{table.c[name].name} = ?" for name in names)
        connection.exec_driver_sql(f"UPDATE {table.name} SET {changes} WHERE id = ?", list(rows))
