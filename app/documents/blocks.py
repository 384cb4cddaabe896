"""Blocks that hold other blocks: gaps, hairlines, stacks, rows of columns, panels, tables."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.documents.block import Block
from app.documents.ink import LINE
from app.documents.paper import Paper


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty space."""

    size: float

    def height(self, width: float) -> float:
        return self.size

    def split(self, width: float, room: float) -> None:
        return None

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Hairline:
    """A line across the column, with space above and below."""

    above: float = 0
    below: float = 0
    colour: str = LINE
    weight: float = 0.5

    def height(self, width: float) -> float:
        return self.above + self.below

    def split(self, width: float, room: float) -> None:
        return None

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        y = top - self.above
        paper.rule((x, y), (x + width, y), self.colour, width=self.weight)


@dataclass(frozen=True, slots=True)
class Stack:
    """Blocks one below the other.

    `keep` moves it whole to the next page while it fits on one; the first `lead` blocks (a heading) never stand alone
    at the foot of a page.
    """

    blocks: Sequence[Block]
    keep: bool = False
    role: str = ""
    lead: int = 0

    def height(self, width: float) -> float:
        return sum(block.height(width) for block in self.blocks)

    def split(self, width: float, room: float) -> "tuple[Stack, Stack] | None":
        placed: list[Block] = []
        for index, block in enumerate(self.blocks):
            need = block.height(width)
            if need <= room:
                placed.append(block)
                room -= need
                continue
            rest = list(self.blocks[index:])
            if torn := block.split(width, room):
                placed.append(torn[0])
                rest[0] = torn[1]
            break
        else:
            return None
        if len(placed) <= self.lead or all(isinstance(block, Gap | Hairline) for block in placed):
            return None
        return Stack(placed, role=self.role), Stack(rest, role=self.role)

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        if not self.role:
            self._draw(paper, x, top, width)
            return
        with paper.tag(self.role):
            self._draw(paper, x, top, width)

    def _draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        for block in self.blocks:
            block.draw(paper, x, top, width)
            top -= block.height(width)


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side from the paper's start edge; widths are shares of the column, `gap` points between them."""

    cells: Sequence[Block]
    shares: Sequence[float]
    gap: float = 8
    roles: Sequence[str] = ()

    def _widths(self, width: float) -> list[float]:
        free = width - self.gap * (len(self.shares) - 1)
        return [free * share / sum(self.shares) for share in self.shares]

    def height(self, width: float) -> float:
        return max(cell.height(own) for cell, own in zip(self.cells, self._widths(width), strict=True))

    def split(self, width: float, room: float) -> "tuple[Row, Row] | None":
        heads: list[Block] = []
        tails: list[Block] = []
        for cell, own in zip(self.cells, self._widths(width), strict=True):
            torn = (cell, Gap(0)) if cell.height(own) <= room else cell.split(own, room)
            if torn is None:
                return None
            heads.append(torn[0])
            tails.append(torn[1])
        return replace(self, cells=heads), replace(self, cells=tails)

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        left, right = x, x + width
        for index, (cell, own) in enumerate(zip(self.cells, self._widths(width), strict=True)):
            place = right - own if paper.rtl else left
            if self.roles:
                with paper.tag(self.roles[index]):
                    cell.draw(paper, place, top, own)
            else:
                cell.draw(paper, place, top, own)
            left += own + self.gap
            right -= own + self.gap


@dataclass(frozen=True, slots=True)
class Beside:
    """A mark of fixed width at the start edge (or the end edge), and a block that takes the rest of the column."""

    mark: Block
    mark_width: float
    block: Block
    at_end: bool = False
    gap: float = 0

    def height(self, width: float) -> float:
        return max(self.mark.height(self.mark_width), self.block.height(self._rest(width)))

    def _rest(self, width: float) -> float:
        return width - self.mark_width - self.gap

    def split(self, width: float, room: float) -> "tuple[Beside, Beside] | None":
        torn = self.block.split(self._rest(width), room)
        if torn is None or self.mark.height(self.mark_width) > room:
            return None
        return replace(self, block=torn[0]), replace(self, mark=Gap(0), block=torn[1])

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        rest = self._rest(width)
        mark_left = self.at_end == paper.rtl
        mark_x, block_x = (x, x + width - rest) if mark_left else (x + width - self.mark_width, x)
        if not self.at_end:
            self.mark.draw(paper, mark_x, top, self.mark_width)
        self.block.draw(paper, block_x, top, rest)
        if self.at_end:
            self.mark.draw(paper, mark_x, top, self.mark_width)


@dataclass(frozen=True, slots=True)
class Panel:
    """A block on a ground, with padding; `bar` draws a thick line along its start edge."""

    block: Block
    fill: str = ""
    stroke: str = ""
    bar: str = ""
    pad: float = 10

    def height(self, width: float) -> float:
        return self.block.height(width - 2 * self.pad) + 2 * self.pad

    def split(self, width: float, room: float) -> "tuple[Panel, Panel] | None":
        torn = self.block.split(width - 2 * self.pad, room - 2 * self.pad)
        return torn and (replace(self, block=torn[0]), replace(self, block=torn[1]))

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        height = self.height(width)
        if self.fill or self.stroke:
            paper.box((x, top - height), (width, height), fill=self.fill, stroke=self.stroke)
        if self.bar:
            edge = x + width - 1 if paper.rtl else x + 1
            paper.rule((edge, top), (edge, top - height), self.bar, width=2)
        self.block.draw(paper, x + self.pad, top - self.pad, width - 2 * self.pad)


MOVED_WHOLE = 220.0  # points: a lower row is not torn, it goes to the next page


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a head that is repeated on every page, with a hairline under each."""

    head: Row | None
    rows: Sequence[Row]
    air: float = 4  # above and below the content of a row

    def height(self, width: float) -> float:
        return sum(self._tall(row, width) for row in self._all())

    def _all(self) -> list[Row]:
        return [*([self.head] if self.head else []), *self.rows]

    def _tall(self, row: Row, width: float) -> float:
        return row.height(width) + 2 * self.air

    def split(self, width: float, room: float) -> "tuple[Table, Table] | None":
        if self.head:
            room -= self._tall(self.head, width)
        for index, row in enumerate(self.rows):
            tall = self._tall(row, width)
            if tall <= room:
                room -= tall
                continue
            torn = row.split(width, room - 2 * self.air) if tall > MOVED_WHOLE else None
            above = [*self.rows[:index], *([torn[0]] if torn else [])]
            below = [torn[1] if torn else row, *self.rows[index + 1 :]]
            return (replace(self, rows=above), replace(self, rows=below)) if above else None
        return None

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        with paper.tag("Table"):
            for row in self._all():
                with paper.tag("TR"):
                    row.draw(paper, x, top - self.air, width)
                top -= self._tall(row, width)
                paper.rule((x, top), (x + width, top), LINE)
