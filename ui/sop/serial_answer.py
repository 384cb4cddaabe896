"""The number of a component as the answer of a step: the same picker, and the same three ways on, as at a repair."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.kernel.errors import UserError
from app.repairs.rules.serials import Concern, SerialEntry, SerialStop, Slot
from ui.pickers.serial import Check, SerialPicker
from ui.sop.answers import Answer, AnswerBox
from ui.widgets.layouts import column


class SerialAnswer(AnswerBox):
    """`entry` is what the person answers for; `given` carries a photograph to be kept."""

    given = Signal(object)

    def __init__(self, slot: Slot, check: Check, typed: str) -> None:
        super().__init__()
        self.picker = SerialPicker(slot, check)
        self.picker.passed.connect(self.went)
        self.picker.text.entered.connect(self._entered)
        self.picker.photographed.connect(self.given)
        self.picker.text.textChanged.connect(lambda _: self.changed.emit())
        if typed:
            self.picker.text.setText(typed)
        self.setLayout(column(self.picker, self.picker.why, gap=10))

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
        return self.picker.text

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
