"""Procedures at a machine: those that run, and which one is begun."""

from functools import partial

from PySide6.QtCore import Signal

from app.kernel.messages import say
from app.views.unit_page import UnitPage
from app.workflows.procedures import begin_procedure
from ui.theme.buttons import Kind, Size
from ui.widgets.button import Button
from ui.widgets.card import Section
from ui.widgets.field import Field
from ui.widgets.inputs import Choice
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.panel import Panel
from ui.widgets.texts import serial, tr
from ui.work import Desk


class ProcedureForm(Panel):
    """`begun` carries the id of the run."""

    begun = Signal(str)

    def __init__(self, desk: Desk) -> None:
        self.desk, self.unit = desk, ""
        self.code = Choice()
        self._titles: dict[str, str] = {}
        which = Field(say("Procedure"), self.code, name="code")
        super().__init__(say("Start a procedure"), say("Start"), which)
        self.name_fields(which)

    def begin(self, seen: UnitPage) -> None:
        """Comes up for a machine."""
        self.unit = seen.id
        self._titles = {each.code: each.title for each in seen.offers}
        self.code.offer([(each.code, tr("{code} {title}", code=serial(each.code), title=each.title))
                         for each in seen.offers])  # fmt: skip
        self.ask()

    def submit(self) -> None:
        self.settle()
        code = str(self.code.value or "")
        self.desk.write(
            begin_procedure, code, unit=self.unit, title=self._titles.get(code, ""), done=self._begun,
            failed=self.show_trouble, owner=self,
        )  # fmt: skip

    def _begun(self, run: str) -> None:
        self.hide()
        self.begun.emit(run)


class RunsSection(Section):
    """The procedures that were run at the machine, newest first; `opened` carries the id of one."""

    opened = Signal(str)

    def __init__(self) -> None:
        self._lines = column(gap=4)
        super().__init__(say("Procedures"), boxed(self._lines))

    def show_runs(self, seen: UnitPage) -> None:
        """Hidden while there are none."""
        clear(self._lines)
        for each in seen.runs:
            words = tr("{title}: {state}", title=each.title, state=each.words)
            act = partial(self.opened.emit, each.id)
            self._lines.addLayout(row(Button(words, Kind.LINK, icon="list-checks", size=Size.COMPACT, act=act), None))
        self.setVisible(bool(seen.runs))
