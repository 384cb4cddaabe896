"""Runs of procedures and their ticks."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Connection, Select, func, select, update
from sqlalchemy.orm import Mapped, aliased

from app.kernel.instants import LATEST
from app.store.bases import Event, See, Synced, derived, link, lww, projects
from app.store.reads import Read

_ANY = {"step": See.SHARED, "entered_at": See.SHARED, "reason": See.SHARED, "second": See.PARTNER}

_READS: Mapping[Any, Read] = {
    "entered_at": Read(int, most=LATEST, fits=lambda at: at >= 0),
    ("answered", "value"): Read(bool, needed=True),
    ("measured", "value"): Read(int, needed=True),
    ("chosen", "value"): Read(needed=True),
    "within": Read(bool),
    "decimals": Read(int),
    ("note", "text"): Read(needed=True),
    ("stopped", "reason"): Read(needed=True),
}


class SopRun(Synced):
    """A run keeps the version of the procedure that it was started with."""

    __tablename__ = "sop_run"
    procedure: Mapped[str] = lww(see=See.SHARED)
    version: Mapped[int] = lww(see=See.SHARED)
    ticket: Mapped[str] = link("ticket", see=See.SHARED)
    repair: Mapped[str] = link("repair", see=See.SHARED)
    unit: Mapped[str] = link("unit", see=See.SHARED)
    serial: Mapped[str] = lww(see=See.SHARED, default="")
    state: Mapped[str] = derived(default="open")
    last_at: Mapped[int] = derived(default=0)


class SopTick(Event):
    """`at` is the time of the act, `entered_at` (µs UTC) that of typing it; two ticks of one step are both kept."""

    __tablename__ = "sop_tick"
    bodies: ClassVar[Mapping[str, Mapping[str, See]]] = {
        "done": _ANY,
        "answered": {**_ANY, "value": See.SHARED, "within": See.SHARED},
        "measured": {**_ANY, "value": See.SHARED, "decimals": See.SHARED, "within": See.SHARED},
        "chosen": {**_ANY, "value": See.SHARED, "within": See.SHARED},
        "photo": {**_ANY, "sha256": See.SHARED},
        "serial": {**_ANY, "serial": See.SHARED, "state": See.SHARED, "sha256": See.SHARED},
        "released": _ANY,
        "not_applicable": _ANY,
        "deferred": _ANY,
        "note": {"step": See.SHARED, "entered_at": See.SHARED, "text": See.PARTNER},
        "undone": {"step": See.SHARED, "entered_at": See.SHARED},
        "completed": {"entered_at": See.SHARED},
        "stopped": {"entered_at": See.SHARED, "reason": See.SHARED},
    }
    reads: ClassVar[Mapping[str, Mapping[str, Read]]] = {
        kind: {name: _READS.get((kind, name), _READS.get(name, Read())) for name in body}
        for kind, body in bodies.items()
    }


@projects("sop_tick")
def project_ticks(connection: Connection, ids: Sequence[str]) -> None:
    """State of the runs that these ticks belong to."""
    _project(connection, select(SopTick.subject_id).where(SopTick.id.in_(ids)))


@projects("sop_run")
def project_runs(connection: Connection, ids: Sequence[str]) -> None:
    """A run may arrive after its ticks."""
    _project(connection, ids)


def _project(connection: Connection, runs: Sequence[str] | Select[tuple[str]]) -> None:
    """The last tick's time, and how the run ended unless that was undone."""
    tick, back = aliased(SopTick), aliased(SopTick)
    undone = select(back.corrects_id).where(back.subject_id == SopRun.id, back.kind == "undone").correlate(SopRun)
    ended = tick.kind.in_(("completed", "stopped")) & tick.id.not_in(undone)
    last = select(func.max(tick.at)).where(tick.subject_id == SopRun.id).correlate(SopRun)
    end = select(tick.kind).where(tick.subject_id == SopRun.id, ended).order_by(tick.at.desc(), tick.id.desc())
    state = func.coalesce(end.limit(1).correlate(SopRun).scalar_subquery(), "open")
    change = update(SopRun).where(SopRun.id.in_(runs))
    connection.execute(change.values(last_at=func.coalesce(last.scalar_subquery(), 0), state=state))
