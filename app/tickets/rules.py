"""Tickets: the fixed codes, what may be saved, severity, and what stands between a ticket and its end."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from app.kernel.days import is_day
from app.kernel.errors import Trouble, UserError
from app.kernel.lengths import kept_text, too_long
from app.kernel.messages import Message, say
from app.kernel.serials import unit_serial
from app.kernel.storable import storable

LONGEST_TITLE = 200
LONGEST_SERIAL = 60
FOLLOW_UP_DAYS = 3  # features.md 7.1: a call on the third day unless the market says otherwise


class TicketKind(StrEnum):
    """The twelve of domain.md 4.1; the first eight are fixed by R25, whatever a manufacturer adds."""

    TRANSIT_DAMAGE = "transit_damage"
    SPARE_PART = "spare_part"
    HOW_TO = "how_to"
    CERTIFICATION = "certification"
    MAINTENANCE = "maintenance"
    QUALITY = "quality"
    INTEGRATION = "integration"
    SAFETY_INSTRUCTION = "safety_instruction"
    DELIVERY = "delivery"
    RETURN = "return"
    PAYMENT = "payment"
    CONTRACT = "contract"


class Channel(StrEnum):
    PHONE = "phone"
    VISIT = "visit"
    EMAIL = "email"
    WEB = "web"
    LETTER = "letter"


class Severity(StrEnum):
    """domain.md 2.3; S1 is the gravest."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"


class State(StrEnum):
    """Where a ticket stands; derived from its events, never written."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_PARTS = "waiting_parts"
    WAITING_RETURN = "waiting_return"
    RESOLVED = "resolved"  # a follow-up is due
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has work with it, a follow-up aside."""
        return self not in (State.RESOLVED, State.CLOSED, State.CANCELLED)


OPEN_STATES = tuple(state for state in State if state.is_open)
MOVES = (*(state for state in OPEN_STATES if state is not State.NEW), State.CANCELLED)
NEED_A_REASON = frozenset({State.CANCELLED})
NEED_A_DAY = frozenset({State.WAITING_CUSTOMER, State.PLANNED})
_CODED_KINDS = frozenset({TicketKind.MAINTENANCE, TicketKind.QUALITY})
_TALKED_AT_ONCE = frozenset({Channel.PHONE, Channel.VISIT})


class Direction(StrEnum):
    """Who called whom."""

    IN = "in"
    OUT = "out"


class FollowUpOutcome(StrEnum):
    CONTENT = "content"
    NOT_CONTENT = "not_content"
    NOT_REACHED = "not_reached"
    NOT_WANTED = "not_wanted"


@dataclass(frozen=True, slots=True)
class TicketDraft:
    """What is typed into the form; kind and title (what it is about) are compulsory, nothing else."""

    kind: TicketKind | None = None
    title: str = ""
    words: str = ""
    channel: Channel = Channel.PHONE
    severity: Severity = Severity.S4
    customer: str = ""
    site: str = ""
    unit: str = ""
    serial: str = ""
    market: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, in words for the person typing."""

    field: str
    message: Message


def check_draft(draft: TicketDraft) -> tuple[Problem, ...]:
    """What keeps the draft from being saved as a ticket; the draft itself is kept in any state."""
    problems = []
    if draft.kind is None:
        problems.append(Problem("kind", say("Choose what kind of matter it is.")))
    if not draft.title.strip():
        problems.append(Problem("title", say("Write in one sentence what it is about.")))
    if len(draft.title) > LONGEST_TITLE:
        problems.append(Problem("title", say("A title has at most {most} characters.", most=LONGEST_TITLE)))
    if len(draft.serial.strip()) > LONGEST_SERIAL:
        problems.append(Problem("serial", say("A serial number has at most {most} characters.", most=LONGEST_SERIAL)))
    endless = too_long(draft.words)
    if endless is not None:
        problems.append(Problem("words", endless))
    return tuple(problems)


def completed(draft: TicketDraft) -> TicketDraft:
    """The draft as it is kept: one-line title, the serial bare when it is a right one, else as stated.

    Raises UserError (BAD_INPUT) with the first problem.
    """
    draft = replace(draft, title=storable(draft.title), words=storable(draft.words), serial=storable(draft.serial))
    for problem in check_draft(draft):
        raise UserError(Trouble.BAD_INPUT, problem.message, field=problem.field)
    serial = unit_serial(draft.serial)
    stated = serial.bare if serial else draft.serial.strip()
    return replace(draft, title=" ".join(draft.title.split()), words=draft.words.strip(), serial=stated)


def checked_text(text: str) -> str:
    """A note's or a call's text, trimmed; raises UserError when there is none or no end to it."""
    kept = kept_text("text", text)
    if not kept:
        raise UserError(Trouble.BAD_INPUT, say("Write something first."), field="text")
    return kept


def talked_at_once(channel: str) -> bool:
    """Whether the ticket was opened while speaking with the customer, so that a first answer was given."""
    return channel in _TALKED_AT_ONCE


def check_severity(was: Severity, to: Severity, reason: str) -> None:
    """Raising is free; lowering asks for a reason (domain.md 2.3). Raises UserError (NEEDS_REASON)."""
    if to > was and not kept_text("reason", reason):
        raise UserError(
            Trouble.NEEDS_REASON,
            say("Lowering from {was} to {to} needs a reason.", was=str(was), to=str(to)),
            field="reason",
        )


def check_move(to: State, reason: str, day: str) -> None:
    """Raises UserError for a state that is reached otherwise, a missing reason or a missing day."""
    if to not in MOVES:
        raise UserError(Trouble.BAD_INPUT, say("A ticket does not get there by hand."), field="to")
    if to in NEED_A_REASON and not kept_text("reason", reason):
        raise UserError(Trouble.NEEDS_REASON, say("Say why the ticket is cancelled."), field="reason")
    if to in NEED_A_DAY and not is_day(day):
        raise UserError(Trouble.BAD_INPUT, say("Choose the day on which you look at it again."), field="day")


class Missing(StrEnum):
    """What the guard at resolve looks for."""

    ANSWER = "answer"
    CAUSE = "cause"
    REMEDY = "remedy"
    REPAIR = "repair"
    CHECKLIST = "checklist"
    FORM = "form"


MISSING: dict[Missing, Message] = {
    Missing.ANSWER: say("What was done, or what the customer was told, is not written down."),
    Missing.CAUSE: say("The cause is not named."),
    Missing.REMEDY: say("The remedy is not named."),
    Missing.REPAIR: say("The repair is not finished."),
    Missing.CHECKLIST: say("A checklist is still open."),
    Missing.FORM: say("A form is not signed."),
}


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a matter ended. `follow_up_on` is an ISO day, or empty when nobody is to be asked again."""

    answer: str = ""
    cause: str = ""
    remedy: str = ""
    follow_up_on: str = ""
    follow_up_how: str = "phone"


