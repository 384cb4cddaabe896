"""What the page of one machine shows, and what is said when a number leads to none."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.catalog.current import catalog_of
from app.customers.queries import customer_facts, customer_names
from app.customers.rules import site_line
from app.kernel.instants import day_of, now
from app.kernel.messages import Message, Shown, say
from app.kernel.serials import SerialState, fold, has_valid_check, likely_slip, looks_like_unit
from app.kernel.slips import printed_number, slip_question
from app.repairs.queries import repairs_of_unit
from app.repairs.rules.stages import OVER
from app.sop.queries import runs_of
from app.tickets.queries import for_unit
from app.units.queries import (
    ComponentSeen,
    UnitSeen,
    component_home,
    components_of,
    twin_of,
    unit_by_serial,
    unit_count,
    unit_of,
    units_by_model,
)
from app.units.queries import (
    unit_page as next_units,
)
from app.views.moments import zone_of
from app.views.procedures import Offer, RunLine, offers_at, run_lines
from app.views.published import Published
from app.views.unit_life import LifeEntry, life_of
from app.views.warranty_card import WarrantyCard, warranty_card


@dataclass(frozen=True, slots=True)
class Fact:
    """A small label and its value; `name` is the field behind it."""

    name: str
    label: Message
    value: Message | str


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """A component in the machine; `serial` printed or empty, `since` None from the works. `recalled` is the printed
    lot that the manufacturer has recalled, or empty."""

    name: str
    serial: str
    part: str
    since: Shown | None
    state: SerialState | None  # None: none recorded
    recalled: str = ""


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """A ticket about the machine that is not ended yet, and since when, in a sentence."""

    id: str
    words: Message


@dataclass(frozen=True, slots=True)
class UnitPage:
    """The whole page. `open_repair` is the repair that the machine is in now, or empty; `twin` the id of the other
    machine with the same number, when it was registered twice; `offers` the procedures that may be started
    here, `forms` the sign-off forms as (code, title)."""

    id: str
    serial: str
    model: str
    supply: str
    facts: tuple[Fact, ...]
    notice: Message | None
    twin: str
    warranty: WarrantyCard
    life: tuple[LifeEntry, ...]
    components: tuple[ComponentRow, ...]
    open_repair: str
    open_ticket: OpenTicket | None
    seen: UnitSeen
    offers: tuple[Offer, ...]
    forms: tuple[tuple[str, str], ...]
    runs: tuple[RunLine, ...]


@dataclass(frozen=True, slots=True)
class NoUnit:
    """A number without a machine here: what was probably meant, and whether it may be registered.

    `meant` is the printed number on offer, `known` whether that machine is here; `inside` the machine that holds a
    component with this number. `misread`: the check character does not fit the ones before it.
    """

    typed: str
    question: Message | None
    meant: str
    known: bool
    may_register: bool
    inside: str = ""
    misread: bool = False


def unit_page(session: Session, wanted: str, language: str) -> UnitPage | NoUnit:
    """The page of the machine with this id, or with this serial as scanned or typed."""
    unit = unit_of(session, wanted) or unit_by_serial(session, wanted)
    if unit is None:
        return _nothing(session, wanted)
    published = Published(catalog_of(session), language)
    today = day_of(now(), zone_of(session))
    repairs, twin = repairs_of_unit(session, unit.id), twin_of(session, unit)
    open_repair = next((each for each in repairs if each.state not in OVER), None)
    return UnitPage(
        id=unit.id,
        serial=unit.printed,
        model=published.model(unit.model),
        supply=_supply(published, unit),
        facts=_facts(session, unit),
        notice=_notice(unit, twin),
        twin=twin,
        warranty=warranty_card(session, published, unit, today=today, repair=open_repair),
        life=life_of(session, published, unit, repairs),
        components=_components(session, published, unit),
        open_repair=open_repair.id if open_repair else "",
        open_ticket=_open_ticket(session, unit),
        seen=unit,
        offers=offers_at(published, "unit", model=unit.model),
        forms=tuple((each.code, published.form(each.code)) for each in published.catalog.forms_offered("unit")),
        runs=run_lines(published, runs_of(session, unit=unit.id)),
    )


def _open_ticket(session: Session, unit: UnitSeen) -> OpenTicket | None:
    """The latest one."""
    found = next((each for each in for_unit(session, unit.id, unit.serial) if each.state.is_open), None)
    if found is None:
        return None
    day = day_of(found.opened_at or found.occurred_at, zone_of(session)).isoformat()
    return OpenTicket(found.id, say("{title}, open since {day}", title=found.title, day=Shown("short_day", day)))


def _nothing(session: Session, typed: str) -> NoUnit:
    """The component of a machine leads to the machine; a slip is put as a question."""
    meant = likely_slip(typed)
    home = component_home(session, fold(typed))
    known = bool(meant and unit_by_serial(session, meant))
    return NoUnit(
        typed=printed_number(fold(typed)),
        question=slip_question(typed),
        meant=printed_number(meant) if meant else "",
        known=known,
        may_register=looks_like_unit(typed),
        inside=home,
        misread=not has_valid_check(fold(typed)),
    )


def _supply(published: Published, unit: UnitSeen) -> str:
    model = published.catalog.models.get(unit.model)
    found = next((each for each in model.supplies if each.code == unit.supply), None) if model else None
    return f"{found.volts} V, {found.hertz} Hz" if found else ""


def _facts(session: Session, unit: UnitSeen) -> tuple[Fact, ...]:
    owner = customer_facts(session, unit.owner) if unit.owner else None
    site = next((each for each in owner.sites if each.id == unit.site), None) if owner else None
    known = [Fact("owner", say("Owner"), owner.name if owner else say("Not known"))]
    if site:
        known.append(Fact("site", say("Site"), site_line(site.name, site.address)))
    for name, label in (
        ("purchased_on", say("Bought")),
        ("delivered_on", say("Delivered")),
        ("installed_on", say("Installed")),
    ):
        day = getattr(unit, name)
        if day:
            known.append(Fact(name, label, say("{day}", day=Shown("date", day))))
    if unit.market:
        known.append(Fact("market", say("Market"), unit.market))
    return tuple(known)


def _notice(unit: UnitSeen, twin: str) -> Message | None:
    if unit.duplicate_of:
        return say("This number was registered twice, on two computers. Work goes on with the first one.")
    if twin:
        return say("This number was registered twice, on two computers. This is the first one: work goes on here.")
    if unit.serial_state is SerialState.NOT_CONFIRMED:
        return say("The number of this machine is not confirmed: its last character does not match the others.")
    return None


def _components(session: Session, published: Published, unit: UnitSeen) -> tuple[ComponentRow, ...]:
    """In the model's order; a type that every such machine holds and that nobody recorded is said to be missing."""
    inside, zone = list(components_of(session, unit.id)), zone_of(session)
    model = published.catalog.models.get(unit.model)
    order = list(model.components if model else ())
    order += [each.type for each in inside if each.type not in order]
    rows, zone = [], zone_of(session)
    for kind in dict.fromkeys(order):
        name = published.component(kind)
        alike = [each for each in inside if each.type == kind]
        lots = published.catalog.spares.recalled_lots(kind)
        rows += [_component(name, each, zone, lots) for each in alike] or [ComponentRow(name, "", "", None, None)]
    return tuple(rows)


