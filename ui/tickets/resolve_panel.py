"""The end of a ticket: what was done, what is still missing in plain words, when the customer is asked."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kernel.errors import UserError
from app.kernel.messages import Message, say, say_count
from app.tickets.actions import reopen
from app.tickets.rules import Missing, Resolution, ResolveFacts, follow_up_day, missing_codes, missing_for_resolve
from app.views.ticket_page import TicketPage
from app.workflows.resolving import resolve_facts, resolve_ticket
from ui.pickers.days import DayChoice
from ui.theme.tones import Tone
from ui.tickets.panels import Panel, short_area
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.inputs import TextField
from ui.widgets.label import Icon, Label
from ui.widgets.layouts import clear, column, form_row, row
from ui.widgets.texts import tr
from ui.work import Desk


class ResolvePanel(Panel):
    """The list of what is missing follows each key; a reason lets it pass, and a manager sees it."""

    place = "resolve"
    answers = ("answer", "cause", "remedy", "day", "reason")

    def __init__(self, desk: Desk) -> None:
        self._facts: ResolveFacts | None = None
        self.answer = short_area()
        self.cause, self.remedy, self.reason = TextField(), TextField(), TextField()
        self.day = DayChoice(none=say("Nobody is to be asked"))
        what = Field(say("What was done, or what the customer was told"), self.answer, name="answer")
        ask = Field(say("Ask how it went on"), self.day, name="follow_up_on")
        codes = form_row(Field(say("Cause"), self.cause), Field(say("Remedy"), self.remedy))
        self._list = column(gap=4)
        self._headline = Label("", "body", weight=600)
        note = say("Your manager sees this reason.")
        self._why = Field(say("Or end it all the same, because"), self.reason, note=note, name="reason")
        self.missing = Card(
            column(self._headline, self._list, self._why, gap=8, margins=(14, 10, 14, 12)), tone=Tone.WARN
        )
        self.missing.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        when = row((ask, 1), None, gap=12)
        super().__init__(desk, say("Resolve the ticket"), say("Resolve"), what, codes, when, self.missing)
        self._fields |= {"reason": self._why, "answer": what, "follow_up_on": ask}
        self.answer.entered.connect(lambda _: self.submit())
        self.answer.textChanged.connect(self._judge)
        for field in (self.cause, self.remedy):
            field.textChanged.connect(lambda _: self._judge())

    @property
    def resolution(self) -> Resolution:
        """What stands in the form."""
        return Resolution(self.answer.text, self.cause.text(), self.remedy.text(), self.day.value or "")

    def fill(self, page: TicketPage) -> None:
        self._facts = None
        self.day.start(date.today())
        self.day.choose(follow_up_day(date.today()).isoformat())
        self.answer.setPlainText(page.proposed.answer)
        self.cause.setText(page.proposed.cause)
        self.remedy.setText(page.proposed.remedy)
        for proposed in (self.cause, self.remedy):
            proposed.setCursorPosition(0)  # a long one shows its beginning
        self.reason.clear()
        self.missing.hide()
        self.desk.read(resolve_facts, self.ticket, self.resolution, done=self._know, latest="facts")

    def first(self) -> QWidget:
        return self.answer

    def submit(self) -> None:
        why = tr("Taken back")
        self.write(
            resolve_ticket, self.resolution, reason=self.reason.text(), said=say("Ticket resolved"),
            back=lambda ticket: self.take_back(reopen, ticket, why),
        )  # fmt: skip

    def trouble(self, error: BaseException) -> None:
        super().trouble(error)
        if isinstance(error, UserError) and error.field == "reason":
            self._first_missing().setFocus()

    def still_missing(self) -> tuple[Message, ...]:
        """What the guard would name now."""
        return () if self._seen is None else missing_for_resolve(self._seen)

    def _first_missing(self) -> QWidget:
        """What can be written here comes before the excuse."""
        here = {Missing.ANSWER: self.answer, Missing.CAUSE: self.cause, Missing.REMEDY: self.remedy}
        codes = missing_codes(self._seen) if self._seen else ()
        return next((here[code] for code in codes if code in here), self.reason)

    @property
    def _seen(self) -> ResolveFacts | None:
        return None if self._facts is None else replace(self._facts, resolution=self.resolution)

    def _know(self, facts: ResolveFacts) -> None:
        self._facts = facts
        self._judge()

    def _judge(self) -> None:
        missing = self.still_missing()
        clear(self._list)
        for each in missing:
            self._list.addLayout(row(Icon("circle-dashed", "warn", 15), (Label(each, "small", wrap=True), 1), gap=8))
        self._headline.put(say_count("{count} thing is missing", "{count} things are missing", len(missing)))
        self.missing.setVisible(bool(missing))
