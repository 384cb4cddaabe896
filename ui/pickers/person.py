"""A person of the partner: initials, name or the number before it, then Enter."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from app.people.queries import StaffRow
from ui.widgets.inputs import TextField
from ui.widgets.layouts import column
from ui.widgets.row_list import ONE_LINE, RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, PagedModel


def fitting(people: Sequence[StaffRow], typed: str) -> list[StaffRow]:
    """Who is meant: a number by place, else initials that begin so, else words of the name that do."""
    wanted = typed.strip().casefold()
    if wanted.isdecimal():
        return [each for at, each in enumerate(people, 1) if str(at) == str(int(wanted))]
    return [
        each
        for each in people
        if each.initials.casefold().startswith(wanted)
        or any(word.casefold().startswith(wanted) for word in each.name.split())
    ]


class PersonPicker(QWidget):
    """`chosen` carries the staff id when Enter is pressed or a row is opened."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._people: tuple[StaffRow, ...] = ()
        self.field = TextField(icon="user-round", hint=say("Initials, name or number"), name=say("Person"))
        columns = [Column(say("Number"), FIT, end=True), Column(say("Name")), Column(say("Initials"), FIT)]
        self.model = PagedModel(columns, cells=self._cells, key=lambda each: each.id)
        self.list = RowList(self.model, name=say("People"), row_height=ONE_LINE, header=False, fit=True)
        self.setLayout(column(self.field, self.list, gap=6))
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(lambda _: self._filter())
        self.field.entered.connect(lambda _: self._take())
        self.list.opened.connect(lambda person: self.chosen.emit(person.id))

    def offer(self, people: Sequence[StaffRow], *, now: str = "") -> None:
        """Shows these people; `now` is the one who has it."""
        self._people = tuple(people)
        self.field.clear()
        self._filter()
        self.list.choose(now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def _filter(self) -> None:
        found = fitting(self._people, self.field.text()) if self.field.text().strip() else list(self._people)
        self.model.fill(found)
        if found and self.field.text().strip():
            self.list.choose(found[0].id)

    def _take(self) -> None:
        person = self.list.current
        if person is not None:
            self.chosen.emit(person.id)

    def _cells(self, person: StaffRow) -> Cells:
        at = str(self._people.index(person) + 1)
        return Cell(at, ink="ink3"), Cell(person.name, weight=500), Cell(person.initials, ink="ink2")
