"""The sample desk: the manufacturer's pack, and an invented partner with people, machines, stock and history.

The same seed gives the same desk on every machine; only the calendar moves with the day it is made.
"""

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.catalog.catalog import Catalog
from app.catalog.current import catalog_of
from app.content.loading import load_pack
from app.content.publish import read_publisher
from app.content.published.part import StockClass
from app.content.shelf import install_pack, shelf_hash
from app.customers.actions import add_customer, add_site
from app.customers.rules import CustomerDraft, CustomerKind, SiteDraft
from app.kernel.instants import DAY, SECOND, Instant, day_of, instant_of, now
from app.kernel.rights import Actor, How, Right, Role
from app.kernel.serials import check_character
from app.parts.actions import add_place, receive_parts
from app.parts.rules import PlaceKind
from app.people.actions import add_staff, sit_down
from app.people.rules import StaffDraft
from app.repairs.rules.stages import State
from app.store.work import Work
from app.tickets.actions import add_note, assign, log_call, open_ticket, resolve
from app.tickets.rules import Channel, Resolution, Severity, TicketDraft, TicketKind
from app.units.actions import ComponentDraft, UnitDraft, register_unit
from app.workflows.repair import diagnose, move_repair, open_repair, receive_machine
from app.workflows.settings import set_setting

RESOURCES = Path(__file__).parents[2] / "resources"
SEED = 2612
TICKETS = 60
RECENT = 10  # of these, opened in the last nine days and still open where the case has no answer yet
FOLLOW_UP_DAYS = 5
ON_BENCH = (2, 1)  # days ago; the machines of these tickets stand open on the bench
REGISTERED = 0.6  # share of machines whose owner registered them (domain.md 6)
MARKET, ZONE, PARTNER = "PT", "Europe/Lisbon", "PT02"
PARTNER_SAYS = {
    "name": "Moinho Atlântico Lda",
    "address": "Rua do Moinho 27, 4100-000 Porto",
    "phone": "+351 220 555 020",
    "email": "oficina@moinho-atlantico.example",
}
HOUR = 3600 * SECOND

SYSTEM = Actor("", frozenset(Role), "", How.SYSTEM, frozenset(Right))

# Serial numbers that the texts, labels and pictures of the sample use (domain.md 6).
KNOWN = {
    ("Café Ribeira Alta", "FD2"): "FD2A261700428N",
    ("Hotel Foz Velha", "FD2"): "FD2A261700429L",
    ("Padaria Sol Nascente", "FD1"): "FD1A260900113C",
    ("Café Ribeira Alta", "GR1"): "GR1A2548000773",
    ("Clínica Aurora", "WD2"): "WD2A2605007779",
    ("Nuno Valente", "HM1"): "HM1B263004521B",
    ("Clara Antunes", "HM1"): "HM1B2630045229",
}
KNOWN_COMPONENTS = {"FD2A261700428N": ("BL26170042S", "PM26150310U", "CB262000780", "PR26120905E")}
HELD = ("AV-C-1101-4", "AV-C-1219-D")  # on the shelf for the repair that the texts speak of
BUILT_IN = {
    "FD2": ("BL", "HE", "PM", "PR", "CB", "DS"),
    "FD1": ("BL", "HE", "PM", "PR", "CB"),
    "GR1": ("GM", "CB"),
    "VB3": ("BL", "PM", "MP", "CB", "DS", "PY", "TM"),
    "WD2": ("CC", "HE", "PM", "CB"),
    "HM1": ("HE", "PM"),
}


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine of the sample and whose it is."""

    unit: str
    serial: str
    model: str
    customer: str
    site: str
    kind: str
    language: str
    bought: date


def fill_sample(work: Work, progress: Callable[[int, int], None] = lambda done, total: None) -> bool:
    """Fill the store unless something is published in it already; whether it was filled."""
    work.require(Right.IMPORT_HISTORY)
    if shelf_hash(work.session):
        return False
    seed_sample(work, progress=progress)
    return True


def seed_sample(work: Work, *, progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Fill an empty store; one transaction, so that a half-made sample never exists."""
    work.require(Right.IMPORT_HISTORY)
    chance = random.Random(SEED)
    today = now()
    folder = RESOURCES / "averdell"
    install_pack(work, load_pack(folder, publisher=read_publisher(folder)))
    work.be_partner(PARTNER)
    told: dict[str, Any] = json.loads((RESOURCES / "sample" / "desk.json").read_text(encoding="utf-8"))
    people = _add_people(work, told["staff"])
    machines = [machine for customer in told["customers"] for machine in _add_customer(work, customer, chance)]
    _fill_shelves(work, catalog_of(work.session), chance)
    _add_history(work, told["cases"], machines, people, chance, today=today, progress=progress)
    for name, value in PARTNER_SAYS.items():
        set_setting(work, f"partner.{name}", value)
    sit_down(work, people[0].person)


