"""The exchange in plain words: what waits, what came of it, what is to be decided, whose clock is wrong."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.instants import now
from app.kernel.messages import Message, say, say_count
from app.store.bases import Operation, Stream, kinds
from app.sync.clashes import can_take_other
from app.sync.desks import the_other_desk
from app.sync.errors import SyncTrouble
from app.sync.links import Link, link_of
from app.sync.local import waiting_count
from app.sync.records import FileWork, Held, Refused, SyncEvent
from app.sync.reports import waiting_reports
from app.sync.rules import clock_is_wrong
from app.sync.sentences import REFUSALS, TROUBLES
from app.sync.texts import FIELDS
from app.sync.waiting import waiting_code
from app.sync.wire import WireError, read_json
from app.tickets.records import Ticket
from app.views.field_values import Values, shortened
from app.views.moments import exact_of, when_of, zone_of
from app.views.record_kinds import RECORDS
from app.views.sync_light import manufacturer_of, open_clashes

MOST_WAITING = 50
_LATEST_MS = 1 << 42  # the year 2109: what says a later time says nothing


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the three cards on top; `address` stands on a line of its own."""

    icon: str
    headline: Message
    line: Message
    note: Message | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What goes out next: the matter, who wrote it, since when; `key` for the list."""

    key: str
    icon: str
    what: Message
    by: str
    since: Message


@dataclass(frozen=True, slots=True)
class Side:
    """One of two values: what it is, who wrote it, when."""

    value: Message | str
    by: Message | str
    when: Message | None


@dataclass(frozen=True, slots=True)
class ClashSeen:
    """Two people wrote one field without knowing of each other; `kept` is shown everywhere until somebody decides."""

    id: str
    question: Message
    told: Message
    kept: Side
    lost: Side
    can_take: bool


@dataclass(frozen=True, slots=True)
class RefusedSeen:
    """Something that the manufacturer could not take, and why."""

    op_id: str
    what: Message
    by: str
    why: Message


@dataclass(frozen=True, slots=True)
class SyncPage:
    """Everything the page shows. `address` is empty before enrolment."""

    manufacturer: str
    address: str
    partner: str
    facts: tuple[Fact, ...]
    clock: Message | None
    clashes: tuple[ClashSeen, ...]
    refused: tuple[RefusedSeen, ...]
    waiting: tuple[Waiting, ...]
    count: int
    held: int
    trouble: str
    reports: tuple[tuple[str, Message], ...]  # id, and since when: those that somebody sent and that did not go yet
    code_waits: bool
    address_before: str  # whose code waits, or was refused
    deleting: tuple[Message, Message] | None  # what would disappear, until somebody lets it


def sync_page(session: Session, trouble: str, since: int, language: str = "en") -> SyncPage:
    """The page now; arguments as `sync_light`, `language` for what the manufacturer published."""
    link, values = link_of(session), Values(session, language)
    manufacturer, count = manufacturer_of(session, link), waiting_count(session)
    code = waiting_code(session) if link is None else None
    return SyncPage(
        manufacturer=manufacturer, address=link.url if link else "", partner=link.partner_name if link else "",
        facts=tuple(_facts(session, link, manufacturer, trouble, since, count)) if link else (),
        clock=_clock(link, manufacturer), clashes=tuple(_clashes(session, values)),
        refused=tuple(_refused(session, values, manufacturer)), waiting=tuple(_waiting(session, values)), count=count,
        held=session.scalar(select(func.count()).select_from(Held)) or 0, trouble=trouble,
        reports=tuple(
            (each.id, say("Since {time}", time=when_of(each.at, now=now(), zone=zone_of(session))))
            for each in waiting_reports(session)
        ),
        code_waits=bool(code and code.code), address_before=code.address if code else "",
        deleting=TROUBLES[SyncTrouble.TOO_MANY_DELETED] if trouble == SyncTrouble.TOO_MANY_DELETED else None,
    )  # fmt: skip


def _facts(
    session: Session, link: Link, manufacturer: str, trouble: str, since: int, count: int
) -> Iterable[Fact]:  # fmt: skip
    zone = zone_of(session)
    yield _line_fact(link, manufacturer, trouble, since, zone)
    yield _out_fact(session, manufacturer, count)
    yield _in_fact(link, manufacturer, zone)


def _line_fact(link: Link, manufacturer: str, trouble: str, since: int, zone: str) -> Fact:
    """How the line stands; what would disappear is asked in a banner of its own."""
    if not trouble or trouble == SyncTrouble.TOO_MANY_DELETED:
        line = say("As {partner}", partner=link.partner_name)
        headline = say("Connected to {manufacturer}", manufacturer=manufacturer)
        return Fact("cloud-check", headline, line, _last(link, zone), link.url)
    headline, line = TROUBLES[SyncTrouble(trouble)]
    began = say("Since {time}", time=exact_of(since, now=now(), zone=zone)) if since else say("Just now")
    named = {"manufacturer": manufacturer}
    icon = "cloud-off" if trouble == SyncTrouble.OFFLINE else "triangle-alert"
    return Fact(icon, Message(headline.msgid, named), Message(line.msgid, named), began)


def _out_fact(session: Session, manufacturer: str, count: int) -> Fact:
    files = session.scalar(select(func.count()).select_from(FileWork).where(FileWork.away, FileWork.refusal == "")) or 0
    moving = say_count("{count} file to send or fetch", "{count} files to send or fetch", files) if files else None
    if count:
        headline = say_count("{count} change waits to go out", "{count} changes wait to go out", count)
        return Fact("upload", headline, say("Safe on this computer until then."), moving)
    line = say("{manufacturer} has all that you wrote.", manufacturer=manufacturer)
    return Fact("upload", say("Nothing waits to go out"), line, moving)


def _in_fact(link: Link, manufacturer: str, zone: str) -> Fact:
    headline = say("No news was taken in yet")
    if link.synced_at:
        headline = say("All news taken in until {time}", time=exact_of(link.synced_at, now=now(), zone=zone))
    apart = abs(link.clock_error) // 1000
    clocks = say_count("The clocks are {count} second apart", "The clocks are {count} seconds apart", apart)
    line = say("From your other computers, and what {manufacturer} publishes.", manufacturer=manufacturer)
    told = apart and not clock_is_wrong(link.clock_error)  # a wrong one has a banner of its own
    return Fact("download", headline, line, clocks if told else None)


def _last(link: Link, zone: str) -> Message:
    if not link.synced_at:
        return say("The first exchange is under way.")
    return say("Last exchange {time}", time=exact_of(link.synced_at, now=now(), zone=zone))


def _clock(link: Link | None, manufacturer: str) -> Message | None:
    if link is None or not clock_is_wrong(link.clock_error):
        return None
    minutes = round(abs(link.clock_error) / 60_000)
    if link.clock_error > 0:
        return say_count(
            "This computer's clock is {count} minute behind that of {manufacturer}.",
            "This computer's clock is {count} minutes behind that of {manufacturer}.",
            minutes, manufacturer=manufacturer,
        )  # fmt: skip
    return say_count(
        "This computer's clock is {count} minute ahead of that of {manufacturer}.",
        "This computer's clock is {count} minutes ahead of that of {manufacturer}.",
        minutes, manufacturer=manufacturer,
    )  # fmt: skip


def _waiting(session: Session, values: Values) -> Iterable[Waiting]:
    acked = session.scalar(select(Stream.acked)) or 0
    rows = session.scalars(
        select(Operation.body).where(Operation.n > acked).order_by(Operation.n.desc()).limit(MOST_WAITING * 4)
    )
    moment = now()
    seen: set[tuple[str, str]] = set()
    for body in rows:
        said = json.loads(body)
        key = said["kind"], said["id"]
        if key in seen or len(seen) == MOST_WAITING:
            continue
        seen.add(key)
        icon, _ = RECORDS.get(said["kind"], ("circle", say("Record")))
        since = when_of(int(said["hlc"][:12], 16) * 1000, now=moment, zone=values.zone)
        what = _what(session, values, *key)
        yield Waiting("/".join(key), icon, what, shortened(values.names.get(said["by"], "")), since)


def _what(session: Session, values: Values, kind: str, key: str) -> Message:
    """The matter of a record in words: its kind, and the number or name that people know it by."""
    _, words = RECORDS.get(kind, ("circle", say("Record")))
    name = values.named(kind, key) or _ticket_of(session, kind, key)
    return say("{what}: {name}", what=words, name=name) if name else words


def _ticket_of(session: Session, kind: str, key: str) -> str:
    model: Any = kinds().get(kind)
    thing: Any = session.scalars(select(model).where(model.id == key)).first() if model else None
    subject = getattr(thing, "subject_id", "") or getattr(thing, "ticket", "")
    number = session.scalar(select(Ticket.number).where(Ticket.id == subject)) if subject else None
    return str(number or "")


def _clashes(session: Session, values: Values) -> Iterable[ClashSeen]:
    still, other = open_clashes(), the_other_desk(session)
    for event in session.scalars(select(SyncEvent).where(SyncEvent.id.in_(select(still.c.id))).order_by(SyncEvent.at)):
        kind, field = str(event.body.get("record", "")), str(event.body.get("field", ""))
        column = "deleted" if field == "_del" else field
        wrote_here = partial(_wrote_here, session, event, field)
        kept, lost = (_side(values, event.body, side, kind, column, wrote_here, other) for side in ("kept", "lost"))
        what = _what(session, values, kind, event.subject_id)
        word = FIELDS.get(column, say("{field}", field=shortened(column)))
        yield ClashSeen(
            event.id, say("{what}: {field}?", what=what, field=word), _told(kept, lost, other), kept, lost,
            can_take=can_take_other(session, event),
        )  # fmt: skip


_THIS, _OTHER = say("This computer"), say("Another computer of yours")
_WITHIN = {_THIS: say("this computer"), _OTHER: say("another computer of yours")}


def _told(kept: Side, lost: Side, named: str) -> Message:
    if kept.by == lost.by and kept.by in (_OTHER, named):
        return say(
            "It was changed on two other computers of yours, without knowing of each other. Both are kept. The later"
            " one is shown until you choose."
        )  # fmt: skip
    one, other = (_WITHIN.get(side.by, side.by) if isinstance(side.by, Message) else side.by for side in (kept, lost))
    return say(
        "It was changed by {one} and by {other}, without knowing of each other. Both are kept. The later one is shown"
        " until you choose.", one=one, other=other,
    )  # fmt: skip


def _wrote_here(session: Session, event: SyncEvent, field: str, side: str) -> bool:
    """Whether this computer wrote that value: asked only where no name tells who did."""
    at = event.body.get(f"{side}_at")
    told = func.instr(Operation.body, event.subject_id.encode()) > 0
    for body in session.scalars(select(Operation.body).where(told)):
        said = json.loads(body)
        if said["id"] == event.subject_id and field in said["set"] and int(said["hlc"][:12], 16) == at:
            return True
    return False


def _side(
    values: Values, body: Mapping[str, Any], side: str, kind: str, column: str, wrote_here: Callable[[str], bool],
    other: str,
) -> Side:  # fmt: skip
    """One value with its author and time, where nobody is named with its computer (`other` where there is one alone);
    the body came from elsewhere and may hold anything."""
    said = str(body.get(side, "null"))
    try:
        value = values.say(kind, column, read_json(said.encode("utf-8", "replace")))
    except WireError:
        value = said
    at = body.get(f"{side}_at")
    person = shortened(values.names.get(str(body.get(f"{side}_by", "")), ""))
    by = person or (_THIS if wrote_here(side) else other or _OTHER)
    if type(at) is not int or not 0 < at < _LATEST_MS:
        return Side(value, by, None)
    return Side(value, by, exact_of(at * 1000, now=now(), zone=values.zone))


def _refused(session: Session, values: Values, manufacturer: str) -> Iterable[RefusedSeen]:
    for row in session.scalars(select(Refused).where(~Refused.seen).order_by(Refused.at)):
        why = REFUSALS.get(row.code, REFUSALS[""])
        by = shortened(values.names.get(str(json.loads(row.body)["by"]), ""))
        what = _what(session, values, row.kind, row.record)
        yield RefusedSeen(row.op_id, what, by, Message(why.msgid, {"manufacturer": manufacturer}))
