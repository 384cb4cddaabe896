"""The handbook in memory: procedures, tiles, contacts, time limits and words of one published pack."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.catalog.words import Spoken, Words, words_of
from app.content.items import SOURCE_LANGUAGE, Item, ItemText, TextState
from app.content.published.crisis import (
    Contact,
    CrisisMarket,
    CrisisProcedure,
    HandbookSettings,
    Reach,
    Tile,
    TimeLimit,
)
from app.content.published.crisis_readers import (
    read_contact,
    read_crisis_market,
    read_crisis_procedure,
    read_handbook_settings,
    read_tile,
    read_time_limit,
)
from app.content.published.machine import Manufacturer, read_manufacturer
from app.content.published.market import Calendar, DayKind, Market, read_calendar, read_market
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.timing.awake import OfficeHours


@dataclass(frozen=True)
class Handbook:
    """Everything that the pages and papers of the handbook show; built once for each pack, never changed."""

    version: int
    manufacturer: Manufacturer
    settings: HandbookSettings
    procedures: tuple[CrisisProcedure, ...]
    tiles: tuple[Tile, ...]
    contacts: Mapping[str, Contact]
    limits: Mapping[str, TimeLimit]
    markets: Mapping[str, Market]
    numbers: Mapping[str, CrisisMarket]
    calendars: Mapping[str, Calendar]
    words: Words
    languages: tuple[str, ...]

    def procedure(self, code: str, market: str) -> CrisisProcedure | None:
        """The variant of this market, else the base; of each the newest version."""
        found = [each for each in self.procedures if each.code == code and each.market in ("", market)]
        return max(found, key=lambda each: (each.market == market, each.version), default=None)

    def codes(self) -> tuple[str, ...]:
        """The codes of the procedures that are written."""
        return tuple(sorted({each.code for each in self.procedures}))

    def text(self, kind: str, code: str, path: str, language: str, *, version: int | None = None) -> Spoken:
        """A text in this language; where the translation is older than the English, the English."""
        return self.words.text(kind, code, path, language, version=version, safe=True)

    def label(self, code: str, language: str) -> str:
        """A word around the pages, with its names in braces."""
        return self.text("labels", "HANDBOOK", f"lines/{code}/text", language).text

    def reach(self, contact: str, market: str) -> Reach | None:
        """How this contact is reached from this market; None when nobody is named there."""
        found = self.contacts[contact].reach
        return found.get(market) or found.get("")

    def hours(self, calendar: str, zone: str) -> OfficeHours:
        """The office hours of a calendar, on the clocks of this zone."""
        return office_hours(self.calendars[calendar], zone)


def office_hours(calendar: Calendar, zone: str) -> OfficeHours:
    """A published calendar for the arithmetic of time."""
    by_kind = {kind: frozenset(each.day for each in calendar.special_days if each.kind is kind) for kind in DayKind}
    return OfficeHours(
        zone, calendar.week, by_kind[DayKind.OFF], by_kind[DayKind.HALF], by_kind[DayKind.WORKING_WEEKEND],
        tuple((each.first, each.last) for each in calendar.closed), calendar.complete_years,
    )  # fmt: skip


def build_handbook(version: int, items: Iterable[Item], texts: Iterable[ItemText]) -> Handbook:
    """The handbook among these items; UserError(MISSING) when the pack has none."""
    found, spoken = tuple(items), tuple(texts)
    of = {kind: [each for each in found if each.kind == kind] for kind in _KINDS}
    if not (of["manufacturer"] and of["handbook"] and of["crisis_procedure"]):
        raise UserError(Trouble.MISSING, say("The manufacturer has published no crisis handbook yet."))
    return Handbook(
        version=version,
        manufacturer=read_manufacturer(_newest(of["manufacturer"])[-1]),
        settings=read_handbook_settings(_newest(of["handbook"])[-1]),
        procedures=tuple(read_crisis_procedure(each) for each in of["crisis_procedure"]),
        tiles=tuple(sorted((read_tile(each) for each in _newest(of["symptom_tile"])), key=_rank)),
        contacts={each.code: read_contact(each) for each in _newest(of["crisis_contact"])},
        limits={each.code: read_time_limit(each) for each in _newest(of["deadline_rule"])},
        markets={each.code: read_market(each) for each in _newest(of["market"])},
        numbers={each.code: read_crisis_market(each) for each in _newest(of["crisis_market"])},
        calendars={each.code: read_calendar(each) for each in _newest(of["calendar"])},
        words=words_of(found, spoken),
        languages=_languages(spoken),
    )


_KINDS = ("manufacturer", "handbook", "crisis_procedure", "symptom_tile", "crisis_contact", "deadline_rule", "market",
          "crisis_market", "calendar")  # fmt: skip


def _newest(items: list[Item]) -> list[Item]:
    return list({each.code: each for each in sorted(items, key=lambda each: each.version)}.values())


def _rank(tile: Tile) -> int:
    return tile.rank


def _languages(texts: tuple[ItemText, ...]) -> tuple[str, ...]:
    """The languages in which the tiles can be read, English first."""
    known = {each.language for each in texts if each.kind == "symptom_tile" and each.state is TextState.CURRENT}
    return (SOURCE_LANGUAGE, *sorted(known - {SOURCE_LANGUAGE}))


def is_old(procedure: CrisisProcedure, settings: HandbookSettings, today: date) -> bool:
    """Whether the page turns amber: published too long ago, or its review is overdue."""
    return (today - procedure.approved_on).days > settings.old_after_days or today > procedure.review_due
