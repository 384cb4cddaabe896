"""What a paper is built of: things that know their height in a column, may be split, and draw themselves."""

from typing import Protocol

from app.documents.paper import Paper


class Block(Protocol):
    """Lengths are points; `top` is the upper edge, so a block takes the space from `top` down by its height."""

    def height(self, width: float) -> float:
        """Its height in a column of `width`."""

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """A part that fits into `room` and the rest, or None if no part of it fits or it cannot be torn."""

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        """Draws it with its left edge at `x`."""
