"""The quiet light at the foot of the rail: how the exchange stands, in two lines."""

from dataclasses import dataclass

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session, aliased

from app.catalog.current import installed_catalog
from app.kernel.instants import now
from app.kernel.messages import Message, say, say_count
from app.sync.errors import SyncTrouble
from app.sync.links import Link, link_of
from app.sync.local import waiting_count
from app.sync.records import Refused, SyncEvent
from app.sync.rules import Facts, Standing, standing
from app.sync.sentences import TROUBLES
from app.sync.waiting import WaitingCode, waiting_code
from app.views.moments import when_of, zone_of

ICONS = {
    Standing.NOT_SET_UP: "hard-drive",
    Standing.STUCK: "triangle-alert",
    Standing.OFFLINE: "cloud-off",
    Standing.TO_DECIDE: "git-compare-arrows",
    Standing.CLOCK: "clock",
    Standing.WAITING: "cloud",
    Standing.SENT: "cloud-check",
}


@dataclass(frozen=True, slots=True)
class Light:
    """Two lines and an icon; never a dialog, never red for being offline."""

    standing: Standing
    icon: str
    headline: Message
    line: Message
    manufacturer: str = ""  # whom a report can be sent to; empty before enrolment
    code_waits: bool = False  # a code is tried again and again until there is a network


def sync_light(session: Session, trouble: str, since: int) -> Light:
    """The light now; `trouble` is the kind of the last failure or empty, `since` when it began (microseconds UTC)."""
    link = link_of(session)
    waiting, open_ones = waiting_count(session), to_decide(session)
    how = standing(Facts(link is not None, trouble, waiting, open_ones, link.clock_error if link else 0))
    headline, line = _words(session, how, link, trouble, since, waiting, open_ones)
    code = waiting_code(session) if link is None else None
    if code is not None:
        return Light(how, ICONS[how], *_coded(code), code_waits=bool(code.code))
    return Light(how, ICONS[how], headline, line, manufacturer_of(session, link) if link else "")


def _coded(code: WaitingCode) -> tuple[Message, Message]:
    """There is a code and was no network yet, or the code came too late."""
    if code.code:
        return say("Connects when there is a network"), say("Everything is kept on this computer.")
    return say("The code is not good any more"), say("Ask for a new one, and type it here.")


def manufacturer_of(session: Session, link: Link | None) -> str:
    """The manufacturer's name as people know it."""
    catalog = installed_catalog(session)
    return catalog.manufacturer.name if catalog else (link.manufacturer if link else "")


def to_decide(session: Session) -> int:
    """Clashes and refusals that nobody has looked at."""
    refused = session.scalar(select(func.count()).select_from(Refused).where(~Refused.seen)) or 0
    return refused + (session.scalar(select(func.count()).select_from(open_clashes())) or 0)


def open_clashes() -> Subquery:
    """The clashes that no event `seen` names."""
    seen = aliased(SyncEvent)
    answered = select(seen.id).where(seen.kind == "seen", seen.body["clash"].as_string() == SyncEvent.id).exists()
    return select(SyncEvent).where(SyncEvent.kind == "clash", ~answered).subquery()


def _words(
    session: Session, how: Standing, link: Link | None, trouble: str, since: int, waiting: int, open_ones: int
) -> tuple[Message, Message]:  # fmt: skip
    kept = say("Nothing waits to go out")
    if waiting:
        kept = say_count("{count} change waits here", "{count} changes wait here", waiting)
    if link is None:
        name = manufacturer_of(session, None)
        return (
            say("No connection to {manufacturer} is set up", manufacturer=name) if name else say("Not connected"),
            say("Everything is kept on this computer."),
        )
    if how is Standing.OFFLINE:
        return say("Offline since {time}", time=when_of(since, now=now(), zone=zone_of(session))), kept
    if how is Standing.STUCK:
        words = TROUBLES[SyncTrouble(trouble)][0]
        return Message(words.msgid, {"manufacturer": manufacturer_of(session, link)}), kept
    if how is Standing.TO_DECIDE:
        return say_count("{count} thing to look at", "{count} things to look at", open_ones), kept
    if how is Standing.CLOCK:
        return say("The clock of this computer is wrong"), kept
    if how is Standing.WAITING:
        return kept, say("They go out in a moment.")
    if not link.synced_at:
        return say("Connected"), say("The first exchange is under way.")
    at = when_of(link.synced_at, now=now(), zone=zone_of(session))
    return say("All is sent"), say("Last exchange {time}", time=at)


__all__ = ["Light", "Standing", "manufacturer_of", "open_clashes", "sync_light", "to_decide"]
