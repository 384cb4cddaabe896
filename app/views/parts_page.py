"""Spare parts: where each one is, against what must be held, and everything about the chosen one."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.catalog.catalog import Catalog
from app.catalog.current import catalog_of
from app.content.published.part import Part, PartStatus, StockClass
from app.kernel.instants import day_of
from app.kernel.messages import Message, Shown, say
from app.parts.queries import MoveSeen, PlaceSeen, last_counted, moves_of, places, stock_levels
from app.parts.rules import Level, PartHit, find_parts, floor_of, level_of
from app.people.queries import names_of
from app.units.queries import units_by_model
from app.views.moments import zone_of
from app.views.parts_sought import part_words, sought_by_serial
from app.views.procedures import Offer, RunLine, offers_at, runs_named
from app.views.published import Published


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part in the list. `at` are the pieces at each place in the order of `PartsPage.places`, `total` those that
    count as stock, `locked` those in quarantine. `older`: the superseded number that led here."""

    number: str
    name: str
    at: tuple[int, ...]
    total: int
    locked: int
    floor: int
    level: Level
    older: str
    superseded: bool
    must: bool


@dataclass(frozen=True, slots=True)
class PartsPage:
    """The list, the places that are its columns, and the figures above it; quarantine is no column. `counted_on` is
    the ISO day at this desk of the latest count, or empty. `sought` says which machine or component was looked for."""

    rows: tuple[PartRow, ...]
    places: tuple[PlaceSeen, ...]
    all: int
    below: int
    gone: int
    negative: int
    locked: int
    counted_on: str
    sought: Message | None = None


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A movement of the chosen part in words; `why` is the reason or the delivery note that was written with it."""

    id: str
    words: Message
    quantity: int
    at: int
    zone: str
    who: str
    reversed: bool
    may_reverse: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class PartDetail:
    """Everything about one part. `facts` are (label, value); `lots` the recalled ones."""

    number: str
    name: str
    description: str
    safety: bool
    serialised: bool
    recalled: bool
    lots: tuple[str, ...]
    places: tuple[tuple[PlaceSeen, int], ...]
    facts: tuple[tuple[Message, Message | str], ...]
    newer: tuple[str, ...]
    older: tuple[str, ...]
    moves: tuple[MoveRow, ...]
    offers: tuple[Offer, ...]
    runs: tuple[RunLine, ...]


def parts_page(session: Session, language: str, query: str = "", model: str = "") -> PartsPage:
    """All parts, or those that the query finds, for a model when one is named; superseded ones while they are held."""
    catalog, levels = catalog_of(session), stock_levels(session)
    published, where = Published(catalog, language), places(session)
    machines = units_by_model(session)
    counted = last_counted(session)
    sought = sought_by_serial(session, published, query)
    hits = [hit for hit in find_parts(part_words(catalog), "" if sought else query)
            if sought is None or hit.number in sought.numbers]  # fmt: skip
    every = [_row(published, hit, levels.get(hit.number, {}), where, machines) for hit in hits]
    shown = [row for row in every if row and _listed(catalog, row, query, model)]
    return PartsPage(
        rows=tuple(shown),
        places=tuple(each for each in where if not each.locked),
        all=len(shown),
        below=sum(each.level is Level.BELOW for each in shown),
        gone=sum(each.level is Level.GONE for each in shown),
        negative=sum(each.level is Level.NEGATIVE for each in shown),
        locked=sum(bool(each.locked) for each in shown),
        counted_on=day_of(counted, zone_of(session)).isoformat() if counted else "",
        sought=sought.words if sought else None,
    )


def part_detail(session: Session, number: str, language: str, currency: str = "EUR") -> PartDetail | None:
    """The chosen part; None when the number is unknown."""
    catalog = catalog_of(session)
    part = catalog.part(number)
    if part is None:
        return None
    published, levels = Published(catalog, language), stock_levels(session, [part.number])
    held, names = levels.get(part.number, {}), names_of(session)
    where, moved = {each.id: each for each in places(session)}, moves_of(session, part.number)
    return PartDetail(
        number=part.number,
        name=published.part(part.number),
        description=catalog.text("part", part.number, "description", language).text if part.description else "",
        safety=part.safety_relevant,
        serialised=part.serialised,
        recalled=part.status is PartStatus.RECALLED,
        lots=part.recalled_lots,
        places=tuple((place, held.get(place.id, 0)) for place in where.values()),
        facts=_facts(published, part, floor_of(part.floor_per_100, _machines(part, units_by_model(session))), currency),
        newer=tuple(each.number for each in part.superseded_by),
        older=tuple(each.number for each in catalog.spares.replaced_by(part.number)),
        moves=tuple(_move(each, where, names) for each in moved if each.kind != "reversed"),
        offers=offers_at(published, "part"),
        runs=runs_named(session, published, (str(each.body["run"]) for each in moved if each.body.get("run"))),
    )


def _listed(catalog: Catalog, row: PartRow, query: str, model: str) -> bool:
    """Superseded parts are shown while somebody holds them or asks for them by number."""
    part = catalog.part(row.number)
    fits = part is not None and (not model or part.fits_model(model))
    return fits and (not row.superseded or any(row.at) or bool(row.locked) or bool(query))


def _row(
    published: Published, hit: PartHit, held: dict[str, int], where: tuple[PlaceSeen, ...], machines: dict[str, int]
) -> PartRow | None:
    part = published.catalog.part(hit.number)
    if part is None:
        return None
    at = tuple(held.get(each.id, 0) for each in where if not each.locked)
    floor = floor_of(part.floor_per_100, _machines(part, machines)) if part.stock_class is StockClass.MUST else 0
    superseded = bool(part.superseded_by)
    return PartRow(
        number=part.number,
        name=published.part(part.number),
        at=at,
        total=sum(at),
        locked=sum(held.get(each.id, 0) for each in where if each.locked),
        floor=0 if superseded else floor,
        level=level_of(sum(at), 0 if superseded else floor) if not any(each < 0 for each in at) else Level.NEGATIVE,
        older=hit.older,
        superseded=superseded,
        must=part.stock_class is StockClass.MUST,
    )


def _machines(part: Part, machines: dict[str, int]) -> int:
    return sum(machines.get(model, 0) for model in {fit.model for fit in part.fits})


def _facts(published: Published, part: Part, floor: int, currency: str) -> tuple[tuple[Message, Message | str], ...]:
    price = part.price(currency)
    models = ", ".join(dict.fromkeys(fit.model for fit in part.fits))
    position = say("{assembly}, {position}", assembly=published.assembly(part.assembly), position=part.position)
    known: list[tuple[Message, Message | str]] = [(say("Fits"), models), (say("Drawing"), position)]
    if floor and part.stock_class is StockClass.MUST:
        known.append((say("Hold"), say("{count} by contract", count=floor)))
    if part.serialised:
        form = Shown("plain", part.form)
        known.append((say("Serial"), say("each piece, form {form}", form=form) if part.form else say("each piece")))
    if price:
        shown = Shown("money", price.minor, price.currency)
        known.append((say("Price list"), say("{price}", price=shown)))
    if part.procedure:
        known.append((say("Fitting"), part.procedure))
    if part.lead_days:
        known.append((say("Delivery"), say("about {days} days", days=part.lead_days)))
    return tuple(known)


def _move(move: MoveSeen, where: dict[str, PlaceSeen], names: dict[str, str]) -> MoveRow:
    def named(key: str) -> str:
        place = where.get(str(move.body.get(key, "")))
        return place.name if place else ""

    words = {
        "received": say("Received at {place}", place=named("place")),
        "issued": say("Used in a repair, from {place}", place=named("place")),
        "recycled": say("Back from a repair, to {place}", place=named("place")),
        "counted": _counted(move, named("place")),
        "transferred": say("Moved from {place} to {to}", place=named("place"), to=named("to")),
    }.get(move.kind, say("Something that this version does not know"))
    quantity = move.body.get("quantity")  # of a movement of another version nobody knows what it is
    by_hand = move.kind not in ("issued", "recycled")  # a repair line is taken back in the repair, whole
    return MoveRow(
        move.id, words, quantity if type(quantity) is int else 0, move.at, move.zone, names.get(move.by, ""),
        move.reversed, by_hand and not move.reversed, _text(move, "reason") or _text(move, "document"),
    )  # fmt: skip


def _counted(move: MoveSeen, place: str) -> Message:
    """What was found against what was thought to be there; only the place where another version wrote no figures."""
    found, difference = move.body.get("found"), move.body.get("quantity")
    if type(found) is not int or type(difference) is not int:
        return say("Counted at {place}", place=place)
    if not difference:
        return say("Counted at {place}: {found}, as expected", place=place, found=found)
    return say("Counted at {place}: {found} found, {expected} expected", place=place, found=found,
               expected=found - difference)  # fmt: skip


def _text(move: MoveSeen, key: str) -> str:
    text = move.body.get(key, "")
    return text if isinstance(text, str) else ""
