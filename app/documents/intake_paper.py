"""The receipt for a machine that was handed in: the customer's part, one page where it fits."""

from dataclasses import dataclass

from app.documents import ink, parts
from app.documents.block import Block
from app.documents.blocks import Beside, Gap, Stack
from app.documents.flow import draw_pages
from app.documents.form_paper import Drawn, facts_of
from app.documents.pdf_file import write_pdf
from app.documents.sheet import Frame, Group, Remark, Signer
from app.documents.signature_block import signature_blocks
from app.documents.text import Setting, Text


@dataclass(frozen=True, slots=True)
class Step:
    """What happens next: a number or sign, and a sentence."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class IntakeSheet:
    """Who brought what in which condition, what came with it, what happens next and whom to call."""

    frame: Frame
    lead: str = ""
    case_label: str = ""
    case_number: str = ""
    groups: tuple[Group, ...] = ()
    remarks: tuple[Remark, ...] = ()
    accessories_heading: str = ""
    accessories: tuple[str, ...] = ()
    next_heading: str = ""
    next_steps: tuple[Step, ...] = ()
    signers: tuple[Signer, ...] = ()
    small_print: str = ""


def draw_intake(sheet: IntakeSheet) -> Drawn:
    """The receipt as a PDF, equal for an equal sheet."""
    own = parts.setting(sheet.frame)
    paper = parts.blank(sheet.frame)
    draw_pages(paper, _blocks(sheet, own), parts.furniture(sheet.frame))
    return Drawn(write_pdf(paper, facts_of(sheet.frame)), tuple(paper.places))


def _blocks(sheet: IntakeSheet, own: Setting) -> list[Block]:
    blocks = parts.head(sheet.frame, sheet.lead)
    if sheet.case_number:
        blocks += [_case(sheet, own), Gap(10)]
    if sheet.groups:
        blocks.append(parts.fact_groups(sheet.groups, own))
    blocks += [parts.remark(remark, own) for remark in sheet.remarks if remark.text]
    if sheet.accessories:
        blocks.append(parts.passage(sheet.accessories_heading, [_list(sheet, own)], own))
    if sheet.next_steps:
        steps = [_step(step, own) for step in sheet.next_steps]
        blocks.append(parts.passage(sheet.next_heading, steps, own, keep=True))
    if sheet.signers:
        blocks += [Gap(6), signature_blocks(sheet.signers, own)]
    if sheet.small_print:
        blocks += [Gap(12), Text(sheet.small_print, own, size=7.5, colour=ink.INK3, role="P")]
    return blocks


def _case(sheet: IntakeSheet, own: Setting) -> Block:
    """The one thing that the customer needs on the telephone."""
    label = Text(sheet.case_label, own, size=8, strong=True, colour=ink.INK3, role="P")
    return Stack([label, Text(sheet.case_number, own, size=17, strong=True, leading=1.3, role="P")])


def _list(sheet: IntakeSheet, own: Setting) -> Block:
    dash = Text("\u2013", own, size=9.5, colour=ink.INK3, role="Lbl")
    rows = [Beside(dash, 14, Text(thing, own, size=9.5, role="LBody")) for thing in sheet.accessories]
    return Stack([Stack([row], role="LI") for row in rows], role="L")


def _step(step: Step, own: Setting) -> Block:
    sign = Text(step.sign, own, size=11, strong=True, colour=ink.ACCENT, leading=1.3, role="P")
    return Stack([Beside(sign, 20, Text(step.text, own, size=10, role="P")), Gap(4)])
