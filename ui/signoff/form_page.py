"""A sealed form: the very bytes as they will print, what became of it, print and save."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.kernel.changes import Changes
from app.kernel.messages import say
from app.language.translate import current
from app.signoff import actions
from app.signoff.rules import FormState
from app.views.form_page import FormSeen, form_page
from app.views.forms_list import STATE_WORDS
from app.workflows import papers, signing
from ui.pickers.paper_out import PaperOut, how_it_prints
from ui.signoff.rendering import Renderer
from ui.theme.buttons import Kind
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.card import EmptyState, Section, SidePanel
from ui.widgets.chip import Chip
from ui.widgets.field import Field
from ui.widgets.inputs import TextField
from ui.widgets.label import Label
from ui.widgets.layouts import Item, boxed, clear, column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.pdf_view import PdfView
from ui.widgets.pictures import Picture, images_of
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words, serial, speak, tr
from ui.work import Desk

TONES = {
    FormState.OPEN: Tone.WARN, FormState.ACCEPTED: Tone.OK, FormState.PAPER: Tone.NONE, FormState.ABSENT: Tone.NONE,
    FormState.REFUSED: Tone.STOP, FormState.SUPERSEDED: Tone.NONE,
}  # fmt: skip


class FormPage(Page):
    """Opened with the id of a sealed form."""

    customer_sees = CustomerSees.WHOLE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._id, self._file = "", ""
        self.shown: FormSeen | None = None
        self.renderer = Renderer(desk, self.trouble, self)
        self.out = PaperOut(self)
        self._title, self._number = Label("", "title"), Label("", "body", "ink2", code=True)
        self._state = Chip("", Tone.NONE)
        self.view = PdfView()
        self._making = EmptyState(
            "file-text", say("The file is being made"), say("It shows here in a moment. The signature is safe.")
        )
        self._story = column(gap=8)
        self.reason = TextField()
        self.reason_field = Field(say("What was wrong with this form"), self.reason, name="reason")
        self.answer("reason", self.reason_field.show_error)
        self._lay_out()

    def title(self) -> Words:
        return f"{self.shown.title} {serial(self.shown.number)}" if self.shown else say("Form")

    def start(self) -> QWidget | None:
        return self.view

    def open(self, argument: object = None) -> None:
        if str(argument or "") != self._id:
            self._file, self.shown = "", None
            self.view.put([])
            self.reason.clear()  # it was about the other form
            self.reason_field.clear_problem()
        self.about = self._id = str(argument or "")
        self._read()

    def on_changed(self, changes: Changes) -> None:
        if changes.touches("form_event", "acceptance", "sealed_form"):
            self._read()

    def retranslate(self) -> None:
        if self._id:
            self._read()

    def print_form(self) -> None:
        """The file itself to the printing system, else its pages through the system's dialog."""
        if self._file and self.shown is not None:
            self.out.print_file(self._file, partial(self._printed, self._id, self._file), title=self.shown.number)

    def save_copy(self) -> None:
        """The very bytes to a place that the person chooses; from now on the file is never touched again."""
        if self._file and self.shown is not None:
            saved = partial(self._saved, self._id, self._file)
            self.out.save_file(self._file, saved, name=f"{self.shown.number}.pdf")

    def save_to(self, place: str) -> None:
        """The very bytes into this file."""
        if self._file:
            self.out.save_to(self._file, partial(self._saved, self._id, self._file), place)

    def take_answer(self) -> None:
        """To the customer's signature."""
        if self.shown is not None:
            self.go("sign", self.shown.subject)

    def go_on(self) -> None:
        """To the repair that it was signed for, whose next step is one key away."""
        if self.shown is not None:
            self.go("repair", self.shown.repair)

    def correct(self) -> None:
        """A new form that names this one."""
        self.desk.write(
            signing.correct_form, self._id, reason=self.reason.text(), done=self.still(self._corrected),
            failed=self.trouble, owner=self,
        )  # fmt: skip

    # ------------------------------------------------------------------ making

    def _lay_out(self) -> None:
        self.print_button = self.offer(
            Act("print", say("Print"), "Ctrl+P", self.print_form, "printer", self._has_file), Kind.PRIMARY
        )
        self.save_button = self.offer(Act("save", say("Save a copy"), "Ctrl+S", self.save_copy, "save", self._has_file))
        self.answer_button = self.offer(
            Act("answer", say("Take the customer's answer"), "A", self.take_answer, "signature", self._is_open)
        )
        self.repair_button = self.offer(
            Act("repair", say("Go on with the repair"), "G", self.go_on, "arrow-right", self._has_repair)
        )
        correct = Button(say("Correct with a new form"), icon="file-plus", act=self.correct)
        self._how = Label("", "small", "ink2", wrap=True)
        side = SidePanel(
            Section(say("What happened"), boxed(self._story)),
            Section(say("Paper"), self.print_button, self.save_button, self._how),
            self.answer_button,
            self.repair_button,
            Section(say("Correction"), self.reason_field, correct),
            width=328,
        )
        beside = Scroll(side, width=340)
        head = row(column(row(self._title, self._state, None, gap=12), self._number, gap=2), None)
        body = row((boxed(column((self.view, 1), self._making)), 1), beside, gap=20)
        self.setLayout(column(head, (boxed(body), 1), gap=14, margins=(24, 18, 24, 20)))
        self._making.hide()

    # ----------------------------------------------------------------- showing

    def _has_repair(self) -> bool:
        return self.shown is not None and bool(self.shown.repair)

    def _has_file(self) -> bool:
        return bool(self._file)

    def _is_open(self) -> bool:
        return self.shown is not None and self.shown.state == FormState.OPEN

    def _read(self) -> None:
        self.desk.read(
            form_page, self._id, current(), done=self.still(self.show_form), failed=self.trouble, owner=self,
            latest="form",
        )  # fmt: skip

    def show_form(self, page: FormSeen) -> None:
        """Shows state, story and, when it changed, the file."""
        self.shown = page
        self._title.put(page.title)
        self._number.put(page.number)
        self._state.put(STATE_WORDS[page.state], TONES[page.state])
        self._tell_story(page)
        self.answer_button.setVisible(page.state == FormState.OPEN)
        self.repair_button.setVisible(bool(page.repair))
        self._how.put(how_it_prints())
        self._show_file(page)
        self.titled.emit()

    def _tell_story(self, page: FormSeen) -> None:
        clear(self._story)
        lines: list[Item] = [Label(speak(each), "body", wrap=True) for each in page.lines]
        for words, file in page.answers:
            lines.append(Label(speak(words), "body", wrap=True))
            if file:
                show = Button(say("Show this answer"), Kind.LINK, icon="file-text", act=partial(self._show_other, file))
                lines.append(row(show, None))
        lines.append(Label(tr("Seal {seal}", seal=serial(page.seal[:16])), "meta", "ink3"))
        self._story.addWidget(boxed(column(*lines, gap=8)))

    def _show_file(self, page: FormSeen) -> None:
        self._making.setVisible(not page.file)
        self.view.setVisible(bool(page.file))
        for button in (self.print_button, self.save_button):
            button.setEnabled(bool(page.file))
        if not page.file:
            self.renderer.render(page.id)
        elif page.file != self._file:
            self._show_other(page.file)
        self._file = page.file

    def _show_other(self, sha256: str) -> None:
        drawn = self.still(self._draw)
        self.desk.read(papers.read_file, sha256, done=drawn, failed=self.trouble, owner=self, latest="file")

    def _draw(self, pdf: bytes) -> None:
        shown = self.still(self._show_pages)
        self.desk.background(papers.page_pictures, pdf, done=shown, failed=self.trouble, owner=self, latest="pages")

    def _show_pages(self, pictures: tuple[Picture, ...]) -> None:
        self.view.put(images_of(pictures))

    # ------------------------------------------------------------------ acting

    def _printed(self, form: str, file: str, way: str) -> None:
        self.desk.write(actions.note_printed, form, sha256=file, copies=1, way=way, failed=self.trouble)
        self.tell(say("Sent to the printer"))

    def _saved(self, form: str, file: str) -> None:
        self.desk.write(actions.note_issued, form, sha256=file, way="saved", failed=self.trouble)
        self.tell(say("Copy saved"))

    def _corrected(self, draft: str) -> None:
        self.reason.clear()
        self.go("sign", ("draft", draft))
