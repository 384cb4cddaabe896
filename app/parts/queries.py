"""Reads of places, levels and movements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.parts.records import Place, StockLevel, StockMove
from app.parts.rules import PlaceKind


@dataclass(frozen=True, slots=True)
class PlaceSeen:
    """A place; `locked` pieces never count as stock."""

    id: str
    name: str
    kind: PlaceKind

    @property
    def locked(self) -> bool:
        return self.kind is PlaceKind.QUARANTINE


@dataclass(frozen=True, slots=True)
class MoveSeen:
    """One movement; `reversed` when it counts for nothing any more."""

    id: str
    part: str
    kind: str
    at: int
    zone: str
    by: str
    body: Mapping[str, Any]
    reversed: bool


def places(session: Session) -> tuple[PlaceSeen, ...]:
    """All places: workshops first, quarantine last, then by name."""
    order = list(PlaceKind)
    found = session.scalars(select(Place).where(Place.deleted.is_(False)))
    seen = [PlaceSeen(each.id, each.name, PlaceKind(each.kind)) for each in found]
    return tuple(sorted(seen, key=lambda each: (order.index(each.kind), each.name.casefold())))


def stock_levels(session: Session, parts: Sequence[str] = ()) -> dict[str, dict[str, int]]:
    """Pieces by part and place; all parts when none are named."""
    chosen = select(StockLevel)
    if parts:
        chosen = chosen.where(StockLevel.part.in_(parts))
    levels: dict[str, dict[str, int]] = {}
    for each in session.scalars(chosen):
        levels.setdefault(each.part, {})[each.place] = each.quantity
    return levels


def quantity_at(session: Session, part: str, place: str) -> int:
    """Pieces of a part at a place as they stand before the current transaction's own movements."""
    chosen = select(StockLevel.quantity).where(StockLevel.part == part, StockLevel.place == place)
    return session.scalar(chosen) or 0


def moves_of(session: Session, part: str, *, limit: int = 50) -> tuple[MoveSeen, ...]:
    """The movements of a part, newest first."""
    undone = set(
        session.scalars(select(StockMove.corrects_id).where(StockMove.kind == "reversed", StockMove.subject_id == part))
    )
    chosen = select(StockMove).where(StockMove.subject_id == part).order_by(StockMove.at.desc(), StockMove.id.desc())
    return tuple(
        MoveSeen(each.id, part, each.kind, each.at, each.zone, each.by, each.body, each.id in undone)
        for each in session.scalars(chosen.limit(limit))
    )


def moves_of_line(session: Session, part: str, line: str) -> tuple[str, ...]:
    """Ids of the movements of a part that were made for a repair line."""
    chosen = select(StockMove.id).where(StockMove.subject_id == part, StockMove.body["line"].as_string() == line)
    return tuple(session.scalars(chosen))


def part_of_run(session: Session, run: str) -> str:
    """The part whose pieces were moved for the run of a procedure, or empty."""
    chosen = select(StockMove.subject_id).where(
        StockMove.kind == "transferred", StockMove.body["run"].as_string() == run
    )
    return session.scalar(chosen.limit(1)) or ""


def last_counted(session: Session) -> int:
    """When something was counted last, microseconds UTC; 0 never."""
    return session.scalar(select(func.max(StockMove.at)).where(StockMove.kind == "counted")) or 0
