"""One customer: how to reach them, the last word with them, where it is what time, their machines and cases."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.kernel.messages import Message, say
from app.views.customer_page import Contact, CustomerFact, CustomerPage, MachineLine, SiteSeen
from app.views.ticket_list import TicketRow
from ui.theme.buttons import Kind, Size
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.card import Section
from ui.widgets.chip import Chip
from ui.widgets.label import Icon, Label, Prose
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.row_list import ONE_LINE, TWO_LINES, RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, PagedModel
from ui.widgets.texts import Words, breakable, dotted, spoken, tr, trn
from ui.widgets.wrapping import Wrap

LONGEST_WORD = 400  # characters of the last contact: the whole stands in its ticket
MOST_PAST = 8  # cases that are over, until one asks for all of them


class CustomerView(QWidget):
    """`went` carries a place and its argument, `site_asked` the site that is to be changed."""

    went = Signal(str, object)
    site_asked = Signal(object)

    def __init__(self, acts: Sequence[Button], site_button: Button) -> None:
        super().__init__()
        self._all_past = False
        self._page: CustomerPage | None = None
        self.name = Label("", "title", wrap=True, select=True)
        self.first = Chip(say("First time with us"), Tone.ACCENT, icon="star")
        self._facts = Wrap(gap=28, line_gap=10)
        self.note = Prose("", select=True)
        self._last = column(gap=4)
        self.last = Section(say("Last contact"), boxed(self._last))
        self._sites = column(gap=10)
        self.sites = Section(say("Sites"), boxed(self._sites), right=site_button)
        self.machines = _Table(
            say("Machines"), (Column(say("Machine")), Column(say("Serial"), FIT)), _machine_cells, TWO_LINES
        )
        columns = (Column(say("Ticket")), Column(say("State"), FIT), Column(say("When"), FIT, end=True, spare=True))
        self.open = _Table(say("Open cases"), columns, _ticket_cells, ONE_LINE)
        self.past = _Table(say("Past cases"), columns, _ticket_cells, ONE_LINE)
        self.more = Button("", Kind.TEXT, size=Size.COMPACT, icon="chevron-down", act=self._show_all)
        self.past.body.addLayout(row(12, self.more, None, gap=0))
        for table, place in ((self.machines, "unit"), (self.open, "ticket"), (self.past, "ticket")):
            table.asked.connect(partial(self.went.emit, place))
        head = row((boxed(column(self.name, gap=0)), 1), column(self.first, None), gap=12)
        self.setLayout(
            column(
                head, boxed(Wrap(*acts)), boxed(self._facts), self.note, self.last, self.open, self.machines,
                self.sites, self.past, None, gap=12,
            )
        )  # fmt: skip

    def show_page(self, page: CustomerPage, *, other: bool) -> None:
        """Shows a customer; `other` when it is not the one that was shown before."""
        self._all_past = self._all_past and not other
        self._page = page
        self.name.put(breakable(page.facts.name))
        self.first.setVisible(page.first_time)
        clear(self._facts)
        for fact in page.told:
            self._facts.addWidget(_fact(fact))
        self.note.put(breakable(page.facts.note))
        self.note.setVisible(bool(page.facts.note))
        self._show_last(page.last)
        self._show_sites(page.sites)
        self.machines.fill(page.machines, say("No machine is known. It shows here when its owner is."))
        self.open.fill(page.open, say("Nothing is open."))
        self._show_past(page)

    def _show_last(self, last: Contact | None) -> None:
        clear(self._last)
        if last is None:
            self._last.addWidget(Label(say("Nobody has written down a word with them yet."), "body", "ink2", wrap=True))
            return
        go = Button(
            say("Open its ticket"), Kind.TEXT, size=Size.COMPACT, icon="ticket",
            act=partial(self.went.emit, "ticket", last.ticket),
        )  # fmt: skip
        self._last.addLayout(
            row((Label(last.title, weight=600, wrap=True), 1), Label(last.when, "small", "ink2"), gap=10)
        )
        text = Prose(breakable(_shortened(last.text)), ink="ink")
        self._last.addLayout(row((text, 1), column(None, go), gap=10))

    def _show_sites(self, sites: Sequence[SiteSeen]) -> None:
        clear(self._sites)
        for each in sites:
            self._sites.addWidget(self._site(each))
        if not sites:
            self._sites.addWidget(Label(say("No site is known."), "body", "ink2", wrap=True))

    def _site(self, each: SiteSeen) -> QWidget:
        site = each.row
        change = Button(
            "", Kind.TEXT, size=Size.COMPACT, icon="pencil", name=say("Change {site}", site=site.name),
            act=partial(self.site_asked.emit, site),
        )  # fmt: skip
        clock = tr(", ").join(spoken(said) for said in (each.there, each.apart) if said is not None)
        address = [Label(breakable(site.address), "small", "ink2", wrap=True)] if site.address else []
        name = Label(breakable(site.name), weight=500, wrap=True)
        text = column(name, *address, Label(clock, "small", "ink2", wrap=True), gap=2)
        return boxed(row(column(Icon("map-pin"), None), (boxed(text), 1), column(change, None), gap=10))

    def _show_past(self, page: CustomerPage) -> None:
        shown = page.past if self._all_past else page.past[:MOST_PAST]
        self.past.fill(shown, say("Nothing has ended yet."))
        rest = len(page.past) - len(shown)
        self.more.setVisible(rest > 0)
        self.more.put(trn("{count} more", "{count} more", rest))

    def _show_all(self) -> None:
        self._all_past = True
        if self._page is not None:
            self._show_past(self._page)
            self.past.rows.setFocus()


class _Table(Section):
    """A short list under its head; in its place a sentence while it is empty. `asked` carries the id of a row that was
    pressed, or that Enter was pressed on."""

    asked = Signal(str)

    def __init__(
        self, title: Message, columns: Sequence[Column], cells: Callable[[Any], Cells], row_height: int
    ) -> None:
        self.model = PagedModel(columns, cells=cells, key=lambda each: each.id)
        self.rows = RowList(self.model, name=title, row_height=row_height, header=False, fit=True)
        self._none = Label("", "body", "ink2", wrap=True)
        self._nothing = boxed(row((self._none, 1), margins=(14, 0, 14, 8)))
        super().__init__(title, self.rows, self._nothing, edge_to_edge=True, gap=6)
        self.rows.opened.connect(lambda each: self.asked.emit(each.id))
        self.rows.clicked.connect(lambda index: self.asked.emit(self.model.record(index.row()).id))

    def fill(self, records: Sequence[TicketRow | MachineLine], nothing: Words) -> None:
        """Shows these, or says that there is nothing."""
        self.model.fill(records)
        self.rows.setVisible(bool(records))
        self._none.put(nothing)
        self._nothing.setVisible(not records)


def _fact(fact: CustomerFact) -> QWidget:
    value = Label(fact.value, "body", weight=500, code=fact.code, select=True)
    return boxed(column(Label(fact.label, "meta", "ink3"), value, gap=1))


def _machine_cells(machine: MachineLine) -> Cells:
    return Cell(machine.model, machine.site, icon="coffee", weight=500), Cell(machine.serial, code=True)


def _ticket_cells(ticket: TicketRow) -> Cells:
    number = ticket.number.rsplit("-", 1)[-1]
    matter = Cell(dotted(ticket.title, number), icon="ticket", weight=500)
    return matter, Cell(spoken(ticket.state_words), ink="ink2"), Cell(spoken(ticket.last), ink="ink3")


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_WORD else f"{text[: LONGEST_WORD - 1]}…"
