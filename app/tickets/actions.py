"""Writes about tickets: each appends to the story, nothing rewrites it."""

from collections.abc import Sequence
from datetime import date

from app.kernel.days import is_day
from app.kernel.errors import BugError, Trouble, UserError
from app.kernel.filetypes import checked, plain_name
from app.kernel.lengths import kept_text
from app.kernel.messages import say
from app.kernel.rights import Right
from app.store.work import Work
from app.tickets import rules
from app.tickets.queries import event_record, ticket_record
from app.tickets.records import Ticket, TicketEvent
from app.tickets.rules import Direction, FollowUpOutcome, Missing, Resolution, Severity, State, TicketDraft

TAKEN_BACK = frozenset({"note", "call", "attached", "moved", "follow_up_done"})
LONGEST_FILE_NAME = 200


def open_ticket(work: Work, draft: TicketDraft) -> str:
    """The id of the new ticket, numbered and owned by whoever opened it.

    Raises UserError (BAD_INPUT) naming the field that lacks.
    """
    work.require(Right.LOG_TICKET)
    kept = rules.completed(draft)
    ticket = Ticket(
        number=work.next_number(), kind=str(kept.kind), channel=str(kept.channel), severity=str(kept.severity),
        title=kept.title, words=kept.words, customer=kept.customer, site=kept.site, unit=kept.unit,
        serial=kept.serial, market=kept.market, language=kept.language, owner=work.actor.person, occurred_at=work.now(),
    )  # fmt: skip
    work.session.add(ticket)
    work.session.flush()
    work.add_event(TicketEvent, ticket.id, "opened")
    return ticket.id


def edit_ticket(work: Work, ticket_id: str, draft: TicketDraft) -> None:
    """Change what is known of a ticket; its severity has an action of its own. Raises UserError naming the field."""
    work.require(Right.LOG_TICKET)
    ticket = _ticket(work, ticket_id)
    kept = rules.completed(draft)
    values = {
        "kind": str(kept.kind), "channel": str(kept.channel), "title": kept.title, "words": kept.words,
        "customer": kept.customer, "site": kept.site, "unit": kept.unit, "serial": kept.serial,
        "market": kept.market, "language": kept.language,
    }  # fmt: skip
    for name, value in values.items():
        if getattr(ticket, name) != value:
            setattr(ticket, name, value)


def set_severity(work: Work, ticket_id: str, to: Severity, *, reason: str = "") -> None:
    """Raising is free; lowering without a reason raises UserError (NEEDS_REASON)."""
    work.require(Right.LOG_TICKET)
    ticket = _ticket(work, ticket_id)
    was = Severity(ticket.severity)
    if was == to:
        return
    rules.check_severity(was, to, reason)
    ticket.severity = str(to)
    work.add_event(
        TicketEvent, ticket_id, "severity", {"was": str(was), "to": str(to), "reason": kept_text("reason", reason)}
    )


def assign(work: Work, ticket_id: str, staff_id: str) -> None:
    """Hand the ticket to a person, or to nobody with an empty id."""
    work.require(Right.LOG_TICKET)
    ticket = _ticket(work, ticket_id)
    if ticket.owner != staff_id:
        ticket.owner = staff_id
        work.add_event(TicketEvent, ticket_id, "assigned", {"to": staff_id})


def add_note(work: Work, ticket_id: str, text: str) -> str:
    """The id of the note's entry; raises UserError for an empty one."""
    work.require(Right.LOG_TICKET)
    return _event(work, ticket_id, "note", text=rules.checked_text(text))


def log_call(work: Work, ticket_id: str, text: str, *, direction: Direction = Direction.OUT) -> str:
    """The id of the call's entry; a call is a first answer. Raises UserError for an empty text."""
    work.require(Right.LOG_TICKET)
    return _event(work, ticket_id, "call", text=rules.checked_text(text), direction=str(direction))


def attach(work: Work, ticket_id: str, name: str, data: bytes) -> str:
    """The id of the attachment's entry; the content is kept encrypted and its type is read from the content.

    Raises UserError (BAD_INPUT) for an empty or too large file or a picture of too many pixels.
    """
    work.require(Right.LOG_TICKET)
    found = checked(data)
    shown = plain_name(name.replace("\\", "/").rsplit("/", 1)[-1])[-LONGEST_FILE_NAME:]
    sha256 = work.files.keep(data)
    return _event(work, ticket_id, "attached", sha256=sha256, name=shown, type=str(found.type), size=len(data))


def move(work: Work, ticket_id: str, to: State, *, reason: str = "", remind_on: str = "") -> str:
    """The id of the entry that puts an open ticket into another state.

    `remind_on` is an ISO day, compulsory where one waits for the customer or plans a visit. Raises UserError.
    """
    work.require(Right.LOG_TICKET)
    rules.check_move(to, reason, remind_on)
    _refuse_ended(_ticket(work, ticket_id))
    return _event(work, ticket_id, "moved", to=str(to), reason=kept_text("reason", reason), remind_on=remind_on)


