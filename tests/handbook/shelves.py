"""Shelves with the sample's own handbook, each in a folder of its own."""

from pathlib import Path

from app.handbook.place import Shelf, shelf_of
from app.handbook.shelf import keep
from app.kernel.instants import Instant
from app.views.handbook_page import HandbookReader, open_reader

KEPT = Instant(1_795_000_000_000_000)  # 2026-11-18
LATER = Instant(1_795_515_900_000_000)  # 2026-11-24 10:25 UTC


def filled(folder: Path, *, sample: bool = True) -> Shelf:
    """The sample's handbook, kept on 18 November; not a `sample`: without a last resort."""
    shelf = shelf_of(folder, sample=True, zone="Europe/Lisbon")
    assert shelf.bundled is not None
    keep(shelf, shelf.bundled, KEPT)
    return shelf if sample else shelf_of(folder, sample=False, zone="Europe/Lisbon")


def reader(folder: Path, language: str = "en", market: str = "PT") -> HandbookReader:
    """A reader over such a shelf."""
    made = open_reader(filled(folder), language=language)
    made.market = market
    return made
