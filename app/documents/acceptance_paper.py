"""The customer's acceptance as a paper of its own: one page that names the form, its hash, and the outcome."""

from dataclasses import dataclass

from app.documents import ink, parts
from app.documents.block import Block
from app.documents.blocks import Gap, Panel, Stack
from app.documents.flow import draw_pages
from app.documents.form_paper import Drawn, facts_of
from app.documents.pdf_file import write_pdf
from app.documents.sheet import Fact, Frame, Group, Remark, Signer, StateKind
from app.documents.signature_block import signature_blocks
from app.documents.text import Setting, Text


@dataclass(frozen=True, slots=True)
class AcceptanceSheet:
    """`outcome` is the sentence of one of the four outcomes; `form` names the sealed form, `form_hash` is its hash."""

    frame: Frame
    lead: str = ""
    outcome: str = ""
    outcome_kind: StateKind = ""
    form_heading: str = ""
    form: tuple[Fact, ...] = ()
    hash_label: str = ""
    form_hash: str = ""
    groups: tuple[Group, ...] = ()
    remarks: tuple[Remark, ...] = ()
    statement_heading: str = ""
    statement: str = ""
    signers: tuple[Signer, ...] = ()


def draw_acceptance(sheet: AcceptanceSheet) -> Drawn:
    """The acceptance as a PDF, equal for an equal sheet."""
    own = parts.setting(sheet.frame)
    paper = parts.blank(sheet.frame)
    draw_pages(paper, _blocks(sheet, own), parts.furniture(sheet.frame))
    return Drawn(write_pdf(paper, facts_of(sheet.frame)), tuple(paper.places))


def _blocks(sheet: AcceptanceSheet, own: Setting) -> list[Block]:
    blocks = parts.head(sheet.frame, sheet.lead)
    if sheet.outcome:
        words = parts.stated(sheet.outcome, sheet.outcome_kind, own, size=11)
        blocks += [Panel(words, fill=ink.SUNKEN, bar=ink.ACCENT, pad=9), Gap(2)]
    blocks.append(parts.passage(sheet.form_heading, [_form(sheet, own)], own))
    if sheet.groups:
        blocks += [Gap(14), parts.fact_groups(sheet.groups, own)]
    blocks += [parts.remark(remark, own) for remark in sheet.remarks if remark.text]
    if sheet.statement:
        blocks.append(parts.passage(sheet.statement_heading, [parts.statement(sheet.statement, own)], own, keep=True))
    blocks += [Gap(4), signature_blocks(sheet.signers, own)]
    return blocks


def _form(sheet: AcceptanceSheet, own: Setting) -> Block:
    """The form's hash in groups of eight: a person can compare two of them with a finger on each."""
    grouped = " ".join(sheet.form_hash[start : start + 8] for start in range(0, len(sheet.form_hash), 8))
    rows = [parts.fact_row(fact, own, (24, 76)) for fact in sheet.form]
    label = Text(sheet.hash_label, own, size=8, colour=ink.INK3, role="P")
    return Stack([*rows, Gap(4), label, Text(grouped, own, size=8.5, colour=ink.INK2, role="P")])
