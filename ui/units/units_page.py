"""All machines by serial; four digits are enough."""

from typing import Any

from PySide6.QtCore import QTimer

from app.kernel.changes import Changes
from app.kernel.messages import say
from app.language.translate import current
from app.views.unit_page import UnitCounts, UnitRow, unit_counts, unit_rows
from ui.pickers.table_out import TableOut
from ui.theme.buttons import Kind
from ui.theme.look import px
from ui.theme.tones import Tone
from ui.units.unit_form import UnitForm
from ui.widgets.card import EmptyState, framed
from ui.widgets.inputs import TextField
from ui.widgets.label import Label
from ui.widgets.layouts import column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.row_list import ONE_LINE, RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, Deliver, PagedModel
from ui.widgets.texts import Words, speak, tr, trn
from ui.work import Desk

PAUSE = 120
_STATUS = {
    "in_use": say("In use"),
    "in_stock": say("In stock"),
    "in_repair": say("In repair"),
    "on_loan": say("On loan"),
    "returned": say("Sent back"),
    "scrapped": say("Scrapped"),
}


class UnitsPage(Page):
    """A list with a search by any signs of the serial; Enter opens, a whole number opens at once."""

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._line = Label("", "body", "ink2")
        self.table = TableOut(
            desk,
            "units",
            say("Save machines as a table"),
            name=say("Machines"),
            own=say("Also telephone, e-mail and address"),
        )
        register = Act("register_unit", say("Register a machine"), "M", self.register, "plus")
        self.search = TextField(
            icon="search", code=True, hint=say("Some digits of a serial"), name=say("Find a machine")
        )
        self.search.setFixedWidth(px(280))
        self.form = UnitForm(desk, say("Register a machine"), say("Register"))
        self.form.saved.connect(lambda unit: self.go("unit", unit))
        self.form.broke.connect(self.trouble)
        self._model = PagedModel(
            [Column(say("Serial"), FIT), Column(say("Model"), FIT), Column(say("Owner")), Column(say("State"), FIT)],
            cells=_cells, key=lambda unit: unit.id, fetch=self._fetch,
        )  # fmt: skip
        self.list = RowList(self._model, name=say("Machines"), row_height=ONE_LINE)
        self.list.opened.connect(lambda unit: self.go("unit", unit.id))
        self._framed = framed(self.list)
        self._empty = EmptyState("coffee", say("No machine is found"), say("Scan a plate, or register the machine."))
        head = column(Label(say("Units"), "title"), self._line, gap=2)
        self._register = self.offer(register, Kind.PRIMARY)
        acts = row(self.table.offer_on(self), self._register, gap=8)
        top = row((head, 1), column(acts, None), gap=16)
        for panel in (self.form, self.table):
            panel.came.connect(lambda came: self._register.dress(Kind.SECONDARY if came else Kind.PRIMARY))
        self.setLayout(
            column(top, row(None, self.search), self.form, self.table, (self._framed, 1), (self._empty, 1), gap=12,
                   margins=(24, 20, 24, 20))
        )  # fmt: skip
        self._empty.hide()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._model.refresh)
        self.search.textEdited.connect(lambda: self._pause.start())
        self.search.entered.connect(self._entered)
        self._model.loaded.connect(self._loaded)

    def title(self) -> Words:
        return say("Units")

    def open(self, argument: object = None) -> None:
        self._refresh()
        self.search.setFocus()

    def on_changed(self, changes: Changes) -> None:
        if changes.touches("unit", "customer"):
            self._refresh()

    def retranslate(self) -> None:
        self._refresh()

    def register(self) -> None:
        """Asks for a new machine."""
        self.form.begin(self.search.text())

    def _refresh(self) -> None:
        self._model.refresh()
        self.desk.read(unit_counts, current(), done=self._count, failed=self.trouble)

    def _fetch(self, after: Any, limit: int, deliver: Deliver) -> None:
        like = self.search.text()
        self.desk.read(unit_rows, after, limit, current(), like, done=deliver, failed=self.trouble, owner=self)

    def _count(self, counts: UnitCounts) -> None:
        models = tr(", ").join(tr("{count} {model}", count=number, model=code) for code, _, number in counts.models)
        known = trn("{count} machine", "{count} machines", counts.all)
        self._line.put(tr("{machines}: {models}", machines=known, models=models) if models else known)

    def _entered(self, text: str) -> None:
        """The one machine that is left, or whatever the number leads to."""
        if self._model.complete and self._model.rowCount() == 1 and not self._pause.isActive():
            self.go("unit", self._model.record(0).id)
        elif text.strip():
            self.go("unit", text)

    def _loaded(self) -> None:
        nothing = self._model.rowCount() == 0
        self._framed.setVisible(not nothing)
        self._empty.setVisible(nothing)


def _cells(unit: UnitRow) -> Cells:
    number = Cell(unit.serial, code=True, weight=500)
    if not unit.confirmed:
        number = Cell(unit.serial, code=True, weight=500, icon="circle-dashed", tone=Tone.UNSURE)
    status = _STATUS.get(unit.status)
    return number, unit.model, unit.owner or "–", Cell(speak(status) if status else unit.status, ink="ink2")  # noqa: RUF001
