"""What a desk keeps about its connection: the hub it belongs to, what the hub would not take, what clashed,
and what its computers are called."""

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.instants import now
from app.store.bases import Base, Event, InstantType, See, Synced, lww

ONE = 1  # the row of the one hub that a profile belongs to


class HubLink(Base):
    """The hub as enrolment left it. `clock_error` is the hub's clock less this machine's, in milliseconds; `epoch`
    the life of the hub's database; `synced_at` when the last exchange was whole."""

    __tablename__ = "hub_link"
    rid: Mapped[int] = mapped_column(primary_key=True, default=ONE)
    url: Mapped[str]
    device: Mapped[str] = mapped_column(String(32))
    partner: Mapped[str]
    partner_name: Mapped[str]
    manufacturer: Mapped[str]
    root: Mapped[bytes] = mapped_column(LargeBinary)
    epoch: Mapped[str] = mapped_column(default="")
    clock_error: Mapped[int] = mapped_column(default=0)
    enrolled_at: Mapped[int] = mapped_column(InstantType, default=now)
    synced_at: Mapped[int] = mapped_column(InstantType, default=0)


class Refused(Base):
    """An operation that the hub acknowledged and could not take, with its code; shown until somebody has seen it."""

    __tablename__ = "refused"
    op_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str]
    record: Mapped[str] = mapped_column(String(32))
    code: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[int] = mapped_column(InstantType, default=now)
    seen: Mapped[bool] = mapped_column(default=False)


class Held(Base):
    """A row from the hub that this version does not understand, kept as it came until an update does."""

    __tablename__ = "held"
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    reason: Mapped[str]
    row: Mapped[dict[str, Any]]


class Told(Base):
    """What a hub that came back from a backup has of a record: the stamps of its fields. Kept until all is told."""

    __tablename__ = "told"
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    clocks: Mapped[dict[str, Any]]


class FileWork(Base):
    """A file that events name; `away` until it is on both sides, `pieces` are what has come of it, `refusal` says why
    it never will be."""

    __tablename__ = "file_work"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    here: Mapped[bool] = mapped_column(default=False)
    away: Mapped[bool] = mapped_column(default=True)
    refusal: Mapped[str] = mapped_column(default="")
    pieces: Mapped[list[str]] = mapped_column(default=list)


class DeskName(Synced):
    """What people call one of the partner's computers; the record's id is the computer's own. Who may not be told
    apart by it: two copies of one profile are one computer."""

    __tablename__ = "desk_name"
    name: Mapped[str] = lww(see=See.PARTNER, default="")


class SyncEvent(Event):
    """What the hub has to say of a record (`subject_id`): two people wrote one field (`clash`; `seen` is a person's
    answer to it), or the manufacturer's people opened a case to look into it (`opened`)."""

    __tablename__ = "sync_event"
    bodies: ClassVar[Mapping[str, Mapping[str, See]]] = {
        "clash": dict.fromkeys(
            ("record", "field", "kept", "lost", "kept_by", "lost_by", "kept_at", "lost_at"), See.PARTNER
        ),
        "seen": {"clash": See.PARTNER},
        "opened": {"why": See.PARTNER, "opened_by": See.PARTNER},
    }
