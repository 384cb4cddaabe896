"""How a digital signature looks on its page: a small paper of its own, laid into the reserved place."""

from dataclasses import dataclass

from app.documents import ink
from app.documents.block import Block
from app.documents.blocks import Beside, Gap, Panel, Stack
from app.documents.marks import State
from app.documents.paper import Paper, Place
from app.documents.pdf_file import Facts, write_pdf
from app.documents.sheet import Direction, Signer
from app.documents.signature_block import signed_lines
from app.documents.text import Setting, Text
from app.kernel.instants import Instant

LARGEST = 5.0  # a text five times too long for its place is cut instead of made unreadable


@dataclass(frozen=True, slots=True)
class Stamp:
    """`lines` say what the device vouches for; `signer` adds strokes and name where the place was left open."""

    language: str
    direction: Direction
    place: Place
    lines: tuple[str, ...]
    at: Instant
    signer: Signer | None = None


def draw_stamp(stamp: Stamp) -> bytes:
    """A one-page PDF of the size of the place; what does not fit is made smaller as a whole."""
    own = Setting(stamp.language, stamp.direction == "rtl")
    block = _block(stamp, own)
    width, height = _size(stamp.place, block)
    paper = Paper((width, height), language=stamp.language, rtl=own.rtl, tagged=False)
    paper.new_page()
    if stamp.signer:
        paper.box((0, 0), (width, height), fill="#ffffff")  # over the note that stood in the open place
    block.draw(paper, 0, height, width)
    return write_pdf(paper, Facts("", "", "", "", stamp.at))


def _size(place: Place, block: Block) -> tuple[float, float]:
    """The size of the place, or a larger one of the same shape that holds the block."""
    left, bottom, right, top = place.box
    factor = 1.0
    while block.height((right - left) * factor) > (top - bottom) * factor and factor < LARGEST:
        factor += 0.05
    return (right - left) * factor, (top - bottom) * factor


def _block(stamp: Stamp, own: Setting) -> Block:
    lines = [Text(line, own, size=7, colour=ink.INK2, leading=1.3) for line in stamp.lines]
    seal = Panel(Beside(State("done", 11, 1), 17, Stack(lines)), fill=ink.SUNKEN, pad=4)
    if stamp.signer is None:
        return seal
    return Stack([*signed_lines(stamp.signer, own), Gap(5), seal])
