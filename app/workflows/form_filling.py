"""What stands in a form before anyone writes in it: taken from ticket, machine, repair, exchange, runs and staff."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from app.catalog.catalog import Catalog
from app.catalog.current import catalog_of
from app.content.published.form import FieldKind, Form, FormField, FormSection, Over
from app.content.published.procedure import Procedure, StepKind
from app.customers.queries import CustomerFacts, SiteRow, customer_facts
from app.customers.rules import site_line
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import day_of
from app.kernel.messages import Message, say
from app.kernel.packing import packed
from app.people.queries import names_of
from app.repairs.queries import LineSeen, RepairSeen, lines_of, no_repair, repair_of
from app.repairs.rules.lines import LineAction
from app.signoff import values
from app.sop import rules as sop
from app.sop.queries import RunFacts, procedure_of, runs_of
from app.sop.rules import RunState, TickKind
from app.tickets.queries import TicketFacts, ticket_facts
from app.units.queries import ComponentSeen, UnitSeen, components_of, unit_of
from app.warranty.rules.costs import customer_pays

PRIVATE = ("customer", "staff", "")  # sources whose values are the partner's own; "" is written by hand
TECHNICAL = (FieldKind.MEASURED, FieldKind.YES_NO, FieldKind.CHOICE)  # also when they are written by hand
PRIVATE_FIELDS = {("unit", "site"), ("run", "second_person")}


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that a form about a repair, or about a machine in none, can be filled from; None is not here (yet)."""

    repair: RepairSeen
    lines: tuple[LineSeen, ...]
    unit: UnitSeen | None
    ticket: TicketFacts | None
    customer: CustomerFacts | None
    site: SiteRow | None
    runs: tuple[tuple[RunFacts, Procedure], ...]
    technician: str
    second: str
    zone: str
    today: str
    maker: str
    inside: tuple[ComponentSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """The two branches of a draft."""

    matter: dict[str, Any]
    private: dict[str, Any]


def read_job(session: Session, repair_id: str, *, person: str, zone: str, at: int, unit: str = "") -> Job:
    """The facts of a repair, or without one those of the machine `unit`; `person` is the staff id of who did the work.

    UserError MISSING when neither is here.
    """
    repair = repair_of(session, repair_id) if repair_id else _outside_repair(session, unit)
    if repair is None:
        raise UserError(Trouble.MISSING, say("This repair is not on this device yet."))
    return _job(session, repair, person=person, zone=zone, at=at)


def _outside_repair(session: Session, unit_id: str) -> RepairSeen | None:
    machine = unit_of(session, unit_id) if unit_id else None
    return no_repair(machine.id, machine.model) if machine else None


def _job(session: Session, repair: RepairSeen, *, person: str, zone: str, at: int) -> Job:
    ticket = ticket_facts(session, repair.ticket) if repair.ticket else None
    unit = unit_of(session, repair.unit) if repair.unit else None
    owner = (ticket.customer if ticket else "") or (unit.owner if unit else "")
    customer = customer_facts(session, owner) if owner else None
    place = (ticket.site if ticket else "") or (unit.site if unit else "")
    site = next((each for each in customer.sites if each.id == place), None) if customer else None
    running = runs_of(session, repair=repair.id) if repair.id else ()
    runs = tuple((run, procedure_of(session, run.procedure, run.version)) for run in running)
    names = names_of(session)
    return Job(
        repair, lines_of(session, repair.id) if repair.id else (), unit, ticket, customer, site, runs,
        names.get(person, ""), _second(runs, names), zone, day_of(at, zone).isoformat(),
        catalog_of(session).manufacturer.name,
        components_of(session, unit.id) if unit else (),
    )  # fmt: skip


def fill(form: Form, job: Job) -> Filled:
    """Every field that can be known without asking; the rest is written on the page before it is signed."""
    shared: dict[str, Any] = {}
    private: dict[str, Any] = {}
    for section in form.sections:
        groups = _groups(section, job)
        shared[section.code] = [each[0] for each in groups]
        private[section.code] = [each[1] for each in groups]
    matter = {
        "values": shared,
        "runs": [_run_seen(run, procedure) for run, procedure in job.runs],
        "unit": _unit_seen(job),
        "ticket": {"id": job.repair.ticket, "number": job.ticket.number if job.ticket else ""},
        "repair": {"id": job.repair.id, "outcome": job.repair.outcome},
    }
    return Filled(matter, {"private_values": private, "customer": _customer_seen(job), "site": _site_seen(job)})


def language_of_job(session: Session, job: Job) -> str:
    """The language that the customer reads: the ticket's, the customer's, else the market's."""
    chosen = (job.ticket.language if job.ticket else "") or (job.customer.language if job.customer else "")
    market = catalog_of(session).markets.get(market_of(job))
    return chosen or (market.language if market else "en")


def market_of(job: Job) -> str:
    """The market of the machine, else of the ticket."""
    return (job.unit.market if job.unit else "") or (job.ticket.market if job.ticket else "")


def unsafe_steps(job: Job) -> tuple[sop.Blocker, ...]:
    """Safety steps outside their limits in any run of the repair: they keep the form from being signed."""
    return tuple(
        blocker
        for run, procedure in job.runs
        for blocker in sop.safety_blockers(procedure, sop.standings(procedure, run.ticks), run.state)
    )


def merged(matter: Mapping[str, Any], private: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The values of both branches in one: section code -> groups -> field code -> value."""
    found: dict[str, list[dict[str, Any]]] = {}
    for branch in (matter["values"], private["private_values"]):
        for section, groups in branch.items():
            into = found.setdefault(section, [])
            into += [{} for _ in range(len(groups) - len(into))]
            for n, group in enumerate(groups):
                into[n].update(group)
    return found


def is_private(field: FormField) -> bool:
    """Whether a field's value is the partner's own (principle 8): people, and what somebody writes in words."""
    technical = not field.source and field.kind in TECHNICAL
    return (field.source in PRIVATE and not technical) or (field.source, field.code) in PRIVATE_FIELDS


def type_name(catalog: Catalog, line: LineSeen) -> Any:
    """What the component of a line is called."""
    return values.published("component_type", line.line.type) if line.line.type else line.line.part


Branches = tuple[dict[str, Any], dict[str, Any]]


def _groups(section: FormSection, job: Job) -> list[Branches]:
    if not section.repeats:
        return [_split(section, lambda field: _value(field, job))]
    if section.over is Over.COMPONENTS:
        return [_split(section, partial(_of_component, each, job.zone)) for each in job.inside]
    return [_exchange(section, job, line) for line in _exchanged(job)]


def _split(section: FormSection, value: Callable[[FormField], Any]) -> Branches:
    shared: dict[str, Any] = {}
    private: dict[str, Any] = {}
    for field in section.fields:
        (private if is_private(field) else shared)[field.code] = value(field)
    return shared, private


def _of_component(component: ComponentSeen, zone: str, field: FormField) -> Any:
    known = _COMPONENT.get(field.code) if field.source == "component" else None
    return known(component, zone) if known else ""


def _exchange(section: FormSection, job: Job, line: LineSeen) -> Branches:
    shared, private = _split(section, lambda field: _value(field, job, line))
    seen = line.line
    shared |= {"line": line.event, "parts_verdict": seen.parts_verdict, "labour_verdict": seen.labour_verdict,
               "policy": seen.policy, "policy_version": seen.policy_version,
               "why": values.sentences(seen.why[:1])}  # fmt: skip
    return shared, private


def _exchanged(job: Job) -> list[LineSeen]:
    """Every line with a serialised component."""
    return [each for each in job.lines if each.line.type]


def _value(field: FormField, job: Job, line: LineSeen | None = None) -> Any:
    if field.kind == FieldKind.MEASURED:
        return _measured(field, job)
    if line is not None and field.source == "exchange":
        return _EXCHANGE[field.code](line) if field.code in _EXCHANGE else ""
    known = _KNOWN.get((field.source, field.code))
    return known(job) if known else ""


def _measured(field: FormField, job: Job) -> Any:
    """The reading in force of the latest run whose step names this field."""
    for run, procedure in reversed(job.runs):
        standing = sop.standings(procedure, run.ticks)
        for step in procedure.steps:
            tick = standing[step.code].tick
            if step.form_field == field.code and tick and tick.kind == TickKind.MEASURED:
                return values.reading(
                    tick.body["value"], decimals=step.decimals, unit=step.unit, minimum=step.minimum,
                    maximum=step.maximum, within=sop.passes(step, tick.body), reason=str(tick.body.get("reason", "")),
                )  # fmt: skip
    return ""


def _who_pays(job: Job) -> Any:
    """What it costs the customer, then the sentences of all lines, each once."""
    found: dict[str, dict[str, Any]] = {}
    for each in job.lines:
        for message in each.line.why[:1]:
            found.setdefault(repr(message), message)
    answer = _costs(job)
    return values.answered(packed(answer) if answer else None, found.values())


def _costs(job: Job) -> Message | None:
    decided = [each.line for each in job.lines if each.line.why]
    fitted = [line for line in decided if line.action == LineAction.ADD] or decided
    payers = [(line.parts_payer, line.labour_payer, line.travel_payer) for line in fitted]
    missing = [code for line in fitted for code in line.missing]
    return customer_pays(payers, missing=missing, maker=job.maker)


def _procedure(job: Job) -> Any:
    return values.procedure(job.runs[-1][0].procedure, job.runs[-1][0].version) if job.runs else ""


_KNOWN: dict[tuple[str, str], Callable[[Job], Any]] = {
    ("unit", "unit"): lambda job: values.serial(job.unit.serial, job.unit.serial_state.value) if job.unit else "",
    ("unit", "model"): lambda job: values.published("model", job.unit.model) if job.unit and job.unit.model else "",
    ("unit", "site"): lambda job: site_line(job.site.name, job.site.address) if job.site else "",
    ("customer", "customer"): lambda job: job.customer.name if job.customer else "",
    ("ticket", "ticket"): lambda job: job.ticket.number if job.ticket else "",
    ("repair", "repair_date"): lambda job: values.day(job.today),
    ("repair", "warranty"): _who_pays,
    ("run", "procedure"): _procedure,
    ("run", "second_person"): lambda job: job.second,
    ("staff", "technician"): lambda job: job.technician,
}
_COMPONENT: dict[str, Callable[[ComponentSeen, str], Any]] = {
    "component": lambda component, zone: values.published("component_type", component.type),
    "part": lambda component, zone: component.part,
    "serial_in": lambda component, zone: values.serial(component.serial, component.state.value),
    "since": lambda component, zone: values.day(day_of(component.since, zone).isoformat()) if component.since else "",
}
_EXCHANGE: dict[str, Callable[[LineSeen], Any]] = {
    "component": lambda line: values.published("component_type", line.line.type),
    "part": lambda line: line.line.part,
    "serial_out": lambda line: values.serial(line.line.old_serial, line.line.old_state) if line.line.old_state else "",
    "serial_in": lambda line: values.serial(line.line.new_serial, line.line.new_state) if line.line.new_state else "",
    "fate": lambda line: (
        values.sentences([packed(say("Used again"))])
        if line.line.old_fate == "stock"
        else values.choice(line.line.old_fate)
    ),
}


def _second(runs: Iterable[tuple[RunFacts, Procedure]], names: Mapping[str, str]) -> str:
    """Who watched or released, each once, in the order of the steps."""
    found: dict[str, None] = {}
    for run, procedure in runs:
        for standing in sop.standings(procedure, run.ticks).values():
            if standing.tick and (second := standing.tick.body.get("second")):
                found[names.get(second, second)] = None
    return ", ".join(found)


def _run_seen(run: RunFacts, procedure: Procedure) -> dict[str, Any]:
    standing = sop.standings(procedure, run.ticks)
    stopped = [tick for tick in sop.in_force(run.ticks) if tick.kind == TickKind.STOPPED]
    by_state = {state: [c for c, each in standing.items() if each.state == state] for state in sop.State}
    return {
        "id": run.id, "procedure": run.procedure, "version": run.version, "state": run.state.value,
        "steps": len(procedure.steps), "done": len(by_state[sop.State.DONE]) + len(by_state[sop.State.UNCONFIRMED]),
        "outside": by_state[sop.State.OUTSIDE], "not_applicable": by_state[sop.State.NOT_APPLICABLE],
        "open": by_state[sop.State.OPEN] + by_state[sop.State.DEFERRED],
        "stopped": str(stopped[-1].body["reason"]) if stopped and run.state == RunState.STOPPED else "",
        "unconfirmed": [c for c in by_state[sop.State.UNCONFIRMED] if standing[c].step.kind == StepKind.SERIAL],
    }  # fmt: skip


def _unit_seen(job: Job) -> dict[str, Any]:
    if job.unit is None:
        return {"id": job.repair.unit, "serial": "", "model": job.repair.model, "market": ""}
    return {"id": job.unit.id, "serial": job.unit.serial, "model": job.unit.model, "market": market_of(job)}


def _customer_seen(job: Job) -> dict[str, Any]:
    if job.customer is None:
        return {"id": "", "name": "", "contact": ""}
    return {"id": job.customer.id, "name": job.customer.name, "contact": job.customer.contact}


def _site_seen(job: Job) -> dict[str, Any]:
    if job.site is None:
        return {"id": "", "name": "", "address": ""}
    return {"id": job.site.id, "name": job.site.name, "address": job.site.address}
