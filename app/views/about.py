"""What this desk is, for a person who helps from afar: no customer's word in it."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.current import installed_catalog
from app.store.bases import Operation, Stream
from app.tickets.queries import counts


@dataclass(frozen=True, slots=True)
class About:
    """Identity and size of the store. `manufacturer` is empty while no pack is installed."""

    partner: str
    tag: str
    device: str
    operations: int
    waiting: int
    tickets: int
    manufacturer: str


def about(session: Session) -> About:
    """The desk as it is now."""
    stream = session.execute(select(Stream.partner, Stream.tag, Stream.device, Stream.acked)).one()
    held = session.scalar(select(func.count()).select_from(Operation)) or 0
    catalog = installed_catalog(session)
    last = session.scalar(select(func.max(Operation.n))) or 0
    return About(
        stream.partner, stream.tag, stream.device, held, last - stream.acked, counts(session, "").all,
        catalog.manufacturer.name if catalog else "",
    )  # fmt: skip
