"""Answers by themselves: opened from the palette with a code, or empty to search in."""

from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from app.views.faq import LinkKind
from ui.pickers.answers import Answers
from ui.theme.look import px
from ui.widgets.card import EmptyState
from ui.widgets.inputs import TextField
from ui.widgets.label import Label
from ui.widgets.layouts import boxed, column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words
from ui.work import Desk

WIDTH = 820
LEADS = frozenset({LinkKind.CRISIS, LinkKind.PART})


class AnswersPage(Page):
    """Opened with the code of a question, or without."""

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._code = ""
        self.search = TextField(
            icon="search", hint=say("The customer's question, in any words"), name=say("What is asked"), longest=200
        )
        self.answers = Answers(desk, verb=say("Copy the answer"), icon="copy", leads=LEADS)
        self.answers.used.connect(lambda _: self.tell(say("Answer copied")))
        self.answers.linked.connect(self._follow)
        self.answers.filled.connect(self._found)
        self.nothing = EmptyState(
            "message-circle-question-mark", say("No answer is published for this"),
            say("Try other words, or log a ticket and ask."),
        )  # fmt: skip
        self.search.textEdited.connect(self.answers.look_for)
        self.search.entered.connect(lambda _: self.answers.open_first())
        self.acts.append(Act("copy_answer", say("Copy the answer"), "C", self.answers.use, "copy", self._is_open))
        inner = boxed(
            column(Label(say("What may be answered"), "title"), self.search, self.answers, self.nothing, None, gap=14)
        )
        inner.setMaximumWidth(px(WIDTH))
        around = boxed(row((inner, 4), (boxed(row()), 1), margins=(24, 20, 24, 24)))
        self.setLayout(column((Scroll(around), 1)))
        self.nothing.hide()

    def title(self) -> Words:
        return say("What may be answered")

    def start(self) -> QWidget | None:
        return self.search

    def open(self, argument: object = None) -> None:
        self._code = str(argument or "")
        if self._code:
            self.search.clear()
            self.answers.show_code(self._code)

    def retranslate(self) -> None:
        if self._code and not self.search.text():
            self.answers.show_code(self._code)
        elif self.search.text():
            self.answers.look_for(self.search.text(), at_once=True)

    def _is_open(self) -> bool:
        return self.answers.open_one is not None

    def _found(self, some: bool) -> None:
        self.nothing.setVisible(not some and bool(self.search.text().strip()))

    def _follow(self, kind: str, code: str) -> None:
        if kind == LinkKind.CRISIS:
            self.called.emit()
        else:
            self.go("parts", code)
