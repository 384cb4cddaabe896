"""Customers: the list and, beside it, the one that is chosen."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.customers.queries import SiteRow
from app.kernel.changes import Changes
from app.kernel.messages import say
from app.language.translate import current
from app.views.customer_list import CustomerCounts, CustomerLine, customer_counts, customer_lines
from app.views.customer_page import CustomerPage as Seen
from app.views.customer_page import customer_page
from ui.customers.customer_forms import CustomerForm, SiteForm
from ui.customers.customer_view import CustomerView
from ui.theme.buttons import Kind, Size
from ui.theme.look import px
from ui.widgets.button import Button
from ui.widgets.card import EmptyState, framed
from ui.widgets.inputs import TextField
from ui.widgets.label import Label
from ui.widgets.layouts import boxed, column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.row_list import TICKETS, RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, Deliver, PagedModel
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words, dotted, tr, trn
from ui.work import Desk

WIDTH, SMALL, WIDEST = 380, 330, 16_777_215  # px of the list; the last is Qt's own: no limit
SMALL_UNDER, LIST_OVER_UNDER = 1120, 900  # px of the page: narrower list; list and customer cover each other
PAUSE = 150
MINUTE = 60_000  # ms: the times at the sites go on
KINDS = ("customer", "site", "unit", "ticket", "ticket_event", "staff")


class CustomersPage(Page):
    """Opened with a customer's id it shows that one, else the first of the list."""

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.seen: Seen | None = None
        self._wanted, self._listed = "", False
        self._taking = False  # Enter came before the hits did
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._clock = QTimer(self, interval=MINUTE)
        self._make_list()
        self._make_subject()
        self.setLayout(row(self._side, (self._subject, 1), gap=20, margins=(24, 20, 24, 20)))
        self._connect()

    def title(self) -> Words:
        return self.seen.facts.name if self.seen and self._side.isHidden() else say("Customers")

    def open(self, argument: object = None) -> None:
        self._refresh()
        if argument:
            self._listed = False
            if not self.search.text().strip():
                self.list.unmark()
            self._choose(str(argument))
        elif self._wanted:
            self._read()
        self._clock.start()
        self._arrange()
        start = self.start()
        if start is not None:
            start.setFocus()

    def start(self) -> QWidget | None:
        return self._new_ticket if self._side.isHidden() else self.list if self._wanted else self.search

    def leave(self) -> bool:
        self._clock.stop()
        return True

    def on_changed(self, changes: Changes) -> None:
        if changes.touches(*KINDS):
            self._refresh()
            self._read()

    def retranslate(self) -> None:
        self._refresh()
        self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # ------------------------------------------------------------------ making

    def _make_list(self) -> None:
        self._line = Label("", "body", "ink2")
        add = Act("new_customer", say("New customer"), "N", self.new_customer, "user-plus")
        find = Act("find_customer", say("Find a customer"), "/", self._find, "search")
        self.acts.append(find)
        self.search = TextField(
            icon="search", hint=say("Name, telephone, e-mail or place"), name=say("Find a customer")
        )
        columns = [Column(say("Customer")), Column(say("Open"), FIT, end=True)]
        self.model = PagedModel(columns, cells=_cells, key=lambda each: each.id, fetch=self._fetch)
        self.list = RowList(self.model, name=say("Customers"), row_height=TICKETS)
        self.empty = EmptyState("users", "", "", Button(say("New customer"), icon="plus", act=self.new_customer))
        self._pile = QStackedWidget()
        self._pile.addWidget(self.list)
        self._pile.addWidget(self.empty)
        head = column(Label(say("Customers"), "title"), self._line, gap=2)
        top = row((head, 1), column(self.offer(add, size=Size.COMPACT), None), gap=12)
        self._side = boxed(column(top, self.search, (framed(self._pile), 1), gap=10))

    def _make_subject(self) -> None:
        there = self._is_there
        ticket = Act("ticket_for", say("New ticket for this customer"), "T", self.new_ticket, "ticket", there)
        change = Act("change_customer", say("Change"), "E", self.change, "pencil", there)
        site = Act("add_site", say("Add a site"), "S", self.add_site, "map-pin", there)
        back = Act("customers_list", say("List"), "L", self.show_list, "list", self._is_covered)
        self._new_ticket, self._change = self.offer(ticket, Kind.PRIMARY), self.offer(change)
        self._back = self.offer(back, Kind.TEXT)
        self.form, self.site_form = CustomerForm(self.desk), SiteForm(self.desk)
        site_button = self.offer(site, Kind.TEXT, size=Size.COMPACT)
        self.view = CustomerView((self._back, self._new_ticket, self._change), site_button)
        self._nothing = EmptyState("users", say("No customer is chosen"), say("Choose one in the list."))
        body = column(self.form, self.site_form, self.view, self._nothing, None, gap=12, margins=(0, 0, 6, 0))
        self._subject = Scroll(boxed(body), follows=True)
        self.view.hide()

    def _connect(self) -> None:
        self.list.chosen.connect(lambda each: self._choose(each.id))
        self.list.opened.connect(self._opened)
        self.list.clicked.connect(lambda index: self._opened(self.model.record(index.row())))
        self.model.loaded.connect(self._loaded)
        self._pause.timeout.connect(self.model.refresh)
        self.search.textEdited.connect(self._typed)
        self.search.entered.connect(lambda _: self._entered())
        self.view.went.connect(self.go)
        self.view.site_asked.connect(self.change_site)
        self._clock.timeout.connect(self._read)
        self.form.saved.connect(self._saved)
        self.site_form.saved.connect(lambda words, undo: self.tell(words, undo=undo))
        for form in (self.form, self.site_form):
            form.broke.connect(self.trouble)
            form.came.connect(lambda came: self._new_ticket.dress(Kind.SECONDARY if came else Kind.PRIMARY))
            form.closed.connect(lambda: self._new_ticket.setFocus(Qt.FocusReason.OtherFocusReason))

    # ------------------------------------------------------------------ acts

    def new_ticket(self) -> None:
        """A ticket with this customer in it."""
        if self.seen is not None:
            self.go("new_ticket", ("customer", self.seen.facts.id, self.seen.facts.name))

    def new_customer(self) -> None:
        """Asks who it is; what was searched for in vain is the name."""
        typed = self.search.text().strip() if not self.model.rowCount() else ""
        self._ask(self.form)
        self.form.begin(None, typed)

    def change(self) -> None:
        """Asks what is otherwise with this customer."""
        if self.seen is not None:
            self._ask(self.form)
            self.form.begin(self.seen.facts)

    def add_site(self) -> None:
        """Asks where else they are."""
        if self.seen is not None:
            self._ask(self.site_form)
            self.site_form.begin(self.seen.facts.id)

    def change_site(self, site: SiteRow) -> None:
        """Asks what is otherwise with this site."""
        self._ask(self.site_form)
        self.site_form.begin(site.customer, site)

    def show_list(self) -> None:
        """In a narrow window: the list instead of the customer."""
        self._listed = True
        self._arrange()
        self.list.setFocus()

    def _find(self) -> None:
        self._listed = True
        self._arrange()
        self.search.setFocus()
        self.search.selectAll()

    def _ask(self, form: CustomerForm | SiteForm) -> None:
        """One question at a time, in sight also in a narrow window."""
        self._close_forms()
        self._listed = False
        self._subject.verticalScrollBar().setValue(0)
        self._arrange(asking=True)

    def _close_forms(self) -> None:
        self.form.hide()
        self.site_form.hide()

    # ------------------------------------------------------------------ showing

    def _refresh(self) -> None:
        self.model.refresh()
        self.desk.read(customer_counts, done=self._count, failed=self.trouble, latest="count")

    def _fetch(self, after: Any, limit: int, deliver: Deliver) -> None:
        words = self.search.text()
        self.desk.read(customer_lines, words, after or "", limit, done=deliver, failed=self.trouble, owner=self)

    def _count(self, counts: CustomerCounts) -> None:
        self._line.put(trn("{count} customer", "{count} customers", counts.all))

    def _loaded(self) -> None:
        nothing = self.model.rowCount() == 0 and self.model.complete
        if nothing and self.search.text().strip():
            self.empty.put(say("No customer is found"), say("Fewer letters, or some digits of the telephone."))
        elif nothing:
            self.empty.put(say("There is no customer yet"), say("The first call, visit or e-mail brings one."))
        self._pile.setCurrentIndex(1 if nothing else 0)
        if self._taking and self.model.rowCount():
            self._taking = False
            self.list.setFocus()
            self._opened(self.model.record(0))
        elif not self._wanted and self.model.rowCount():
            self._choose(self.model.record(0).id)
        elif self._wanted and not self.list.choose(self._wanted):
            self.list.unmark()

    def _typed(self) -> None:
        self._taking = False
        self._pause.start()

    def _entered(self) -> None:
        """The first one found; Enter waits for the hits, since those of fewer letters may be somebody else."""
        self._taking = True
        if self._pause.isActive():
            self._pause.stop()
            self.model.refresh()
        elif self.model.complete:
            self._loaded()

    def _opened(self, customer: CustomerLine) -> None:
        self._listed = False
        self._arrange()
        self._choose(customer.id)

    def _choose(self, customer: str) -> None:
        if customer != self._wanted:
            self._close_forms()
        self._wanted = self.about = customer
        if not self.list.choose(customer):
            self.list.unmark()
        self._read()

    def _read(self) -> None:
        if self._wanted:
            self.desk.read(
                customer_page, self._wanted, current(), done=self._show, failed=self.trouble, latest="customer"
            )

    def _show(self, found: Seen | None) -> None:
        other = self.seen is None or found is None or found.facts.id != self.seen.facts.id
        self.seen = found
        self.view.setVisible(found is not None)
        self._nothing.setVisible(found is None)
        if found is None:
            self._nothing.put(say("This customer is not here yet"), say("They come with the next exchange."))
        else:
            self.view.show_page(found, other=other)
            if other:
                self._subject.verticalScrollBar().setValue(0)
        self.titled.emit()

    def _saved(self, customer: str, words: Words, undo: Callable[[], object] | None) -> None:
        self.tell(words, undo=undo)
        self._choose(customer)

    def _is_there(self) -> bool:
        return self.seen is not None

    def _is_covered(self) -> bool:
        return self._side.isHidden()

    def _arrange(self, *, asking: bool = False) -> None:
        narrow = self.width() < px(LIST_OVER_UNDER)
        self._side.setVisible(not narrow or self._listed or not (self._wanted or asking))
        self._subject.setVisible(not narrow or self._side.isHidden())
        wide = px(SMALL if self.width() < px(SMALL_UNDER) else WIDTH)
        self._side.setMinimumWidth(px(SMALL) if narrow else wide)
        self._side.setMaximumWidth(WIDEST if narrow else wide)
        self._back.setVisible(self._side.isHidden())


def _cells(customer: CustomerLine) -> Cells:
    below = dotted(customer.phone, customer.place)
    return Cell(customer.name, below, icon="user", weight=500), Cell(
        tr("{n}", n=customer.open) if customer.open else "", ink="ink2"
    )
