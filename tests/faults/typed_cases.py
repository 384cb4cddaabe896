"""Acts that take what somebody typed, each with the place where the text stands afterwards."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from app.customers.actions import add_customer, add_site, edit_customer, edit_site
from app.customers.records import Customer, Site
from app.customers.rules import CustomerDraft, SiteDraft
from app.facts import actions as facts
from app.facts.records import FactEvent
from app.facts.rules import Sort
from app.kernel.beginnings import Founding
from app.kernel.filetypes import plain_name
from app.kernel.rights import Role
from app.kernel.storable import storable
from app.parts import actions as stock
from app.parts.records import StockMove
from app.parts.rules import Counted
from app.people.actions import add_staff, edit_staff, retire_staff
from app.people.queries import staff_record
from app.people.records import Staff
from app.people.rules import StaffDraft
from app.repairs import actions as repairs
from app.repairs.records import RepairEvent
from app.repairs.rules.stages import Outcome
from app.repairs.rules.stages import State as RepairState
from app.signoff.actions import supersede
from app.signoff.records import FormEvent
from app.sop import actions as sop
from app.sop.records import SopTick
from app.sop.rules import TickKind
from app.store import locking
from app.store.bases import Draft, Setting
from app.store.sessions import ThreadStore
from app.store.slots import Cost
from app.store.work import Work
from app.sync.desks import name_desk
from app.sync.records import DeskName
from app.sync.reports import queue_report
from app.tickets import actions as tickets
from app.tickets.records import Ticket, TicketEvent
from app.tickets.rules import (
    Channel,
    FollowUpOutcome,
    Missing,
    QuickAnswer,
    Resolution,
    Severity,
    TicketDraft,
    TicketKind,
)
from app.tickets.rules import State as TicketState
from app.units.actions import ComponentDraft, fit_component, undo_component
from app.units.records import UnitEvent
from app.workflows.drafts import keep_draft
from app.workflows.first_start import found_desk
from app.workflows.ticketing import answer_quickly
from tests.bench_pack import BOILER, NEW_BOILER
from tests.repair_bench import Bench
from tests.stores import EVERYTHING


class TypingDesk(Bench):
    """A bench with a ticket, and a person who reads locked facts."""

    def __init__(self, store: ThreadStore) -> None:
        super().__init__(store)
        self.identity = store.write(EVERYTHING, self._set_up_more).result

    def _set_up_more(self, work: Work) -> str:
        self.ticket = new_ticket(work)
        self.quarantine = stock.add_place(work, "Shelf 2")
        self.person = add_staff(work, StaffDraft("Rita", roles=(Role.MANAGER,)))
        person = staff_record(work.session, self.person)
        assert person is not None
        person.recipient, guarded = locking.new_identity("four words", person.id, cost=Cost(1, 8, 1))
        return str(locking.identity_of(guarded, "four words", person.id))


def raw(text: str) -> str:
    """As typed, to the last blank."""
    return str(storable(text))


def text(typed: str) -> str:
    """As typed, with what no person writes made visible, and no blanks around it."""
    return raw(typed).strip()


def line(typed: str) -> str:
    """The same with single blanks."""
    return " ".join(raw(typed).split())


def plain_line(typed: str) -> str:
    """A computer's name stands in sentences: what steers or hides text is a blank in it."""
    return " ".join("".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in typed).split())


@dataclass(frozen=True)
class Case:
    """`act(work, desk, typed)`; afterwards `expected(typed)` stands in the newest `column`, there at `path`."""

    act: Callable[[Work, TypingDesk, str], object]
    column: Any
    path: tuple[str | int, ...] = ()
    expected: Callable[[str], str] = text
    where: tuple[Any, ...] = ()
    opened: bool = False  # a fact under lock


def new_ticket(work: Work, **more: Any) -> str:
    return tickets.open_ticket(work, TicketDraft(TicketKind.HOW_TO, "It drips", channel=Channel.EMAIL, **more))


def new_customer(work: Work, **changed: str) -> None:
    edit_customer(work, add_customer(work, CustomerDraft("Ann")), replace(CustomerDraft("Ann"), **changed))  # type: ignore[arg-type]


