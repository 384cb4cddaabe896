"""What the printed sheets have in common: their frame, facts, signatures. All strings are ready to be read."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Literal

from app.documents.marks import Strokes
from app.kernel.instants import Instant

Direction = Literal["ltr", "rtl"]
Size = Literal["A4", "Letter"]
StateKind = Literal["", "done", "unsure", "soon", "stop", "open"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What every sheet carries around its matter.

    `at` is the document's own instant (it becomes the file's date). `page_label` holds {page} and {pages};
    `digits` are the ten figures of the language. `seal` is the full hash, `seal_label` how its short form is printed.
    `data` is the canonical JSON that goes into the file, or nothing.
    """

    language: str
    direction: Direction
    paper: Size
    title: str
    number: str
    template: str
    issuer: str
    at: Instant
    page_label: str
    qr: str
    qr_label: str
    seal: str = ""
    seal_label: str = ""
    data: bytes = b""
    digits: str = "0123456789"


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Group:
    """Facts under one heading, such as a party or the unit."""

    heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """Free text under a heading; `state` puts a shape before it."""

    heading: str
    text: str
    state: StateKind = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature block. `field` names the place for the digital signature ("technician", "customer"), if any.

    `lines` follow the strokes: role, meaning, local time with its zone, device. `note` stands instead of strokes
    where nobody signed on screen (signs on paper, not present, refused). An `open` block is left to be filled by a
    later signature in the same file.
    """

    field: str
    heading: str
    name: str = ""
    lines: tuple[str, ...] = ()
    strokes: Strokes = ()
    strokes_label: str = ""
    note: str = ""
    open: bool = False


def texts(sheet: object) -> Iterator[str]:
    """Every string of a sheet, for `fonts.missing`: what cannot be shown is named before anybody signs."""
    if isinstance(sheet, str):
        yield sheet
    elif isinstance(sheet, tuple):
        for part in sheet:
            yield from texts(part)
    elif is_dataclass(sheet):
        for own in fields(sheet):
            yield from texts(getattr(sheet, own.name))
