"""The hub that a profile belongs to, as frozen facts."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.instants import Instant
from app.sync.records import ONE, HubLink


@dataclass(frozen=True, slots=True)
class Link:
    """The hub that this profile belongs to; `synced_at` 0 when nothing was exchanged yet. Times in microseconds."""

    url: str
    device: str
    partner: str
    partner_name: str
    manufacturer: str
    root: bytes
    clock_error: int
    enrolled_at: Instant
    synced_at: Instant


def link_of(session: Session) -> Link | None:
    """The hub of this profile, or None before enrolment."""
    row = session.get(HubLink, ONE)
    if row is None:
        return None
    return Link(
        row.url, row.device, row.partner, row.partner_name, row.manufacturer, row.root, row.clock_error,
        Instant(row.enrolled_at), Instant(row.synced_at),
    )  # fmt: skip


def root_of(session: Session) -> bytes:
    """The hub's root certificate (DER), or nothing: who certifies the devices of the other desks."""
    return session.scalar(select(HubLink.root)) or b""
