"""What the forms of a repair offer: codes most used first, places, parts that fit."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.catalog.current import catalog_of
from app.content.published.part import Part
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.kernel.slips import printed_number
from app.parts.queries import PlaceSeen, places, stock_levels
from app.parts.rules import PartHit, find_parts
from app.repairs.queries import RepairSeen, code_counts, repair_of
from app.units.queries import ComponentSeen, UnitSeen, components_of, unit_of
from app.views.parts_sought import part_words
from app.views.published import Published


@dataclass(frozen=True, slots=True)
class CodeChoice:
    """A code on offer: `used` times for this model; `likely` when it follows from what was chosen before."""

    code: str
    text: str
    used: int
    likely: bool


@dataclass(frozen=True, slots=True)
class DiagnosisChoices:
    """The four lists, each in the order in which it is proposed, and what is chosen now."""

    symptom: tuple[CodeChoice, ...]
    fault: tuple[CodeChoice, ...]
    cause: tuple[CodeChoice, ...]
    remedy: tuple[CodeChoice, ...]
    repair: RepairSeen


@dataclass(frozen=True, slots=True)
class PartChoice:
    """A part on offer for a machine. `held` pieces by place id; `recorded` the printed numbers of its type in the
    machine; `older` the superseded number that led to it; `newer` what took its place."""

    number: str
    name: str
    fits: bool
    serialised: bool
    type_name: str
    form: str
    safety: bool
    older: str
    newer: str
    held: dict[str, int]
    recorded: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(self.held.values())


def intake_choices(session: Session, language: str) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Conditions and accessories as (code, text)."""
    published = Published(catalog_of(session), language)
    condition, accessory = (
        tuple((each.code, published.code(name, each.code)) for each in published.entries(name))
        for name in ("CONDITION", "ACCESSORY")
    )
    return condition, accessory


def diagnosis_choices(
    session: Session, repair_id: str, language: str, chosen: dict[str, str] | None = None
) -> DiagnosisChoices:
    """Codes for this repair: those that follow from the ones chosen before come first, then the most used."""
    repair, unit = _repair(session, repair_id)
    published = Published(catalog_of(session), language)
    said = {name: getattr(repair, name) for name in ("symptom", "fault", "cause")} | (chosen or {})
    before = {"symptom": "", "fault": said["symptom"], "cause": said["fault"], "remedy": said["cause"]}
    lists = {
        name: _codes(session, published, name.upper(), unit.model, before[name])
        for name in ("symptom", "fault", "cause", "remedy")
    }
    return DiagnosisChoices(**lists, repair=repair)


def part_choices(session: Session, repair_id: str, query: str, language: str, limit: int = 8) -> tuple[PartChoice, ...]:
    """Parts for the machine in this repair: those that fit it first; others only when they are asked for."""
    _, unit = _repair(session, repair_id)
    catalog = catalog_of(session)
    published, inside = Published(catalog, language), components_of(session, unit.id)
    found: list[tuple[bool, bool, PartHit, Part]] = []
    for hit in find_parts(part_words(catalog), query):
        part = catalog.part(hit.number)
        if part and (query or (part.fits_serial(unit.serial) and not part.superseded_by)):
            found.append((not part.fits_serial(unit.serial), bool(part.superseded_by), hit, part))
    chosen = sorted(found, key=lambda each: each[:2])[:limit]
    levels = stock_levels(session, [part.number for *_, part in chosen]) if chosen else {}
    return tuple(_choice(published, hit, part, unit, levels, inside) for _, _, hit, part in chosen)


def _choice(
    published: Published, hit: PartHit, part: Part, unit: UnitSeen, levels: dict[str, dict[str, int]],
    inside: tuple[ComponentSeen, ...],
) -> PartChoice:  # fmt: skip
    alike = [each for each in inside if part.serialised and each.type == part.component_type]
    return PartChoice(
        number=part.number,
        name=published.part(part.number),
        fits=part.fits_serial(unit.serial),
        serialised=part.serialised,
        type_name=published.component(part.component_type) if part.serialised else "",
        form=part.form,
        safety=part.safety_relevant,
        older=hit.older,
        newer=part.superseded_by[0].number if part.superseded_by else "",
        held=levels.get(part.number, {}),
        recorded=tuple(printed_number(each.serial) for each in alike),
    )


def stock_places(session: Session) -> tuple[PlaceSeen, ...]:
    """Places that parts may be taken from; quarantine is locked."""
    return tuple(each for each in places(session) if not each.locked)


def _repair(session: Session, repair_id: str) -> tuple[RepairSeen, UnitSeen]:
    repair = repair_of(session, repair_id)
    unit = unit_of(session, repair.unit) if repair else None
    if repair is None or unit is None:
        raise UserError(Trouble.MISSING, say("This repair is not here yet."))
    return repair, unit


def _codes(session: Session, published: Published, name: str, model: str, before: str) -> tuple[CodeChoice, ...]:
    used = code_counts(session, model, name.lower())
    choices = [
        CodeChoice(
            each.code, published.code(name, each.code), used.get(each.code, 0), bool(before) and before in each.after
        )
        for each in published.entries(name)
        if not each.models or model in each.models
    ]
    return tuple(sorted(choices, key=lambda choice: (not choice.likely, -choice.used)))
