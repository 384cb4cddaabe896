"""Tickets: the list and, beside it, the one that is chosen."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.kernel.changes import Changes
from app.kernel.filetypes import FileType
from app.kernel.messages import say
from app.tickets import actions
from app.tickets.queries import Attachment, Shelf, read_file
from app.views.ticket_list import TicketRow
from app.views.ticket_page import TicketPage as Shown
from app.views.ticket_page import ticket_page
from app.workflows.attachments import attached_pages
from app.workflows.repair import open_repair
from ui.theme.buttons import Kind, Size
from ui.theme.look import look
from ui.tickets.customer_panel import CustomerPanel
from ui.tickets.edit_panel import EditPanel
from ui.tickets.file_view import FileView
from ui.tickets.panels import CallPanel, FollowUpPanel, MovePanel, Panel, PersonPanel, ReopenPanel, SeverityPanel
from ui.tickets.resolve_panel import ResolvePanel
from ui.tickets.ticket_list import SMALL, WIDTH, TicketList
from ui.tickets.ticket_view import TicketView
from ui.widgets.button import Button
from ui.widgets.card import EmptyState
from ui.widgets.layouts import row
from ui.widgets.page import Act, Page
from ui.widgets.texts import Words
from ui.work import Desk

SMALL_UNDER = 1120  # px of the page: below, the list is narrower
TIGHT_UNDER = 760  # px: below, the side column goes
LIST_OVER_UNDER = 1000  # px of the page: below, the list covers the subject and the subject the list


@dataclass(frozen=True, slots=True)
class Search:
    """What the list is to look for when the page comes up: a customer's name, a number."""

    words: str


