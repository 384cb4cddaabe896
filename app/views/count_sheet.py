"""A place to be counted: which parts lie there, and how many are thought to."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.catalog.catalog import Catalog
from app.catalog.current import catalog_of
from app.content.published.part import Part, StockClass
from app.parts.queries import PlaceSeen, places, stock_levels
from app.views.published import Published


@dataclass(frozen=True, slots=True)
class CountLine:
    """A part to be counted; `expected` pieces by what was booked, which may be below zero."""

    number: str
    name: str
    position: str
    expected: int


@dataclass(frozen=True, slots=True)
class CountSheet:
    """Every place, and the lines of the one that is counted; `place` is empty while there is none."""

    places: tuple[PlaceSeen, ...]
    place: str
    lines: tuple[CountLine, ...]


def count_sheet(session: Session, place: str, language: str, more: tuple[str, ...] = ()) -> CountSheet:
    """What is booked at the place, what must be held, and `more`: numbers that were found there unexpected.

    Sorted by number, as parts lie on a shelf. An unknown place gives the first one.
    """
    where = places(session)
    chosen = place if place in {each.id for each in where} else where[0].id if where else ""
    catalog, levels = catalog_of(session), stock_levels(session)
    published = Published(catalog, language)
    held = {number: at[chosen] for number, at in levels.items() if at.get(chosen)}
    locked = any(each.locked for each in where if each.id == chosen)
    numbers = sorted({*held, *more, *([] if locked else _owed(catalog))} & set(catalog.spares.by_number) | set(held))
    return CountSheet(where, chosen, tuple(_line(published, each, held.get(each, 0)) for each in numbers))


def _owed(catalog: Catalog) -> list[str]:
    return [each.number for each in catalog.spares.by_number.values() if _is_owed(each)]


def _is_owed(part: Part) -> bool:
    return part.stock_class is StockClass.MUST and not part.superseded_by


def _line(published: Published, number: str, expected: int) -> CountLine:
    part = published.catalog.part(number)
    return CountLine(number, published.part(number), part.position if part else "", expected)
