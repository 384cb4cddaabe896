"""The number of a component as the answer of a step: the same picker, and the same three ways on, as at a repair."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.kernel.errors import UserError
from app.kernel.messages import say
from app.repairs.rules.serials import Concern, SerialEntry, SerialStop, Slot
from ui.pickers.serial import Check, SerialPicker
from ui.sop.answers import Answer, AnswerBox
from ui.theme.buttons import Size
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.layouts import column
from ui.widgets.texts import serial

MOST = 3  # as many as the keys of one hand


class SerialAnswer(AnswerBox):
    """`entry` is what the person answers for; `given` carries a photograph to be kept. What the repair has booked is a
    choice of one key."""

    given = Signal(object)

    def __init__(self, slot: Slot, check: Check, typed: str, booked: Sequence[str] = ()) -> None:
        super().__init__()
        self.picker = SerialPicker(slot, check, bench=True)
        self.booked = [self._choice(number, at) for at, number in enumerate(booked[:MOST], 1)]
        self.picker.passed.connect(self.went)
        self.picker.text.entered.connect(self._entered)
        self.picker.photographed.connect(self.given)
        self.picker.text.textChanged.connect(lambda _: self.changed.emit())
        if typed:
            self.picker.text.setText(typed)
        known = [Label(say("Booked in this repair"), "small", "ink2", weight=500)] if self.booked else []
        self.setLayout(column(*known, *self.booked, self.picker, self.picker.why, gap=10))

    def _choice(self, number: str, at: int) -> Button:
        return Button(
            serial(number), icon="check", keys=str(at), size=Size.GLOVE, leading=True,
            act=lambda: self.picker.scan(number),
        )  # fmt: skip

    def press(self, sign: str) -> bool:
        if not sign.isdecimal() or not 1 <= int(sign) <= len(self.booked):
            return False
        self.booked[int(sign) - 1].click()
        return True

    @property
    def entry(self) -> SerialEntry:
        return self.picker.entry()

    def ready(self) -> Answer | None:
        return None

    @property
    def typed(self) -> str:
        return self.picker.text.text()

    def paste(self) -> bool:
        return self.picker.paste()

    def first(self) -> QWidget | None:
        return self.booked[0] if self.booked and not self.typed else self.picker.text

    def _entered(self, typed: str) -> None:
        if not typed.strip():  # nothing to check: on, where the step was answered before; else it says what lacks
            self.went.emit()

    def show_trouble(self, error: UserError) -> None:
        """At the input that it names, or the concerns of a number that stopped the step."""
        if isinstance(error, SerialStop):
            self.show_concerns(error.concerns)
        else:
            self.picker.show_error(error)

    def show_concerns(self, concerns: Sequence[Concern]) -> None:
        """Why the step stops."""
        self.picker.show_concerns(concerns)
