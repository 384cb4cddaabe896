"""A stored thing as it stands in merges, by its names on the wire."""

from typing import Any

from app.sync.merge import Cell
from app.sync.shapes import DELETED, Shape


def cells_of(thing: Any, shape: Shape) -> dict[str, Cell]:
    """A stored record, event or seal as it stands in merges, by its names on the wire."""
    clocks = getattr(thing, "clk", {})
    own = {name: Cell(getattr(thing, column_of(name)), clocks.get(column_of(name), "")) for name in shape.types}
    return own | {name: Cell(value, clocks.get(name, "")) for name, value in getattr(thing, "extra", {}).items()}


def column_of(name: str) -> str:
    """The column of a field."""
    return "deleted" if name == DELETED else name
