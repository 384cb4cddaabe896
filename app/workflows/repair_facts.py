"""What a repair's decisions need to know, gathered from the features; pages ask the same ahead of the act."""

from datetime import date

from sqlalchemy.orm import Session

from app.catalog.current import catalog_of
from app.content.published.part import Part
from app.content.published.warranty import ProductClass
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.kernel.serials import fold
from app.repairs.queries import RepairSeen, finished_days, fitted_under_warranty, repair_of, reported_day
from app.repairs.rules.serials import Concern, SerialFacts, Slot, check_serial
from app.repairs.rules.uses import PartConcern, check_part
from app.units.queries import UnitSeen, component_home, components_of, unit_of
from app.warranty.rules.deciding import decide_with
from app.warranty.rules.facts import Decision, facts_of


def repair_at(session: Session, repair_id: str) -> RepairSeen:
    """The repair; UserError(MISSING) when it is not here."""
    repair = repair_of(session, repair_id)
    if repair is None:
        raise UserError(Trouble.MISSING, say("This repair is not here yet."))
    return repair


def unit_at(session: Session, unit_id: str) -> UnitSeen:
    """The machine; UserError(MISSING, field unit) when it is not here."""
    unit = unit_of(session, unit_id)
    if unit is None:
        raise UserError(Trouble.MISSING, say("Say first which machine this is."), field="unit")
    return unit


def part_at(session: Session, number: str) -> Part:
    """The part with this number, superseded ones too; UserError(BAD_INPUT, field part) when nobody knows it."""
    part = catalog_of(session).part(number)
    if part is None:
        raise UserError(Trouble.BAD_INPUT, say("No part has this number. Look for it by name."), field="part")
    return part


def part_concerns(session: Session, unit: UnitSeen, part: Part) -> tuple[PartConcern, ...]:
    """What is odd about fitting this part into this machine."""
    chain = catalog_of(session).current_part(part.number, serial=unit.serial)
    if chain is None:
        return ()
    return check_part(part, serial=unit.serial, current=chain.current, choices=chain.choices)


def recorded_serials(session: Session, unit_id: str, component_type: str) -> tuple[str, ...]:
    """Bare numbers of a component type in a machine; one without a legible number counts as empty."""
    inside = components_of(session, unit_id) if component_type else ()
    return tuple(each.serial for each in inside if each.type == component_type)


def component_facts(session: Session, typed: str, *, part: Part, unit: UnitSeen, slot: Slot) -> SerialFacts:
    """What the check of a component's number needs to know in this place."""
    home = component_home(session, fold(typed))
    other = unit_of(session, home) if home else None
    return SerialFacts(
        slot=slot,
        type=part.component_type,
        name=part.name,
        unit=unit.id,
        home=home,
        home_serial=other.printed if other else "",
        recorded=tuple(filter(None, recorded_serials(session, unit.id, part.component_type))),
        recalled_lots=part.recalled_lots,
    )


def serial_concerns(session: Session, repair_id: str, number: str, slot: Slot, typed: str) -> tuple[Concern, ...]:
    """What the act would stop at, asked while the number is being entered."""
    unit = unit_at(session, repair_at(session, repair_id).unit)
    part = part_at(session, number)
    return check_serial(typed, component_facts(session, typed, part=part, unit=unit, slot=slot))


def decide_line(session: Session, repair: RepairSeen, unit: UnitSeen, part: Part, old_serial: str) -> Decision:
    """Who pays for this part in this repair, by what is known now; no policy is for a model that nobody published."""
    catalog = catalog_of(session)
    model = catalog.models.get(unit.model)
    facts = facts_of(
        unit,
        today=reported_day(repair),
        product_class=model.product_class if model else ProductClass.PROFESSIONAL,
        wear=part.wear,
        cause=repair.cause,
        discovered=date.fromisoformat(repair.found_on) if repair.found_on else None,
        repairs=finished_days(session, unit.id, without=repair.id),
        part_fitted=fitted_under_warranty(session, unit.id, old_serial),
        manufacturer=catalog.manufacturer.name,
    )
    return decide_with(catalog.policies.values() if model else (), facts)
