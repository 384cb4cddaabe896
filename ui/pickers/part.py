"""A spare part, found while typing: number, name in any language, machine, drawing position, old number."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from app.views.repair_choices import PartChoice
from ui.theme.buttons import Kind
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.inputs import TextField
from ui.widgets.label import Label
from ui.widgets.layouts import boxed, column, row
from ui.widgets.row_list import TWO_LINES, RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, PagedModel
from ui.widgets.texts import tr

PAUSE = 120  # ms after the last key
# find(text, deliver): `deliver` gets the choices, on the UI thread.
Find = Callable[[str, Callable[[Sequence[PartChoice]], None]], None]


class PartPicker(QWidget):
    """`picked` carries a PartChoice. Enter takes the first one found, the arrow keys another."""

    picked = Signal(object)

    def __init__(self, find: Find) -> None:
        super().__init__()
        self._find = find
        self.choice: PartChoice | None = None
        self._found_for: str | None = None
        self.text = TextField(icon="search", longest=80)
        self.field = Field(say("Part"), self.text, note=say("Number, name or drawing position"), name="part")
        self._model = PagedModel([Column(say("Part")), Column(say("In stock"), FIT, end=True)], cells=_cells, key=_key)
        self.list = RowList(self._model, name=say("Parts found"), row_height=TWO_LINES, header=False, fit=True)
        self.list.opened.connect(self.take)
        self.list.clicked.connect(lambda index: self.take(self._model.record(index.row())))
        self._name = Label("", "body", weight=600)
        self._number = Label("", "small", "ink2", code=True)
        change = Button(say("Another part"), Kind.LINK, act=self.start)
        self._chosen = boxed(row(self._name, self._number, None, change, gap=10))
        self._none = Label(say("No part is found. Try another word or the drawing position."), "small", "ink2")
        self.setLayout(column(self._chosen, self.field, self.list, self._none, gap=6))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.look)
        self.text.textEdited.connect(lambda: self._pause.start())
        self.text.entered.connect(lambda: self._enter())
        self.text.installEventFilter(self)
        self.list.hide()
        self._none.hide()
        self._chosen.hide()

    def start(self) -> None:
        """Nothing is chosen; what fits the machine is offered."""
        self.choice = None
        self._chosen.hide()
        self.field.show()
        self.text.clear()
        self.text.setFocus()
        self.look()

    def look(self) -> None:
        """Asks for what the text finds."""
        self._ask(take=False)

    def _ask(self, *, take: bool) -> None:
        typed = self.text.text()
        self._pause.stop()

        def deliver(found: Sequence[PartChoice]) -> None:
            if typed == self.text.text() and self.choice is None:
                self._show(typed, found)
                if take and found:
                    self.take(found[0])

        self._find(typed, deliver)

    def take(self, choice: PartChoice) -> None:
        """Chooses a part."""
        self.choice = choice
        self._name.put(choice.name)
        self._number.put(choice.number)
        for each in (self.field, self.list, self._none):
            each.hide()
        self._chosen.show()
        self.picked.emit(choice)

    def _show(self, typed: str, found: Sequence[PartChoice]) -> None:
        self._found_for = typed
        self._model.fill(found)
        self.list.setVisible(bool(found))
        self._none.setVisible(not found)
        if found:
            self.list.choose(found[0].number)

    def _enter(self) -> None:
        """What the text finds is waited for, then the first hit is taken: a scanner does not pause."""
        if self._found_for != self.text.text():
            self._ask(take=True)
        elif self.list.current is not None:
            self.take(self.list.current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            onward = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if onward and self._model.rowCount():
                at = self.list.currentIndex().row() + onward
                self.list.setCurrentIndex(self._model.index(max(0, min(at, self._model.rowCount() - 1)), 0))
                return True
        return False


def _key(choice: PartChoice) -> str:
    return choice.number


def _cells(choice: PartChoice) -> Cells:
    sub = choice.number
    if choice.older:
        sub = tr("{number}, replaces {older}", number=choice.number, older=choice.older)
    elif choice.newer:
        sub = tr("{number}, replaced by {newer}", number=choice.number, newer=choice.newer)
    elif not choice.fits:
        sub = tr("{number}, not listed for this machine", number=choice.number)
    name = Cell(choice.name, sub=sub, weight=500)
    stock = tr("{count} in stock", count=choice.total)
    if choice.total < 0:
        return (name, Cell(stock, icon="octagon-alert", tone=Tone.STOP))
    return (name, Cell(stock, ink="ink" if choice.total else "ink3"))
