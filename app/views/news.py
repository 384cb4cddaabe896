"""What happened while nobody looked: derived from the records at each look, never kept a second time.

What a person has seen or muted is theirs (`app.people.told`); that something is so is read from the records.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy.orm import Session

from app.catalog.catalog import Catalog
from app.catalog.current import installed_catalog
from app.handbook.book import office_hours
from app.kernel.beside import Beside
from app.kernel.instants import DAY, Instant, now
from app.kernel.messages import Message, say, say_count
from app.people.told import told_of
from app.timing.awake import OfficeHours, there
from app.views.moments import exact_of, zone_of
from app.views.news_sources import (
    Asked,
    Found,
    Sort,
    clashes,
    content,
    exchange,
    follow_ups,
    handed,
    papers,
    stock,
    unsaved,
)

READ_FOR = 14 * DAY  # what was published stays in the list so long after it was seen
_USUAL_WEEK = (((480, 1080),),) * 5 + ((),) * 2  # 8 to 18 on working days, where no calendar is known
_SOURCES = (exchange, unsaved, clashes, follow_ups, handed, papers, stock, content)


class Urgent(StrEnum):
    """How a line is marked."""

    BROKEN = "broken"  # something does not work
    TO_DO = "to_do"
    TO_KNOW = "to_know"


@dataclass(frozen=True, slots=True)
class Notice:
    """One line: what, since when, and where it opens. `key` names it for as long as it is the same matter."""

    key: str
    sort: Sort
    urgent: Urgent
    icon: str
    what: Message
    line: Message
    since: Message | None
    at: int
    place: str
    argument: object
    seen: bool


@dataclass(frozen=True, slots=True)
class News:
    """`lines` are the new ones first, then the latest; `working` says whether the office hours of the market are on."""

    lines: tuple[Notice, ...] = ()
    muted: frozenset[Sort] = frozenset()
    working: bool = True

    @property
    def new(self) -> tuple[Notice, ...]:
        """What this person has not seen and wants to hear of."""
        return tuple(each for each in self.lines if not each.seen and each.sort not in self.muted)


def news(session: Session, person: str, language: str, trouble: str, since: int, beside: Beside) -> News:
    """What is new for this person. `trouble` and `since` are of the exchange, as for `sync_light`."""
    moment, told = now(), told_of(session, person)
    asked = Asked(session, person, language, trouble, since, beside, moment)
    found = [each for source in _SOURCES for each in source(asked)]
    seen = frozenset(told.seen)
    lines = [_line(each, each.key in seen, moment, zone_of(session)) for each in found]
    kept = [each for each in lines if not each.seen or not _is_over(each, moment)]
    known = {str(sort) for sort in Sort}
    muted = frozenset(Sort(each) for each in told.muted if each in known)
    return News(_in_order(kept), muted, is_working(session, beside.market, moment))


def is_working(session: Session, market: str, moment: int) -> bool:
    """Whether the office hours of this desk's market are on: of the one that was chosen, else of its time zone."""
    zone = zone_of(session)
    catalog = installed_catalog(session)
    return there(Instant(moment), _hours(catalog, market, zone)).open


def outside(notices: Iterable[Notice]) -> tuple[Message, ...]:
    """What may be read by a stranger on a locked screen: sorts and numbers, no word that anybody wrote."""
    counted: dict[Sort, int] = {}
    for each in notices:
        counted[each.sort] = counted.get(each.sort, 0) + 1
    return tuple(_outside(sort, count) for sort, count in sorted(counted.items(), key=lambda pair: _RANK[pair[0]]))


def sorts() -> tuple[tuple[Sort, Message], ...]:
    """Every sort, and what it is called where it is muted."""
    return tuple(_NAMES.items())


def _hours(catalog: Catalog | None, market: str, zone: str) -> OfficeHours:
    if catalog is not None:
        places = [catalog.markets[market]] if market in catalog.markets else [
            each for each in catalog.markets.values() if each.zone == zone
        ]  # fmt: skip
        for each in places:
            if each.calendar in catalog.calendars:
                return office_hours(catalog.calendars[each.calendar], each.zone)
    return OfficeHours(zone, _USUAL_WEEK)


def _line(found: Found, seen: bool, moment: int, zone: str) -> Notice:
    icon, urgent = _LOOKS[found.sort]
    since = exact_of(found.at, now=moment, zone=zone) if found.at else None
    return Notice(
        found.key, found.sort, urgent, icon, found.what, found.line, since, found.at, found.place, found.argument, seen
    )


def _is_over(notice: Notice, moment: int) -> bool:
    """What was published and seen goes after a while; a clock that was set back brings nothing to an end."""
    return notice.sort is Sort.CONTENT and moment - notice.at > READ_FOR


def _in_order(lines: Iterable[Notice]) -> tuple[Notice, ...]:
    return tuple(sorted(lines, key=lambda each: (each.seen, _URGENCY[each.urgent], -each.at, each.key)))


def _outside(sort: Sort, count: int) -> Message:
    words = _OUTSIDE[sort]
    return replace(words, values={"count": count}, count=count) if words.plural else words


_LOOKS: dict[Sort, tuple[str, Urgent]] = {
    Sort.EXCHANGE: ("cloud-off", Urgent.BROKEN),
    Sort.BACKUP: ("hard-drive", Urgent.BROKEN),
    Sort.PAPER: ("file-x", Urgent.BROKEN),
    Sort.CLASH: ("git-compare-arrows", Urgent.TO_DO),
    Sort.FOLLOW_UP: ("phone", Urgent.TO_DO),
    Sort.HANDED: ("ticket", Urgent.TO_DO),
    Sort.STOCK: ("package-minus", Urgent.TO_DO),
    Sort.CONTENT: ("bookmark", Urgent.TO_KNOW),
}
_NAMES: dict[Sort, Message] = {
    Sort.FOLLOW_UP: say("Customers to ask how it went"),
    Sort.HANDED: say("Tickets that are handed to me"),
    Sort.CLASH: say("Something to decide"),
    Sort.EXCHANGE: say("The exchange does not work"),
    Sort.CONTENT: say("Something new from the manufacturer"),
    Sort.PAPER: say("A paper could not be made"),
    Sort.STOCK: say("A part falls below what is to be held"),
    Sort.BACKUP: say("No backup for a day"),
}
_OUTSIDE: dict[Sort, Message] = {
    Sort.FOLLOW_UP: say_count("{count} follow-up is due", "{count} follow-ups are due", 1),
    Sort.HANDED: say_count("{count} ticket is handed to you", "{count} tickets are handed to you", 1),
    Sort.CLASH: say_count("{count} thing to decide", "{count} things to decide", 1),
    Sort.EXCHANGE: say("The exchange needs a look"),
    Sort.CONTENT: say("There is something new to read"),
    Sort.PAPER: say_count("{count} paper could not be made", "{count} papers could not be made", 1),
    Sort.STOCK: say_count("{count} part is to be ordered", "{count} parts are to be ordered", 1),
    Sort.BACKUP: say("There was no backup for a day"),
}
_RANK = {sort: at for at, sort in enumerate(Sort)}
_URGENCY = {urgent: at for at, urgent in enumerate(Urgent)}

__all__ = ["Beside", "News", "Notice", "Sort", "Urgent", "is_working", "news", "outside", "sorts"]
