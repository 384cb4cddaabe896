"""What the page of one repair shows: stages, parts, serial pairs, what stands before the signature, who pays."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.catalog.current import catalog_of
from app.customers.queries import customer_facts
from app.kernel.errors import Trouble, UserError
from app.kernel.happenings import Happening
from app.kernel.messages import Message, say
from app.kernel.packing import unpacked
from app.kernel.serials import SerialState
from app.kernel.slips import printed_number
from app.parts.queries import places, stock_levels
from app.people.queries import names_of
from app.repairs.queries import LineSeen, RepairSeen, happenings_of, lines_of, repair_of, reported_day
from app.repairs.rules.lines import LineAction, PartLine
from app.repairs.rules.stages import MOVES, OVER, WAITING, LabourKind, State
from app.signoff.queries import unsigned_of
from app.signoff.rules import forms_asked
from app.sop.queries import runs_of
from app.tickets.queries import TicketFacts, ticket_facts
from app.units.queries import UnitSeen, unit_of
from app.views.before_signing import Check, Next, checks_of, next_of
from app.views.published import Published
from app.views.repair_stages import StageSeen, reason_of, stages_of
from app.views.repair_words import action_word, fate_word, labour_word, state_word
from app.views.warranty_card import WarrantyCard, payer_word, policy_line, warranty_card
from app.warranty.rules.facts import Verdict


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part line that stands; `event` undoes it. `short`: the stock at its place is below zero."""

    event: str
    name: str
    number: str
    place: str
    quantity: int
    action: Message
    short: bool
    form: str


@dataclass(frozen=True, slots=True)
class SerialSeen:
    """One number of a pair: printed or empty, what is known about it, and that in words."""

    number: str
    state: SerialState
    words: Message


@dataclass(frozen=True, slots=True)
class PairRow:
    """Old out, new in. `note` says what a number that is not confirmed means for the work."""

    name: str
    number: str
    old: SerialSeen | None
    new: SerialSeen | None
    note: Message | None


