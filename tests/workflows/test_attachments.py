import io

import pytest
from pypdf import PdfWriter

from app.kernel.errors import Trouble, UserError
from app.workflows.attachments import LARGEST_SIDE, MOST_PAGES, attached_pages


def pdf(*sizes: tuple[int, int]) -> bytes:
    writer = PdfWriter()
    for width, height in sizes:
        writer.add_blank_page(width=width, height=height)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_only_the_first_pages_are_drawn() -> None:
    pages, count = attached_pages(pdf(*[(20, 20)] * (MOST_PAGES + 5)))

    assert (MOST_PAGES, MOST_PAGES + 5) == (len(pages), count)


def test_a_giant_page_is_drawn_small_and_many_of_them_end_early() -> None:
    pages, count = attached_pages(pdf(*[(14_000, 14_000)] * 12))

    assert 12 == count
    assert 0 < len(pages) < 12
    assert max(pages[0].width, pages[0].height) <= LARGEST_SIDE


def test_what_is_no_pdf_is_damaged() -> None:
    with pytest.raises(UserError) as caught:
        attached_pages(b"%PDF-1.7 nothing")

    assert Trouble.DAMAGED == caught.value.kind
