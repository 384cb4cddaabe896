"""Steps of a run that need more than the run: numbers of components, checked as at a repair, and photographs."""

from sqlalchemy.orm import Session

from app.catalog.current import catalog_of
from app.content.published.procedure import Direction, Step
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.kernel.rights import Right
from app.kernel.serials import fold
from app.repairs.rules.serials import Concern, SerialEntry, SerialFacts, Slot, check_serial, settle
from app.sop.actions import tick_step
from app.sop.queries import RunFacts, procedure_of, read_run
from app.sop.rules import TickKind
from app.store.work import Work
from app.units.queries import component_home, unit_of
from app.workflows.pictures import keep_picture


def serial_concerns(session: Session, run_id: str, step: str, typed: str) -> tuple[Concern, ...]:
    """What the step would stop at, asked while the number is being entered."""
    run, found = _step(session, run_id, step)
    return check_serial(typed, _facts(session, run, found, typed))


def tick_serial(work: Work, run_id: str, step: str, entry: SerialEntry, *, reason: str = "", clock: str = "") -> str:
    """The id of the tick. SerialStop with the concerns, or UserError naming the input that is missing."""
    work.require(Right.RUN_SOP)
    run, found = _step(work.session, run_id, step)
    settled = settle(entry, _facts(work.session, run, found, entry.typed))
    body = {"serial": settled.serial, "state": settled.state.value, "sha256": settled.photo, "reason": reason}
    return tick_step(work, run_id, step, TickKind.SERIAL, {key: value for key, value in body.items() if value},
                     clock=clock)  # fmt: skip


def tick_photo(work: Work, run_id: str, step: str, source: bytes | str) -> str:
    """Keep the photograph of a step; the id of the tick."""
    work.require(Right.RUN_SOP)
    return tick_step(work, run_id, step, TickKind.PHOTO, {"sha256": keep_picture(work, source)})


def _step(session: Session, run_id: str, step: str) -> tuple[RunFacts, Step]:
    run = read_run(session, run_id)
    if run is None:
        raise UserError(Trouble.MISSING, say("This procedure run is not on this device yet."))
    return run, procedure_of(session, run.procedure, run.version).step(step)


def _facts(session: Session, run: RunFacts, step: Step, typed: str) -> SerialFacts:
    catalog = catalog_of(session)
    home = component_home(session, fold(typed))
    other = unit_of(session, home) if home else None
    named = catalog.component_types.get(step.component_type)
    old = step.direction is Direction.OUT
    fitted_here = bool(home) and home == run.unit and not old
    return SerialFacts(
        slot=Slot.OLD if old else Slot.NEW,
        type=step.component_type,
        name=named.name if named else step.component_type,
        unit=run.unit,
        home="" if fitted_here else home,  # the part line of the repair may have been written before the step
        home_serial=other.printed if other else "",
        recorded=(),  # for the same reason: what was recorded may have been exchanged already
        recalled_lots=tuple(sorted(catalog.spares.recalled_lots(step.component_type))),
    )
