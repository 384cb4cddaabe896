"""Several of a list: a box for each, side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.inputs import CheckBox
from ui.widgets.layouts import clear
from ui.widgets.wrapping import Wrap


class Ticks(QWidget):
    """`value` are the codes of the boxes that are ticked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._boxes: dict[str, CheckBox] = {}
        self._wrap = Wrap(gap=16)
        self.setLayout(self._wrap)

    @property
    def value(self) -> tuple[str, ...]:
        """What is ticked, in the order of the boxes."""
        return tuple(code for code, each in self._boxes.items() if each.isChecked())

    @property
    def first(self) -> CheckBox | None:
        """The box where the keyboard begins."""
        return next(iter(self._boxes.values()), None)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """A box for each code; nothing is ticked."""
        if set(self._boxes) != {code for code, _ in choices}:
            clear(self._wrap)
            self._boxes = {code: self._box(text) for code, text in choices}
        self.restore(())

    def restore(self, codes: Sequence[str]) -> None:
        """Ticks these, and no other."""
        for code, each in self._boxes.items():
            each.setChecked(code in codes)

    def kept(self) -> list[str]:
        """What is ticked, as a draft keeps it."""
        return list(self.value)

    def _box(self, text: str) -> CheckBox:
        box = CheckBox(text, act=lambda _: self.changed.emit())
        self._wrap.addWidget(box)
        return box
