"""Runs with their ticks, as frozen facts."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.current import catalog_of
from app.content.published.procedure import Procedure
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.sop.records import SopRun, SopTick
from app.sop.rules import RunState, Tick, TickKind
from app.store.bases import Draft

PLACE = "sop_run:"


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A run and all its ticks, also those taken back; `last_at` µs UTC, 0 before the first tick."""

    id: str
    procedure: str
    version: int
    ticket: str
    repair: str
    unit: str
    serial: str
    state: RunState
    started_at: int
    last_at: int
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was on this device: the step looked at, what was typed there, and in which view."""

    step: str = ""
    typed: str = ""
    listed: bool = False


def read_run(session: Session, run_id: str) -> RunFacts | None:
    """The run, or None while it is not here yet."""
    row = session.scalar(select(SopRun).where(SopRun.id == run_id, SopRun.deleted.is_(False)))
    return _facts(session, row) if row else None


def runs_of(session: Session, *, ticket: str = "", repair: str = "", unit: str = "") -> tuple[RunFacts, ...]:
    """The runs of a repair, else of a ticket, else of a machine, oldest first."""
    wanted = SopRun.repair == repair if repair else SopRun.ticket == ticket if ticket else SopRun.unit == unit
    rows = session.scalars(select(SopRun).where(wanted, SopRun.deleted.is_(False)).order_by(SopRun.rid))
    return tuple(_facts(session, row) for row in rows)


def procedure_of(session: Session, code: str, version: int | None = None) -> Procedure:
    """The procedure in this version (None: the newest); UserError MISSING when the manufacturer's data lack it."""
    found = catalog_of(session).procedure(code, version=version)
    if found is None:
        message = say(
            "Procedure {code}, version {version}, is not on this device yet.", code=code, version=version or 0
        )
        raise UserError(Trouble.MISSING, message)
    return found


def place_of(session: Session, run_id: str) -> Place:
    """Where this device left the run."""
    draft = session.get(Draft, PLACE + run_id)
    return Place(**draft.body) if draft else Place()


def tick_facts(row: SopTick) -> Tick:
    """One stored event as the rules read it."""
    return Tick(row.id, TickKind(row.kind), row.at, dict(row.body), row.by, row.corrects_id, row.zone)


def _facts(session: Session, row: SopRun) -> RunFacts:
    known = select(SopTick).where(SopTick.subject_id == row.id, SopTick.kind.in_(TickKind))  # a newer version's wait
    ticks = session.scalars(known.order_by(SopTick.at, SopTick.id))
    return RunFacts(
        id=row.id,
        procedure=row.procedure,
        version=row.version,
        ticket=row.ticket,
        repair=row.repair,
        unit=row.unit,
        serial=row.serial,
        state=RunState(row.state),
        started_at=row.created_at,
        last_at=row.last_at,
        ticks=tuple(map(tick_facts, ticks)),
    )
