"""The crisis page as it is shown: tiles or one procedure, and how it is now where each contact is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.handbook.book import Handbook
from app.handbook.markets import market_here, market_names
from app.handbook.place import Shelf
from app.handbook.shelf import Opened, Origin, choose_market, is_other, no_book, open_shelf
from app.handbook.speaker import Speaker
from app.handbook.spoken import Person, Spoken, TileSeen
from app.kernel.errors import BugError
from app.kernel.instants import Instant, day_of
from app.timing.awake import There, there


@dataclass(frozen=True, slots=True)
class Awake:
    """What it is like where somebody is, in the page's language: a clock and a sentence; `day` is False at night."""

    clock: str
    sentence: str
    day: bool
    office: bool


@dataclass(frozen=True, slots=True)
class Called:
    """A contact, and how it is there now."""

    person: Person
    awake: Awake


@dataclass(frozen=True)
class TilesPage:
    """The first page: emergency numbers, the duty phone, twelve tiles, and which copy this is.

    `market` is empty until somebody has said in which market this desk is; `words` are those around the page, in its
    language.
    """

    market: str
    markets: tuple[tuple[str, str], ...]
    language: str
    languages: tuple[tuple[str, str], ...]
    emergency: tuple[tuple[str, str], ...]
    duty: Called
    tiles: tuple[TileSeen, ...]
    standing: str
    warning: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class ProcedurePage:
    """A procedure with its people as they are now."""

    spoken: Spoken
    tell: tuple[Called, ...]
    duty: Called


class HandbookReader:
    """One opened handbook for a page: which language and market it speaks, and what it shows at an instant."""

    def __init__(self, shelf: Shelf, opened: Opened, *, language: str, market: str) -> None:
        self._shelf, self.opened, self.zone = shelf, opened, shelf.zone
        self.language, self.market = language, market

    def is_old(self) -> bool:
        """Whether another handbook has come meanwhile."""
        return is_other(self._shelf, self.opened)

    def again(self) -> "HandbookReader":
        """The handbook that is there now, read alike; errors as `open_shelf`."""
        return HandbookReader(self._shelf, open_shelf(self._shelf), language=self.language, market=self.market)

    def has(self, code: str) -> bool:
        """Is there such a procedure for this market?"""
        return self.book.procedure(code, self.market) is not None

    def word(self, code: str, now: Instant, **values: object) -> str:
        """A word around the pages, in their language."""
        return self.speaker(now).label(code, **values)

    def choose_market(self, market: str) -> None:
        """This desk is in this market from now on."""
        self.market = market
        choose_market(self._shelf, market)

    @property
    def book(self) -> Handbook:
        return self.opened.book

    def tiles(self, now: Instant) -> TilesPage:
        """The first page."""
        speaker = self.speaker(now)
        markets = market_names(self.book, speaker.language)
        return TilesPage(
            self.market, markets, speaker.language, self._languages(), speaker.emergency(),
            self._called(speaker.duty(), now), speaker.tiles(), self._standing(speaker), self._warning(speaker),
            speaker.heads(),
        )  # fmt: skip

    def find(self, said: str, now: Instant) -> tuple[TileSeen, ...]:
        """Tiles that fit what somebody says, best first; all of them when nothing was said or nothing fits."""
        speaker = self.speaker(now)
        tiles = {each.code: each for each in speaker.tiles()}
        found = speaker.index().find(said) if said.strip() else ()
        return tuple(tiles[code] for code in found) or tuple(tiles.values())

    def fits(self, said: str, now: Instant) -> bool:
        """Does any symptom have these words? True while nothing is said."""
        return not said.strip() or bool(self.speaker(now).index().find(said))

    def procedure(self, code: str, now: Instant, *, note: str = "") -> ProcedurePage:
        """A procedure; BugError when there is none, since tiles and links lead to written ones alone."""
        speaker = self.speaker(now)
        spoken = speaker.procedure(code, note=note)
        if spoken is None:
            raise BugError(f"no crisis procedure {code}")
        return ProcedurePage(
            spoken, tuple(self._called(each, now) for each in spoken.tell), self._called(speaker.duty(), now)
        )

    def all_procedures(self, now: Instant) -> tuple[Spoken, ...]:
        """Every procedure of this market, by code."""
        speaker = self.speaker(now)
        found = (speaker.procedure(code) for code in self.book.codes())
        return tuple(each for each in found if each is not None)

    def speaker(self, now: Instant) -> Speaker:
        """Speaks the book at an instant."""
        return Speaker(self.book, self.language, self.market, since=self.opened.since, now=now, zone=self.zone)

    def awake(self, person: Person, now: Instant) -> Awake:
        """How it is now where this contact is."""
        seen = there(now, person.hours)
        speaker = self.speaker(now)
        return Awake(
            speaker.clock(now, person.zone),
            _sentence(speaker, person, seen),
            not seen.night,
            seen.open or person.always,
        )

    def _called(self, person: Person, now: Instant) -> Called:
        return Called(person, self.awake(person, now))

    def _languages(self) -> tuple[tuple[str, str], ...]:
        return tuple((code, self.book.label("own_name", code)) for code in self.book.languages)

    def _standing(self, speaker: Speaker) -> str:
        """Which copy this is."""
        newest = max(each.approved_on for each in self.book.procedures)
        words = {"version": self.book.version, "day": speaker.day(newest)}
        if not self.opened.since:
            return speaker.label("standing", **words)
        return speaker.label("standing_since", start=speaker.day(day_of(self.opened.since, self.zone)), **words)

    def _warning(self, speaker: Speaker) -> str:
        """What is said above a copy that is not the current one; nothing for that."""
        origin = self.opened.origin
        return "" if origin is Origin.CURRENT else speaker.label(origin.value)


def open_reader(shelf: Shelf | None, *, language: str) -> HandbookReader:
    """The handbook of a shelf, verified now, for a language and this desk's market; errors as `open_shelf`, and as
    there for no shelf."""
    if shelf is None:
        raise no_book()
    opened = open_shelf(shelf)
    return HandbookReader(shelf, opened, language=language, market=market_here(shelf, opened.book))


def _sentence(speaker: Speaker, person: Person, seen: There) -> str:
    if not person.phone:
        return speaker.label("awake_unnamed")
    if person.always:
        return speaker.label("awake_any_night" if seen.night else "awake_any_day", place=person.place)
    if seen.changes_at is None:
        return speaker.label("awake_unknown", place=person.place)
    if seen.open:
        return speaker.label("awake_open", place=person.place, time=speaker.clock(seen.changes_at, person.zone))
    code = "awake_night" if seen.night else "awake_closed"
    return speaker.label(code, place=person.place, time=speaker.moment(seen.changes_at, person.zone))


def by_code(tiles: Iterable[TileSeen], code: str) -> TileSeen:
    """The tile of a code; BugError when there is none."""
    for each in tiles:
        if each.code == code:
            return each
    raise BugError(f"no tile {code}")
