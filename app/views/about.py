"""What this desk is, for a person who helps from afar: no customer's word in it."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.current import catalog_of
from app.kernel.errors import Trouble, UserError
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
    last = session.scalar(select(func.max(Operation.n))) or 0
    return About(
        stream.partner, stream.tag, stream.device, held, last - stream.acked, counts(session, "").all,
        _manufacturer(session),
    )  # fmt: skip


def _manufacturer(session: Session) -> str:
    try:
        return catalog_of(session).manufacturer.name
    except UserError as trouble:
        if trouble.kind is not Trouble.MISSING:
            raise
        return ""
