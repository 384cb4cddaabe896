"""What the window shows before the heavy parts are there: the newest tickets, or quiet words."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from ui.shell.wiring import FirstRow
from ui.widgets.card import EmptyState, framed
from ui.widgets.label import Label
from ui.widgets.layouts import column
from ui.widgets.row_list import TICKETS, RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, PagedModel
from ui.widgets.texts import dotted


class FirstList(QWidget):
    """The rows that `main.py` read in plain SQL, as a list that can be scrolled."""

    def __init__(self, rows: Sequence[FirstRow]) -> None:
        super().__init__()
        body: QWidget = EmptyState("hourglass", say("The desk is being opened"))
        if rows:
            columns = [Column(say("Ticket")), Column(say("Next due"), FIT, end=True)]
            model = PagedModel(columns, cells=_cells, key=lambda each: each.number)
            listed = RowList(model, name=say("Tickets"), row_height=TICKETS)
            model.fill(rows)
            body = framed(listed)
        self.setLayout(column(Label(say("Tickets"), "title"), (body, 1), gap=14, margins=(24, 20, 24, 24)))


def _cells(shown: FirstRow) -> Cells:
    below = dotted(shown.number, shown.customer)
    return Cell(shown.subject, below, weight=500), Cell(shown.due, ink="ink2")
