"""Two invented features for the store's own tests: notes (Synced, searched) and moves (Event, projected)."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Connection, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.rights import Actor, How, Right, Role
from app.store.bases import ALL_DERIVED, Base, Event, Sealed, See, Synced, derived, link, lww, projects
from app.store.search import SearchText

ANN = Actor("ann", frozenset({Role.TECHNICIAN}), "device-1", How.CHOSEN, frozenset({Right.LOG_REPAIR}))


class SampleNote(Synced):
    __tablename__ = "sample_note"
    number: Mapped[str] = lww(see=See.SHARED)
    title: Mapped[str] = lww(see=See.SHARED)
    customer: Mapped[str] = lww(see=See.PARTNER, default="")
    note: Mapped[str] = lww(see=See.PARTNER, default="")
    parent: Mapped[str] = link("sample_note", see=See.SHARED)
    moved: Mapped[int] = derived(default=0)

    def search_text(self) -> SearchText:
        return self.search_text_of(vars(self))

    @staticmethod
    def search_text_of(row: Mapping[str, Any]) -> SearchText:
        return SearchText(row["created_at"], (row["number"], row["title"], row["customer"]), (row["note"],))


class SampleMove(Event):
    __tablename__ = "sample_move"
    bodies: ClassVar = {"used": {"quantity": See.SHARED}, "received": {"quantity": See.SHARED}}


class SampleSeal(Sealed):
    __tablename__ = "sample_seal"


class SampleLevel(Base):
    __tablename__ = "sample_level"
    __table_args__ = {"info": ALL_DERIVED}  # noqa: RUF012 - as SQLAlchemy wants it
    part: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[int]


@projects("sample_move")
def project_levels(connection: Connection, ids: Sequence[str]) -> None:
    marks = ", ".join("?" * len(ids))
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO sample_level(part, quantity) SELECT subject_id, sum(body ->> '$.quantity')"
        " FROM sample_move WHERE subject_id IN (SELECT subject_id FROM sample_move WHERE id IN (" + marks + "))"
        " GROUP BY subject_id",
        tuple(ids),
    )


def levels(session: Any) -> list[tuple[str, int]]:
    return [tuple(row) for row in session.execute(text("SELECT part, quantity FROM sample_level ORDER BY part"))]
