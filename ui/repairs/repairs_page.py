"""Where is my machine? Open repairs with their state and who has them; the other half are those that ended lately."""

from functools import partial

from app.kernel.changes import Changes
from app.kernel.messages import say
from app.views.repair_list import RepairRow, repairs_lately, repairs_on_bench
from ui.theme.tones import Tone
from ui.widgets.card import EmptyState, framed
from ui.widgets.label import Label
from ui.widgets.layouts import column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.row_list import TWO_LINES, RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, PagedModel
from ui.widgets.texts import Words, spoken, tr, trn
from ui.widgets.toggle import Toggle
from ui.work import Desk

KINDS = ("repair", "repair_event", "ticket", "unit", "customer", "staff")
OPEN, OVER = "open", "over"


class RepairsPage(Page):
    """A list; Enter opens a repair, O and V choose the half."""

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._line = Label("", "body", "ink2")
        self.half = Toggle([(OPEN, say("Open")), (OVER, say("Over"))], name=say("Repairs"))
        self.half.chosen.connect(lambda _: self._read())
        for half, words, keys in ((OPEN, say("Open repairs"), "O"), (OVER, say("Repairs that are over"), "V")):
            self.acts.append(Act(f"repairs_{half}", words, keys, partial(self.show_half, half), "list-filter"))
        self.model = PagedModel(
            [Column(say("Machine")), Column(say("Serial"), FIT), Column(say("Ticket"), FIT, spare=True),
             Column(say("State"), FIT), Column(say("Since"), FIT, spare=True),
             Column(say("Responsible"), FIT, spare=True)],
            cells=_cells, key=lambda each: each.repair,
        )  # fmt: skip
        self.list = RowList(self.model, name=say("Repairs"), row_height=TWO_LINES)
        self.list.opened.connect(lambda each: self.go("repair", each.repair))
        self._framed = framed(self.list)
        self._empty = EmptyState("wrench", "")
        head = column(Label(say("Repairs"), "title"), self._line, gap=2)
        top = row((head, 1), column(self.half, None), gap=16)
        self.setLayout(column(top, (self._framed, 1), (self._empty, 1), gap=12, margins=(24, 20, 24, 20)))
        self._empty.hide()

    def title(self) -> Words:
        return say("Repairs")

    def open(self, argument: object = None) -> None:
        self._read()
        self.list.setFocus()

    def on_changed(self, changes: Changes) -> None:
        if changes.touches(*KINDS):
            self._read()

    def retranslate(self) -> None:
        self._read()

    def show_half(self, half: str) -> None:
        """The open repairs, or those that are over."""
        self.half.choose(half)
        self._read()

    def _read(self) -> None:
        query = repairs_on_bench if self.half.value == OPEN else repairs_lately
        self.desk.read(query, done=self._show, failed=self.trouble, latest="repairs")

    def _show(self, found: tuple[RepairRow, ...]) -> None:
        self.model.fill(found)
        if found and self.list.hasFocus() and self.list.current is None:  # the keyboard came before the rows
            self.list.choose(found[0].repair)
        self._framed.setVisible(bool(found))
        self._empty.setVisible(not found)
        waiting = sum(each.waiting for each in found)
        if self.half.value == OPEN:
            self._empty.put(say("No machine is on the bench"), say("A repair begins at its ticket or its machine."))
            told = trn("{count} open repair", "{count} open repairs", len(found))
            self._line.put(tr("{repairs}, {count} waiting", repairs=told, count=waiting) if waiting else told)
        else:
            self._empty.put(say("No repair is over yet"), say("A repair shows here once the machine was handed back."))
            self._line.put(trn("{count} repair that ended lately", "{count} repairs that ended lately", len(found)))


def _cells(each: RepairRow) -> Cells:
    state = Cell(spoken(each.step))
    if each.waiting:
        state = Cell(spoken(each.step), icon="hourglass", tone=Tone.WARN)
    return (
        Cell(each.title or tr("Repair"), each.customer, weight=500),
        Cell(each.serial, code=True),
        Cell(each.number, code=True),
        state,
        Cell(spoken(each.since), ink="ink2"),
        Cell(each.responsible or tr("Nobody"), ink="ink2"),
    )
