"""Two signatures, two acts: the technician's seal, then the customer's answer. The whole window is theirs."""

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.kernel.changes import Changes
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import Message, say
from app.language.languages import LANGUAGES
from app.signoff.rules import Ink, Outcome
from app.workflows import signing
from app.workflows.sign_page import SignPageSeen, sign_page, where_to_sign
from app.workflows.signing import Answer, Hand
from ui.signoff.matter import Matter
from ui.signoff.other_ways import OtherWays
from ui.signoff.rendering import Renderer
from ui.theme.buttons import Kind, Size
from ui.theme.look import colour
from ui.widgets.button import Button, crisis_button
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextField
from ui.widgets.label import Label
from ui.widgets.layouts import column, form_row, row
from ui.widgets.pad import Pad
from ui.widgets.page import Act, Page
from ui.widgets.problem import Problem
from ui.widgets.stages import Stage, StagesLine
from ui.widgets.texts import Words, listed, spoken, tr
from ui.work import Desk


class SignPage(Page):
    """Opened with the id of a repair: its draft is filled anew, or its sealed form waits for the customer. With
    ("draft", id) it shows a draft that was made elsewhere, such as a correction."""

    full_window = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._repair, self._draft, self._sealed = "", "", ""
        self._language = ""
        self.shown: SignPageSeen | None = None
        self.renderer = Renderer(desk, self.trouble, self)
        self._make_head()
        self._make_side()
        self.matter = Matter()
        body = row((self.matter, 11), (self._side, 9), gap=28, margins=(24, 20, 24, 20))
        self.setLayout(column(self._head, (_widget(body), 1), gap=0))

    def title(self) -> Words:
        return tr("Sign: {form}", form=self.shown.title) if self.shown else say("Sign")

    def start(self) -> QWidget | None:
        """Where something is still to be written, else the pad: Enter on Close would leave the page."""
        return next(iter(self.matter.to_write.values()), self.pad if self.name.text() else self.name)

    def open(self, argument: object = None) -> None:
        self._clear()
        self.shown, self.over = None, False
        self._draft, self._sealed, self._language = "", "", ""
        if isinstance(argument, tuple):  # a correction: the draft stands already
            self._repair, self._draft = "", str(argument[1])
            self._read()
            return
        self._repair = str(argument or "")
        self.desk.read(where_to_sign, self._repair, done=self._found, failed=self.trouble)

    def on_changed(self, changes: Changes) -> None:
        if self.shown is not None and changes.touches("acceptance", "sealed_form", "sop_tick"):
            self._read()

    def retranslate(self) -> None:
        if self.shown is not None:
            self._read()

    def sign(self) -> None:
        """The one large button: the technician's seal, or the customer's acceptance."""
        self.problem.settle()
        if not self._sealed:
            self.desk.write(
                signing.seal_form, self._draft, self._hand(), typed=self.matter.typed(), reason=self.reason.text(),
                language=self._language, done=self._was_sealed, failed=self._failed,
            )  # fmt: skip
        else:
            self.take(Answer(Outcome.SIGNED, self._hand()))

    def take(self, answer: Answer) -> None:
        """Seals one of the four outcomes."""
        self.desk.write(
            signing.accept_form, self._sealed, answer, language=self._language, done=self._was_answered,
            failed=self._failed,
        )  # fmt: skip

    # ------------------------------------------------------------------ making

    def _make_head(self) -> None:
        close = Button(say("Close"), Kind.TEXT, icon="x", size=Size.TOUCH, act=self.back)
        self._title, self._subtitle = Label("", "head"), Label("", "small", "ink2")
        self.stages = StagesLine()
        self.languages = Choice([(each.code, each.own_name) for each in LANGUAGES], name=say("Language of the form"))
        self.languages.setMinimumWidth(132)
        self.languages.chosen.connect(self._speak)
        self._head = _Bar()
        words = column(self._title, self._subtitle, gap=2)
        called = crisis_button(self.called.emit)
        self._head.setLayout(
            row(close, words, None, self.stages, None, self.languages, called, gap=18, margins=(16, 8, 24, 8))
        )

    def _make_side(self) -> None:
        self.statement = Label("", "title", wrap=True)
        self.meaning = Label("", "small", "ink2", wrap=True)
        self.name, self.role = TextField(size=Size.TOUCH), TextField(size=Size.TOUCH)
        self.name_field = Field(say("Your name"), self.name, name="name")
        self.role_field = Field(say("You are"), self.role, name="role")
        for field in (self.name, self.role):
            field.textChanged.connect(lambda _: self._caption())
        self.pad = Pad()
        undo = self.offer(Act("undo_stroke", say("Undo stroke"), "Ctrl+Z", self.pad.undo, "undo-2"), Kind.TEXT)
        wipe = Button(say("Clear"), Kind.TEXT, icon="eraser", act=self.pad.clear)
        hint = Label(say("Sign with finger, pen or mouse"), "small", "ink2", weight=600)
        self.consent = Label("", "body", "ink2", wrap=True)
        self.reason = TextField(size=Size.TOUCH)
        self.reason_field = Field(say("Why something stays empty"), self.reason, name="reason")
        self.problem = Problem()
        self.accept = self.offer(
            Act("sign", say("Sign"), "Ctrl+Enter", self.sign, "signature"), Kind.PRIMARY, size=Size.GLOVE
        )
        self.ways = OtherWays(self.take, lambda: self.name.text())
        self._side = _widget(
            column(
                self.statement, self.meaning, form_row(self.name_field, self.role_field), row(hint, None, undo, wipe),
                (self.pad, 1), self.consent, self.reason_field, self.problem, self.accept, self.ways, gap=10,
            )
        )  # fmt: skip

    # ----------------------------------------------------------------- showing

    def _found(self, sealed: str) -> None:
        if sealed:
            self._sealed = sealed
            self._read()
        else:
            self.desk.write(signing.draft_form, self._repair, done=self._drafted, failed=self.trouble)

    def _drafted(self, draft: str) -> None:
        self._draft = draft
        self._read()

    def _read(self) -> None:
        person = self.desk.actor.person if self.desk.actor else ""
        self.desk.read(
            sign_page, draft=self._draft, sealed=self._sealed, language=self._language, person=person,
            done=self.show_page, failed=self.trouble, latest="page",
        )  # fmt: skip

    def show_page(self, page: SignPageSeen) -> None:
        """Shows whose turn it is, and what they sign."""
        turned = self.shown is None or (self.shown.sealed, self.shown.draft) != (page.sealed, page.draft)
        self.shown, self._language = page, page.language
        customer = bool(page.sealed)
        agreed = page.customer if customer else page.technician
        self._title.put(page.title)
        self._subtitle.put(page.subtitle)
        self.languages.choose(page.language)
        self.stages.fill(self._stages(page))
        self.matter.fill(page)
        self.statement.put(agreed.statement)
        self.meaning.put(agreed.meaning)
        self.consent.put(agreed.consent)
        if turned:
            self._turn(page, customer)
            QTimer.singleShot(0, self, self._begin)  # what a layout was given can be focused when it is shown
        self.accept.put(tr("Accept and sign") if customer else tr("Sign the work"))
        self.accept.setEnabled(not page.blockers)
        self.ways.setVisible(customer)
        self.reason_field.setVisible(bool(self.reason.text()) and not customer)
        self._caption()
        self.titled.emit()

    def _turn(self, page: SignPageSeen, customer: bool) -> None:
        """The pad is handed over: nothing of the one before stays on it."""
        self._clear()
        self.name.setText(page.customer_name if customer else page.technician_name)
        self.role.setText("" if customer else tr("Technician"))

    def _begin(self) -> None:
        start = self.start()
        if start is not None:
            start.setFocus()

    @staticmethod
    def _stages(page: SignPageSeen) -> list[tuple[Words, Stage]]:
        if not page.sealed:
            return [(say("Technician signs now"), Stage.HERE), (say("Customer"), Stage.OPEN)]
        signed: Message = page.signed or say("Technician signed")
        return [(spoken(signed), Stage.DONE), (say("Customer signs now"), Stage.HERE)]

    def _caption(self) -> None:
        self.pad.set_caption(listed(self.name.text().strip(), self.role.text().strip()))

    def _speak(self, language: Any) -> None:
        self._language = str(language)
        self._read()

    def _clear(self) -> None:
        self.pad.clear()
        for field in (self.name, self.role, self.reason):
            field.clear()
        self.name_field.clear_problem()
        self.problem.settle()
        self.ways.close_all()

    # ----------------------------------------------------------------- signing

    def _hand(self) -> Hand:
        ink: Ink = tuple(tuple((p.x, p.y, p.t, p.pressure) for p in stroke) for stroke in self.pad.strokes)
        return Hand(self.name.text(), self.role.text(), ink)

    def _was_sealed(self, sealed: str) -> None:
        self._sealed = sealed
        self.tell(say("Signed and sealed"))
        self.renderer.render(sealed)
        self._read()

    def _was_answered(self, answer: str) -> None:
        self.renderer.render(self._sealed)
        self.renderer.render(answer)
        self.tell(say("The answer is kept"))
        self.over = True
        self.go("form", self._sealed)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            self.trouble(error)
        elif error.kind == Trouble.NEEDS_REASON and not self._sealed:
            self.reason_field.show()
            if not self.matter.show_missing(error.field, spoken(error.message)):
                self.problem.show_error(error)
        elif error.field in ("received_by", "reason") and self._sealed:
            self.ways.show_error(error)
        elif error.field == "name":
            self.name_field.show_error(error)
            self.name.setFocus()
        else:
            self.problem.show_error(error)


class _Bar(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, colour("line"))


def _widget(layout: Any) -> QWidget:
    widget = QWidget()
    widget.setLayout(layout)
    return widget
