"""A finished repair on an encrypted sample desk: two components exchanged, SOP 5 run, nothing signed yet."""

import math
from dataclasses import dataclass
from typing import Any

from app.content.published.procedure import Procedure, Step, StepKind
from app.customers.actions import add_customer, add_site
from app.customers.rules import CustomerDraft, SiteDraft
from app.kernel.rights import Actor, How, Right, Role
from app.kernel.serials import check_character
from app.parts.actions import add_place
from app.people.actions import add_staff
from app.people.rules import StaffDraft
from app.repairs.rules.lines import LineAction
from app.repairs.rules.serials import SerialEntry
from app.repairs.rules.stages import Outcome
from app.repairs.rules.uses import PartUse
from app.signoff.rules import Ink
from app.sop import actions as sop
from app.sop.rules import TickKind
from app.store.work import Work
from app.tickets.actions import open_ticket
from app.tickets.rules import TicketDraft, TicketKind
from app.units.actions import ComponentDraft, UnitDraft, register_unit
from app.workflows.repair import diagnose, finish_repair, open_repair, use_part
from tests.content.sample import catalog

UNIT = "FD2A261700428N"
FIRST = Actor("", frozenset(Role), "device", How.CHOSEN, frozenset(Right))


def number(body: str) -> str:
    """A component number with its check character."""
    return body + check_character(body)


OLD_BOILER, NEW_BOILER = number("BL26170042"), number("BL26340215")
OLD_VALVE, NEW_VALVE = number("PR26170901"), number("PR26330143")
VALUES = {"voltage": 0, "cool": 34, "fit_boiler": 100, "fit_valve": 180, "leak_test": 2, "earth": 8}


@dataclass(frozen=True)
class Job:
    """Ids of what was made; `actor` is Tiago, who did the work."""

    actor: Actor
    second: str
    customer: str
    ticket: str
    unit: str
    repair: str
    run: str


def make_job(work: Work, *, language: str = "en", market: str = "PT", name: str = "Teresa Teixeira") -> Job:
    """Everything up to the signature, by the product's own acts."""
    tiago = add_staff(work, StaffDraft(name="Tiago Moreira", initials="TM", roles=tuple(Role)))
    joana = add_staff(work, StaffDraft(name="Joana Prata", initials="JP", roles=(Role.TECHNICIAN,)))
    customer = add_customer(work, CustomerDraft(name="Café Ribeira Alta", contact=name, phone="+351 22 000 0000"))
    site = add_site(work, customer, SiteDraft(name="Porto", address="Rua das Flores 12, Porto", zone="Europe/Lisbon"))
    components = [ComponentDraft(type="BL", serial=OLD_BOILER, part="", factory=True),
                  ComponentDraft(type="PR", serial=OLD_VALVE, part="", factory=True)]  # fmt: skip
    unit = register_unit(
        work, UnitDraft(serial=UNIT, market=market, owner=customer, site=site, delivered_on="2026-06-11",
                        installed_on="2026-06-15", customer_kind="business"), components=components,
    )  # fmt: skip
    ticket = open_ticket(
        work, TicketDraft(kind=next(iter(TicketKind)), title="Valve drips", customer=customer, site=site, unit=unit,
                          serial=UNIT, market=market, language=language),
    )  # fmt: skip
    repair = open_repair(work, ticket, unit)
    _exchange(work, repair)
    actor = Actor(tiago, frozenset(Role), work.device, How.CHOSEN, frozenset(Right))
    return Job(actor, joana, customer, ticket, unit, repair, "")


def run_procedure(work: Work, job: Job, **other: Any) -> str:
    """SOP 5 from the first step to the last, each answered well unless `other` says otherwise."""
    procedure = catalog().procedure("SOP-05")
    assert procedure
    run: str = sop.start_run(work, procedure="SOP-05", ticket=job.ticket, repair=job.repair, unit=job.unit, serial=UNIT)
    for step in procedure.steps:
        kind, body = answer(procedure, step, job.second)
        sop.tick_step(work, run, step.code, kind, {**body, **other.get(step.code, {})})
    return run


def answer(procedure: Procedure, step: Step, second: str) -> tuple[TickKind, dict[str, Any]]:
    """A good answer."""
    watched = {"second": second} if step.second_person else {}
    if step.kind == StepKind.NUMBER:
        middle = ((step.minimum or 0) + (step.maximum if step.maximum is not None else (step.minimum or 0) * 2)) // 2
        return TickKind.MEASURED, {"value": VALUES.get(step.code, middle), **watched}
    if step.kind == StepKind.SERIAL:
        found = {("BL", "out"): OLD_BOILER, ("PR", "out"): OLD_VALVE, ("BL", "in"): NEW_BOILER, ("PR", "in"): NEW_VALVE}
        assert step.direction
        return TickKind.SERIAL, {"serial": found[step.component_type, step.direction.value], "state": "checked"}
    if step.kind == StepKind.CHOICE:
        return TickKind.CHOSEN, {"value": next(each.code for each in step.choices if each.passes), **watched}
    plain: dict[StepKind, tuple[TickKind, dict[str, Any]]] = {
        StepKind.DO: (TickKind.DONE, {}),
        StepKind.YES_NO: (TickKind.ANSWERED, {"value": step.expected}),
        StepKind.PHOTO: (TickKind.PHOTO, {"sha256": "ab" * 32}),
        StepKind.HOLD: (TickKind.RELEASED, {}),
    }
    kind, body = plain[step.kind]
    return kind, {**body, **watched}


def signature() -> Ink:
    """A lively line and a flourish below it."""
    name = tuple(
        (t * 40 + round(200 * math.sin(t / 5)), 1600 + round(700 * math.sin(t / 4) * math.cos(t / 23)), t * 9, 500)
        for t in range(120)
    )
    flourish = tuple((t * 40, 2600 - round(120 * math.sin(t / 11)), 1200 + t * 9, 400) for t in range(8, 110, 4))
    return name, flourish


def _exchange(work: Work, repair: str) -> None:
    found = catalog()
    codes = {name: found.code_lists[name].entries[0].code for name in ("SYMPTOM", "FAULT", "CAUSE", "REMEDY")}
    diagnose(work, repair, **{name.lower(): code for name, code in codes.items()}, text="Valve seat scaled")
    shelf = add_place(work, "Workshop")
    for kind, old, new in (("BL", OLD_BOILER, NEW_BOILER), ("PR", OLD_VALVE, NEW_VALVE)):
        part = next(each for each in found.parts_for("FD2", serial=UNIT) if each.component_type == kind)
        use = PartUse(
            LineAction.ADD, part.number, place=shelf, old=SerialEntry(old), new=SerialEntry(new), old_fate="return"
        )
        use_part(work, repair, use)
    finish_repair(work, repair, Outcome.REPAIRED)
