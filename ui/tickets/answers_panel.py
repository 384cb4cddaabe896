"""Answers for the ticket: found by its title and words, or by what is typed; taken over into the note."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kernel.messages import say
from app.views.faq import LinkKind
from app.views.ticket_page import TicketPage
from ui.pickers.answers import Answers
from ui.theme.look import px
from ui.tickets.panels import Panel
from ui.widgets.field import Field
from ui.widgets.inputs import TextField
from ui.widgets.label import Label
from ui.widgets.layouts import boxed, column
from ui.widgets.scroll import Scroll
from ui.work import Desk

LEAST, MOST = 96, 240  # px: three questions; an open one, and the story below is still in sight
LEADS = frozenset({LinkKind.CRISIS, LinkKind.PROCEDURE, LinkKind.PART})


class AnswersPanel(Panel):
    """`noted` carries an answer for the note, `linked` a kind and a code."""

    place = "answers"
    noted = Signal(str)
    linked = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        self._words, self._kind = "", ""
        self.search = TextField(icon="search", hint=say("The customer's question, in any words"), longest=200)
        self.best = Answers(desk, verb="", icon="", leads=LEADS)
        self._none = Label(say("No answer is published for this. Ask, and say when you call back."), "body", "ink2",
                           wrap=True)  # fmt: skip
        field = Field(say("What is asked"), self.search)
        self._found = Scroll(boxed(column(self.best, self._none, None, gap=6)))
        self._found.setMinimumHeight(px(LEAST))
        super().__init__(desk, say("What may be answered"), say("Into the note"), field, (self._found, 1))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)  # in a low window it scrolls
        self.search.textEdited.connect(lambda text: self.best.look_for(text or self._words, kind=self._kind))
        self.search.entered.connect(lambda _: self.best.open_first())
        self.best.filled.connect(lambda some: self._none.setHidden(some))
        self.best.filled.connect(lambda _: self.save.setEnabled(self.best.open_one is not None))
        self.best.filled.connect(lambda _: self._found.setMinimumHeight(px(MOST if self.best.open_one else LEAST)))
        self.best.used.connect(self._use)
        self.best.linked.connect(self.linked)

    def fill(self, page: TicketPage) -> None:
        self._words, self._kind = f"{page.facts.title} {page.facts.words}", page.facts.kind
        self.search.clear()
        self.best.open_one = None
        self.save.setEnabled(False)
        self.best.look_for(self._words, kind=self._kind, at_once=True)

    def first(self) -> QWidget:
        return self.search

    def submit(self) -> None:
        self.best.use()

    def _use(self, answer: str) -> None:
        self.close_panel()
        self.noted.emit(answer)
