"""Every act of the guide's page of keys: it changes nothing, or it can be taken back by its name, or there is a reason.

A new act fails here until somebody has said which of the three it is.
"""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.customers.actions import add_customer, add_site
from app.customers.queries import customer_facts
from app.customers.rules import CustomerDraft, SiteDraft
from app.kernel.rights import Role
from app.parts.actions import add_place
from app.parts.queries import stock_levels
from app.people.actions import add_staff
from app.people.rules import StaffDraft
from app.repairs.queries import lines_of
from app.tickets.actions import open_ticket
from app.tickets.queries import story, ticket_facts
from app.tickets.rules import Severity, TicketDraft, TicketKind
from app.units.queries import unit_of
from tests.bench_pack import BOILER, NEW_BOILER
from tests.docs.test_guide import FIELDS, told
from tests.repair_bench import Bench
from tests.ui.opened import Opened, act
from ui.customers.customers_page import CustomersPage
from ui.parts.parts_page import PartsPage
from ui.parts.stocktake_page import StocktakePage
from ui.repairs.repair_page import RepairPage
from ui.shell.frame import Frame
from ui.tickets.tickets_page import TicketsPage
from ui.units.unit_page import UnitPage
from ui.widgets.page import Page
from ui.widgets.toast import Toast

# Opens, shows, finds, prints, copies or exports: nothing of the records is otherwise afterwards.
SHOWS = {
    "Everywhere": {
        "New ticket", "Quick answer", "Today", "Tickets", "Repairs", "Units", "Parts", "Forms", "Settings", "Customers",
        "What is new", "The customer can see this screen", "Crisis handbook", "Find", "Change who is at the desk",
        "Back", "Forward", "Next part of the window", "Show all keys", "Guide for this page",
        "Search the keys of every page", "Larger text", "Smaller text", "Text in its usual size",
    },
    "Today": {"Open what is due first"},
    "Tickets": {
        "List", "What the manufacturer sees", "Under lock", "Search tickets", "Open tickets", "My tickets",
        "Tickets to ask about", "All tickets", "Save tickets as a table", "Take in old tickets", "Answers",
    },
    "Repairs": {"Open repairs", "Repairs that are over"},
    "Units": {"Save machines as a table"},
    "Spare parts": {"Save the stock as a table", "Count a place"},
    "Count a place": {"Part number"},
    "Forms": {"Check a signed paper"},
    "Settings": {"Copy for support", "Take in old tickets", "Search the settings"},
    "New ticket": {"Open the best answer"},
    "Machine": {"New ticket", "Sign-off form"},
    "Repair": {"Go on", "Receipt for the customer", "Take signatures"},
    "Procedure": {"One step or all steps", "Step back or on"},
    "Form": {"Take the customer's answer", "Go on with the repair"},
    "What the manufacturer sees": {"Back to the ticket"},
    "Under lock": {"Back to the ticket"},
    "What is new": {"Open what is new first"},
    "Crisis handbook": {"Print", "Look at the paper", "Print all", "Save a copy", "Say it in your own words", "Back"},
    "Customers": {"Find a customer", "List", "New ticket for this customer"},
    "Take in old tickets": {"Back", "Choose the table"},
    "What may be answered": {"Copy the answer"},
}  # fmt: skip

# What it says when it is done, which is the name that its Undo bears.
UNDONE = {
    ("Tickets", "Log a call"): "Call saved",
    ("Tickets", "Move"): "Ticket moved",
    ("Tickets", "Hand to"): "Ticket handed over",
    ("Tickets", "Change"): "Ticket changed",
    ("Tickets", "Customer"): "Customer saved",
    ("Tickets", "Severity"): "Severity changed",
    ("Tickets", "Add a note"): "Note added",
    ("Tickets", "Resolve"): "Ticket resolved",
    ("Customers", "Change"): "Customer saved",
    ("Machine", "Edit"): "Machine saved",
    ("Repair", "Add a part"): "Part booked",
    ("Spare parts", "Receive"): "Booked in",
    ("Spare parts", "Count"): "Count booked",
    ("Spare parts", "Move"): "Parts moved",
    ("Count a place", "Book the count"): "Count booked",
    ("Count a place", "Throw the count away"): "The count was thrown away",
    ("What is new", "Mark all as seen"): "All marked as seen",
}

