"""Links that point to records which are not here: links carry no constraint, so doctor looks for them."""

from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.store.bases import Base


@dataclass(frozen=True, slots=True)
class Dangling:
    """`count` rows of `kind` whose `field` names a record of `target` that has not come (yet)."""

    kind: str
    field: str
    target: str
    count: int


def danglers(session: Session) -> tuple[Dangling, ...]:
    """Every link column with rows that lead nowhere."""
    tables = Base.metadata.tables
    found = []
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            target = tables.get(column.info.get("link", ""))
            if target is None:
                continue
            other = target.alias()
            nowhere = ~exists().where(other.c.id == column)
            count = session.scalar(select(func.count()).select_from(table).where(column != "", nowhere)) or 0
            if count:
                found.append(Dangling(table.name, column.name, target.name, count))
    return tuple(found)
