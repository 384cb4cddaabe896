"""In which market this desk is, and which there are."""

from app.handbook.book import Handbook
from app.handbook.place import Shelf
from app.handbook.shelf import chosen_market

SAMPLE_MARKET = "PT"  # the sample's partner, where nothing else says which market this is


def market_here(shelf: Shelf, book: Handbook) -> str:
    """The market of this desk: as chosen, else the one market in this zone, else the sample's; empty: ask."""
    chosen = chosen_market(shelf)
    if chosen in book.markets:
        return chosen
    near = [code for code, market in book.markets.items() if market.zone == shelf.zone]
    if len(near) == 1:
        return near[0]
    return SAMPLE_MARKET if shelf.bundled is not None and SAMPLE_MARKET in book.markets else ""


def market_names(book: Handbook, language: str) -> tuple[tuple[str, str], ...]:
    """Code and name of each market, in a language."""
    return tuple((code, book.text("market", code, "name", language).text) for code in sorted(book.markets))