def new_initials(work: Work, desk: TypingDesk, typed: str) -> None:
    """Of somebody who has left again: two people never share them."""
    known = add_staff(work, StaffDraft("Ann", typed, roles=(Role.TECHNICIAN,)))
    retire_staff(work, known)


def changed_initials(work: Work, desk: TypingDesk, typed: str) -> None:
    known = add_staff(work, StaffDraft("Ann", "Q", roles=(Role.TECHNICIAN,)))
    edit_staff(work, known, StaffDraft("Ann", typed, roles=(Role.TECHNICIAN,)))
    retire_staff(work, known)


def initials(typed: str) -> str:
    """In capitals; nobody has none."""
    return "".join(raw(typed).split()).upper() or "A"


def file_name(typed: str) -> str:
    """Without its folder, and without what steers."""
    return raw(plain_name(typed.replace("\\", "/").rsplit("/", 1)[-1])[-tickets.LONGEST_FILE_NAME :])


def new_site(work: Work, desk: TypingDesk, **changed: str) -> None:
    known = add_site(work, "c" * 32, SiteDraft("Bar"))
    edit_site(work, known, replace(SiteDraft("Bar"), **changed))


def changed_ticket(work: Work, desk: TypingDesk, typed: str, name: str) -> None:
    draft = TicketDraft(TicketKind.HOW_TO, "It drips", channel=Channel.EMAIL)
    tickets.edit_ticket(work, new_ticket(work), replace(draft, **{name: typed}))  # type: ignore[arg-type]


def ticked(work: Work, desk: TypingDesk, step: str, kind: TickKind, **body: Any) -> None:
    sop.tick_step(work, sop.start_run(work, procedure="SOP-T", unit=desk.unit), step, kind, body)


def lowered(work: Work, desk: TypingDesk, typed: str) -> None:
    known = new_ticket(work)
    tickets.set_severity(work, known, Severity.S1)
    tickets.set_severity(work, known, Severity.S4, reason=typed)


def locked(work: Work, desk: TypingDesk, typed: str) -> None:
    facts.lock_fact(work, desk.ticket, Sort.HEALTH, typed)


def destroyed(work: Work, desk: TypingDesk, typed: str) -> None:
    case = new_ticket(work)
    facts.lock_fact(work, case, Sort.HEALTH, "a burn")
    facts.destroy_facts(work, case, typed)


def founded(work: Work, desk: TypingDesk, **said: str) -> None:
    found_desk(work, Founding("en", **{"name": "Ann", **said}, roles=(Role.MANAGER,)))


def quick(work: Work, desk: TypingDesk, **said: Any) -> None:
    answer_quickly(work, QuickAnswer(**{"asked": "How?", "answered": "So.", **said}))


def stopped(work: Work, desk: TypingDesk, typed: str) -> None:
    sop.stop_run(work, sop.start_run(work, procedure="SOP-T"), typed)


def taken_back(work: Work, desk: TypingDesk, typed: str) -> None:
    moves = stock.count_place(work, desk.van, [Counted(BOILER, 3, 2)], reason="found one")
    stock.take_back_count(work, moves, reason=typed)


def line_taken_back(work: Work, desk: TypingDesk, typed: str) -> None:
    known = f"line {len(typed)} {typed[:20]!r}"
    stock.issue_parts(work, BOILER, place=desk.van, quantity=1, repair=desk.repair, line=known)
    work.session.flush()
    stock.reverse_line(work, BOILER, line=known, reason=typed)


def not_content(work: Work, desk: TypingDesk, typed: str) -> None:
    known = new_ticket(work)
    tickets.finish_follow_up(work, known, FollowUpOutcome.NOT_CONTENT, today=date(2026, 11, 28), text=typed)


def ended(work: Work, desk: TypingDesk, **said: str) -> None:
    reason = said.pop("reason", "")
    missing = () if said else (Missing.ANSWER,)
    tickets.resolve(work, new_ticket(work), Resolution(**said), missing, reason=reason)