def _component(name: str, each: ComponentSeen, zone: str, lots: frozenset[str]) -> ComponentRow:
    lot = each.serial[:6]
    since = Shown("date", day_of(each.since, zone).isoformat()) if each.since else None
    return ComponentRow(name, printed_number(each.serial), each.part, since, each.state,
                        f"{lot[:2]}-{lot[2:]}" if lot in lots else "")  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A machine in the list; its id continues it."""

    id: str
    serial: str
    model: str
    owner: str
    status: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """How many machines there are, in all and of each model (code, name, number)."""

    all: int
    models: tuple[tuple[str, str, int], ...]


def unit_rows(session: Session, after: str | None, limit: int, language: str, like: str = "") -> tuple[UnitRow, ...]:
    """The next machines by serial after the one with the id `after`; `like` holds some signs of it."""
    published = Published(catalog_of(session), language)
    found = next_units(session, after=after or "", like=fold(like), limit=limit)
    owners = customer_names(session, [each.owner for each in found if each.owner])
    return tuple(
        UnitRow(each.id, each.printed, published.model(each.model), owners.get(each.owner, ""),
                each.status, each.serial_state is SerialState.CHECKED and not each.duplicate_of)
        for each in found
    )  # fmt: skip


def unit_counts(session: Session, language: str) -> UnitCounts:
    """The line above the list."""
    published = Published(catalog_of(session), language)
    models = units_by_model(session)
    rows = tuple((code, published.model(code), number) for code, number in sorted(models.items()))
    return UnitCounts(unit_count(session), rows)


def supplies_of(session: Session, serial: str) -> tuple[tuple[str, str], ...]:
    """The electrical variants of a model by serial: (code, words), for the form that registers a machine."""
    model = catalog_of(session).models.get(fold(serial)[:3])
    return tuple((each.code, f"{each.volts} V, {each.hertz} Hz") for each in model.supplies) if model else ()


def markets(session: Session, language: str) -> tuple[tuple[str, str], ...]:
    """Markets by code, named in the reader's language."""
    catalog = catalog_of(session)
    return tuple((code, catalog.name("market", code, language).text) for code in sorted(catalog.markets))