def _add_people(work: Work, staff: list[Mapping[str, Any]]) -> list[Actor]:
    actors = []
    for each in staff:
        roles = tuple(Role(role) for role in each["roles"])
        person = add_staff(work, StaffDraft(each["name"], language=each["language"], roles=roles))
        actors.append(Actor(person, frozenset(roles), work.device, How.SYSTEM, frozenset(Right)))
    return actors


def _add_customer(work: Work, told: Mapping[str, Any], chance: random.Random) -> list[Machine]:
    customer = add_customer(
        work,
        CustomerDraft(
            told["name"], CustomerKind(told["kind"]), told["contact"], told["phone"], told["email"],
            told["language"], market=MARKET,
        ),
    )  # fmt: skip
    street, town = told["address"].rsplit(", ", 1)
    site = add_site(work, customer, SiteDraft(town, street, ZONE))
    return [_add_machine(work, told, model, customer, site, chance) for model in told["models"]]


def _add_machine(
    work: Work, told: Mapping[str, Any], model: str, customer: str, site: str, chance: random.Random
) -> Machine:
    known = KNOWN.get((told["name"], model), "")
    week = known[4:8] if known else f"{chance.choice((24, 25))}{chance.randint(2, 51):02d}"
    serial = known or _invented(f"{model}{'B' if model == 'HM1' else 'A'}{week}", 5, chance)
    bought = _monday(week) + timedelta(days=chance.randint(30, 75))
    registered = bought + timedelta(days=chance.randint(1, 12)) if known or chance.random() < REGISTERED else None
    parts = KNOWN_COMPONENTS.get(serial) or [_invented(f"{each}{week}", 4, chance) for each in BUILT_IN[model]]
    work.pretend(instant_of(datetime.combine(bought, time(10), ZoneInfo(ZONE))))
    unit = register_unit(
        work,
        UnitDraft(
            serial, owner=customer, site=site, market=MARKET, purchased_on=bought.isoformat(),
            delivered_on=bought.isoformat(), registered_on=registered.isoformat() if registered else "",
            proof="invoice", customer_kind=told["kind"],
        ),
        components=[ComponentDraft(each[:2], each, factory=True) for each in parts],
    )  # fmt: skip
    work.pretend(None)
    return Machine(unit, serial, model, customer, site, told["kind"], told["language"], bought)


def _invented(head: str, digits: int, chance: random.Random) -> str:
    """A number that the factory could have issued: those whose check would be I or O never are."""
    while True:
        body = f"{head}{chance.randint(1, 10**digits - 1):0{digits}d}"
        if (check := check_character(body)) not in "IO":
            return body + check


def _monday(week: str) -> date:
    """The Monday of a production week written YYWW (ISO 8601 weeks)."""
    return date.fromisocalendar(2000 + int(week[:2]), int(week[2:]), 1)


def _fill_shelves(work: Work, catalog: Catalog, chance: random.Random) -> None:
    workshop = add_place(work, "Workshop Porto")
    van = add_place(work, "Van Tiago", PlaceKind.VAN)
    add_place(work, "Locked shelf", PlaceKind.QUARANTINE)
    for number, part in sorted(catalog.spares.by_number.items()):
        if number in HELD:
            receive_parts(work, number, place=workshop, quantity=2, document="Opening count")
        elif part.stock_class is StockClass.MUST or chance.random() < 0.5:
            receive_parts(work, number, place=workshop, quantity=chance.randint(1, 8), document="Opening count")
        if part.stock_class is StockClass.MUST and chance.random() < 0.4:
            receive_parts(work, number, place=van, quantity=chance.randint(1, 2), document="Opening count")


