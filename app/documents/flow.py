"""Blocks onto pages: what fits, what is torn, what moves on; and the furniture of each page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.documents.block import Block
from app.documents.blocks import Stack
from app.documents.ink import MM
from app.documents.paper import Paper

MARGIN = 18 * MM
TOP, BOTTOM = 14 * MM, 18 * MM

Furniture = Callable[[Paper, int, int], None]  # draws header and footer of page k of n


@dataclass(frozen=True, slots=True)
class _Put:
    block: Block
    top: float


def draw_pages(paper: Paper, blocks: Sequence[Block], furniture: Furniture) -> None:
    """Draws `blocks` on as many pages as they need. A block that no page can hold runs over the edge of its own."""
    width = paper.width - 2 * MARGIN
    pages = _paginate(blocks, width, paper.height - TOP - BOTTOM)
    for index, puts in enumerate(pages):
        paper.new_page()
        for put in puts:
            put.block.draw(paper, MARGIN, paper.height - TOP - put.top, width)
        furniture(paper, index + 1, len(pages))


def count_pages(paper: Paper, blocks: Sequence[Block]) -> int:
    """How many pages `draw_pages` would need."""
    return len(_paginate(blocks, paper.width - 2 * MARGIN, paper.height - TOP - BOTTOM))


def _paginate(blocks: Sequence[Block], width: float, room: float) -> list[list[_Put]]:
    pages: list[list[_Put]] = [[]]
    used = 0.0
    waiting = list(blocks)
    while waiting:
        block = waiting.pop(0)
        need = block.height(width)
        if used + need <= room + 1e-6:
            pages[-1].append(_Put(block, used))
            used += need
            continue
        torn = None if _stays_whole(block, need, room) else block.split(width, room - used)
        if torn:
            pages[-1].append(_Put(torn[0], used))
            waiting.insert(0, torn[1])
        elif pages[-1]:
            waiting.insert(0, block)
        else:
            pages[-1].append(_Put(block, used))
        if waiting:
            pages.append([])
            used = 0.0
    return pages


def _stays_whole(block: Block, need: float, room: float) -> bool:
    return isinstance(block, Stack) and block.keep and need <= room
