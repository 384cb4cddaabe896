"""Everything that the page of one ticket shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.catalog.current import installed_catalog
from app.customers.queries import CustomerFacts, customer_facts
from app.facts.queries import facts_of
from app.kernel.instants import now
from app.kernel.messages import Message, Shown, say
from app.kernel.slips import printed_number
from app.people.queries import names_of
from app.repairs.queries import repairs_of_ticket
from app.repairs.rules.stages import OVER
from app.sop.queries import runs_of
from app.sync.links import link_of
from app.tickets import queries
from app.tickets.queries import Attachment, Entry, TicketFacts
from app.tickets.rules import Resolution, Severity, State, TicketKind
from app.tickets.texts import CHANNELS, KINDS, STATES
from app.units.queries import unit_by_serial, unit_of
from app.views.moments import Due, due_of, exact_of, zone_of
from app.views.procedures import Offer, RunLine, offers_at, run_lines
from app.views.published import Published
from app.views.repair_story import Told, repair_story
from app.views.repair_words import state_word
from app.views.story import StoryLine, story_lines
from app.views.sync_light import manufacturer_of

_CHANNEL_WORDS: Mapping[str, Message] = {str(code): words for code, words in CHANNELS.items()}
_KIND_WORDS: Mapping[str, Message] = {str(code): words for code, words in KINDS.items()}


@dataclass(frozen=True, slots=True)
class UnitLine:
    """The machine that a ticket is about: `id` is empty while it is not on the list of machines."""

    id: str
    printed: str
    model: str


@dataclass(frozen=True, slots=True)
class RepairLine:
    """A repair that was made for the ticket, and where it stands."""

    id: str
    started: Message
    state: Message
    is_over: bool


@dataclass(frozen=True, slots=True)
class FollowUp:
    """When the customer is asked how it went."""

    day: Message
    due: Due


@dataclass(frozen=True, slots=True)
class TicketPage:
    """A ticket whole. What may be done is said by `can_…`; the page decides nothing."""

    facts: TicketFacts
    kind_words: Message
    state_words: Message
    channel_words: Message
    opened: Message
    customer: CustomerFacts | None
    site: str
    unit: UnitLine | None
    owner: str
    story: tuple[StoryLine, ...]
    attachments: tuple[Attachment, ...]
    repairs: tuple[RepairLine, ...]
    due: Due | None
    follow_up: FollowUp | None
    proposed: Resolution
    open_repair: str
    latest_undoable: str
    can_move: bool
    can_resolve: bool
    can_reopen: bool
    can_follow_up: bool
    show_reason: str
    show_urgent: bool
    manufacturer: str
    locked: int
    offers: tuple[Offer, ...]
    runs: tuple[RunLine, ...]


def ticket_page(session: Session, ticket_id: str, language: str = "en") -> TicketPage | None:
    """The page of a ticket, or None when it is not here (yet); `language` is for published words."""
    facts = queries.ticket_facts(session, ticket_id)
    if facts is None:
        return None
    moment, zone, names = now(), zone_of(session), names_of(session)
    story = queries.story(session, ticket_id)
    customer = customer_facts(session, facts.customer) if facts.customer else None
    sites = {each.id: each.name for each in customer.sites} if customer else {}
    ended = not facts.state.is_open
    unit = _unit(session, facts)
    repairs = _repairs(session, ticket_id, moment, zone)
    own = story_lines(story, names, now=moment, zone=zone)
    told = repair_story(session, repairs_of_ticket(session, ticket_id), names, now=moment, zone=zone, language=language)
    lines = _by_time([*zip((each.at for each in story), own, strict=True), *told])
    return TicketPage(
        facts=facts,
        kind_words=_KIND_WORDS.get(facts.kind, say("{kind}", kind=facts.kind)),
        state_words=STATES[facts.state],
        channel_words=_CHANNEL_WORDS.get(facts.channel, say("{channel}", channel=facts.channel)),
        opened=exact_of(facts.opened_at or facts.occurred_at, now=moment, zone=zone),
        customer=customer,
        site=sites.get(facts.site, ""),
        unit=unit,
        owner=names.get(facts.owner, ""),
        story=lines,
        attachments=queries.attachments(story),
        repairs=repairs,
        due=None if facts.next_at is None or ended else due_of(facts.next_at, now=moment, zone=zone),
        follow_up=_follow_up(facts, moment, zone),
        proposed=_proposed(session, ticket_id, story, language),
        open_repair=next((each.id for each in reversed(repairs) if not each.is_over), ""),
        latest_undoable=next((each.id for each in lines if each.can_take_back), ""),
        can_move=not ended,
        can_resolve=not ended,
        can_reopen=ended,
        can_follow_up=facts.state is State.RESOLVED,
        show_reason=facts.passed_reason,
        show_urgent=facts.severity in (Severity.S1, Severity.S2) or facts.kind == TicketKind.SAFETY_INSTRUCTION,
        manufacturer=manufacturer_of(session, link_of(session)),
        locked=len(facts_of(session, ticket_id)),
        offers=() if ended else _offers(session, facts, unit, language),
        runs=_runs(session, ticket_id, language),
    )


def _by_time(told: list[Told]) -> tuple[StoryLine, ...]:
    """Newest first; what happened at the same instant stays in the order in which it was told."""
    return tuple(line for _, line in sorted(told, key=lambda each: -each[0]))


def _unit(session: Session, facts: TicketFacts) -> UnitLine | None:
    known = unit_of(session, facts.unit) if facts.unit else None
    if known is None and facts.serial:
        known = unit_by_serial(session, facts.serial)
    if known is not None:
        return UnitLine(known.id, known.printed, known.model)
    return UnitLine("", printed_number(facts.serial), "") if facts.serial else None


def _offers(session: Session, facts: TicketFacts, unit: UnitLine | None, language: str) -> tuple[Offer, ...]:
    catalog = installed_catalog(session)
    if catalog is None:
        return ()
    return offers_at(Published(catalog, language), "ticket", model=unit.model if unit else "", ticket_kind=facts.kind)


def _runs(session: Session, ticket_id: str, language: str) -> tuple[RunLine, ...]:
    catalog = installed_catalog(session)
    return run_lines(Published(catalog, language), runs_of(session, ticket=ticket_id)) if catalog else ()


def _repairs(session: Session, ticket_id: str, moment: int, zone: str) -> tuple[RepairLine, ...]:
    return tuple(
        RepairLine(
            each.id, exact_of(each.created_at, now=moment, zone=zone), state_word(each.state), each.state in OVER
        )
        for each in repairs_of_ticket(session, ticket_id)
    )


def _follow_up(facts: TicketFacts, moment: int, zone: str) -> FollowUp | None:
    if facts.state is not State.RESOLVED or facts.next_at is None:
        return None
    day = say("{day}", day=Shown("short_day", facts.follow_up_due))
    return FollowUp(day, due_of(facts.next_at, now=moment, zone=zone))


def _proposed(session: Session, ticket_id: str, story: tuple[Entry, ...], language: str) -> Resolution:
    """What a resolve form starts with: the last resolution, else cause and remedy of the latest repair."""
    for each in story:
        if each.kind == "resolved":
            body = each.body
            return Resolution(body.get("answer", ""), body.get("cause", ""), body.get("remedy", ""))
    coded = [each for each in repairs_of_ticket(session, ticket_id) if each.cause or each.remedy]
    if not coded:
        return Resolution()
    latest = coded[-1]
    return Resolution(
        "", _words_of(session, "CAUSE", latest.cause, language), _words_of(session, "REMEDY", latest.remedy, language)
    )


def _words_of(session: Session, table: str, code: str, language: str) -> str:
    """A published code in words; the code itself while the catalogue does not know it."""
    catalog = installed_catalog(session)
    return Published(catalog, language).code(table, code) if catalog else code