# Why there is no Undo in the toast.
STAYS = {
    ("Everywhere", "Exchange with the manufacturer"): "what was sent cannot be called back",
    ("Tickets", "Ask how it went"): "what a customer said was said; U takes the entry back",
    ("Tickets", "Open again"): "the ticket is resolved again as before, with what is true now",
    ("Tickets", "Start a repair"): "nothing is in it yet; Where it stands closes it",
    ("Tickets", "Reason read"): "a reader cannot unread",
    ("Tickets", "Take back the latest entry"): "it is itself the way back",
    ("Tickets", "Procedure"): "a run that was begun is called off where it stands, with its reason",
    ("Units", "Register a machine"): "a machine that is known stays known; Edit corrects it",
    ("Count a place", "Not counted"): "the same key of the part counts it again, and nothing was booked",
    ("Spare parts", "Quarantine"): "a locked piece comes out by its procedure alone",
    ("Settings", "Add a person"): "who wrote something is never removed; the same form says that they left",
    ("New ticket", "Save ticket"): "its number may be told already; Move cancels it with a reason",
    ("New ticket", "Clear"): "nothing was saved; only what the form itself kept goes",
    ("Quick answer", "Save answer"): "its number may be told already; Move cancels it with a reason",
    ("Quick answer", "Clear"): "nothing was saved; only what the form itself kept goes",
    ("Machine", "New repair"): "nothing is in it yet; Where it stands closes it",
    ("Machine", "Procedure"): "a run that was begun is called off where it stands, with its reason",
    ("Repair", "Where it stands"): "the same key puts it back, and the story keeps both",
    ("Repair", "Take the machine in"): "the receipt may be in the customer's hands",
    ("Repair", "Say how it ended"): "the same key says it anew, and the story keeps both",
    ("Repair", "Diagnosis"): "the same key says it anew, and the story keeps both",
    ("Repair", "Time"): "time that was worked stays in the story",
    ("Procedure", "Keep the answer and go on"): "the step itself takes its tick back",
    ("Procedure", "Tick the step"): "the step itself takes its tick back",
    ("Procedure", "Paste a photo"): "the step itself takes its tick back",
    ("Procedure", "Answer"): "the step itself takes its tick back",
    ("Sign", "Undo stroke"): "it is itself the way back",
    ("Sign", "Sign"): "what is signed stands; a correction is a form of its own",
    ("Form", "Print"): "paper that is out cannot be called back",
    ("Form", "Save a copy"): "a copy that is out cannot be called back",
    ("Receipt for the customer", "Print"): "paper that is out cannot be called back",
    ("Receipt for the customer", "Save a copy"): "a copy that is out cannot be called back",
    ("Under lock", "Lock it"): "a fact under lock is destroyed on purpose, never by the way",
    ("Exchange", "Try now"): "what was sent cannot be called back",
    ("Customers", "Add a site"): "a site may be named elsewhere already; it is corrected in its form",
    ("Customers", "New customer"): "a customer may be named elsewhere already; Change corrects it",
    ("Take in old tickets", "Take them in"): "a backup is made before, and the page says where",
}


def test_every_act_shows_only_or_is_undone_by_its_name_or_stays_for_a_reason() -> None:
    acts = {(page, words) for page, rows in told().items() if page != FIELDS for words, _ in rows}
    shown = {(page, words) for page, known in SHOWS.items() for words in known}

    assert acts == shown | UNDONE.keys() | STAYS.keys()
    assert set() == (shown & UNDONE.keys()) | (shown & STAYS.keys()) | (UNDONE.keys() & STAYS.keys())


class Desk:
    """A ticket of a hotel, with a person to hand it to, on the bench of a machine in repair."""

    def __init__(self, opened: Opened, bench: Bench) -> None:
        self.opened, self.bench = opened, bench
        make = opened.bench.store.write
        actor = opened.desk.actor
        assert actor is not None
        self.hotel = make(
            actor, add_customer, (CustomerDraft("Hotel Foz Velha", phone="+351 22", note="pays late"),)
        ).result
        make(actor, add_site, (self.hotel, SiteDraft("Bar")))
        self.other = make(actor, add_staff, (StaffDraft("Tiago Moreira", roles=tuple(Role)),)).result
        self.store = make(actor, add_place, ("Store",)).result
        draft = TicketDraft(TicketKind.HOW_TO, "No heat", "Cold", severity=Severity.S4, customer=self.hotel)
        self.ticket = make(actor, open_ticket, (draft,)).result

    def facts(self) -> object:
        """Everything that these acts may change."""
        ask = self.bench.ask
        entries = [each.kind for each in ask(story, self.ticket) if not each.undone and each.kind in _TOLD]
        ticket = ask(ticket_facts, self.ticket)
        return (ticket.title, ticket.words, ticket.owner, ticket.severity, ticket.state.is_open, ticket.customer,
                entries, ask(customer_facts, self.hotel), ask(unit_of, self.bench.unit),
                [each.line.part for each in ask(lines_of, self.bench.repair)], ask(stock_levels))  # fmt: skip


_TOLD = ("note", "call", "moved")


@pytest.fixture
def at(opened: Opened, bench: Bench) -> Desk:
    return Desk(opened, bench)


def _panel(name: str, fill: Callable[[Any], object]) -> Callable[[Desk], Page]:
    def do(at: Desk) -> Page:
        page = at.opened.page(TicketsPage, at.ticket)
        act(page, name)
        at.opened.settle()
        fill(page.panels[name])
        page.panels[name].submit()
        return page

    return do


def _note(at: Desk) -> Page:
    page = at.opened.page(TicketsPage, at.ticket)
    act(page, "note")
    at.opened.types("She called twice")
    return page


def _resolve(at: Desk) -> Page:
    def fill(panel: Any) -> None:
        panel.answer.setPlainText("Told how")
        panel.reason.setText("no machine")

    return _panel("resolve", fill)(at)


