"""Two signatures, two acts: the technician's seal, then the customer's answer. The whole window is theirs."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.kernel.changes import Changes
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import Message, say
from app.language.languages import LANGUAGES
from app.signoff.rules import Ink, Outcome, Subject
from app.workflows import signing
from app.workflows.drafts import KeptDraft, drop_draft, keep_draft, read_draft
from app.workflows.form_subjects import Where, where_to_sign
from app.workflows.sign_page import SignPageSeen, sign_page
from app.workflows.signing import Answer, Hand
from ui.pickers.form_draft import PAUSE
from ui.signoff.matter import Matter
from ui.signoff.other_ways import OtherWays
from ui.signoff.rendering import Renderer
from ui.theme.buttons import Kind, Size
from ui.theme.look import colour, direction_of, look, px
from ui.widgets.button import Button, crisis_button
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.inputs import Choice, TextField
from ui.widgets.label import Label, read_in
from ui.widgets.layouts import boxed, column, form_row, row
from ui.widgets.pad import Pad
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.problem import Problem
from ui.widgets.scroll import Scroll
from ui.widgets.stages import Stage, StagesLine
from ui.widgets.texts import Words, listed, speak, spoken, tr
from ui.work import Desk

SIDE_BELOW_UNDER = 1000  # px


class SignPage(Page):
    """Opened with the id of a repair, or with the subject of a form: the form as it would be signed now, or as sealed,
    when it waits for the customer. With ("draft", id) it shows a draft that was made elsewhere, such as a correction.
    Looking at it keeps no draft; what was written does."""

    customer_sees = CustomerSees.WHOLE
    full_window = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._subject, self._draft, self._sealed = Subject(), "", ""
        self._language, self._kept_before, self._wrong = "", False, ""
        self.shown: SignPageSeen | None = None
        self.renderer = Renderer(desk, self.trouble, self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._keep_written)
        self._make_head()
        self._make_side()
        self.matter = Matter()
        self.matter.written.connect(self._pause.start)
        self.reason.textEdited.connect(lambda _: self._pause.start())
        self._body = row((self.matter, 11), (self._side, 9), gap=28, margins=(24, 20, 24, 20))
        self._scroll = Scroll(_widget(self._body))
        self.setLayout(column(self._head, (self._scroll, 1), gap=0))

    def title(self) -> Words:
        return tr("Sign: {form}", form=self.shown.title) if self.shown else say("Sign")

    def start(self) -> QWidget | None:
        """Where something is still to be written, else the pad: Enter on Close would leave the page."""
        return next(iter(self.matter.to_write.values()), self.pad if self.name.text() else self.name)

    def open(self, argument: object = None) -> None:
        self._clear()
        self.about, self.shown, self.over = argument, None, False
        self.turned.emit(False)
        self._draft, self._sealed, self._language = "", "", ""
        if isinstance(argument, tuple):  # a correction: the draft stands already
            self._subject, self._draft = Subject(), str(argument[1])
            self._read()
            return
        asked = argument if isinstance(argument, Subject) else Subject(repair=str(argument or ""))
        self._subject = asked
        self.desk.read(where_to_sign, asked, done=self.still(self._found), failed=self.trouble, owner=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window one reads first and signs below, in one piece."""
        below = self.width() < px(SIDE_BELOW_UNDER)
        if below != (self._body.direction() == QBoxLayout.Direction.TopToBottom):
            way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
            self._body.setDirection(way)
            self.matter.show_whole(below)
        super().resizeEvent(event)

    def _keep_written(self) -> None:
        """Half a second after the last key: a crash loses no more."""
        if self.shown is not None and not (self._draft or self._sealed or self.over) and self._written():
            self._kept_before = True
            self.desk.jot(keep_draft, self._subject.place, self._written())

    def leave(self) -> bool:
        """What was written is kept with the form; a signature is of its moment and is not."""
        self._pause.stop()
        if self.shown is not None and not (self._draft or self._sealed or self.over):
            if self._written():
                about = self._subject
                self.desk.jot(signing.draft_form, about.repair, unit=about.unit, form=about.form)
                self.desk.jot(keep_draft, about.place, self._written())
            elif self._kept_before:
                self.desk.jot(drop_draft, self._subject.place)
        return True

    def on_changed(self, changes: Changes) -> None:
        if self.shown is not None and changes.touches(*_MATTERS):
            self._read()

    def retranslate(self) -> None:
        if self.shown is not None:
            self._read()

    def sign(self) -> None:
        """The one large button: the technician's seal, or the customer's acceptance."""
        self.problem.settle()
        self._pause.stop()
        if self._sealed:
            self.take(Answer(Outcome.SIGNED, self._hand()))
        elif self.shown is not None:
            kept = {"typed": self.matter.typed(), "reason": self.reason.text(), "language": self._language}
            way = (signing.seal_form, self._draft) if self._draft else (signing.seal_subject, self._subject)
            self.desk.write(
                *way, self._hand(), **kept, **({} if self._draft else {"seen": self.shown.seen}),
                done=partial(self._was_sealed, self.about, self._subject), failed=partial(self._failed, self.about),
                owner=self,
            )  # fmt: skip

    def write_name(self) -> None:
        """The typed name stands on the pad, for whoever cannot draw."""
        self.name_field.clear_problem()
        if self.name.text().strip():
            self.pad.write_name(self.name.text())
        else:
            self.name_field.show_problem(self._said(say("The name is missing.")))
            self.name.setFocus()

    def take(self, answer: Answer) -> None:
        """Seals one of the four outcomes."""
        self.desk.write(
            signing.accept_form, self._sealed, answer, language=self._language,
            done=partial(self._was_answered, self.about, self._sealed), failed=partial(self._failed, self.about),
            owner=self,
        )  # fmt: skip

    # ------------------------------------------------------------------ making

    def _make_head(self) -> None:
        close = Button(say("Close"), Kind.TEXT, icon="x", size=Size.TOUCH, act=self.back)
        self._title, self._subtitle = Label("", "head"), Label("", "small", "ink2")
        self.stages = StagesLine()
        self.languages = Choice([(each.code, each.own_name) for each in LANGUAGES], name=say("Language of the form"))
        self.languages.chosen.connect(self._speak)
        self._head = _Bar()
        words = column(self._title, self._subtitle, gap=2)
        called = crisis_button(self.called.emit)
        self._head.setLayout(
            Flow(close, boxed(words), None, (self.stages, 3), None, self.languages, called,
                 gap=18, margins=(16, 8, 24, 8))
        )  # fmt: skip

    def _make_side(self) -> None:
        self.forms = Choice()
        self.forms.chosen.connect(self._turn_to)
        self._which = Field(say("Which form"), self.forms)
        self.statement = Label("", "title", wrap=True)
        self.meaning = Label("", "small", "ink2", wrap=True)
        self.name, self.role = TextField(size=Size.TOUCH), TextField(size=Size.TOUCH)
        self.name_field = Field(say("Your name"), self.name, name="name")
        self.role_field = Field(say("You are"), self.role, name="role")
        for field in (self.name, self.role):
            field.textChanged.connect(lambda _: self._caption())
        self.pad = Pad()
        self.pad.changed.connect(self._inked)
        undo = self.offer(Act("undo_stroke", say("Undo stroke"), "Ctrl+Z", self.pad.undo, "undo-2"), Kind.TEXT)
        wipe = Button(say("Clear"), Kind.TEXT, icon="eraser", act=self.pad.clear)
        written = Button(say("Write my name instead"), Kind.TEXT, icon="type", act=self.write_name)
        hint = Label(say("Sign with finger, pen or mouse"), "small", "ink2", weight=600, wrap=True)
        self.consent = Label("", "body", "ink2", wrap=True)
        self.reason = TextField(size=Size.TOUCH)
        self.reason_field = Field(say("Why something stays empty or out of its limits"), self.reason, name="reason")
        self.problem = Problem()
        self.accept = self.offer(
            Act("sign", say("Sign"), "Ctrl+Enter", self.sign, "signature", instead=self._accept_words),
            Kind.PRIMARY,
            size=Size.GLOVE,
        )
        self.ways = OtherWays(self.take, lambda: self.name.text(), self._said)
        self._labels: list[tuple[Callable[[Words], None], Words]] = [
            (self._which.call, say("Which form")), (self.name_field.call, say("Your name")),
            (self.role_field.call, say("You are")), (hint.put, say("Sign with finger, pen or mouse")),
            (written.put, say("Write my name instead")), (undo.put, say("Undo stroke")), (wipe.put, say("Clear")),
        ]  # fmt: skip
        self._side = _widget(
            column(
                self._which, self.statement, self.meaning, form_row(self.name_field, self.role_field),
                hint, Flow(written, None, undo, wipe),
                (self.pad, 1), self.consent, self.reason_field, self.problem, self.accept, self.ways, gap=10,
            )
        )  # fmt: skip

    # ----------------------------------------------------------------- showing

    def _found(self, where: Where) -> None:
        self._subject, self._sealed = where.subject, where.sealed
        self._read()

    def _written(self) -> dict[str, Any]:
        """What somebody has written into the form."""
        written = {"typed": self.matter.typed(), "reason": self.reason.text().strip()}
        return written if any(written.values()) else {}

    def _remember(self) -> None:
        if not (self._draft or self._sealed):
            self.desk.read(
                read_draft, self._subject.place, done=self.still(self._restore), failed=self.trouble, owner=self
            )

    def _restore(self, kept: KeptDraft | None) -> None:
        self._kept_before = kept is not None
        if kept is not None and not self._written():
            self.matter.put_back(kept.body.get("typed", {}))
            self.reason.setText(str(kept.body.get("reason", "")))
            self.reason_field.setVisible(bool(self.reason.text()))

    def _read(self) -> None:
        person = self.desk.actor.person if self.desk.actor else ""
        self.desk.read(
            sign_page, subject=self._subject, draft=self._draft, sealed=self._sealed, language=self._language,
            person=person, done=self.still(self.show_page), failed=self.trouble, owner=self, latest="page",
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
        self.forms.offer(page.choices)
        self.forms.choose(page.form)
        self._which.setVisible(bool(page.choices))
        self.stages.fill(self._stages(page))
        self.matter.fill(page, same=not turned)
        self._say_labels()
        self.statement.put(agreed.statement)
        self.meaning.put(agreed.meaning)
        self.consent.put(agreed.consent)
        for each in (self.statement, self.meaning, self.consent):
            read_in(each, direction_of(page.language))
        if turned:
            self._turn(page, customer)
            self._remember()
            QTimer.singleShot(0, self, self._begin)  # what a layout was given can be focused when it is shown
        self.accept.put(self._said(self._accept_words()))
        self.accept.setEnabled(not page.blockers)
        self.ways.setVisible(customer)
        self.reason_field.setVisible(bool(self.reason.text()) and not customer)
        self._caption()
        self.titled.emit()
        self.turned.emit(customer)

    def _said(self, words: Words) -> Words:
        """The customer is asked in the language of the form, the technician in that of the desk."""
        if self.shown is None or not self.shown.sealed or not isinstance(words, Message):
            return words
        return speak(words, self._language)

    def _say_labels(self) -> None:
        for put, words in self._labels:
            put(self._said(words))
        self.ways.say_again()
        customer = self.shown is not None and bool(self.shown.sealed)
        read_in(self._side, direction_of(self._language) if customer else look().direction)

    def _accept_words(self) -> Words:
        return say("Accept and sign") if self.shown is not None and self.shown.sealed else say("Sign the work")

    def _turn(self, page: SignPageSeen, customer: bool) -> None:
        """The pad is handed over: nothing of the one before stays on it."""
        self._clear()
        self.name.setText(page.customer_name if customer else page.technician_name)
        self.role.setText("" if customer else tr("Technician"))

    def _begin(self) -> None:
        start = self.start()
        if start is not None:
            start.setFocus()
        self._scroll.verticalScrollBar().setValue(0)  # what is signed is read first

    @staticmethod
    def _stages(page: SignPageSeen) -> list[tuple[Words, Stage]]:
        if not page.sealed:
            return [(say("Technician signs now"), Stage.HERE), (say("Customer"), Stage.OPEN)]
        signed: Message = page.signed or say("Technician signed")
        return [(spoken(signed), Stage.DONE), (say("Customer signs now"), Stage.HERE)]

    def _inked(self) -> None:
        if self._wrong == "ink" and not self.pad.empty:
            self._wrong = ""
            self.problem.settle()

    def _caption(self) -> None:
        if self.name.text().strip():
            self.name_field.clear_problem()
        self.pad.set_caption(listed(self.name.text().strip(), self.role.text().strip()))

    def _speak(self, language: Any) -> None:
        self._language = str(language)
        self._read()

    def _turn_to(self, form: Any) -> None:
        """Another form of the same repair or machine; what was written into this one is kept."""
        self.leave()
        self.open(replace(self._subject, form=str(form)))

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

    def _was_sealed(self, about: object, subject: Subject, sealed: str) -> None:
        self.tell(say("Signed and sealed"))
        if not isinstance(about, tuple):
            self.desk.jot(drop_draft, subject.place)
        self.renderer.render(sealed)
        if self.about == about:  # else another form lies here by now, and its customer signs that one
            self._sealed = sealed
            self._read()

    def _was_answered(self, about: object, sealed: str, answer: str) -> None:
        self.renderer.render(sealed)
        self.renderer.render(answer)
        self.tell(say("The answer is kept"))
        if self.about == about:
            self.over = True
            self.go("form", sealed)

    def _failed(self, about: object, error: BaseException) -> None:
        if not isinstance(error, UserError) or self.about != about:
            self.trouble(error)
            return
        self._wrong = error.field
        if error.kind == Trouble.NEEDS_REASON and not self._sealed:
            self.reason_field.show()
            if not self.matter.show_missing(error.field, spoken(error.message)):
                self.problem.show_words(self._said(error.message))
        elif error.field in ("received_by", "reason") and self._sealed:
            self.ways.show_error(error)
        elif error.field == "seen":
            self._read()
            self.problem.show_words(self._said(error.message))
        elif error.field == "name":
            self.name_field.show_problem(self._said(error.message))
            self.name.setFocus()
        else:
            self.problem.show_words(self._said(error.message))


_MATTERS = ("acceptance", "sealed_form", "sop_tick", "sop_run", "repair", "repair_event", "unit", "customer", "site")


class _Bar(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, colour("line"))


def _widget(layout: Any) -> QWidget:
    widget = QWidget()
    widget.setLayout(layout)
    return widget
