"""Writes on machines."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.kernel.days import check_days
from app.kernel.errors import Trouble, UserError
from app.kernel.lengths import kept_text
from app.kernel.messages import Shown, say
from app.kernel.rights import Right
from app.kernel.serials import SerialState, UnitSerial, fold
from app.store.work import Work
from app.units.records import Unit, UnitEvent
from app.units.rules import DAYS, UnitStatus, read_serial


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """What a person may say about a machine; only the serial is compulsory. Days are ISO or empty."""

    serial: str
    again: str = ""  # typed a second time when the check character is wrong
    supply: str = ""
    market: str = ""
    purchased_on: str = ""
    delivered_on: str = ""
    installed_on: str = ""
    registered_on: str = ""
    proof: str = ""
    customer_kind: str = ""
    owner: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class ComponentDraft:
    """A component seen in a machine or taken from its papers; `serial` bare."""

    type: str
    serial: str
    part: str = ""
    state: SerialState = SerialState.CHECKED
    repair: str = ""
    factory: bool = False


def register_unit(work: Work, draft: UnitDraft, *, components: Iterable[ComponentDraft] = ()) -> str:
    """The id of a new machine. A number with the right shape but a wrong check is taken when typed twice alike.

    Raises UserError(BAD_INPUT, field) for another shape, a number that is here already, or a wrong check typed once.
    """
    work.require(Right.EDIT_UNIT)
    check_days({name: getattr(draft, name) for name in DAYS})
    read = read_serial(draft.serial)
    if read.state is SerialState.NOT_CONFIRMED and fold(draft.again) != read.bare:
        raise UserError(
            Trouble.BAD_INPUT, say("Type the number again, exactly as it stands on the plate."), field="again"
        )
    if work.session.scalar(select(Unit.id).where(Unit.serial == read.bare, Unit.deleted.is_(False))):
        known = Shown("plain", read.printed)
        raise UserError(Trouble.BAD_INPUT, say("Machine {serial} is here already.", serial=known), field="serial")
    unit = Unit(
        serial=read.bare, serial_state=read.state.value, model=UnitSerial(read.bare).model,
        made_week=UnitSerial(read.bare).week, supply=draft.supply, market=draft.market, proof=draft.proof,
        customer_kind=draft.customer_kind, owner=draft.owner, site=draft.site,
        **{name: getattr(draft, name) for name in DAYS},
    )  # fmt: skip
    work.session.add(unit)
    work.session.flush()
    work.add_event(UnitEvent, unit.id, "registered", {"serial": read.bare, "state": read.state.value})
    for each in components:
        fit_component(work, unit.id, each)
    return unit.id


def edit_unit(work: Work, unit_id: str, **changed: str) -> None:
    """Change days, proof, customer kind, market or supply of a machine; a new owner or site is an event of its life.

    Raises UserError(MISSING) when there is no such machine here, BAD_INPUT naming a day that is none.
    """
    work.require(Right.EDIT_UNIT)
    check_days({name: changed.get(name, "") for name in DAYS})
    unit = _unit(work, unit_id)
    for name in ("supply", "market", "proof", "customer_kind", *DAYS):
        if name in changed and getattr(unit, name) != changed[name]:
            setattr(unit, name, changed[name])
    owner, site = changed.get("owner", unit.owner), changed.get("site", unit.site)
    if (owner, site) != (unit.owner, unit.site):
        unit.owner, unit.site = owner, site
        work.add_event(UnitEvent, unit_id, "owner_changed", {"owner": owner, "site": site})


def move_unit(work: Work, unit_id: str, status: UnitStatus) -> None:
    """Set where the machine is in its life; nothing happens when it is there already."""
    work.require(Right.LOG_REPAIR)
    unit = _unit(work, unit_id)
    if unit.status != status.value:
        unit.status = status.value
        work.add_event(UnitEvent, unit_id, "moved", {"status": status.value})


def fit_component(work: Work, unit_id: str, draft: ComponentDraft) -> str:
    """Record a component in a machine; the event's id."""
    work.require(Right.LOG_REPAIR)
    body = {"serial": draft.serial, "type": draft.type, "part": draft.part, "state": draft.state.value}
    more = {"repair": draft.repair} if draft.repair else {}
    factory = {"factory": True} if draft.factory else {}
    return work.add_event(UnitEvent, unit_id, "component_in", body | more | factory).id


def take_component(work: Work, unit_id: str, draft: ComponentDraft, *, fate: str) -> str:
    """Record that a component left a machine and what becomes of it; the event's id."""
    work.require(Right.LOG_REPAIR)
    body = {"serial": draft.serial, "type": draft.type, "part": draft.part, "state": draft.state.value, "fate": fate}
    more = {"repair": draft.repair} if draft.repair else {}
    return work.add_event(UnitEvent, unit_id, "component_out", body | more).id


def undo_component(work: Work, unit_id: str, event_id: str, *, reason: str) -> None:
    """Take a component event back; what it did is folded away."""
    work.require(Right.LOG_REPAIR)
    work.add_event(
        UnitEvent, unit_id, "component_undone", {"reason": kept_text("reason", reason)}, corrects_id=event_id
    )


def _unit(work: Work, unit_id: str) -> Unit:
    unit = work.session.scalar(select(Unit).where(Unit.id == unit_id))
    if unit is None:
        raise UserError(Trouble.MISSING, say("This machine is not here yet."))
    return unit
