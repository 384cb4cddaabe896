"""A procedure of the crisis handbook on paper: 11 to 12 points, black on white, what to do and whom to call first."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.documents import ink, parts
from app.documents.block import Block
from app.documents.blocks import Beside, Gap, Hairline, Panel, Row, Stack
from app.documents.flow import count_pages, draw_pages
from app.documents.form_paper import facts_of
from app.documents.lines import Span
from app.documents.pdf_file import write_pdf
from app.documents.sheet import Fact, Frame
from app.documents.text import Setting, Text

BODY, URGENT = 11, 12
BOX = "\u25a1"


@dataclass(frozen=True, slots=True)
class UrgentLine:
    """One line of DO NOW; `before` is read first, `after` below it (what happens if it is done wrongly, a question
    with its answers)."""

    number: str
    text: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A strong line and what stands below it; `side` is beside it at the end edge, such as a telephone number."""

    text: str
    lines: tuple[str, ...] = ()
    side: str = ""
    box: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page in the fixed order, with its head."""

    heading: str
    entries: tuple[Entry, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandbookSheet:
    """`numbers` are the telephone numbers that stand in the box of DO NOW, the public one first."""

    frame: Frame
    about: str
    note: str
    use_heading: str
    use_when: str
    more: tuple[str, ...]
    do_now_heading: str
    lines: tuple[UrgentLine, ...]
    numbers: tuple[Fact, ...]
    parts: tuple[Part, ...]
    small_print: str


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """The first page of the whole handbook: what is in it, and the numbers for help."""

    frame: Frame
    about: str
    contents_heading: str
    numbers: tuple[Fact, ...]


def draw_handbook(sheet: HandbookSheet) -> bytes:
    """The procedure as a PDF, equal for an equal sheet; DO NOW and its numbers stand on the first page."""
    own = parts.setting(sheet.frame)
    paper = parts.blank(sheet.frame)
    draw_pages(paper, _blocks(sheet, own), parts.furniture(sheet.frame))
    return write_pdf(paper, facts_of(sheet.frame))


def draw_book(cover: CoverSheet, sheets: Sequence[HandbookSheet]) -> bytes:
    """All of them in one file behind a list of them, each from a page of its own; pages are counted through."""
    paper = parts.blank(cover.frame)
    blocks = [_blocks(each, parts.setting(each.frame)) for each in sheets]
    counts = [count_pages(paper, each) for each in blocks]
    firsts = [2 + sum(counts[:at]) for at in range(len(counts))]
    whole = 1 + sum(counts)
    draw_pages(paper, _cover_blocks(cover, sheets, firsts), parts.furniture(cover.frame, whole=whole))
    for sheet, own, first in zip(sheets, blocks, firsts, strict=True):
        paper.rtl = sheet.frame.direction == "rtl"  # a procedure that is not translated reads the other way
        draw_pages(paper, own, parts.furniture(sheet.frame, before=first - 1, whole=whole))
    return write_pdf(paper, facts_of(cover.frame))


def _cover_blocks(cover: CoverSheet, sheets: Sequence[HandbookSheet], firsts: Sequence[int]) -> list[Block]:
    own = parts.setting(cover.frame)
    figures = str.maketrans("0123456789", cover.frame.digits)
    head = Text(cover.frame.title, own, size=18, strong=True, leading=1.2, role="H1")
    blocks: list[Block] = [head, Gap(2), Text(cover.about, own, size=9, colour=ink.INK2, role="P"), Gap(10)]
    blocks += [Text(cover.contents_heading, own, size=13, strong=True, leading=1.2, role="H2"), Gap(4)]
    for sheet, first in zip(sheets, firsts, strict=True):
        title = Text([Span(f"{sheet.frame.number}  ", True), Span(sheet.frame.title)], own, size=URGENT, role="P")
        page = Text(str(first).translate(figures), own, size=URGENT, strong=True, align="end", role="P")
        blocks += [Hairline(3, 3), Row([title, page], [90, 10], gap=8)]
    return [*blocks, Gap(10), *[_number(each, own) for each in cover.numbers]]


def _blocks(sheet: HandbookSheet, own: Setting) -> list[Block]:
    blocks: list[Block] = [
        Text(sheet.frame.title, own, size=18, strong=True, leading=1.2, role="H1"),
        Gap(2),
        Text(sheet.about, own, size=9, colour=ink.INK2, role="P"),
        Gap(5),
    ]
    if sheet.note:
        blocks += [Panel(Text(sheet.note, own, size=BODY, strong=True, role="P"), stroke=ink.INK, pad=6), Gap(5)]
    use = [Span(f"{sheet.use_heading}  ", True), Span(sheet.use_when)]
    blocks += [Text(use, own, size=BODY, leading=1.3, role="P")]
    blocks += [Text(each, own, size=9.5, colour=ink.INK2, leading=1.3, role="P") for each in sheet.more]
    blocks += [Gap(6), _do_now(sheet, own)]
    for part in sheet.parts:
        blocks.append(_part(part, own))
    blocks += [Gap(8), Text(sheet.small_print, own, size=8, colour=ink.INK3, role="P")]
    return blocks


def _do_now(sheet: HandbookSheet, own: Setting) -> Block:
    head = Panel(Text(sheet.do_now_heading, own, size=13, strong=True, colour="#ffffff", leading=1.2, role="H2"),
                 fill=ink.INK, pad=5)  # fmt: skip
    lines: list[Block] = []
    for line in sheet.lines:
        lines += [Hairline(2, 3), *_urgent(line, own)] if lines else _urgent(line, own)
    numbers = [_number(each, own) for each in sheet.numbers]
    body = Panel(Stack([*lines, Gap(4), Hairline(0, 4, colour=ink.INK, weight=0.8), *numbers]), stroke=ink.INK, pad=8)
    return Stack([head, body], keep=True, role="Sect")


def _urgent(line: UrgentLine, own: Setting) -> list[Block]:
    before: list[Block] = [
        Panel(Text(each, own, size=BODY, leading=1.25, role="P"), bar=ink.INK, pad=4) for each in line.before
    ]
    sign = Text(f"{BOX} {line.number}", own, size=URGENT, strong=True, leading=1.25, role="Lbl")
    words: list[Block] = [Text(line.text, own, size=URGENT, strong=True, leading=1.25, role="P")]
    words += [Text(each, own, size=BODY, leading=1.22, role="P") for each in line.after]
    return [*before, Beside(sign, 34, Stack(words))]


def _number(fact: Fact, own: Setting) -> Block:
    label = Text(fact.label, own, size=BODY, leading=1.25, role="P")
    value = Text(fact.value, own, size=13, strong=True, leading=1.2, align="end", role="P")
    return Row([label, value], [62, 38], gap=8)


def _part(part: Part, own: Setting) -> Stack:
    rows: list[Block] = []
    for entry in part.entries:
        rows += [Hairline(2, 3), _entry(entry, own)] if rows else [_entry(entry, own)]
    if part.note:
        rows += [Gap(4), Text(part.note, own, size=9.5, colour=ink.INK2, role="P")]
    head = Text(part.heading, own, size=13, strong=True, leading=1.2, role="H2")
    return Stack(
        [Gap(11), head, Hairline(2, 4, colour=ink.INK, weight=0.8), *rows], lead=5 if len(rows) > 5 else 3
    )  # no heading with one line at a foot


def _entry(entry: Entry, own: Setting) -> Block:
    words: list[Block] = []
    if entry.text:
        words.append(Text(entry.text, own, size=BODY, strong=bool(entry.lines or entry.side), leading=1.3, role="P"))
    words += [Text(each, own, size=BODY, leading=1.3, role="P") for each in entry.lines if each]
    block: Block = Stack(words)
    if entry.side:
        side = Text(entry.side, own, size=12, strong=True, align="end", leading=1.25, role="P")
        block = Row([block, side], [66, 34], gap=8)
    return Beside(Text(BOX, own, size=BODY, role="Lbl"), 18, block) if entry.box else block
