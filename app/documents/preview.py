"""Pages of our own PDFs as pixels: the one room of PDFium, which only one thread at a time may enter."""

import contextlib
import threading
from collections.abc import Iterator
from typing import Any, NamedTuple

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say

_ONE_AT_A_TIME = threading.Lock()  # PDFium keeps global state and is not thread-safe (its own README)
LARGEST_SIDE = 12_000  # pixels; A4 at 600 dpi has 7,016


class Picture(NamedTuple):
    """Width and height in pixels, and `pixels` as RGBA bytes row by row without padding."""

    width: int
    height: int
    pixels: bytes


def page_count(pdf: bytes) -> int:
    """How many pages `pdf` has; UserError DAMAGED if it cannot be read."""
    with _opened(pdf) as document:
        return len(document)


def render_page(pdf: bytes, index: int, dpi: int, *, largest: int = LARGEST_SIDE) -> Picture:
    """Page `index` (from 0) as it will print, at `dpi`, on white; UserError DAMAGED if it cannot be read.

    A page whose longer side would pass `largest` pixels is drawn smaller.
    """
    with _opened(pdf) as document:
        return _render(document[index], dpi, largest)


@contextlib.contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    """The document, alone in this room; a page can be broken where the file as a whole is not."""
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            with pypdfium2.PdfDocument(pdf) as document:
                document.init_forms()  # signatures show as form fields
                yield document
        except pypdfium2.PdfiumError:
            raise UserError(Trouble.DAMAGED, say("This file cannot be shown: it is damaged or no PDF.")) from None


def _render(page: Any, dpi: int, largest: int) -> Picture:
    scale = dpi / 72
    scale *= min(1.0, largest / (max(page.get_size()) * scale))
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True, may_draw_forms=True)
    row = bitmap.width * 4
    raw = bytes(bitmap.buffer)
    if bitmap.stride != row:
        raw = b"".join(raw[y * bitmap.stride : y * bitmap.stride + row] for y in range(bitmap.height))
    return Picture(bitmap.width, bitmap.height, raw)
