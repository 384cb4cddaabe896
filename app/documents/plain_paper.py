"""A page with a few sentences: the printer's trial, or a key that is kept on paper. No seal, no QR code."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.documents import ink, parts
from app.documents.block import Block
from app.documents.blocks import Gap, Hairline, Panel, Stack
from app.documents.flow import draw_pages
from app.documents.form_paper import facts_of
from app.documents.pdf_file import write_pdf
from app.documents.sheet import Frame
from app.documents.text import Setting, Text


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """`lead` below the title, `large` lines in a box (written from left to right), then `lines`."""

    frame: Frame
    lead: str
    large: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


def draw_plain(sheet: PlainSheet) -> bytes:
    """The page as a PDF."""
    own = parts.setting(sheet.frame)
    paper = parts.blank(sheet.frame)
    blocks: list[Block] = [
        Text(sheet.frame.issuer, own, size=9, strong=True, colour=ink.ACCENT, role="P"), Gap(3),
        Text(sheet.frame.title, own, size=20, strong=True, leading=1.24, role="H1"), Gap(9),
        Text(sheet.lead, own, size=11, leading=1.4, role="P"), Gap(10), Hairline(colour=ink.INK, weight=0.8), Gap(10),
        *_large(sheet.large), *(each for line in sheet.lines for each in _line(line, own)),
    ]  # fmt: skip
    draw_pages(paper, blocks, parts.furniture(sheet.frame))
    return write_pdf(paper, facts_of(sheet.frame))


def _large(lines: Sequence[str]) -> list[Block]:
    latin = Setting("en", False)
    rows: list[Block] = [Text(line, latin, size=15, strong=True, leading=1.5, role="P") for line in lines]
    return [Panel(Stack(rows), fill=ink.SUNKEN, pad=12), Gap(12)] if rows else []


def _line(text: str, own: Setting) -> list[Block]:
    return [Text(text, own, size=10.5, leading=1.4, role="P"), Gap(5)]