def _add_history(
    work: Work, cases: list[Mapping[str, Any]], machines: list[Machine], people: list[Actor], chance: random.Random,
    *, today: Instant, progress: Callable[[int, int], None],
) -> None:  # fmt: skip
    ages = sorted(chance.sample(range(10, 425), TICKETS - RECENT), reverse=True) + list(range(RECENT - 1, -1, -1))
    settled = [case for case in cases if case["answer"]]
    open_cases = [case for case in cases[1:] if not case["answer"]] + settled[:6]
    on_bench = dict(zip(ON_BENCH, (case for case in cases if "bench" in case), strict=True))
    for done, age in enumerate(ages):
        recent = age < RECENT
        waiting = recent and (age < 3 or chance.random() < 0.5)
        opened = Instant(today - age * DAY - chance.randint(1, 7) * HOUR)
        case, machine = cases[0], machines[0]  # the newest ticket is the one that texts and pictures speak of
        if age in on_bench:
            case, machine = _matter([on_bench[age]], machines[1:], day_of(opened, ZONE), chance)
        elif age:
            case, machine = _matter(open_cases if waiting else settled, machines, day_of(opened, ZONE), chance)
        ticket = _add_ticket(
            work,
            case,
            machine,
            chance.choice(people),
            opened=opened,
            settle=bool(case["answer"]) and not waiting,
            recent=recent,
        )
        if age in on_bench:
            _put_on_bench(work, case["bench"], ticket, machine, people[1], opened=opened)
        progress(done + 1, len(ages))
    work.pretend(None)
    work.actor = SYSTEM


def _matter(
    cases: list[Mapping[str, Any]], machines: list[Machine], day: date, chance: random.Random
) -> tuple[Mapping[str, Any], Machine]:
    """A case, and a machine of its model that was with its customer by then."""
    sold = [each for each in machines if each.bought < day]
    models = {each.model for each in sold}
    case = chance.choice([each for each in cases if each["model"] in models])
    return case, chance.choice([each for each in sold if each.model == case["model"]])


def _add_ticket(
    work: Work, case: Mapping[str, Any], machine: Machine, actor: Actor, *, opened: Instant, settle: bool, recent: bool
) -> str:
    work.actor = actor
    work.pretend(opened)
    draft = TicketDraft(
        TicketKind(case["kind"]), case["title"], case["words"], Channel(case["channel"]), Severity(case["severity"]),
        customer=machine.customer, site=machine.site, unit=machine.unit, serial=machine.serial, market=MARKET,
        language=machine.language,
    )  # fmt: skip
    ticket = open_ticket(work, draft)
    if case["channel"] == "phone":
        work.pretend(Instant(opened + HOUR // 4))
        log_call(work, ticket, case["words"])
    if settle:
        work.pretend(Instant(opened + 20 * HOUR))
        add_note(work, ticket, case["answer"])
        ask_on = day_of(Instant(opened + FOLLOW_UP_DAYS * DAY), ZONE).isoformat() if recent else ""
        resolve(work, ticket, Resolution(case["answer"], follow_up_on=ask_on), ())
    return ticket


def _put_on_bench(
    work: Work, told: Mapping[str, Any], ticket: str, machine: Machine, technician: Actor, *, opened: Instant
) -> None:
    """The machine of a ticket came in, was looked at, and perhaps waits for a part."""
    work.actor = technician
    work.pretend(Instant(opened + 2 * HOUR))
    assign(work, ticket, technician.person)
    repair = open_repair(work, ticket, machine.unit, reported_on=day_of(opened, ZONE).isoformat())
    receive_machine(work, repair, condition=tuple(told["condition"]), accessories=tuple(told["accessories"]))
    work.pretend(Instant(opened + 3 * HOUR))
    diagnose(work, repair, symptom=told["symptom"], fault=told["fault"], text=told["diagnosis"])
    if told["waits_for"]:
        move_repair(work, repair, State.AWAITING_PARTS, reason=told["waits_for"])
