"""Passages that several papers share, in one look: head, facts, headings, signatures, page furniture."""

from collections.abc import Sequence

from app.documents import ink
from app.documents.block import Block
from app.documents.blocks import Beside, Gap, Hairline, Panel, Row, Stack
from app.documents.flow import MARGIN, Furniture
from app.documents.lines import Span
from app.documents.marks import QrCode, State
from app.documents.paper import Paper
from app.documents.sheet import Fact, Frame, Group, Remark
from app.documents.text import Setting, Text

QR_SIZE = 27 * ink.MM


def setting(frame: Frame) -> Setting:
    """Language and direction of all texts of a sheet."""
    return Setting(frame.language, frame.direction == "rtl")


def blank(frame: Frame) -> Paper:
    """An empty paper of the sheet's size."""
    return Paper(ink.PAPERS[frame.paper], language=frame.language, rtl=frame.direction == "rtl")


def head(frame: Frame, lead: str) -> list[Block]:
    """Issuer, title, number and the leading sentence, with the QR code at the end edge."""
    own = setting(frame)
    words: list[Block] = [
        Text(frame.issuer, own, size=9, strong=True, colour=ink.ACCENT, role="P"),
        Gap(3),
        Text(frame.title, own, size=20, strong=True, leading=1.24, role="H1"),
        Gap(4),
        Text(
            [Span(frame.number, True), Span("   ", isolate=False), Span(frame.template, colour=ink.INK3)],
            own,
            size=9.5,
            role="P",
        ),
    ]
    if lead:
        words += [Gap(9), Text(lead, own, size=11, leading=1.4, role="P")]
    caption = Text(frame.qr_label, own, size=6.8, colour=ink.INK3, align="center", leading=1.2, role="Caption")
    code = Stack([QrCode(frame.qr, QR_SIZE, frame.qr_label), caption])
    row = Beside(code, QR_SIZE, Stack(words), at_end=True, gap=14)
    return [row, Gap(10), Hairline(colour=ink.INK, weight=0.8), Gap(8)]


def heading(text: str, own: Setting) -> Text:
    """The heading of a passage."""
    return Text(text, own, size=11, strong=True, role="H2")


def small_heading(text: str, own: Setting) -> Text:
    return Text(text, own, size=8, strong=True, colour=ink.INK3, role="H2")


def passage(title: str, body: Sequence[Block], own: Setting, *, keep: bool = False) -> Stack:
    """A heading with what belongs to it, and the space before it."""
    return Stack([Gap(12), heading(title, own), Gap(5), *body], keep=keep, lead=3)


def fact_groups(groups: Sequence[Group], own: Setting) -> Block:
    """Groups two abreast."""
    rows: list[Block] = []
    for start in range(0, len(groups), 2):
        pair = [_group(group, own) for group in groups[start : start + 2]]
        cells: list[Block] = [*pair, *([Gap(0)] if len(pair) == 1 else [])]
        rows += [*([Gap(12)] if rows else []), Row(cells, [1, 1], gap=22)]
    return Stack(rows)


def _group(group: Group, own: Setting) -> Stack:
    facts = [fact_row(fact, own) for fact in group.facts]
    return Stack([small_heading(group.heading, own), Gap(3), *facts], role="Sect")


def fact_row(fact: Fact, own: Setting, shares: tuple[float, float] = (34, 66)) -> Block:
    """A label beside its value, with a hairline above."""
    label = Text(fact.label, own, size=9, colour=ink.INK3, role="P")
    value = Text(fact.value, own, size=9.5, leading=1.345, role="P")
    return Stack([Hairline(0, 2.5), Row([label, value], shares, gap=8), Gap(2.5)])


def stated(text: str, state: str, own: Setting, *, size: float = 9, colour: str = ink.INK) -> Block:
    """A text behind the shape of its state."""
    words = Text(text, own, size=size, colour=colour, role="P")
    if not state:
        return words
    return Beside(State(state, 8.5, (size * 1.42 - 8.5) / 2), 14, words)


def remark(own_remark: Remark, own: Setting) -> Stack:
    """Free text under its heading."""
    return passage(own_remark.heading, [stated(own_remark.text, own_remark.state, own, size=9.5)], own)


def warning(text: str, own: Setting) -> Block:
    """A line that must not be missed, such as the form that this one corrects."""
    return Stack([Panel(stated(text, "soon", own, size=9.5), fill=ink.WARN_SOFT, pad=7), Gap(10)])


def statement(text: str, own: Setting) -> Block:
    """The sentence that is agreed to."""
    return Panel(Text(text, own, size=11.5, strong=True, leading=1.4, role="P"), fill=ink.SUNKEN, bar=ink.ACCENT)


def furniture(frame: Frame, *, before: int = 0, whole: int = 0) -> Furniture:
    """Footer on every page; from the second page on, title and number at the top. `before` pages come first in a file
    of `whole` ones."""
    own = setting(frame)

    def draw(paper: Paper, page: int, pages: int) -> None:
        width = paper.width - 2 * MARGIN
        counted = _counted(frame, before + page, whole or pages)
        foot = Row(
            [
                Text([Span(frame.number, True)], own, size=7.5, colour=ink.INK2),
                Text(frame.seal_label, own, size=7.5, colour=ink.INK3, align="center"),
                Text(counted, own, size=7.5, colour=ink.INK2, align="end"),
            ],
            [30, 50, 20],
        )
        with paper.artifact():
            Hairline().draw(paper, MARGIN, 14 * ink.MM, width)
            foot.draw(paper, MARGIN, 12.4 * ink.MM, width)
            if page > 1:
                top = paper.height - 8 * ink.MM
                Text(frame.title, own, size=7.5, colour=ink.INK3).draw(paper, MARGIN, top, width)

    return draw


def _counted(frame: Frame, page: int, pages: int) -> str:
    figures = str.maketrans("0123456789", frame.digits)
    text = frame.page_label.replace("{page}", str(page).translate(figures))
    return text.replace("{pages}", str(pages).translate(figures))
