"""Which procedure is begun for the ticket; with pieces from stock, where they are taken from."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from app.parts.queries import PlaceSeen
from app.views.procedures import Offer
from app.views.repair_choices import stock_places
from app.views.ticket_page import TicketPage
from app.workflows.procedures import begin_procedure, quarantine_part
from ui.tickets.panels import Panel
from ui.widgets.inputs import Choice, TextField
from ui.widgets.layouts import boxed, form_row
from ui.widgets.number import NumberField
from ui.widgets.texts import serial, tr
from ui.work import Desk


class ProcedurePanel(Panel):
    """`went` leads to the run. A part number makes the pieces go to the quarantine place in the same act."""

    place = "procedure"
    answers = ("code", "part", "shelf")
    went = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        self._fields = {}
        self._offers: tuple[Offer, ...] = ()
        self.code, self.shelf = Choice(), Choice()
        self.part, self.quantity = TextField(longest=40), NumberField(1, lowest=1, highest=9999)
        which = self.named("code", say("Procedure"), self.code)
        part = self.named("part", say("Part number, if pieces from stock are locked away"), self.part)
        shelf = self.named("place", say("From"), self.shelf)
        count = self.named("quantity", say("Quantity"), self.quantity)
        self._pieces = boxed(form_row(part, shelf, count))
        super().__init__(desk, say("Start a procedure"), say("Start"), which, self._pieces)
        self.code.chosen.connect(lambda _: self._judge())

    def fill(self, page: TicketPage) -> None:
        self._offers = page.offers
        self.code.offer([(each.code, tr("{code} {title}", code=serial(each.code), title=each.title))
                         for each in page.offers])  # fmt: skip
        if page.offers:
            self.code.choose(page.offers[0].code)
        self.part.clear()
        self.quantity.put(1)
        self.desk.read(stock_places, done=self._know, failed=self.trouble, latest="places")
        self._judge()

    def first(self) -> QWidget:
        return self.code

    def came_back(self) -> None:
        self._judge()

    def submit(self) -> None:
        self.settle()
        self.draft_kept.keep_now()
        code, ticket = str(self.code.value or ""), self.ticket

        def begun(run: str) -> None:
            self.was_saved(ticket)
            self.went.emit("sop", run)

        if self._takes_part() and self.part.text().strip():
            self.desk.write(
                quarantine_part, self.part.text(), place=str(self.shelf.value or ""),
                quantity=self.quantity.value or 0, ticket=ticket, code=code, done=begun, failed=self.trouble,
                owner=self,
            )  # fmt: skip
        else:
            self.desk.write(begin_procedure, code, ticket=ticket, done=begun, failed=self.trouble, owner=self)

    def _know(self, places: Sequence[PlaceSeen]) -> None:
        self.shelf.offer([(place.id, place.name) for place in places])

    def _takes_part(self) -> bool:
        return any(each.takes_part for each in self._offers if each.code == self.code.value)

    def _judge(self) -> None:
        self._pieces.setVisible(self._takes_part())
