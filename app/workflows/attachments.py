"""A PDF that somebody attached, as pictures: it comes from anywhere, so pages and pixels are limited."""

from app.documents.preview import Picture, page_count, render_page

MOST_PAGES = 60
LARGEST_SIDE = 2_400
MOST_PIXELS = 60_000_000  # of all pages together: 240 MB
DPI = 110


def attached_pages(pdf: bytes) -> tuple[tuple[Picture, ...], int]:
    """The first pages, as many as the limits allow, and how many there are; UserError DAMAGED for a broken file."""
    count, drawn, pixels = page_count(pdf), [], 0
    for index in range(min(count, MOST_PAGES)):
        page = render_page(pdf, index, DPI, largest=LARGEST_SIDE)
        pixels += page.width * page.height
        if pixels > MOST_PIXELS:
            break
        drawn.append(page)
    return tuple(drawn), count