@dataclass(frozen=True, slots=True)
class Pays:
    """Who pays one kind of cost."""

    cost: Message
    payer: Message | str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The four codes as (label, text), and the words; `said` when anything was recorded."""

    codes: tuple[tuple[Message, str], ...]
    text: str
    said: bool


@dataclass(frozen=True, slots=True)
class RepairPage:
    """The whole page; `moves` are the states it may be put into and `reason` why it stands where it was put, `labour`
    minutes by kind, `old_parts` as (name, printed serial, what becomes of it)."""

    id: str
    ticket: str
    number: str
    title: Message | str
    customer: str
    unit: str
    serial: str
    responsible: str
    state: Message
    reason: str
    waiting: bool
    over: bool
    moves: tuple[tuple[State, Message], ...]
    stages: tuple[StageSeen, ...]
    parts: tuple[PartRow, ...]
    pairs: tuple[PairRow, ...]
    checks: tuple[Check, ...]
    next: Next
    sentence: Message
    source: Message | None
    why: tuple[Message, ...]
    verdict: Verdict
    pays: tuple[Pays, ...]
    exclusion: str
    diagnosis: Diagnosis
    received: bool
    labour: tuple[tuple[Message, int], ...]
    old_parts: tuple[tuple[str, str, Message], ...]
    seen: RepairSeen


def repair_page(session: Session, repair_id: str, language: str) -> RepairPage:
    """The page of a repair; UserError(MISSING) when the repair or its machine is not here."""
    repair, unit = repair_of(session, repair_id), None
    if repair is not None:
        unit = unit_of(session, repair.unit)
    if repair is None or unit is None:
        raise UserError(Trouble.MISSING, say("This repair is not here yet."))
    published = Published(catalog_of(session), language)
    lines, happened = lines_of(session, repair_id), happenings_of(session, repair_id)
    ticket = ticket_facts(session, repair.ticket) if repair.ticket else None
    checks = checks_of(session, published, repair, unit, lines)
    card, payers = _warranty(session, published, repair, unit, lines)
    signed = _is_signed(session, published, repair_id, lines)
    return RepairPage(
        id=repair.id,
        ticket=repair.ticket,
        number=ticket.number if ticket else "",
        title=_title(published, repair, ticket),
        customer=_customer(session, unit, ticket),
        unit=unit.id,
        serial=unit.printed,
        responsible=names_of(session).get(repair.responsible, ""),
        state=state_word(repair.state),
        reason=reason_of(repair, happened),
        waiting=repair.state in WAITING,
        over=repair.state in OVER,
        moves=_moves(repair),
        stages=stages_of(repair, happened, lines, signed=signed),
        parts=_parts(session, published, lines),
        pairs=tuple(_pair(published, each) for each in lines if each.line.type),
        checks=checks,
        next=next_of(repair, checks, happened, signed=signed),
        sentence=card.sentence,
        source=card.source,
        why=card.why,
        verdict=card.verdict,
        pays=payers,
        exclusion=card.exclusion,
        diagnosis=_diagnosis(published, repair),
        received=any(each.kind == "received" for each in happened),
        labour=_labour(happened),
        old_parts=_old_parts(published, lines),
        seen=repair,
    )


def _is_signed(session: Session, published: Published, repair_id: str, lines: tuple[LineSeen, ...]) -> bool:
    """Whether every form that its parts and procedures ask for is sealed."""
    catalog = published.catalog
    parts = (catalog.part(each.line.part) for each in lines if each.line.type)
    runs = (catalog.procedure(each.procedure, version=each.version) for each in runs_of(session, repair=repair_id))
    asked = forms_asked((part.form for part in parts if part), (run.form for run in runs if run))
    return not unsigned_of(session, repair_id, asked)


def _moves(repair: RepairSeen) -> tuple[tuple[State, Message], ...]:
    """A repair that was closed by hand can be taken up again; one that ended otherwise stays ended."""
    allowed = MOVES if repair.state not in OVER or repair.state is State.CLOSED else ()
    return tuple((each, state_word(each)) for each in allowed if each is not repair.state)


def _title(published: Published, repair: RepairSeen, ticket: TicketFacts | None) -> Message | str:
    if ticket and ticket.title:
        return ticket.title
    return repair.diagnosis or published.code("SYMPTOM", repair.symptom) or say("Repair")


def _customer(session: Session, unit: UnitSeen, ticket: TicketFacts | None) -> str:
    wanted = (ticket.customer if ticket else "") or unit.owner
    found = customer_facts(session, wanted) if wanted else None
    return found.name if found else ""


def _parts(session: Session, published: Published, lines: tuple[LineSeen, ...]) -> tuple[PartRow, ...]:
    names = {each.id: each.name for each in places(session)}
    numbers = sorted({each.line.part for each in lines})
    levels = stock_levels(session, numbers) if numbers else {}
    rows = []
    for each in lines:
        line, part = each.line, published.catalog.part(each.line.part)
        short = bool(line.place) and levels.get(line.part, {}).get(line.place, 0) < 0
        rows.append(PartRow(
            each.event, published.part(line.part), line.part, names.get(line.place, ""), line.quantity,
            action_word(LineAction(line.action)), short, part.form if part else "",
        ))  # fmt: skip
    return tuple(rows)


def _pair(published: Published, each: LineSeen) -> PairRow:
    line = each.line
    old = _serial(line.old_serial, line.old_state, old=True)
    new = _serial(line.new_serial, line.new_state, old=False)
    unsure = [one for one in (old, new) if one and one.state is not SerialState.CHECKED]
    note = say("You can go on; the form says so, and the number is checked when there is a connection.")
    return PairRow(published.part(line.part), line.part, old, new, note if unsure else None)


def _serial(bare: str, state: str, *, old: bool) -> SerialSeen | None:
    if not state:
        return None
    known = SerialState(state)
    words = {
        SerialState.CHECKED: say("Was in this machine") if old else say("Number checked"),
        SerialState.NOT_CONFIRMED: say("Not confirmed"),
        SerialState.NO_LEGIBLE: say("No number can be read"),
    }[known]
    return SerialSeen(printed_number(bare), known, words)


def _warranty(
    session: Session, published: Published, repair: RepairSeen, unit: UnitSeen, lines: tuple[LineSeen, ...]
) -> tuple[WarrantyCard, tuple[Pays, ...]]:
    """As it was decided for the last part fitted; before any part, as the whole machine stands."""
    decided = [each.line for each in lines if each.line.why]
    if not decided:
        return warranty_card(session, published, unit, today=reported_day(repair), repair=repair), ()
    line = next((each for each in reversed(decided) if each.type), decided[-1])
    sentence, *why = (unpacked(each) for each in line.why)
    policy = published.catalog.policy(line.policy, version=line.policy_version)
    costs = ((say("Parts"), "parts"), (say("Labour"), "labour"), (say("Travel"), "travel"))
    manufacturer = published.catalog.manufacturer.name
    payers = tuple(Pays(words, _payer(decided, f"{name}_payer", manufacturer)) for words, name in costs)
    source = policy_line(policy) if policy else None
    exclusion = published.exclusion(line.policy, repair.cause)
    verdict = Verdict(line.parts_verdict) if line.parts_verdict in set(Verdict) else Verdict.CANNOT_TELL
    return WarrantyCard(verdict, sentence, tuple(why), source, exclusion=exclusion), payers


def _payer(lines: list[PartLine], name: str, manufacturer: str) -> Message | str:
    found = {getattr(line, name) for line in lines}
    return payer_word(found.pop(), manufacturer) if len(found) == 1 else say("By part, see the form")


def _diagnosis(published: Published, repair: RepairSeen) -> Diagnosis:
    labels = {"symptom": say("Symptom"), "fault": say("Fault"), "cause": say("Cause"), "remedy": say("Remedy")}
    found = ((label, published.code(name.upper(), getattr(repair, name))) for name, label in labels.items())
    codes = tuple((label, text) for label, text in found if text)
    return Diagnosis(codes, repair.diagnosis, bool(codes or repair.diagnosis))


def _labour(happened: tuple[Happening, ...]) -> tuple[tuple[Message, int], ...]:
    minutes: dict[str, int] = {}
    for each in happened:
        if each.kind == "labour":
            minutes[each.body["kind"]] = minutes.get(each.body["kind"], 0) + each.body["minutes"]
    return tuple((labour_word(LabourKind(kind)), total) for kind, total in minutes.items())


def _old_parts(published: Published, lines: tuple[LineSeen, ...]) -> tuple[tuple[str, str, Message], ...]:
    return tuple(
        (published.part(each.line.part), printed_number(each.line.old_serial), fate_word(each.line.old_fate))
        for each in lines
        if each.line.old_state
    )
