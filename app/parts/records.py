"""Places and stock movements; levels are their sum."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.parts.rules import PlaceKind
from app.store.bases import ALL_DERIVED, Base, Event, See, Synced, lww, projects
from app.store.reads import Read
from app.store.search import SearchText

_COUNTED = {"place": Read(needed=True), "quantity": Read(int, needed=True)}
_MOVE = {"place": See.SHARED, "quantity": See.SHARED, "reason": See.SHARED}


class Place(Synced):
    """Where parts lie: `kind` is workshop, van, store or quarantine."""

    __tablename__ = "place"
    reads: ClassVar[Mapping[str, Read]] = {"kind": Read(values=frozenset(PlaceKind))}
    name: Mapped[str] = lww(see=See.PARTNER)
    kind: Mapped[str] = lww(see=See.SHARED, default="workshop")

    def search_text(self) -> SearchText:
        return self.search_text_of(vars(self))

    @staticmethod
    def search_text_of(row: Mapping[str, Any]) -> SearchText:
        return SearchText(row["created_at"], (row["name"],))


class StockMove(Event):
    """`subject_id` is the printed part number; `quantity` is signed, except in `transferred`: from `place` to `to`.

    A reversed movement (`corrects_id`) counts for nothing, however often it is reversed on however many devices.
    """

    __tablename__ = "stock_move"
    bodies: ClassVar = {
        "received": {**_MOVE, "document": See.SHARED},
        "issued": {**_MOVE, "repair": See.SHARED, "line": See.SHARED},
        "recycled": {**_MOVE, "repair": See.SHARED, "line": See.SHARED},
        "counted": {**_MOVE, "found": See.SHARED},
        "transferred": {**_MOVE, "to": See.SHARED, "run": See.SHARED},
        "reversed": {"reason": See.SHARED},
    }
    reads: ClassVar = {
        **dict.fromkeys(("received", "issued", "recycled", "counted"), _COUNTED),
        "transferred": {**_COUNTED, "to": Read(needed=True), "run": Read()},
    }


class StockLevel(Base):
    """Pieces of a part at a place; may be negative."""

    __tablename__ = "stock_level"
    __table_args__ = {"info": ALL_DERIVED}  # noqa: RUF012 - as SQLAlchemy wants it
    part: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[int]


@projects("stock_move")
def project_levels(connection: Connection, ids: Sequence[str]) -> None:
    """Add up anew the parts that these movements touch."""
    parts = list(connection.scalars(select(StockMove.subject_id).where(StockMove.id.in_(ids)).distinct()))
    undone = select(StockMove.corrects_id).where(StockMove.kind == "reversed", StockMove.subject_id.in_(parts))
    chosen = select(StockMove.subject_id, StockMove.kind, StockMove.body).where(
        StockMove.subject_id.in_(parts), StockMove.kind.in_(StockMove.reads), StockMove.id.not_in(undone)
    )
    sums: dict[tuple[str, str], int] = {}
    for part, kind, body in connection.execute(chosen):
        sign = -1 if kind == "transferred" else 1
        sums[part, body["place"]] = sums.get((part, body["place"]), 0) + sign * body["quantity"]
        if kind == "transferred":
            sums[part, body["to"]] = sums.get((part, body["to"]), 0) + body["quantity"]
    connection.execute(delete(StockLevel).where(StockLevel.part.in_(parts)))
    rows = [{"part": part, "place": place, "quantity": quantity} for (part, place), quantity in sums.items()]
    if rows:
        connection.execute(insert(StockLevel), rows)
