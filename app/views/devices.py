"""The partner's computers as the settings list them, and how other pages name one."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.kernel.instants import now
from app.kernel.messages import Message, Shown, say
from app.signoff.rules import device_name
from app.sync.desks import desk_names, known_desks
from app.sync.desks import name_desk as name_desk
from app.sync.links import link_of
from app.views.moments import exact_of, zone_of
from app.views.record_kinds import RECORDS
from app.views.sync_light import manufacturer_of


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One computer: its name, or its sign where it has none; `code` is that sign."""

    device: str
    name: Message | str
    code: str
    heard: Message
    here: bool


@dataclass(frozen=True, slots=True)
class Devices:
    """`name` is this computer's own, empty while nobody gave it one; `manufacturer` may be empty, `linked` says whether
    there is a connection."""

    name: str
    manufacturer: str
    linked: bool
    rows: tuple[DeviceRow, ...]


def devices(session: Session) -> Devices:
    """All computers of the partner that are known here."""
    link, moment, zone = link_of(session), now(), zone_of(session)
    known, rows = known_desks(session, RECORDS), []
    for each in known:
        heard = say("{time}", time=exact_of(each.heard_at, now=moment, zone=zone)) if each.heard_at else say("never")
        name = each.name or say("Computer {code}", code=Shown("plain", device_name(each.device)))
        told = say("this computer") if each.here else heard
        rows.append(DeviceRow(each.device, name, device_name(each.device), told, each.here))
    own = next((each.name for each in known if each.here), "")
    return Devices(own, manufacturer_of(session, link), link is not None, tuple(rows))


def device_words(session: Session, device: str) -> str:
    """What a computer is called, or its sign."""
    return desk_names(session).get(device) or device_name(device)