MOVED, NOTED, TOLD = StockMove.body, TicketEvent.body, RepairEvent.body

CASES: dict[str, Case] = {
    **{
        f"customers/actions.edit_customer draft.{name}": Case(
            lambda work, desk, typed, name=name: new_customer(work, **{name: typed}),  # type: ignore[misc]
            getattr(Customer, name), expected=line if name == "name" else text,
        )
        for name in ("name", "contact", "phone", "email", "note")
    },
    **{
        f"customers/actions.edit_site draft.{name}": Case(
            lambda work, desk, typed, name=name: new_site(work, desk, **{name: typed}),  # type: ignore[misc]
            getattr(Site, name), expected=line if name == "name" else text,
        )
        for name in ("name", "address", "zone")
    },
    "facts/actions.lock_fact text": Case(locked, FactEvent.body, opened=True),
    "facts/actions.destroy_facts reason": Case(destroyed, FactEvent.body, ("reason",)),
    "parts/actions.receive_parts document": Case(
        lambda w, d, typed: stock.receive_parts(w, BOILER, place=d.van, quantity=1, document=typed),
        MOVED, ("document",),
    ),
    "parts/actions.count_parts reason": Case(
        lambda w, d, typed: stock.count_parts(w, BOILER, place=d.quarantine, found=7, reason=typed), MOVED, ("reason",),
    ),
    "parts/actions.count_place reason": Case(
        lambda w, d, typed: stock.count_place(w, d.van, [Counted(BOILER, 3, 2)], reason=typed), MOVED, ("reason",)
    ),
    "parts/actions.take_back_count reason": Case(taken_back, MOVED, ("reason",)),
    "parts/actions.transfer_parts reason": Case(
        lambda w, d, typed: stock.transfer_parts(w, BOILER, place=d.van, to=d.quarantine, quantity=1, reason=typed),
        MOVED, ("reason",),
    ),
    "parts/actions.reverse_move reason": Case(
        lambda w, d, typed: stock.reverse_move(w, _received(w, d), reason=typed), MOVED, ("reason",)
    ),
    "parts/actions.reverse_line reason": Case(line_taken_back, MOVED, ("reason",)),
    "people/actions.add_staff draft.initials": Case(new_initials, Staff.initials, expected=initials),
    "people/actions.edit_staff draft.initials": Case(changed_initials, Staff.initials, expected=initials),
    "people/actions.edit_staff draft.name": Case(
        lambda w, d, typed: edit_staff(
            w, add_staff(w, StaffDraft("Ann", roles=(Role.MANAGER,))), StaffDraft(typed, roles=(Role.MANAGER,))
        ),
        Staff.name, expected=line,
    ),
    "repairs/actions.receive note": Case(
        lambda w, d, typed: repairs.receive(w, d.repair, condition=(), accessories=(), note=typed), TOLD, ("note",)
    ),
    "repairs/actions.diagnose text": Case(
        lambda w, d, typed: repairs.diagnose(w, d.repair, symptom="LEAK", text=typed), TOLD, ("text",)
    ),
    "repairs/actions.undo_line reason": Case(
        lambda w, d, typed: repairs.undo_line(w, d.repair, "e" * 32, reason=typed), TOLD, ("reason",)
    ),
    "repairs/actions.move reason": Case(
        lambda w, d, typed: repairs.move(w, d.repair, RepairState.CLOSED, reason=typed), TOLD, ("reason",)
    ),
    "repairs/actions.finish note": Case(
        lambda w, d, typed: repairs.finish(w, d.repair, Outcome.REPAIRED, note=typed), TOLD, ("note",)
    ),
    "repairs/actions.hand_over to": Case(lambda w, d, typed: repairs.hand_over(w, d.repair, to=typed), TOLD, ("to",)),
    "signoff/actions.supersede reason": Case(
        lambda w, d, typed: supersede(w, "a" * 32, by="b" * 32, reason=typed), FormEvent.body, ("reason",)
    ),
    "sop/actions.note_step text": Case(
        lambda w, d, typed: sop.note_step(w, sop.start_run(w, procedure="SOP-T"), "cold", typed),
        SopTick.body, ("text",),
    ),
    "sop/actions.stop_run reason": Case(stopped, SopTick.body, ("reason",)),
    "sop/actions.tick_step body": Case(
        lambda w, d, typed: ticked(w, d, "seat", TickKind.CHOSEN, value="worn", reason=typed), SopTick.body, ("reason",)
    ),
    "sop/actions.tick_step body of a step that is skipped": Case(
        lambda w, d, typed: ticked(w, d, "tidy", TickKind.NOT_APPLICABLE, reason=typed), SopTick.body, ("reason",)
    ),
    "sop/actions.keep_place typed": Case(
        lambda w, d, typed: sop.keep_place(w, "r" * 32, "cold", typed=typed), Draft.body, ("typed",), expected=raw
    ),
    "sync/desks.name_desk name": Case(
        lambda w, d, typed: name_desk(w, typed), DeskName.name, expected=plain_line
    ),
    "sync/reports.queue_report text": Case(
        lambda w, d, typed: queue_report(w, "one", typed), Setting.value, (0, 2), expected=raw,
        where=(Setting.name == "sync.reports",),
    ),
    "tickets/actions.attach name": Case(
        lambda w, d, typed: tickets.attach(w, d.ticket, typed, b"words"), NOTED, ("name",), expected=file_name
    ),
    "tickets/actions.log_call text": Case(lambda w, d, typed: tickets.log_call(w, d.ticket, typed), NOTED, ("text",)),
    "tickets/actions.move reason": Case(
        lambda w, d, typed: tickets.move(w, new_ticket(w), TicketState.CANCELLED, reason=typed), NOTED, ("reason",)
    ),
    "tickets/actions.reopen reason": Case(
        lambda w, d, typed: tickets.reopen(w, d.ticket, typed), NOTED, ("reason",)
    ),
    "tickets/actions.set_severity reason": Case(lowered, NOTED, ("reason",)),
    "tickets/actions.finish_follow_up text": Case(not_content, NOTED, ("reason",)),
    "tickets/actions.resolve resolution.answer": Case(
        lambda w, d, typed: ended(w, d, answer=typed), NOTED, ("answer",)
    ),
    "tickets/actions.resolve reason": Case(lambda w, d, typed: ended(w, d, reason=typed), NOTED, ("reason",)),
    **{
        f"tickets/actions.edit_ticket draft.{name}": Case(
            partial(changed_ticket, name=name), getattr(Ticket, name), expected=line if name == "title" else text
        )
        for name in ("title", "words")
    },
    "units/actions.undo_component reason": Case(
        lambda w, d, typed: undo_component(
            w, d.unit, fit_component(w, d.unit, ComponentDraft("BL", NEW_BOILER)), reason=typed
        ),
        UnitEvent.body, ("reason",),
    ),
    "workflows/drafts.keep_draft body": Case(
        lambda w, d, typed: keep_draft(w, "page", {"words": [typed]}), Draft.body, ("words", 0), expected=raw
    ),
    "workflows/first_start.found_desk founding.name": Case(
        lambda w, d, typed: founded(w, d, name=typed), Staff.name, expected=line
    ),
    "workflows/first_start.found_desk founding.business": Case(
        lambda w, d, typed: founded(w, d, business=f"Bar {typed}"), Setting.value,
        expected=lambda typed: line(f"Bar {typed}"),
        where=(Setting.name == "partner.name",),
    ),
    "workflows/ticketing.answer_quickly quick.answered": Case(
        lambda w, d, typed: quick(w, d, answered=typed), NOTED, ("answer",)
    ),
    "workflows/ticketing.answer_quickly quick.asked": Case(
        lambda w, d, typed: quick(w, d, asked=f"How?\n{typed}|"),
        Ticket.words, expected=lambda typed: text(f"How?\n{typed}|"),
    ),
}  # fmt: skip


def _received(work: Work, desk: TypingDesk) -> str:
    move = stock.receive_parts(work, BOILER, place=desk.van, quantity=1)
    work.session.flush()
    return move
