"""Facts under lock of one ticket: written by everybody, opened by the few who may, with words of their own."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.facts import actions
from app.facts.rules import Sort
from app.facts.texts import SORTS
from app.kernel.changes import Changes
from app.kernel.errors import UserError
from app.kernel.messages import say
from app.kernel.rights import Right
from app.views.locked_facts import LockedLine, LockedPage, locked_page
from app.workflows.destroying import drop_destroyed
from ui.facts.words_card import WordsCard, secret_field
from ui.theme.buttons import Kind, Size
from ui.theme.look import px
from ui.widgets.button import Button
from ui.widgets.card import Card, EmptyState, Section
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextArea, TextField
from ui.widgets.label import Icon, Label, Prose
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.problem import Problem
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words, dotted, spoken, tr
from ui.work import Desk

SHOWN_FOR = 120_000  # ms that an opened fact stays in sight of whoever passes
WIDEST = 760


class OpenCard(Card):
    """Asks for the words, then shows what was locked until it is closed, or two minutes are over."""

    def __init__(self, page: "LockedFactsPage") -> None:
        self._page, self._fact = page, ""
        self.head = Label("", "head", wrap=True)
        self.words = secret_field()
        self.words.entered.connect(lambda _: self.submit())
        self.asked = Field(say("Your words for locked facts"), self.words, name="words")
        self.text = Label("", "body", wrap=True)
        self.problem = Problem()
        self.open_button = Button(say("Open"), Kind.PRIMARY, icon="eye", act=self.submit)
        close = Button(say("Close"), Kind.TEXT, act=self.close_card)
        super().__init__(
            column(
                self.head, self.asked, self.text, self.problem, row(self.open_button, close, None), gap=10,
                margins=(16, 14, 16, 14),
            )
        )  # fmt: skip
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_FOR)
        self._timer.timeout.connect(self.close_card)
        self.hide()

    def ask(self, line: LockedLine) -> None:
        """Comes up for a fact."""
        self.close_card()
        self._fact = line.id
        self.head.put(line.sort)
        self.asked.show()
        self.open_button.show()
        self.show()
        self.words.setFocus()

    def submit(self) -> None:
        """Opens it with what was typed."""
        self.asked.clear_problem()
        self.problem.settle()
        self._page.desk.write(
            actions.open_fact, self._page.ticket, self._fact, self.words.text(), done=self._opened,
            failed=self._trouble, owner=self,
        )  # fmt: skip
        self.words.clear()

    def close_card(self) -> None:
        """Nothing of it stays on the screen."""
        self._timer.stop()
        self._fact = ""
        self.text.put("")
        self.words.clear()
        self.asked.clear_problem()
        self.problem.settle()
        self.hide()

    def _opened(self, text: str) -> None:
        if self._fact:
            self.text.put(text)
            self.asked.hide()
            self.open_button.hide()
            self._timer.start()

    def _trouble(self, error: BaseException) -> None:
        if isinstance(error, UserError) and error.field == "words":
            self.asked.show_error(error)
            self.words.setFocus()
        elif isinstance(error, UserError):
            self.problem.show_error(error)
        else:
            self._page.trouble(error)


class LockedFactsPage(Page):
    """Opened with a ticket's id. What is typed here is kept nowhere until it is locked."""

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.ticket = ""
        self._shown: LockedPage | None = None
        self.name, self.motto = Label("", "title", wrap=True), Prose("")
        self.back_button = self.offer(Act("back", say("Back to the ticket"), "Esc", self._back, "arrow-left"))
        self.opening = OpenCard(self)
        self._lines = column(gap=6)
        self.nothing = EmptyState("lock", say("Nothing is under lock"), say("What you lock here is on no other page."))
        self.facts = Section(say("Under lock"), self.nothing, boxed(self._lines))
        self.sort = Choice([(each, SORTS[each]) for each in Sort])
        self.text = TextArea(lines=3)
        self.text.setFixedHeight(self.text.minimumHeight() + 6)
        self.text.entered.connect(lambda _: self.lock_now())
        self.reason = TextField()
        self.problem = Problem()
        self._asked = {
            "text": Field(say("What nobody else is to read"), self.text, name="text"),
            "reason": Field(say("Why they are destroyed"), self.reason, name="reason"),
        }
        lock = self.offer(Act("lock", say("Lock it"), "Ctrl+Enter", self.lock_now, "lock"), Kind.PRIMARY)
        self.writing = Section(
            say("Lock a fact"),
            Field(say("It is about"), self.sort),
            self._asked["text"],
            self.problem,
            row(lock, None),
        )
        self.words = WordsCard(desk)
        self.words.done.connect(self._words_chosen)
        self.words.broke.connect(self.trouble)
        destroy = Button(say("Destroy them for good"), Kind.DANGER, icon="eraser", act=self.destroy_now)
        self.ending = Section(
            say("Destroy the locked facts of this ticket"),
            Prose(say("Nobody can read them afterwards, anywhere. That there were any, and why they went, stays.")),
            self._asked["reason"], row(destroy, None),
        )  # fmt: skip
        head = row((boxed(column(self.name, self.motto, gap=2)), 1), self.back_button, gap=16)
        body = boxed(column(head, self.facts, self.opening, self.writing, self.words, self.ending, None, gap=14))
        body.setMaximumWidth(px(WIDEST))
        around = boxed(row((body, 5), (boxed(row()), 1), margins=(24, 20, 24, 24)))
        self.setLayout(column((Scroll(around), 1)))

    def title(self) -> Words:
        return say("Under lock")

    def open(self, argument: object = None) -> None:
        self.about = argument
        self._forget()
        self.ticket = str(argument or "")
        self.reread()

    def start(self) -> QWidget | None:
        return self.text

    def leave(self) -> bool:
        self._forget()
        return True

    def on_changed(self, changes: Changes) -> None:
        if changes.touches("fact_event", "staff", "ticket"):
            self.reread()

    def retranslate(self) -> None:
        if self._shown is not None:
            self._show(self._shown)

    def reread(self) -> None:
        """Reads what there is again."""
        person = self.desk.actor.person if self.desk.actor else ""
        self.desk.read(
            locked_page, self.ticket, person, done=self._show, failed=self.trouble, latest="locked", owner=self
        )

    def lock_now(self) -> None:
        """Locks what was typed."""
        self._settle()
        self.desk.write(
            actions.lock_fact, self.ticket, self.sort.value, self.text.text, done=self._locked, failed=self._trouble,
            owner=self,
        )  # fmt: skip

    def destroy_now(self) -> None:
        """Ends all facts of this ticket."""
        self._settle()
        self.desk.write(
            actions.destroy_facts, self.ticket, self.reason.text(), done=self._destroyed, failed=self._trouble,
            owner=self,
        )  # fmt: skip

    def _back(self) -> None:
        self.back()

    def _may_read(self) -> bool:
        return self.desk.actor is not None and Right.READ_LOCKED in self.desk.actor.rights

    def _forget(self) -> None:
        self.opening.close_card()
        self.text.setPlainText("")
        self.reason.clear()
        self.words.forget()
        self._settle()

    def _settle(self) -> None:
        self.problem.settle()
        for field in self._asked.values():
            field.clear_problem()

    def _show(self, page: LockedPage | None) -> None:
        self._shown = page
        if page is None:
            return
        whose = page.manufacturer or tr("the manufacturer")
        self.name.put(say("Under lock: ticket {number}", number=page.number))
        self.motto.put(
            say(
                "Health and identity of people. Only those who may read it here, and the crisis lead of"
                " {manufacturer}, can open it; each time is written down.",
                manufacturer=whose,
            )
        )
        clear(self._lines)
        for line in page.lines:
            self._lines.addWidget(self._line(line))
        self.nothing.setVisible(not page.lines)
        self.words.ask(has_words=page.has_words)
        self.words.setVisible(self._may_read())
        self.ending.setVisible(self._may_read() and any(line.can_open for line in page.lines))

    def _line(self, line: LockedLine) -> QWidget:
        who = Label(dotted(line.by, spoken(line.when)), "small", "ink2", wrap=True)
        state = Label(line.state or "", "small", "ink2", wrap=True)
        state.setVisible(line.state is not None)
        opens = Button(say("Open"), icon="eye", size=Size.COMPACT, act=lambda: self.opening.ask(line))
        opens.setVisible(line.can_open and self._may_read())
        told = boxed(column(Label(line.sort, weight=600), who, state, gap=0))
        return boxed(row(Icon("lock", "ink2"), (told, 1), opens, gap=10))

    def _locked(self, _: object) -> None:
        self.text.setPlainText("")
        self.tell(say("Fact locked"))

    def _destroyed(self, _: object) -> None:
        self.reason.clear()
        self.opening.close_card()
        self.desk.write(drop_destroyed, failed=self.trouble, owner=self)
        self.tell(say("Destroyed for good"))

    def _words_chosen(self) -> None:
        self.tell(say("Words chosen"))

    def _trouble(self, error: BaseException) -> None:
        if isinstance(error, UserError) and error.field in self._asked:
            self._asked[error.field].show_error(error)
            self._asked[error.field].control.setFocus()
        elif isinstance(error, UserError):
            self.problem.show_error(error)
        else:
            self.trouble(error)
