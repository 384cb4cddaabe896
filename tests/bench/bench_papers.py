"""The sealed form F-02 against a bare canvas with the same text; a signature against drawing the form.

The bare canvas: ReportLab, the lines of our own form, one TrueType face, no shaping, no layout, no tags, nothing else
on the page. A form has its layout, shaped text of any script, strokes, a QR code, tags and its data inside.
"""

import io
import time
from collections.abc import Callable, Sequence

import pypdfium2
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.documents.fonts import FOLDER
from app.documents.form_paper import draw_form
from app.documents.signing import sign_certifying
from tests.bench.figures import Measured, Size, milliseconds, ratios, rounds
from tests.documents import samples, signed

OVER_CANVAS, SIGNING = 11.0, 1.3
REPEATS = 5  # in a round: a form takes a fiftieth of a second
_FACE, _SIZE, _LINE = "Bare", 9, 12

Page = Sequence[str]


def measure(size: Size) -> Measured:
    """Ratios within each round, of warm forms: faces are read once in a process."""
    sheet = samples.form("en")
    form = draw_form(sheet)
    pages, key = lines_of(form.pdf), signed.device()
    pdfmetrics.registerFont(TTFont(_FACE, FOLDER / "NotoSans-Regular.ttf"))
    sides = {
        "form": lambda: draw_form(sheet),
        "canvas": lambda: bare_canvas(pages),
        "signing": lambda: sign_certifying(form.pdf, key, signed.act("en", "technician", form), form.places),
    }
    taken = rounds({name: _timed(side) for name, side in sides.items()}, size.rounds)
    made = Measured()
    for name, words, over, target in (
        ("form", "Drawing F-02 / bare canvas with the same text", "canvas", OVER_CANVAS),
        ("signing", "Signing F-02 / drawing it", "form", SIGNING),
    ):
        beside = f"{milliseconds(taken[name])} against {milliseconds(taken[over])}"
        made.add(f"papers.{name}", words, ratios(taken[name], taken[over]), target=target, beside=beside)
    return made


def _timed(side: Callable[[], object]) -> Callable[[], float]:
    def run() -> float:
        begun = time.perf_counter()
        for _ in range(REPEATS):
            side()
        return (time.perf_counter() - begun) / REPEATS

    return run


def lines_of(pdf: bytes) -> list[list[str]]:
    """The lines of text of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded().splitlines() for page in document]


def bare_canvas(pages: Sequence[Page]) -> bytes:
    """These lines, one below the other."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    for lines in pages:
        canvas.setFont(_FACE, _SIZE)
        for number, line in enumerate(lines):
            canvas.drawString(50, 800 - number * _LINE, line)
        canvas.showPage()
    canvas.save()
    return file.getvalue()