def _person(at: Desk) -> Page:
    page = at.opened.page(TicketsPage, at.ticket)
    act(page, "person")
    at.opened.settle()
    panel: Any = page.panels["person"]
    panel._chosen(at.other)
    return page


def _customer(at: Desk) -> Page:
    page = at.opened.page(CustomersPage, at.hotel)
    act(page, "change_customer")
    page.form.note.setPlainText("pays at once")
    page.form.submit()
    return page


def _unit(at: Desk) -> Page:
    page = at.opened.page(UnitPage, at.bench.unit)
    act(page, "edit")
    at.opened.settle()
    page.form.days["installed_on"].put("2026-06-20")
    page.form.submit()
    return page


def _part(at: Desk) -> Page:
    page = at.opened.page(RepairPage, at.bench.repair)
    act(page, "add_part")
    at.opened.types("boiler")
    at.opened.types("BL-2617-0042-S")
    at.opened.types(NEW_BOILER)
    at.opened.press(Qt.Key.Key_Return)
    return page


def _stock(name: str, fill: Callable[[Any, Desk], object]) -> Callable[[Desk], Page]:
    def do(at: Desk) -> Page:
        page = at.opened.page(PartsPage, BOILER)
        act(page, name)
        fill(page.forms[name], at)
        page.forms[name].submit()
        return page

    return do


def _count(form: Any, at: Desk) -> None:
    form.found.put(1)
    form.reason.setText("one is lent")


def _move(form: Any, at: Desk) -> None:
    form.place.choose(at.bench.van)
    form.to.choose(at.store)


def _whole_place(at: Desk) -> Page:
    page = at.opened.page(StocktakePage, at.bench.van)
    page._choose(BOILER)
    page.found.put(1)
    page.take()
    page.reason.setText("one is lent")
    act(page, "book_count")
    return page


DONE: dict[tuple[str, str], Callable[[Desk], Page]] = {
    ("Tickets", "Log a call"): _panel("call", lambda panel: panel.text.setPlainText("She called")),
    ("Tickets", "Move"): _panel("move", lambda panel: None),
    ("Tickets", "Hand to"): _person,
    ("Tickets", "Change"): _panel("edit", lambda panel: panel.subject.setText("Another title")),
    ("Tickets", "Customer"): _panel("customer", lambda panel: panel.contact.setText("Sr. Antunes")),
    ("Tickets", "Severity"): _panel("level", lambda panel: panel.to.choose(Severity.S1)),
    ("Tickets", "Add a note"): _note,
    ("Tickets", "Resolve"): _resolve,
    ("Customers", "Change"): _customer,
    ("Machine", "Edit"): _unit,
    ("Repair", "Add a part"): _part,
    ("Spare parts", "Receive"): _stock("receive", lambda form, at: None),
    ("Spare parts", "Count"): _stock("count", _count),
    ("Spare parts", "Move"): _stock("move", _move),
    ("Count a place", "Book the count"): _whole_place,
}


@pytest.mark.parametrize("which", DONE, ids=[" ".join(each) for each in DONE])
def test_undo_puts_back_what_the_act_changed_and_bears_its_name(at: Desk, which: tuple[str, str]) -> None:
    before = at.facts()
    page = DONE[which](at)
    at.opened.settle()
    after = at.facts()
    toast = Toast(page)
    at.opened.qtbot.addWidget(toast)
    words, undo = at.opened.told[-1]
    toast.show_done(words, undo=undo)
    named = toast.undoes

    toast.take_back()
    at.opened.settle()

    assert before != after
    assert named.startswith(f"Undo: {UNDONE[which]}")
    assert before == at.facts()


def test_what_escape_throws_away_comes_back_with_its_panel(at: Desk) -> None:
    page = at.opened.page(TicketsPage, at.ticket)
    act(page, "call")
    panel: Any = page.panels["call"]
    at.opened.types("half a sentence", enter=False)
    QTest.keyClick(at.opened.focus(), Qt.Key.Key_Escape)
    at.opened.settle()
    gone = panel.isHidden()
    words, undo = at.opened.told[-1]

    undo()
    at.opened.settle()

    assert gone and "What was typed is thrown away" == words.msgid
    assert panel.isVisible() and "half a sentence" == panel.text.text


def test_an_empty_panel_is_left_without_a_word(at: Desk) -> None:
    page = at.opened.page(TicketsPage, at.ticket)
    act(page, "call")
    QTest.keyClick(at.opened.focus(), Qt.Key.Key_Escape)

    assert [] == at.opened.told


def test_the_palette_offers_undo_by_the_name_of_what_was_done(frame: Frame) -> None:
    done: list[bool] = []
    offered = next(each for each in frame.all_acts() if each.name == "take_back")
    before = offered.possible()

    frame.toast.show_done("Part booked", undo=lambda: done.append(True))

    assert (False, True, "Undo: Part booked") == (before, offered.possible(), _bare(offered.shown))
    offered.run()
    assert ([True], False) == (done, offered.possible())


def _bare(text: object) -> str:
    return str(text).replace("\u2068", "").replace("\u2069", "")
