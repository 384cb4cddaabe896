"""A list leaves the desk as a table: a workbook or CSV, in place, with what it holds said before."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import Message, say, say_count
from app.kernel.stopping import Stop, Stopped
from app.workflows.exporting import export_table
from app.workflows.table_file import Format
from ui.theme.buttons import Kind, Size
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.folders import DOCUMENTS, begin_in, ended_at
from ui.widgets.inputs import CheckBox, Choice
from ui.widgets.label import Prose
from ui.widgets.layouts import row
from ui.widgets.page import Act, Page
from ui.widgets.panel import Panel
from ui.widgets.progress import Progress, Steps
from ui.widgets.texts import spoken
from ui.work import Desk

KEYS = "Ctrl+Shift+T"
_FORMATS = [
    (Format.XLSX, say("Workbook (XLSX), for Excel and LibreOffice")),
    (Format.CSV, say("Plain table (CSV), for other programs")),
]
_NAMES = {Format.XLSX: say("Workbooks (*.xlsx)"), Format.CSV: say("Tables (*.csv)")}


class TableOut(Panel):
    """`TableOut(desk, "tickets", say("Save tickets as a table"), name=say("Tickets"), own=say("Also …"))`; `saved`
    carries what to say. `own` asks for what is the partner's alone, where the table names people; else None."""

    saved = Signal(object)

    def __init__(self, desk: Desk, what: str, title: Message, *, name: Message, own: Message | None) -> None:
        self.desk, self._what, self._title, self._name = desk, what, title, name
        self._stop = Stop()
        self.form = Choice(_FORMATS)
        self.own = CheckBox(own or "")
        self.progress, self._steps = Progress(), Steps()
        holds = say("It holds customers' names and is not encrypted. Delete it when it is no longer needed.")
        plain = say("It is not encrypted. Delete it when it is no longer needed.")
        form = Field(say("What kind of file"), self.form, name="format")
        super().__init__(
            title, say("Save"), row((form, 1), None), self.own, Prose(holds if own else plain), self.progress,
            icon="download",
        )  # fmt: skip
        self.own.setVisible(own is not None)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.name_fields(form)
        self._steps.setParent(self)
        self._steps.moved.connect(self.progress.put)

    def offer_on(self, page: Page) -> Button:
        """Makes it an act of the page, on its key and in the palette; a small button for it."""
        page.offer(Act("save_table", self._title, KEYS, self.ask, "download"))
        self.broke.connect(page.trouble)
        self.saved.connect(page.tell)
        return Button(say("Save as a table"), Kind.TEXT, size=Size.COMPACT, icon="download", act=self.ask)

    def first(self) -> QWidget:
        return self.form

    def submit(self) -> None:
        """Asks where, and writes it there."""
        if not self.save.isEnabled():
            return
        self.settle()
        form = Format(self.form.value)
        proposed = begin_in(DOCUMENTS, f"{spoken(self._name)} {date.today().isoformat()}.{form}")
        place, _ = QFileDialog.getSaveFileName(self, spoken(self._title), proposed, spoken(_NAMES[form]))
        ended_at(DOCUMENTS, place)
        if place:
            self.save_to(place)

    def save_to(self, place: str) -> None:
        """Writes it; a name that was typed without its ending gets it, and then overwrites nothing."""
        form, path = Format(self.form.value), Path(place)
        if path.suffix.lower() != f".{form}":
            path = path.with_name(f"{path.name}.{form}")
            if path.exists():
                taken = say("There is a file named {name} already. Choose another name.", name=path.name)
                self.show_trouble(UserError(Trouble.BAD_INPUT, taken))
                return
        self._stop = Stop()
        self.save.setEnabled(False)
        self.progress.start(say("Writing the table"), cancel=self._stop.ask)
        self.desk.read(
            export_table, self._what, path, form, own=self.own.isChecked(), bom=True,
            progress=self._steps.heeding(self._stop), done=lambda rows: self._done(path, rows), failed=self._failed,
            owner=self,
        )  # fmt: skip

    def _done(self, path: Path, rows: int) -> None:
        self._over()
        self.close_panel()
        self.saved.emit(say_count("{count} row saved: {name}", "{count} rows saved: {name}", rows, name=path.name))

    def _failed(self, error: BaseException) -> None:
        self._over()
        if isinstance(error, Stopped):
            self.saved.emit(say("Called off. No file was written."))
        else:
            self.show_trouble(error)

    def _over(self) -> None:
        self.progress.finish()
        self.save.setEnabled(True)
