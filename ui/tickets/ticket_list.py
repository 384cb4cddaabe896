"""The list of tickets: shelves, a search, rows by what is due next."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.kernel.messages import say
from app.tickets.queries import Counts, Shelf
from app.views.ticket_list import TicketRow, ticket_counts, ticket_rows
from ui.theme.look import px
from ui.theme.tones import Tone
from ui.tickets.words import KIND_ICONS, due_tone
from ui.widgets.button import Button
from ui.widgets.card import EmptyState, framed
from ui.widgets.chip import FilterChip
from ui.widgets.inputs import TextField
from ui.widgets.label import Label
from ui.widgets.layouts import column, row
from ui.widgets.row_list import TICKETS, RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, Deliver, PagedModel
from ui.widgets.texts import Words, dotted, spoken, tr
from ui.work import Desk

WIDTH, SMALL = 412, 330
WIDEST = 16_777_215  # Qt's own: no limit
PAUSE = 150

_EMPTY: dict[Shelf, tuple[str, Words, Words]] = {
    Shelf.OPEN: ("circle-check", say("No ticket is open"), say("A new one shows here as soon as it is saved.")),
    Shelf.MINE: ("circle-check", say("Nothing waits for you"), say("Tickets that are handed to you show here.")),
    Shelf.RESOLVED: ("phone", say("Nobody is to be asked how it went"), say("Resolved tickets wait here for a call.")),
    Shelf.ALL: ("ticket", say("There is no ticket yet"), say("The first call, visit or e-mail becomes one.")),
}


class TicketList(QWidget):
    """`chosen` carries the row under the cursor; `new_asked` that somebody wants to log a ticket."""

    chosen = Signal(object)
    new_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self.shelf, self._wanted = desk, Shelf.OPEN, ""
        self._seeking = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.refresh)
        self.search = TextField(icon="search", hint=say("Any word, number or name"), name=say("Search tickets"))
        self.search.textChanged.connect(lambda _: self._timer.start())
        self.shelves = {shelf: FilterChip("", on=shelf is Shelf.OPEN) for shelf in Shelf}
        for shelf, chip in self.shelves.items():
            chip.clicked.connect(lambda _, each=shelf: self.show_shelf(each))
        columns = [Column(say("Ticket")), Column(say("When"), FIT, end=True)]
        self.model = PagedModel(columns, cells=_cells, key=lambda each: each.id, fetch=self._fetch)
        self.rows = RowList(self.model, name=say("Tickets"), row_height=TICKETS)
        self.rows.chosen.connect(self.chosen)
        new = Button(say("New ticket"), icon="plus", act=self.new_asked.emit)
        self.empty = EmptyState("circle-check", "", "", new)
        self.pile = QStackedWidget()
        self.pile.addWidget(self.rows)
        self.pile.addWidget(self.empty)
        self.model.loaded.connect(self._loaded)
        self.head = row(Label(say("Tickets"), "title"), None)
        chips = row(*self.shelves.values(), None, gap=2)
        self.setLayout(column(self.head, self.search, chips, (framed(self.pile), 1), gap=10))
        self.set_width(WIDTH)
        self._counts(Counts(0, 0, 0, 0))

    def show_shelf(self, shelf: Shelf) -> None:
        """Shows another shelf from its start."""
        self._seeking = False
        self._turn_to(shelf)

    def _turn_to(self, shelf: Shelf) -> None:
        self.shelf = shelf
        for each, chip in self.shelves.items():
            chip.setChecked(each is shelf)
        self.refresh()

    def refresh(self) -> None:
        """Reads rows and counts again; place and choice stay."""
        self.model.refresh()
        self._desk.read(ticket_counts, self._person(), done=self._counts, latest="counts")

    def set_width(self, width: int) -> None:
        """Takes this width, or with 0 all there is."""
        self.setMinimumWidth(px(width or SMALL))
        self.setMaximumWidth(px(width) or WIDEST)

    def choose(self, ticket: str) -> None:
        """Puts the cursor on a ticket, now or when its row has been read; till then no row is marked."""
        self._wanted, self._seeking = ticket, False
        self._mark()

    def seek(self, ticket: str) -> None:
        """Puts the cursor on a ticket; where the shelf does not hold it, the search and then the shelf give way."""
        self._wanted, self._seeking = ticket, True
        self._mark()

    def retranslate(self) -> None:
        """Writes the chips anew."""
        self._counts(self._known)

    def _person(self) -> str:
        return self._desk.actor.person if self._desk.actor else ""

    def _fetch(self, after: str | None, limit: int, deliver: Deliver) -> None:
        self._desk.read(
            ticket_rows, self.shelf, person=self._person(), words=self.search.text(), after=after or "", limit=limit,
            done=deliver, owner=self,
        )  # fmt: skip

    def _counts(self, counts: Counts) -> None:
        self._known = counts
        words = {
            Shelf.OPEN: tr("Open {count}", count=counts.open),
            Shelf.MINE: tr("Mine {count}", count=counts.mine),
            Shelf.RESOLVED: tr("To ask {count}", count=counts.resolved),
            Shelf.ALL: tr("All {count}", count=counts.all),
        }
        for shelf, chip in self.shelves.items():
            chip.put(words[shelf])

    def _loaded(self) -> None:
        nothing = self.model.rowCount() == 0 and self.model.complete
        if nothing and self.search.text().strip():
            self.empty.put(say("No ticket holds these words"), say("Fewer letters or another word may find it."))
        elif nothing:
            self.empty.put(*_EMPTY[self.shelf][1:])
        self.pile.setCurrentIndex(1 if nothing else 0)
        if self._wanted:
            self._mark()

    def _mark(self) -> None:
        marked = self.rows.current
        if (marked is not None and marked.id == self._wanted) or self.rows.choose(self._wanted):
            self._seeking = False
            return
        self.rows.unmark()
        if self._seeking and self.model.complete:
            self._widen()

    def _widen(self) -> None:
        """Takes away what keeps the sought ticket out of the list: first the search, then the shelf."""
        if self.search.text().strip():
            self.search.clear()
            self.refresh()
        elif self.shelf is not Shelf.ALL:
            self._turn_to(Shelf.ALL)
        else:
            self._seeking = False


def _cells(ticket: TicketRow) -> Cells:
    below = dotted(ticket.customer, ticket.number.rsplit("-", 1)[-1])
    tone = due_tone(ticket.due)
    icon = KIND_ICONS.get(ticket.kind, "ticket")
    subject = Cell(ticket.title, below, icon=icon, weight=500)
    if ticket.due is None:
        return subject, Cell(spoken(ticket.last), ink="ink3")
    text = tr("now") if tone is Tone.STOP else spoken(ticket.due.when)
    return subject, Cell(text, tone=tone, weight=600 if tone is not Tone.NONE else 0, ink="ink2")
