"""All steps in one view: limit beside what was seen, who and when; space ticks."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from app.sop.rules import State
from app.views.sop_run import RunPage, StepSeen
from ui.theme.tones import Tone
from ui.widgets.card import framed
from ui.widgets.keys import is_enter
from ui.widgets.layouts import column
from ui.widgets.row_list import RowList
from ui.widgets.rows import FIT, Cell, Column, PagedModel
from ui.widgets.texts import spoken, tr

_COLUMNS = (
    Column(say("Phase"), FIT), Column(say("Step"), FIT, end=True), Column(say("What to do")), Column(say("Limit"), FIT),
    Column(say("What was seen"), FIT), Column(say("When, who"), FIT), Column(say("State"), FIT),
)  # fmt: skip


class StepsList(QWidget):
    """`fill(page)`; `ticked` carries the step of Space, `opened` the one of Enter or a double click. `ended` is Enter
    where all is done: the button below says that it finishes."""

    ticked = Signal(object)
    opened = Signal(object)
    chosen = Signal(object)
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._page: RunPage | None = None
        self.model = PagedModel(_COLUMNS, cells=self._cells, key=lambda step: step.code)
        self.list = RowList(self.model, name=say("Steps"))
        self.list.opened.connect(self.opened)
        self.list.chosen.connect(self.chosen)
        self.list.installEventFilter(self)
        self.setLayout(column((framed(self.list), 1), margins=(24, 16, 24, 16)))

    def fill(self, page: RunPage, here: str) -> None:
        """Shows the steps; the cursor goes to `here`."""
        self._page = page
        self.model.fill(page.steps)
        self.list.choose(here)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            if self.list.current is not None and not event.isAutoRepeat():
                self.ticked.emit(self.list.current)
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and is_enter(event) and self._at_end:
            if not event.isAutoRepeat():
                self.ended.emit()
            return True
        return super().eventFilter(watched, event)

    @property
    def _at_end(self) -> bool:
        return self._page is not None and self._page.can_complete and not self._page.current

    def _cells(self, step: StepSeen) -> tuple[Cell | str, ...]:
        here = self._page is not None and self._page.current == step.code
        return (
            Cell(self._phase(step), ink="ink2", weight=600),
            Cell(tr("{number}", number=step.number), ink="ink2"),
            Cell(step.text, kind="body", weight=600 if here else 400),
            Cell(spoken(step.limits), ink="ink2"),
            Cell(spoken(step.seen), weight=600),
            Cell(spoken(step.when), ink="ink2"),
            self._state(step, here),
        )

    def _phase(self, step: StepSeen) -> str:
        """The part's name at its first step only."""
        before = [each for each in self._page.steps if each.number == step.number - 1] if self._page else []
        return "" if before and before[0].phase == step.phase else step.phase

    @staticmethod
    def _state(step: StepSeen, here: bool) -> Cell:
        words = spoken(step.state_words)
        if step.state == State.DONE:
            return Cell(words, icon="circle-check", tone=Tone.OK, ink="ink2")
        if step.state == State.OUTSIDE:
            return Cell(words, tone=Tone.STOP, chip=True)
        if step.state != State.OPEN:
            return Cell(words, tone=Tone.UNSURE, chip=True)
        if here:
            return Cell(tr("Here"), tone=Tone.ACCENT, icon="circle-dot", ink="accent")
        if step.locked:
            return Cell(tr("Locked"), icon="lock", ink="ink2")
        return Cell(tr("Second person"), icon="users", ink="ink2") if step.second_person else Cell("")
