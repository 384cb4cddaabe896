"""Runs of procedures and their ticks."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from sqlalchemy import Connection
from sqlalchemy.orm import Mapped

from app.store.bases import Event, See, Synced, derived, link, lww, projects

_ANY = {"step": See.SHARED, "entered_at": See.SHARED, "reason": See.SHARED, "second": See.PARTNER}


class SopRun(Synced):
    """A run keeps the version of the procedure that it was started with."""

    __tablename__ = "sop_run"
    procedure: Mapped[str] = lww(see=See.SHARED)
    version: Mapped[int] = lww(see=See.SHARED)
    ticket_id: Mapped[str] = link("ticket", see=See.SHARED)
    repair_id: Mapped[str] = link("repair", see=See.SHARED)
    unit_id: Mapped[str] = link("unit", see=See.SHARED)
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


_STATE = """
UPDATE sop_run SET
  last_at = coalesce((SELECT max(t.at) FROM sop_tick t WHERE t.subject_id = sop_run.id), 0),
  state = coalesce((
    SELECT t.kind FROM sop_tick t WHERE t.subject_id = sop_run.id AND t.kind IN ('completed', 'stopped')
    AND t.id NOT IN (SELECT u.corrects_id FROM sop_tick u WHERE u.subject_id = sop_run.id AND u.kind = 'undone')
    ORDER BY t.at DESC, t.id DESC LIMIT 1), 'open')
WHERE id IN ({runs})
"""


@projects("sop_tick")
def project_ticks(connection: Connection, ids: Sequence[str]) -> None:
    """State of the runs that these ticks belong to."""
    marks = ", ".join("?" * len(ids))
    runs = f"SELECT subject_id FROM sop_tick WHERE id IN ({marks})"
    connection.exec_driver_sql(_STATE.format(runs=runs), tuple(ids))


@projects("sop_run")
def project_runs(connection: Connection, ids: Sequence[str]) -> None:
    """A run may arrive after its ticks."""
    connection.exec_driver_sql(_STATE.format(runs=", ".join("?" * len(ids))), tuple(ids))
