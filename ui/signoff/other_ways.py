"""Paper, not there, "I do not agree": as near as accepting, so that no answer is a dead end."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.kernel.errors import UserError
from app.kernel.messages import say
from app.signoff.rules import Outcome
from app.workflows.signing import Answer, Hand
from ui.theme.buttons import Kind, Size
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.inputs import TextField
from ui.widgets.layouts import column, row
from ui.widgets.texts import Words


class OtherWays(QWidget):
    """`chosen` takes the answer; `name` tells what stands in the field above the pad; `said` gives words in the
    language of whoever signs."""

    def __init__(
        self, chosen: Callable[[Answer], object], name: Callable[[], str], said: Callable[[Words], Words]
    ) -> None:
        super().__init__()
        self._chosen, self._name, self._said = chosen, name, said
        self.paper = Button(say("Sign on paper"), icon="printer", size=Size.TOUCH, act=self.take_paper)
        self.absent = Button(say("Customer is not here"), icon="user-x", size=Size.TOUCH, act=self.ask_absent)
        self.refuse = Button(say("I do not agree"), icon="message-square-warning", size=Size.TOUCH, act=self.ask_reason)
        self.who, self.why = TextField(size=Size.TOUCH), TextField(size=Size.TOUCH)
        self.who_field = Field(say("Who received the machine"), self.who, name="received_by")
        self.why_field = Field(say("What you do not agree with"), self.why, name="reason")
        self.who.entered.connect(lambda _: self.take_absent())
        self.why.entered.connect(lambda _: self.take_refusal())
        self.kept = Button(say("Keep: not here"), Kind.SECONDARY, icon="check", size=Size.TOUCH, act=self.take_absent)
        self.no = Button(say("Keep: does not agree"), Kind.SECONDARY, icon="check", size=Size.TOUCH,
                         act=self.take_refusal)  # fmt: skip
        self._absent_card = Card(column(self.who_field, row(None, self.kept), gap=10, margins=(16, 12, 16, 14)))
        self._refusal_card = Card(column(self.why_field, row(None, self.no), gap=10, margins=(16, 12, 16, 14)))
        ways = row((self.paper, 1), (self.absent, 1), (self.refuse, 1), gap=8)
        self.setLayout(column(self._absent_card, self._refusal_card, ways, gap=8))
        self.close_all()

    def say_again(self) -> None:
        """Writes its words in the language of whoever signs now."""
        self.paper.put(self._said(say("Sign on paper")))
        self.absent.put(self._said(say("Customer is not here")))
        self.refuse.put(self._said(say("I do not agree")))
        self.who_field.call(self._said(say("Who received the machine")))
        self.why_field.call(self._said(say("What you do not agree with")))
        self.kept.put(self._said(say("Keep: not here")))
        self.no.put(self._said(say("Keep: does not agree")))

    def close_all(self) -> None:
        """Back to the three buttons."""
        for card in (self._absent_card, self._refusal_card):
            card.hide()
        for field in (self.who, self.why):
            field.clear()

    def take_paper(self) -> None:
        """The customer signs the printed form by hand."""
        self._chosen(Answer(Outcome.PAPER, Hand(self._name())))

    def ask_absent(self) -> None:
        """Asks who received the machine."""
        self._open(self._absent_card, self._refusal_card, self.who)

    def ask_reason(self) -> None:
        """Asks what the customer does not agree with."""
        self._open(self._refusal_card, self._absent_card, self.why)

    def take_absent(self) -> None:
        """Nobody signs; the machine was received by somebody."""
        self._chosen(Answer(Outcome.ABSENT, Hand(""), received_by=self.who.text()))

    def take_refusal(self) -> None:
        """The customer says no, and why."""
        self._chosen(Answer(Outcome.REFUSED, Hand(self._name()), reason=self.why.text()))

    def show_error(self, error: UserError) -> None:
        """At the field that it names."""
        field = self.who_field if error.field == "received_by" else self.why_field
        field.show_problem(self._said(error.message))

    @staticmethod
    def _open(wanted: Card, other: Card, field: TextField) -> None:
        other.hide()
        wanted.show()
        field.setFocus()
