"""A number that leads to no machine here: what was probably meant, and registering it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from app.views.unit_page import NoUnit
from ui.theme.buttons import Kind
from ui.theme.tones import Tone
from ui.units.unit_form import UnitForm
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.inputs import TextField
from ui.widgets.label import Icon, Label
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.texts import serial, tr
from ui.work import Desk

_NEW = say("You can register it now. It is compared with the manufacturer's list later.")
_MISREAD = say(
    "Its last character does not fit the others: a character is probably read wrong. Read the plate again. If it"
    " stands there so, register it; it is compared with the manufacturer's list later."
)


class NoUnitView(QWidget):
    """`wanted` carries another number to try, `registered` the id of a new machine, `broke` trouble that is ours."""

    wanted = Signal(str)
    registered = Signal(str)
    broke = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._typed = ""
        self._headline = Label("", "title", wrap=True)
        self._line = Label("", "body", "ink2", wrap=True)
        self._acts = row(gap=8)
        self._offers = boxed(self._acts)
        self.number = TextField(code=True, icon="scan-line")
        self.number.entered.connect(self.wanted.emit)
        self._field = Field(say("Number on the plate"), self.number, note=say("Scan, or type and press Enter"))
        self.form = UnitForm(desk, say("Register a machine"), say("Register"))
        self.form.saved.connect(lambda unit, _undo: self.registered.emit(unit))
        self.form.broke.connect(self.broke.emit)
        self.form.closed.connect(self._offers.show)
        text = column(self._headline, self._line, 4, self._offers, 6, self._field, gap=6)
        mark = boxed(column(Icon("scan-line", "ink3", 30), None))
        card = Card(row(mark, (text, 1), gap=16, margins=(20, 18, 20, 18)), tone=Tone.NONE)
        self.setLayout(column(card, self.form, gap=12))

    def show_nothing(self, found: NoUnit) -> None:
        """Says what is so, and offers the likely number first."""
        asked = not self.form.isHidden() and found.typed == self._typed  # read anew while it is being registered
        self._typed = found.typed
        clear(self._acts)
        if not asked:
            self.form.hide()
        self.number.setText(found.typed)
        if found.question:
            self._headline.put(found.question)
            self._line.put(tr("{typed} is not a number that can be right.", typed=serial(found.typed)))
            self._offer_meant(found)
        elif found.may_register:
            self._headline.put(tr("{serial} is not known here", serial=serial(found.typed)))
            self._line.put(_MISREAD if found.misread else _NEW)
        else:
            self._headline.put(say("This is not a machine number"))
            self._line.put(say("It has 14 characters, as on the plate: FD2A-2617-00428-N."))
        if found.may_register:
            kind = Kind.SECONDARY if found.question or found.misread else Kind.PRIMARY
            self._acts.addWidget(Button(say("Register this machine"), kind, icon="plus", act=self.register))
        self._acts.addStretch(1)
        self._offers.setVisible(not asked)
        if not asked:
            self.number.setFocus()
            self.number.selectAll()

    def register(self) -> None:
        """Asks for what is known of it."""
        self._offers.hide()
        self.form.begin(self._typed)

    def _offer_meant(self, found: NoUnit) -> None:
        words = (
            tr("Open {serial}", serial=serial(found.meant))
            if found.known
            else tr("Use {serial}", serial=serial(found.meant))
        )
        self._acts.addWidget(Button(words, Kind.PRIMARY, icon="check", act=partial(self.wanted.emit, found.meant)))
