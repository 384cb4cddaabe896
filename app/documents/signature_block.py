"""The place where somebody signs: strokes over a line, who, in which role, what it means, when, on which device."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.documents import ink
from app.documents.block import Block
from app.documents.blocks import Gap, Hairline, Row, Stack
from app.documents.marks import Signature
from app.documents.paper import Paper
from app.documents.sheet import Signer
from app.documents.text import Setting, Text

STROKES_TALL = 50.0
SEAL_TALL = 28.0  # where the digital signature of a signed block shows
OPEN_TALL = 152.0  # where a later signature shows with strokes and all


@dataclass(frozen=True, slots=True)
class _Reserved:
    """Space that the digital signature `field` will fill."""

    field: str
    tall: float

    def height(self, width: float) -> float:
        return self.tall

    def split(self, width: float, room: float) -> None:
        return None

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        paper.remember(self.field, x, top - self.tall, width, self.tall)


@dataclass(frozen=True, slots=True)
class _Over:
    """A note that lies in the upper part of reserved space; a later signature covers it."""

    note: Block
    reserved: _Reserved

    def height(self, width: float) -> float:
        return max(self.reserved.tall, self.note.height(width))

    def split(self, width: float, room: float) -> None:
        return None

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        self.reserved.draw(paper, x, top, width)
        self.note.draw(paper, x, top, width)


def signature_blocks(signers: Sequence[Signer], own: Setting) -> Block:
    """Blocks two abreast, none torn between pages."""
    rows: list[Block] = []
    for start in range(0, len(signers), 2):
        pair: list[Block] = [_block(signer, own) for signer in signers[start : start + 2]]
        cells = [*pair, *([Gap(0)] if len(pair) == 1 else [])]
        rows.append(Stack([Gap(10), Row(cells, [1, 1], gap=22)], keep=True))
    return Stack(rows)


def _block(signer: Signer, own: Setting) -> Block:
    title = Text(signer.heading, own, size=8, strong=True, colour=ink.INK3, role="H3")
    if signer.open:
        words = Text(signer.note, own, size=8.5, colour=ink.INK3, role="P")
        note = Stack([Gap(4), words, Gap(max(STROKES_TALL - 4 - 2 * 8.5 * 1.42, 0)), Hairline(0, 4, colour=ink.EDGE)])
        return Stack([title, _Over(note, _Reserved(signer.field, OPEN_TALL))], role="Sect")
    seal: list[Block] = [Gap(5), _Reserved(signer.field, SEAL_TALL)] if signer.field else []
    return Stack([title, *signed_lines(signer, own), *seal], role="Sect")


def signed_lines(signer: Signer, own: Setting) -> list[Block]:
    """Strokes or the note, the line, and who signed as what, when and where."""
    if signer.strokes:
        mark: Block = Signature(signer.strokes, STROKES_TALL, signer.strokes_label or signer.name)
    else:
        words = Text(signer.note, own, size=9.5, role="P")
        mark = Stack([Gap(10), words, Gap(max(STROKES_TALL - 36, 4))])
    name = Text(signer.name, own, size=10.5, strong=True, role="P")
    lines = [Text(line, own, size=8.5, colour=ink.INK2, role="P") for line in signer.lines if line]
    return [mark, Hairline(0, 4, colour=ink.EDGE), name, *lines]
