"""Tickets: the list and, beside it, the one that is chosen."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.kernel.changes import Changes
from app.kernel.messages import say
from app.tickets import actions
from app.tickets.queries import Attachment, Shelf
from app.views.ticket_list import TicketRow
from app.views.ticket_page import TicketPage as Shown
from app.views.ticket_page import ticket_page
from app.workflows.drafts import KeptDraft, newest_draft
from app.workflows.repair import open_repair
from ui.pickers.form_draft import place_of
from ui.pickers.table_out import TableOut
from ui.theme.buttons import Kind, Size
from ui.theme.look import look, px
from ui.tickets.acts import DRESS, KEYS_ALONE, PLAIN, SHOWN_KINDS, SHOWN_WHEN, SMALL_ONES, shelf_acts, ticket_acts
from ui.tickets.answers_panel import AnswersPanel
from ui.tickets.customer_panel import CustomerPanel
from ui.tickets.edit_panel import EditPanel
from ui.tickets.file_view import FileView
from ui.tickets.panels import CallPanel, FollowUpPanel, MovePanel, Panel, PersonPanel, ReopenPanel, SeverityPanel
from ui.tickets.procedure_panel import ProcedurePanel
from ui.tickets.resolve_panel import ResolvePanel
from ui.tickets.ticket_list import SMALL, WIDTH, TicketList
from ui.tickets.ticket_view import TicketView
from ui.widgets.button import Button
from ui.widgets.card import EmptyState
from ui.widgets.layouts import boxed, column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.texts import Words
from ui.work import Desk

SMALL_UNDER = 1120  # px of the page: below, the list is narrower
TIGHT_UNDER = 760  # px: below, the side column goes
BOTH_FROM = 700  # px of the page's height: below, the question where a table goes stands alone
LIST_OVER_UNDER = 1000  # px of the page: below, the list covers the subject and the subject the list


class TicketsPage(Page):
    """Opened with a ticket's id it shows that one, else the first of the open ones."""

    customer_sees = CustomerSees.LINES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._ticket, self._file_of, self._listed = "", "", False
        self._came, self._to_bring_back = False, ""
        self.list = TicketList(desk)
        self._buttons = self._offer_acts()
        at_foot = ("resolve", "follow_up", "reopen", "call", "repair", "move", "seen")
        self._foot = [self._buttons[name] for name in at_foot]
        head = [self._buttons[name] for name in ("list", "edit", "level")]
        self.view = TicketView(desk, self._note_button, [*self._foot, None], [*head], self._buttons["sight"])
        self.panels = self._make_panels()
        self.files = FileView(desk)
        self.nothing = EmptyState(
            "ticket", say("No ticket is chosen"), say("Choose one in the list, or log a new one.")
        )
        self.pile = QStackedWidget()
        for each in (self.nothing, self.view, self.files):
            self.pile.addWidget(each)
        self.table = TableOut(
            desk,
            "tickets",
            say("Save tickets as a table"),
            name=say("Tickets"),
            own=say("Also telephone, e-mail, address and the customer's words"),
        )
        self.table.came.connect(self._dress_for_table)
        self.list.head.addWidget(self.table.offer_on(self))
        self.offer(Act("import", say("Take in old tickets"), "Ctrl+Shift+O", lambda: self.go("import"), "upload"))
        self._both = boxed(row(self.list, (self.pile, 1), gap=20))
        whole = column(self.table, (self._both, 1), gap=12, margins=(24, 20, 24, 20))
        whole.addStretch(0)  # takes the room when the question stands alone
        self.setLayout(whole)
        self.view.side.people.body.addLayout(row(self._buttons["customer"], self._buttons["person"], None, gap=2))
        self.view.side.people.body.addLayout(row(self._buttons["answers"], None))
        self.view.side.runs.body.addLayout(row(self._buttons["procedure"], None))
        self.view.side.files.body.addLayout(row(self._buttons["locked"], None))
        self._connect()

    def title(self) -> Words:
        return say("Tickets")

    def for_customer(self) -> Sequence[tuple[Words, Words]]:
        return self.view.for_customer()

    def open(self, argument: object = None) -> None:
        wanted = "" if isinstance(argument, Shelf) else str(argument or "")  # a shelf is a str too, and no ticket's id
        if isinstance(argument, Shelf):
            self.list.show_shelf(argument)
        else:
            self.list.refresh()
        if wanted:
            self._listed = False
            self.show_ticket(wanted)
            self.list.seek(wanted)
        elif self._ticket:
            self.reread()
        self._came = True
        self.list.rows.setFocus()

    def start(self) -> QWidget | None:
        if not self._is_covered():
            return self.list.rows
        there = [each for each in self._foot if not each.isHidden()]
        return next((each for each in there if each.face.kind is Kind.PRIMARY), there[0] if there else None)

    def show_ticket(self, ticket: str) -> None:
        """Shows this ticket beside the list."""
        if ticket != self._ticket:
            self._close_panels()
            self._to_bring_back = ticket
        self._ticket = ticket
        self.list.choose(ticket)
        self.reread()

    def reread(self) -> None:
        """Reads the ticket of now again."""
        self.desk.read(
            ticket_page, self._ticket, look().language, done=self._show, failed=self.trouble, latest="ticket"
        )

    def on_changed(self, changes: Changes) -> None:
        if changes.touches(*SHOWN_KINDS):
            self.list.refresh()
            if self._ticket:
                self.reread()

    def leave(self) -> bool:
        self.view.note.keep_now()
        for panel in self.panels.values():
            panel.draft_kept.keep_now()
        return True

    def retranslate(self) -> None:
        self.list.retranslate()
        self.view.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self._page is not None:
            self.view.paste()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------ acts

    @property
    def _page(self) -> Shown | None:
        """The ticket that is chosen, once it is shown: in between, no act goes to the one before."""
        page = self.view.page
        return page if page is not None and page.facts.id == self._ticket else None

    def ask(self, name: str) -> Callable[[], None]:
        """Opens a panel above the story."""

        def run() -> None:
            if self._page is not None:
                self._close_panels()
                self.pile.setCurrentWidget(self.view)
                self.view.foot.hide()
                self.panels[name].ask(self._page)

        return run

    def start_repair(self) -> None:
        """Goes to the open repair, else opens one for the machine; one that is not on the list is registered first."""
        page = self._page
        if page is not None and page.open_repair:
            self.go("repair", page.open_repair)
        elif page is None or page.unit is None:
            self.tell(say("Say first which machine it is: its number belongs to the ticket."))
        elif not page.unit.id:
            self.go("unit", page.unit.printed)
        else:
            self.desk.write(
                open_repair, page.facts.id, page.unit.id, done=lambda repair: self.go("repair", repair),
                failed=self.view.trouble, owner=self,
            )  # fmt: skip

    def take_back(self) -> None:
        """Undoes the latest entry that can be."""
        if self._page is not None and self._page.latest_undoable:
            self.view.taking_back(self._page.latest_undoable)()

    def see_reason(self) -> None:
        """A manager has read why something was missing."""
        self.desk.write(actions.see_reason, self._ticket, done=self._reason_seen, failed=self.view.trouble)

    def see_sight(self) -> None:
        """What the manufacturer's people see of this ticket."""
        self.go("sight", self._ticket)

    def see_locked(self) -> None:
        """Health and identity of people, under lock."""
        self.go("locked", self._ticket)

    def close_file(self) -> None:
        """Back to the ticket."""
        self.pile.setCurrentWidget(self.view)
        self.list.rows.setFocus()

    def _can(self, what: str) -> Callable[[], bool]:
        return lambda: self._page is not None and bool(getattr(self._page, what))

    def _offer_acts(self) -> dict[str, Button]:
        runs = {
            "repair": self.start_repair, "list": self.show_list, "seen": self.see_reason, "undo": self.take_back,
            "sight": self.see_sight, "locked": self.see_locked,
            "search": self.list.search.setFocus,
        }  # fmt: skip
        made = ticket_acts(self.ask, self._can, runs, covered=self._is_covered, repair_words=self._repair_words)
        buttons = {}
        for name, act in made.items():
            if name not in KEYS_ALONE:
                buttons[name] = self.offer(
                    act, DRESS.get(name, PLAIN), size=Size.COMPACT if name in SMALL_ONES else Size.DESK
                )
        self.acts += [*(made[name] for name in KEYS_ALONE), *shelf_acts(self.list.show_shelf)]
        return buttons

    def _note_button(self, view: TicketView) -> Button:
        act = Act("note", say("Add a note"), "N", view.add_note, "sticky-note", self._can("facts"))
        return self.offer(act)

    def _make_panels(self) -> dict[str, Panel]:
        panels = {panel.place: panel for panel in (make(self.desk) for make in _PANELS)}
        for panel in panels.values():
            self.view.panels.addWidget(panel)
            panel.hide()
            panel.saved.connect(lambda words, undo: self.tell(words, undo=undo))
            panel.wanted.connect(partial(self._ask_again, panel.place))
            panel.broke.connect(self.trouble)
            panel.closed.connect(self._panel_closed)
            if isinstance(panel, ProcedurePanel):
                panel.went.connect(self.go)
            elif isinstance(panel, AnswersPanel):
                panel.noted.connect(self.view.note.take)
                panel.linked.connect(self._follow)
        return panels

    def _follow(self, kind: str, code: str) -> None:
        """Where an answer leads."""
        if kind == "part":
            self.go("parts", code)
        else:
            (self.ask("procedure") if kind == "procedure" else self.called.emit)()

    def _close_panels(self) -> None:
        for panel in self.panels.values():
            panel.put_away()
        self.view.foot.show()

    def _bring_back(self, ticket: str) -> None:
        """The panel in which something was typed for this ticket, when it was put away for something else."""
        held = next((name for name, panel in self.panels.items() if panel.draft_kept.holds(ticket)), "")
        if held:
            self._ask_again(held)
            return
        places = tuple(place_of(f"tickets.{name}", ticket) for name in self.panels)
        self.desk.read(newest_draft, places, done=self._found_typed, failed=self.trouble, latest="typed")

    def _found_typed(self, kept: KeptDraft | None) -> None:
        name, _, ticket = kept.place.removeprefix("tickets.").partition("/") if kept else ("", "", "")
        if kept is not None and ticket == self._ticket and all(panel.isHidden() for panel in self.panels.values()):
            self._ask_again(name)

    def _ask_again(self, name: str, ticket: str = "") -> None:
        possible = next((act.possible() for act in self.acts if act.name == name), False)
        if self._page is not None and possible and ticket in ("", self._ticket):
            self.view.foot.hide()
            self.panels[name].ask(self._page, quietly=True)

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
        self.files.opened.connect(self._file_open)
        self.files.troubled.connect(self._unshown)
        self.files.told.connect(self.tell)

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
        for name, can in SHOWN_WHEN.items():
            self._buttons[name].setVisible(bool(getattr(page, can)))
        self._dress_next(page)
        self._buttons["locked"].put(say("Under lock: {count}", count=page.locked) if page.locked else say("Under lock"))
        if self.pile.currentWidget() is not self.files or page.facts.id != self._file_of:
            self.pile.setCurrentWidget(self.view)
        if self._to_bring_back == page.facts.id:
            self._to_bring_back = ""
            self._bring_back(page.facts.id)
        self._arrange()
        if self._came and self._is_covered():  # the list that the keyboard was given to is not seen
            begin = self.start()
            if begin is not None:
                begin.setFocus()
        self._came = False
        self.titled.emit()

    def _repair_words(self) -> Words:
        return say("Open the repair") if self._page is not None and self._page.open_repair else say("Start a repair")

    def _dress_next(self, page: Shown) -> None:
        """The one blue button is the next step: an open repair is finished before the ticket is resolved."""
        self._buttons["repair"].put(self._repair_words())
        self._buttons["repair"].dress(Kind.PRIMARY if page.open_repair else Kind.SECONDARY)
        self._buttons["resolve"].dress(Kind.SECONDARY if page.open_repair else Kind.PRIMARY)
        self._buttons["follow_up"].dress(Kind.PRIMARY)

    def _dress_for_table(self, came: bool) -> None:
        """While it is asked where tickets go, that is the one blue button."""
        if came:
            for name in ("repair", "resolve", "follow_up"):
                self._buttons[name].dress(Kind.SECONDARY)
        elif self._page is not None:
            self._dress_next(self._page)
        self._arrange()

    def show_list(self) -> None:
        """In a narrow window: the list instead of the ticket."""
        self._listed = True
        self._arrange()
        self.list.rows.setFocus()

    def _is_covered(self) -> bool:
        return self.list.isHidden()

    def _arrange(self) -> None:
        narrow = self.width() < px(LIST_OVER_UNDER)
        self._both.setVisible(self.table.isHidden() or self.height() >= px(BOTH_FROM))
        self.list.setVisible(not narrow or self._listed or not self._ticket)
        self.pile.setVisible(not narrow or self.list.isHidden())
        self.list.set_width(0 if narrow else SMALL if self.width() < px(SMALL_UNDER) else WIDTH)
        self._buttons["list"].setVisible(self._is_covered())
        self.view.set_narrow(self.width() < px(TIGHT_UNDER))

    def open_file(self, file: Attachment) -> None:
        """Opens an attachment inside, if its content is of a kind that is."""
        self._file_of = self._ticket
        self.files.open(file)

    def _file_open(self) -> None:
        if self._file_of == self._ticket:  # else another ticket was chosen while the file was read
            self.pile.setCurrentWidget(self.files)

    def _unshown(self, error: BaseException) -> None:
        self.close_file()
        self.view.trouble(error)

    def _reason_seen(self, _: object) -> None:
        self.tell(say("Marked as read"))


_PANELS: tuple[Callable[[Desk], Panel], ...] = (
    CallPanel, MovePanel, SeverityPanel, PersonPanel, EditPanel, CustomerPanel, ReopenPanel, FollowUpPanel,
    ResolvePanel, ProcedurePanel, AnswersPanel,
)  # fmt: skip