def resolve(
    work: Work, ticket_id: str, resolution: Resolution, missing: Sequence[Missing], *, reason: str = ""
) -> None:
    """End the ticket and set its follow-up; `missing` is what the guard found (workflows.resolving asks it).

    Raises UserError (NEEDS_REASON) when something is missing and no reason is given.
    """
    work.require(Right.RESOLVE_TICKET)
    passed = rules.pass_guard(missing, reason)
    _refuse_ended(_ticket(work, ticket_id))
    _event(
        work, ticket_id, "resolved", answer=kept_text("answer", resolution.answer), cause=resolution.cause.strip(),
        remedy=resolution.remedy.strip(), missing=list(passed), reason=kept_text("reason", reason),
    )  # fmt: skip
    if resolution.follow_up_on:
        set_follow_up(work, ticket_id, resolution.follow_up_on, how=resolution.follow_up_how)


def see_reason(work: Work, ticket_id: str) -> None:
    """A manager has read why the guard was passed; the ticket leaves that list."""
    work.require(Right.MANAGE_STAFF)
    _event(work, ticket_id, "reason_seen")


def reopen(work: Work, ticket_id: str, reason: str) -> None:
    """Take up an ended ticket again; raises UserError (NEEDS_REASON) without a reason."""
    work.require(Right.LOG_TICKET)
    why = kept_text("reason", reason)
    if not why:
        raise UserError(Trouble.NEEDS_REASON, say("Say why the ticket is opened again."), field="reason")
    _event(work, ticket_id, "reopened", reason=why)


def set_follow_up(work: Work, ticket_id: str, day: str, *, how: str = "phone") -> None:
    """On this ISO day the customer is asked how it went; raises UserError for what is no day."""
    work.require(Right.LOG_TICKET)
    if not is_day(day):
        raise UserError(Trouble.BAD_INPUT, say("Choose a day."), field="follow_up_on")
    _event(work, ticket_id, "follow_up_set", day=day, how=how)


def finish_follow_up(work: Work, ticket_id: str, outcome: FollowUpOutcome, *, today: date, text: str = "") -> None:
    """Note what the customer said. Not reached: asked again the next day. Not content: the ticket opens again.

    Raises UserError (NEEDS_REASON) when a customer is not content and it is not said about what.
    """
    work.require(Right.LOG_TICKET)
    said = kept_text("text", text)
    if outcome is FollowUpOutcome.NOT_CONTENT:
        if not said:
            raise UserError(Trouble.NEEDS_REASON, say("Write what the customer is not content with."), field="text")
        _event(work, ticket_id, "follow_up_done", outcome=str(outcome), text=said)
        reopen(work, ticket_id, said)
    elif outcome is FollowUpOutcome.NOT_REACHED:
        _event(work, ticket_id, "call", text=said, direction=str(Direction.OUT))
        set_follow_up(work, ticket_id, today.fromordinal(today.toordinal() + 1).isoformat())
    else:
        _event(work, ticket_id, "follow_up_done", outcome=str(outcome), text=said)


def file_record(work: Work, ticket_id: str, what: str, record_id: str) -> None:
    """Note in the story that a repair, a checklist run or a form was made for this ticket."""
    work.require(Right.LOG_TICKET)
    _event(work, ticket_id, "filed", what=what, record_id=record_id)


def take_back(work: Work, event_id: str) -> None:
    """Undo a note, call, attachment, move or follow-up; the entry stays in the record, marked as taken back.

    Raises UserError (NOT_ALLOWED) for an entry that other things hang on.
    """
    work.require(Right.LOG_TICKET)
    entry = event_record(work.session, event_id)
    if entry is None:
        raise BugError(f"no ticket event {event_id}")
    if entry.kind not in TAKEN_BACK:
        raise UserError(Trouble.NOT_ALLOWED, say("This entry cannot be taken back. Write a note beside it."))
    work.add_event(TicketEvent, entry.subject_id, "undone", corrects_id=event_id)


def _event(work: Work, ticket_id: str, kind: str, **body: object) -> str:
    return work.add_event(TicketEvent, _ticket(work, ticket_id).id, kind, body).id


def _refuse_ended(ticket: Ticket) -> None:
    if not State(ticket.state).is_open:
        raise UserError(Trouble.NOT_ALLOWED, say("This ticket has ended. Open it again first."))


def _ticket(work: Work, ticket_id: str) -> Ticket:
    found = ticket_record(work.session, ticket_id)
    if found is None:
        raise BugError(f"no ticket {ticket_id}")
    return found