class TicketsPage(Page):
    """Opened with a ticket's id it shows that one, else the first of the open ones."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._ticket, self._file_of, self._listed = "", "", False
        self.list = TicketList(desk)
        self._buttons = self._offer_acts()
        foot = [self._buttons[name] for name in ("resolve", "follow_up", "reopen", "call", "repair", "move", "seen")]
        head = [self._buttons[name] for name in ("list", "edit", "level")]
        self.view = TicketView(desk, self._note_button, [*foot, None], [*head])
        self.panels = self._make_panels()
        self.files = FileView()
        self.nothing = EmptyState(
            "ticket", say("No ticket is chosen"), say("Choose one in the list, or log a new one.")
        )
        self.pile = QStackedWidget()
        for each in (self.nothing, self.view, self.files):
            self.pile.addWidget(each)
        self.setLayout(row(self.list, (self.pile, 1), gap=20, margins=(24, 20, 24, 20)))
        self.view.side.people.body.addLayout(row(self._buttons["customer"], self._buttons["person"], None, gap=2))
        self._connect()

    def title(self) -> Words:
        return say("Tickets")

    def open(self, argument: object = None) -> None:
        if isinstance(argument, Shelf):
            self.list.show_shelf(argument)
        elif isinstance(argument, Search):
            self.list.search.setText(argument.words)
        else:
            self.list.refresh()
        if isinstance(argument, str) and argument:
            self._listed = False
            self.show_ticket(argument)
        elif self._ticket:
            self.reread()
        self.list.rows.setFocus()

    def start(self) -> QWidget | None:
        return self.list.rows

    def show_ticket(self, ticket: str) -> None:
        """Shows this ticket beside the list."""
        if ticket != self._ticket:
            self._close_panels()
        self._ticket = ticket
        self.list.choose(ticket)
        self.reread()

    def reread(self) -> None:
        """Reads the ticket of now again."""
        self.desk.read(
            ticket_page, self._ticket, look().language, done=self._show, failed=self.trouble, latest="ticket"
        )

    def on_changed(self, changes: Changes) -> None:
        if changes.touches("ticket", "ticket_event", "customer", "site", "repair", "repair_event", "staff", "unit"):
            self.list.refresh()
            if self._ticket:
                self.reread()

    def leave(self) -> bool:
        self.view.note.keep_now()
        return True

    def retranslate(self) -> None:
        self.list.retranslate()
        self.view.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # ------------------------------------------------------------------ acts

    def ask(self, name: str) -> Callable[[], None]:
        """Opens a panel above the story."""

        def run() -> None:
            if self.view.page is not None:
                self._close_panels()
                self.pile.setCurrentWidget(self.view)
                self.view.foot.hide()
                self.panels[name].ask(self.view.page)

        return run

    def start_repair(self) -> None:
        """Opens a repair for the machine of the ticket; a machine that is not on the list is registered first."""
        page = self.view.page
        if page is None or page.unit is None:
            self.tell(say("Say first which machine it is: its number belongs to the ticket."))
        elif not page.unit.id:
            self.go("unit", page.unit.printed)
        else:
            self.desk.write(
                open_repair, page.facts.id, page.unit.id, done=lambda repair: self.go("repair", repair),
                failed=self.view.trouble, owner=self,
            )  # fmt: skip

    def see_reason(self) -> None:
        """A manager has read why something was missing."""
        self.desk.write(actions.see_reason, self._ticket, done=self._reason_seen, failed=self.view.trouble)

    def close_file(self) -> None:
        """Back to the ticket."""
        self.pile.setCurrentWidget(self.view)
        self.list.rows.setFocus()

    def _can(self, what: str) -> Callable[[], bool]:
        return lambda: self.view.page is not None and bool(getattr(self.view.page, what))

    def _offer_acts(self) -> dict[str, Button]:
        made = {
            "resolve": Act("resolve", say("Resolve"), "E", self.ask("resolve"), "check", self._can("can_resolve")),
            "follow_up": Act(
                "follow_up", say("Ask how it went"), "F", self.ask("follow_up"), "phone", self._can("can_follow_up")
            ),
            "reopen": Act("reopen", say("Open again"), "O", self.ask("reopen"), "rotate-cw", self._can("can_reopen")),
            "repair": Act("repair", say("Start a repair"), "R", self.start_repair, "wrench", self._can("can_move")),
            "call": Act("call", say("Log a call"), "C", self.ask("call"), "phone", self._can("facts")),
            "move": Act("move", say("Move"), "M", self.ask("move"), "arrow-right", self._can("can_move")),
            "person": Act("hand", say("Hand to"), "H", self.ask("person"), "user-round", self._can("facts")),
            "edit": Act("edit", say("Change"), "D", self.ask("edit"), "pencil", self._can("facts")),
            "customer": Act("customer", say("Customer"), "K", self.ask("customer"), "user", self._can("customer")),
            "level": Act("level", say("Severity"), "S", self.ask("level"), "flag", self._can("can_move")),
            "list": Act("list", say("List"), "L", self.show_list, "list", self._is_covered),
            "seen": Act("seen", say("Reason read"), "G", self.see_reason, "eye", self._can("show_reason")),
        }
        quiet = ("level", "person", "list", "edit", "customer")
        dress = {"resolve": Kind.PRIMARY, "follow_up": Kind.PRIMARY} | dict.fromkeys(quiet, Kind.TEXT)
        small = dict.fromkeys(quiet, Size.COMPACT)
        buttons = {
            name: self.offer(act, dress.get(name, Kind.SECONDARY), size=small.get(name, Size.DESK))
            for name, act in made.items()
        }
        for keys, shelf in zip(("1", "2", "3", "4"), Shelf, strict=True):
            self.acts.append(Act(f"shelf_{shelf}", _SHELF_WORDS[shelf], keys, self._showing(shelf), "list-filter"))
        self.acts.append(Act("search", say("Search tickets"), "/", lambda: self.list.search.setFocus(), "search"))
        return buttons

    def _note_button(self, view: TicketView) -> Button:
        act = Act("note", say("Add a note"), "N", view.add_note, "sticky-note", self._can("facts"))
        return self.offer(act)

    def _showing(self, shelf: Shelf) -> Callable[[], None]:
        return lambda: self.list.show_shelf(shelf)

    def _make_panels(self) -> dict[str, Panel]:
        kinds: dict[str, Callable[[Desk], Panel]] = {
            "call": CallPanel, "move": MovePanel, "level": SeverityPanel, "person": PersonPanel,
            "edit": EditPanel, "customer": CustomerPanel, "reopen": ReopenPanel,
            "follow_up": FollowUpPanel, "resolve": ResolvePanel,
        }  # fmt: skip
        panels = {name: make(self.desk) for name, make in kinds.items()}
        for panel in panels.values():
            self.view.panels.addWidget(panel)
            panel.hide()
            panel.saved.connect(self._saved)
            panel.broke.connect(self.trouble)
            panel.closed.connect(self._panel_closed)
        return panels

    def _close_panels(self) -> None:
        for panel in self.panels.values():
            panel.hide()
        self.view.foot.show()

    def _saved(self, words: Words, event: str) -> None:
        self.tell(words, undo=self.view.taking_back(event) if event else None)

    def _panel_closed(self) -> None:
        self.view.foot.show()
        self.list.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ showing

    def _connect(self) -> None:
        self.list.chosen.connect(self._row_chosen)
        self.list.rows.opened.connect(self._row_opened)
        self.list.rows.clicked.connect(lambda index: self._row_opened(self.list.model.record(index.row())))
        self.list.new_asked.connect(lambda: self.go("new_ticket"))
        self.list.model.loaded.connect(self._first_row)
        self.view.went.connect(self.go)
        self.view.told.connect(lambda words, undo: self.tell(words, undo=undo))
        self.view.broke.connect(self.trouble)
        self.view.opened_file.connect(self.open_file)
        self.files.closed.connect(self.close_file)
        self.files.save_asked.connect(self._save_copy)

    def _row_chosen(self, ticket: TicketRow) -> None:
        self.show_ticket(ticket.id)

    def _row_opened(self, ticket: TicketRow) -> None:
        self._listed = False
        self._arrange()
        self.show_ticket(ticket.id)

    def _first_row(self) -> None:
        if not self._ticket and self.list.model.rowCount():
            self.show_ticket(self.list.model.record(0).id)

    def _show(self, page: Shown | None) -> None:
        if page is None:
            self.nothing.put(say("This ticket is not here yet"), say("It comes with the next exchange."))
            self.pile.setCurrentWidget(self.nothing)
            return
        self.view.show_page(page)
        for name, can in _SHOWN_WHEN.items():
            self._buttons[name].setVisible(bool(getattr(page, can)))
        if self.pile.currentWidget() is not self.files or page.facts.id != self._file_of:
            self.pile.setCurrentWidget(self.view)
        self._arrange()
        self.titled.emit()

    def show_list(self) -> None:
        """In a narrow window: the list instead of the ticket."""
        self._listed = True
        self._arrange()
        self.list.rows.setFocus()

    def _is_covered(self) -> bool:
        return self.list.isHidden()

    def _arrange(self) -> None:
        narrow = self.width() < LIST_OVER_UNDER
        self.list.setVisible(not narrow or self._listed or not self._ticket)
        self.pile.setVisible(not narrow or self.list.isHidden())
        self.list.set_width(0 if narrow else SMALL if self.width() < SMALL_UNDER else WIDTH)
        self._buttons["list"].setVisible(self._is_covered())
        self.view.set_narrow(self.width() < TIGHT_UNDER)

    def open_file(self, file: Attachment) -> None:
        """Opens an attachment inside, if its content is of a kind that is."""
        self._file_of = self._ticket

        def show(content: bytes) -> None:
            self.files.show_file(file, content)
            self.pile.setCurrentWidget(self.files)
            if file.type is FileType.PDF:
                self.desk.background(attached_pages, content, done=self._pages, failed=self._unshown, owner=self)

        self.desk.read(read_file, file.sha256, done=show, failed=self.view.trouble, owner=self)

    def _pages(self, drawn: tuple[tuple[Any, ...], int]) -> None:
        self.files.show_pages(*drawn)

    def _unshown(self, error: BaseException) -> None:
        self.close_file()
        self.view.trouble(error)

    def _save_copy(self, path: str, content: bytes) -> None:
        self.desk.background(Path(path).write_bytes, content, done=self._copied, failed=self.view.trouble)

    def _copied(self, _: int) -> None:
        self.tell(say("Copy saved"))

    def _reason_seen(self, _: object) -> None:
        self.tell(say("Marked as read"))


_SHELF_WORDS = {
    Shelf.OPEN: say("Open tickets"),
    Shelf.MINE: say("My tickets"),
    Shelf.RESOLVED: say("Tickets to ask about"),
    Shelf.ALL: say("All tickets"),
}
_SHOWN_WHEN = {
    "resolve": "can_resolve",
    "follow_up": "can_follow_up",
    "reopen": "can_reopen",
    "repair": "can_move",
    "move": "can_move",
    "level": "can_move",
    "seen": "show_reason",
    "customer": "customer",
}
