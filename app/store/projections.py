"""Rebuild everything that is derived: columns and tables that projections fill, and the search index."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, select, update

from app.store.bases import ALL_DERIVED, PROJECTIONS, Base, kinds
from app.store.search import SearchEntry, SearchText, write_entries
from app.store.work import PAGE, Work


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many records went through projections, and how many stand in the search index."""

    records: int
    entries: int


def rebuild(work: Work) -> Rebuilt:
    """Drop what is derived and derive it again from records and events; makes no operations. For doctor."""
    connection = work.session.connection()
    connection.info["door"] = True
    try:
        _drop(connection)
        records = sum(_project(connection, kind) for kind in sorted(PROJECTIONS))
        return Rebuilt(records, sum(_index(work, model) for model in kinds().values() if hasattr(model, "search_text")))
    finally:
        connection.info["door"] = False
        work.session.expire_all()


def _drop(connection: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        fresh = {each.name: _fresh(each) for each in table.columns if each.info.get("class") == "derived"}
        if fresh:
            connection.execute(update(table).values(**fresh))
        if table.info == ALL_DERIVED:
            connection.execute(delete(table))
    for name in ("search_head", "search_body", SearchEntry.__tablename__):
        connection.exec_driver_sql(f"DELETE FROM {name}")


def _fresh(column: Any) -> Any:
    return column.default.arg if column.default is not None else None


def _project(connection: Connection, kind: str) -> int:
    total = 0
    for ids in _pages(connection, Base.metadata.tables[kind]):
        for project in PROJECTIONS[kind]:
            project(connection, ids)
        total += len(ids)
    return total


def _pages(connection: Connection, table: Table) -> Iterator[list[str]]:
    last = 0
    columns = select(table.c.rid, table.c.id).order_by(table.c.rid).limit(PAGE)
    while rows := connection.execute(columns.where(table.c.rid > last)).all():
        yield [row.id for row in rows]
        last = rows[-1].rid


def _index(work: Work, model: Any) -> int:
    total, last = 0, 0
    while things := list(work.session.scalars(select(model).where(model.rid > last).order_by(model.rid).limit(PAGE))):
        texts: list[tuple[int, SearchText]] = [
            (thing.rid, thing.search_text()) for thing in things if not getattr(thing, "deleted", False)
        ]
        write_entries(work.session.connection(), model.__tablename__, texts, known=False)
        total, last = total + len(texts), things[-1].rid
        work.session.expunge_all()
    return total