@dataclass(frozen=True, slots=True)
class ResolveFacts:
    """What the guard judges; the numbers count what is still open."""

    kind: str
    resolution: Resolution
    open_repairs: int = 0
    open_checklists: int = 0
    unsigned_forms: int = 0


def missing_codes(facts: ResolveFacts) -> tuple[Missing, ...]:
    """What is missing, in the order in which one would do it."""
    given, coded = facts.resolution, facts.kind in _CODED_KINDS
    judged = (
        (Missing.REPAIR, facts.open_repairs > 0),
        (Missing.CHECKLIST, facts.open_checklists > 0),
        (Missing.FORM, facts.unsigned_forms > 0),
        (Missing.ANSWER, not kept_text("answer", given.answer)),
        (Missing.CAUSE, coded and not given.cause.strip()),
        (Missing.REMEDY, coded and not given.remedy.strip()),
    )
    return tuple(code for code, lacks in judged if lacks)


def missing_for_resolve(facts: ResolveFacts) -> tuple[Message, ...]:
    """The one guard before a ticket's end, in plain words; empty when nothing stands in the way."""
    return tuple(MISSING[code] for code in missing_codes(facts))


def pass_guard(missing: Iterable[Missing], reason: str) -> tuple[str, ...]:
    """The codes that were passed over, for the record.

    Whoever is there passes with a reason that the manager sees; without one it raises UserError (NEEDS_REASON).
    """
    passed = tuple(str(code) for code in missing)
    if passed and not kept_text("reason", reason):
        raise UserError(
            Trouble.NEEDS_REASON,
            say("Something is still missing. Add it, or write why the ticket ends without it."),
            field="reason",
        )
    return passed


@dataclass(frozen=True, slots=True)
class QuickAnswer:
    """A two-minute call: what was asked, what was answered, and whether that was all."""

    kind: TicketKind = TicketKind.HOW_TO
    asked: str = ""
    answered: str = ""
    done: bool = True
    serial: str = ""
    unit: str = ""
    customer: str = ""
    site: str = ""


QUICK_KINDS = tuple(each for each in TicketKind if each not in (*_CODED_KINDS, TicketKind.SAFETY_INSTRUCTION))


def quick_draft(quick: QuickAnswer) -> TicketDraft:
    """The ticket of a quick answer: the first line of the question is its title, the rest is filled.

    Raises UserError (BAD_INPUT) at `asked`, or at `answered` when it is done and nothing was answered.
    """
    asked, answered = kept_text("asked", quick.asked), kept_text("answered", quick.answered)
    if not asked:
        raise UserError(Trouble.BAD_INPUT, say("Write what was asked."), field="asked")
    if quick.done and not answered:
        words = say("Write what you answered, or say that somebody calls back.")
        raise UserError(Trouble.BAD_INPUT, words, field="answered")
    line = " ".join(asked.splitlines()[0].split())
    title = line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1]}…"
    return TicketDraft(
        kind=quick.kind, title=title, words=asked if asked != title else "", channel=Channel.PHONE,
        customer=quick.customer, site=quick.site, unit=quick.unit, serial=quick.serial,
    )  # fmt: skip


def follow_up_day(today: date) -> date:
    """The day on which the customer is asked how it went, unless somebody chooses another."""
    return today + timedelta(days=FOLLOW_UP_DAYS)
