"""The sealed sign-off form (F-01 to F-03): from its sheet to the PDF that is then signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.documents import ink, parts
from app.documents.block import Block
from app.documents.blocks import Row, Stack, Table
from app.documents.flow import draw_pages
from app.documents.lines import Span
from app.documents.paper import Place
from app.documents.pdf_file import Facts, write_pdf
from app.documents.sheet import Fact, Frame, Group, Remark, Signer, StateKind
from app.documents.signature_block import signature_blocks
from app.documents.text import Setting, Text


@dataclass(frozen=True, slots=True)
class Component:
    """One exchanged component; `warranty` is the sentence that says who pays."""

    part: str
    part_number: str
    old_serial: str
    new_serial: str
    fate: str
    state: str
    state_kind: StateKind
    warranty: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A measured value beside what is allowed; `state` is a word, empty where all is normal."""

    name: str
    value: str
    limits: str
    state: str
    state_kind: StateKind


@dataclass(frozen=True, slots=True)
class MeasuredTable:
    """The measured values of one passage."""

    heading: str
    lines: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A component in the machine, and since when."""

    part: str
    part_number: str
    serial: str
    state: str
    state_kind: StateKind
    since: str


@dataclass(frozen=True, slots=True)
class FormSheet:
    """Everything that the form prints, in its language; empty passages are left out."""

    frame: Frame
    lead: str = ""
    corrects: str = ""
    groups: tuple[Group, ...] = ()
    facts_heading: str = ""
    facts: tuple[Fact, ...] = ()
    components_heading: str = ""
    component_heads: tuple[str, str, str, str] = ("", "", "", "")
    components: tuple[Component, ...] = ()
    fitted_heading: str = ""
    fitted_heads: tuple[str, str, str] = ("", "", "")
    fitted: tuple[Fitted, ...] = ()
    measured_heads: tuple[str, str, str, str] = ("", "", "", "")
    measured: tuple[MeasuredTable, ...] = ()
    checklist: Remark | None = None
    remarks: tuple[Remark, ...] = ()
    statement_heading: str = ""
    statement: str = ""
    signers: tuple[Signer, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """The file and the places on its pages that wait for digital signatures."""

    pdf: bytes
    places: tuple[Place, ...]


def draw_form(sheet: FormSheet) -> Drawn:
    """The form as a PDF, equal for an equal sheet, with `frame.data` inside as form-data.json."""
    own = parts.setting(sheet.frame)
    paper = parts.blank(sheet.frame)
    draw_pages(paper, _blocks(sheet, own), parts.furniture(sheet.frame))
    return Drawn(write_pdf(paper, facts_of(sheet.frame)), tuple(paper.places))


def facts_of(frame: Frame) -> Facts:
    """What the file of a sheet says of itself."""
    return Facts(frame.title, frame.number, frame.issuer, frame.template, frame.at, frame.seal, frame.data)


def _blocks(sheet: FormSheet, own: Setting) -> list[Block]:
    blocks = parts.head(sheet.frame, sheet.lead)
    if sheet.corrects:
        blocks.append(parts.warning(sheet.corrects, own))
    if sheet.groups:
        blocks.append(parts.fact_groups(sheet.groups, own))
    if sheet.components:
        blocks.append(parts.passage(sheet.components_heading, [_components(sheet, own)], own))
    if sheet.facts:
        rows = [parts.fact_row(fact, own, (24, 76)) for fact in sheet.facts]
        blocks.append(parts.passage(sheet.facts_heading, rows, own))
    if sheet.fitted:
        blocks.append(parts.passage(sheet.fitted_heading, [_fitted(sheet, own)], own))
    for table in sheet.measured:
        blocks.append(parts.passage(table.heading, [_measured(sheet, table, own)], own))
    blocks += [parts.remark(remark, own) for remark in _remarks(sheet)]
    blocks += _agreement(sheet, own)
    return blocks


def _remarks(sheet: FormSheet) -> list[Remark]:
    return [remark for remark in (sheet.checklist, *sheet.remarks) if remark and remark.text]


def _agreement(sheet: FormSheet, own: Setting) -> list[Block]:
    """The statement stays with the signatures below it where a page can hold both."""
    signatures = signature_blocks(sheet.signers, own)
    if not sheet.statement:
        return [signatures]
    agreed = parts.passage(sheet.statement_heading, [parts.statement(sheet.statement, own)], own, keep=True)
    return [Stack([agreed, signatures], keep=True)]


def head_row(heads: Sequence[str], shares: Sequence[float], own: Setting) -> Row:
    """The head of a table."""
    cells = [Text(text, own, size=8, strong=True, colour=ink.INK3) for text in heads]
    return Row(cells, shares, roles=["TH"] * len(heads))


def _components(sheet: FormSheet, own: Setting) -> Table:
    shares = (25, 23, 23, 29)
    rows = [
        Row(
            [
                _two(component.part, component.part_number, own, strong=True),
                _two(component.old_serial, component.fate, own),
                Stack(
                    [
                        Text([Span(component.new_serial, True)], own, size=9.5, role="P"),
                        parts.stated(
                            component.state, component.state_kind, own, size=8.5, colour=_colour(component.state_kind)
                        ),
                    ]
                ),
                Text(component.warranty, own, size=8.5),
            ],
            shares,
            roles=["TD"] * 4,
        )
        for component in sheet.components
    ]
    return Table(head_row(sheet.component_heads, shares, own), rows, air=5)


def _two(first: str, second: str, own: Setting, *, strong: bool = False) -> Stack:
    lines: list[Block] = [Text([Span(first, strong)], own, size=9.5, role="P")]
    if second:
        lines.append(Text(second, own, size=8.5, colour=ink.INK3, role="P"))
    return Stack(lines)


def _fitted(sheet: FormSheet, own: Setting) -> Table:
    shares = (42, 36, 22)
    rows = [
        Row(
            [
                _two(each.part, each.part_number, own, strong=True),
                Stack(
                    [
                        Text([Span(each.serial, True)], own, size=9.5, role="P"),
                        parts.stated(each.state, each.state_kind, own, size=8.5, colour=_colour(each.state_kind)),
                    ]
                ),
                Text(each.since, own, size=9),
            ],
            shares,
            roles=["TD"] * 3,
        )
        for each in sheet.fitted
    ]
    return Table(head_row(sheet.fitted_heads, shares, own), rows, air=3.5)


def _measured(sheet: FormSheet, table: MeasuredTable, own: Setting) -> Table:
    shares = (38, 18, 26, 18)
    rows = [
        Row(
            [
                Text(line.name, own, size=9.5),
                Text([Span(line.value, True)], own, size=9.5),
                Text(line.limits, own, size=9, colour=ink.INK2),
                parts.stated(line.state, line.state_kind, own, colour=_colour(line.state_kind)),
            ],
            shares,
            roles=["TD"] * 4,
        )
        for line in table.lines
    ]
    return Table(head_row(sheet.measured_heads, shares, own), rows, air=3.5)


def _colour(kind: StateKind) -> str:
    return {"unsure": ink.WARN, "soon": ink.WARN, "stop": ink.STOP}.get(kind, ink.INK2)
