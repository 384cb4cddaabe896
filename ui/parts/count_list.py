"""The parts of a place that is counted, each with what was expected, what was found and how they differ."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.kernel.messages import say
from app.parts.rules import Counted
from app.views.count_sheet import CountLine
from ui.theme.tones import Tone
from ui.widgets.row_list import TWO_LINES, RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, PagedModel
from ui.widgets.texts import tr


class CountList(RowList):
    """A digit typed in it goes to `digit`: it begins the number of the chosen part."""

    def __init__(self, *, digit: Callable[[str], object], cells: Callable[[CountLine], Cells]) -> None:
        columns = [
            Column(say("Part")),
            Column(say("Expected"), FIT, end=True),
            Column(say("Pieces found"), FIT, end=True),
            Column(say("Difference"), FIT, end=True),
        ]
        self.lines = PagedModel(columns, cells=cells, key=lambda line: line.number)
        super().__init__(self.lines, name=say("Parts at this place"), row_height=TWO_LINES)
        self._digit = digit

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdecimal() and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._digit(event.text())
        else:
            super().keyPressEvent(event)


def cells_of(line: CountLine, done: Counted | None, *, see: bool) -> Cells:
    """A row; what is expected is shown once the part was counted, or where somebody wants to `see` it before."""
    sub = tr("{number}, {position}", number=line.number, position=line.position) if line.position else line.number
    name = Cell(line.name, sub=sub, weight=500)
    if done is None:
        return (name, Cell(tr("{n}", n=line.expected) if see else "", ink="ink3"), "", "")
    more = done.difference > 0
    difference = tr("+{n}", n=done.difference) if more else tr("{n}", n=done.difference)
    tone, icon = (Tone.WARN, "triangle-alert") if done.difference else (Tone.OK, "circle-check")
    expected, found = tr("{n}", n=done.expected), tr("{n}", n=done.found)
    return (name, Cell(expected, ink="ink2"), Cell(found, weight=600), Cell(difference, tone=tone, icon=icon))
