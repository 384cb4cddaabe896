"""All forms: what waits for a signature first; and a place to drop a paper that is to be checked."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from app.kernel.changes import Changes
from app.kernel.messages import say
from app.language.translate import current
from app.signoff.rules import FormState
from app.views.forms_list import FormRow, forms_list
from app.workflows.verifying import Checked, verify_path, what_is_known
from ui.theme.buttons import Kind
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.card import Card, EmptyState, framed
from ui.widgets.flow import Flow
from ui.widgets.folders import DOCUMENTS, begin_in, ended_at
from ui.widgets.label import Icon, Label
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.row_list import TICKETS, RowList
from ui.widgets.rows import FIT, Cell, Column, PagedModel
from ui.widgets.texts import Words, speak, spoken
from ui.work import Desk

_COLUMNS = (
    Column(say("Form")), Column(say("Machine"), FIT), Column(say("Customer"), FIT, spare=True),
    Column(say("Signed"), FIT, spare=True), Column(say("State"), FIT),
)  # fmt: skip
_TONES = {
    None: Tone.ACCENT, FormState.OPEN: Tone.WARN, FormState.ACCEPTED: Tone.OK, FormState.REFUSED: Tone.STOP,
}  # fmt: skip
_QUIET = (FormState.ACCEPTED, FormState.PAPER, FormState.ABSENT, FormState.SUPERSEDED)


class FormsPage(Page):
    """The list of forms; a PDF dropped anywhere on it is checked."""

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAcceptDrops(True)
        self.checked: Checked | None = None
        self._said = column(gap=2)
        self.verdict = Card(self._said, bar=True)
        self.verdict.hide()
        check = self.offer(Act("verify", say("Check a signed paper"), "Ctrl+O", self.choose_file, "shield-check"))
        self.model = PagedModel(_COLUMNS, cells=self._cells, key=lambda each: each.id)
        self.list = RowList(self.model, name=say("Forms"), row_height=TICKETS)
        self.list.opened.connect(self.open_row)
        self.empty = EmptyState(
            "file-check", say("No form yet"),
            say("A form is made at a repair, when parts with a number were exchanged."),
            Button(say("To the tickets"), icon="ticket", act=lambda: self.go("tickets")),
        )  # fmt: skip
        self._table = framed(self.list)
        hint = Label(say("Drop a signed PDF anywhere on this page to check it"), "small", "ink3")
        head = Flow(Label(say("Forms"), "title"), None, hint, check, gap=14)
        self.setLayout(column(head, self.verdict, (self._table, 1), (self.empty, 1), gap=14, margins=(24, 18, 24, 20)))
        self.empty.hide()

    def title(self) -> Words:
        return say("Forms")

    def start(self) -> QWidget | None:
        return self.list

    def open(self, argument: object = None) -> None:
        self._came = True
        self._read()

    def on_changed(self, changes: Changes) -> None:
        if changes.touches("sign_form", "sealed_form", "acceptance", "form_event"):
            self._read()

    def retranslate(self) -> None:
        self._read()
        if self.checked is not None:
            self.show_verdict(self.checked)

    def open_row(self, form: FormRow) -> None:
        """A draft goes to the signature, a sealed form to its paper."""
        if form.sealed:
            self.go("form", form.sealed)
        else:
            self.go("sign", ("draft", form.id) if form.corrects else form.subject)

    def choose_file(self) -> None:
        """Asks for a file to check."""
        folder = begin_in(DOCUMENTS)
        name, _ = QFileDialog.getOpenFileName(self, spoken(say("Check a signed paper")), folder, "PDF (*.pdf)")
        ended_at(DOCUMENTS, name)
        if name:
            self.check(name)

    def check(self, path: str) -> None:
        """Is this file what was signed? The verdict comes up above the list."""
        self.desk.read(
            what_is_known, done=lambda known: self.desk.background(
                verify_path, path, known, done=self.show_verdict, failed=self.trouble, owner=self, latest="verdict"
            ), failed=self.trouble, owner=self, latest="known",
        )  # fmt: skip

    def show_verdict(self, checked: Checked) -> None:
        """A plain sentence, who signed and what is odd."""
        self.checked = checked
        clear(self._said)
        icon, ink = ("circle-check", "ok") if checked.good else ("octagon-alert", "stop")
        lines = [Label(speak(each), "body", "ink2", wrap=True) for each in checked.lines]
        words = column(Label(speak(checked.headline), "do", wrap=True, weight=600), *lines, gap=4)
        away = Button(say("Done"), Kind.TEXT, icon="x", act=self.verdict.hide)
        self._said.addWidget(boxed(row(Icon(icon, ink, 24), (boxed(words), 1), away, gap=14, margins=(20, 14, 14, 14))))
        self.verdict.set_tone(Tone.OK if checked.good else Tone.STOP)
        self.verdict.show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._papers(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for path in self._papers(event.mimeData().urls())[:1]:
            self.check(path)
        event.acceptProposedAction()

    @staticmethod
    def _papers(urls: list[QUrl]) -> list[str]:
        return [url.toLocalFile() for url in urls if url.toLocalFile().lower().endswith(".pdf")]

    def _read(self) -> None:
        self.desk.read(forms_list, current(), done=self._show, failed=self.trouble, latest="forms")

    def _show(self, rows: tuple[FormRow, ...]) -> None:
        self.model.fill(rows)
        self._table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if rows and self._came:  # the list was hidden when the page came up
            self.list.setFocus()
            if self.list.current is None:
                self.list.choose(rows[0].id)
        self._came = False

    def _cells(self, form: FormRow) -> tuple[Cell | str, ...]:
        waits = form.state not in _QUIET
        tone = _TONES.get(form.state, Tone.NONE)
        return (
            Cell(form.title, sub=form.number, sub_code=True, kind="body", weight=500),
            Cell(form.serial, code=True),
            Cell(form.customer),
            Cell(spoken(form.at), ink="ink2"),
            _state(spoken(form.state_words), tone, waits=waits, good=form.state is FormState.ACCEPTED),
        )


def _state(words: str, tone: Tone, *, waits: bool, good: bool) -> Cell:
    """What waits gets a chip, what is done a plain word."""
    if waits:
        return Cell(words, tone=tone, chip=True)
    return Cell(words, icon="circle-check" if good else "", tone=tone, ink="ink2")
