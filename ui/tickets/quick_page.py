"""A quick answer: for the call of two minutes, four fields, everything else is filled."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from app.tickets.rules import QUICK_KINDS, QuickAnswer, TicketKind
from app.tickets.texts import KINDS
from app.workflows.ticketing import answer_quickly
from ui.theme.buttons import Kind
from ui.tickets.kept_form import KeptForm, beside_nothing
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextArea
from ui.widgets.label import Label
from ui.widgets.layouts import boxed, column, row
from ui.widgets.page import Act, CustomerSees
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words
from ui.widgets.toggle import Toggle
from ui.work import Desk

WIDTH = 760


class QuickPage(KeptForm):
    """Saved, it is empty for the next call."""

    place = "tickets.quick"

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.asked, self.answered = TextArea(lines=3), TextArea(lines=4)
        for area in (self.asked, self.answered):
            area.setFixedHeight(area.minimumHeight() + 6)
        self.kind = Choice([(each, KINDS[each]) for each in QUICK_KINDS])
        self.kind.choose(TicketKind.HOW_TO)
        self.done = Toggle([(True, say("Done")), (False, say("Somebody calls back"))], name=say("Is that all"))
        self.fields = {
            "asked": Field(say("What was asked"), self.asked, name="asked"),
            "answered": Field(say("What you answered"), self.answered, name="answered"),
            "serial": Field(say("Machine number"), self.serial, note=say("Only if it matters")),
        }
        self._build()
        self._connect()

    def title(self) -> Words:
        return say("Quick answer")

    def start(self) -> QWidget | None:
        return self.asked

    @property
    def call(self) -> QuickAnswer:
        """What stands in the form."""
        return QuickAnswer(
            kind=self.kind.value, asked=self.asked.text, answered=self.answered.text, done=self.done.value,
            serial=self.serial.text(), unit=self.found.unit, customer=self.customer.picked.id or self.found.customer,
            site=self.found.site,
        )  # fmt: skip

    def save(self) -> None:
        """Logs the call, and a new customer with it; what still waits to be kept is kept before."""
        self.leave()
        self.settle()
        self.desk.write(
            answer_quickly, self.call, customer=self.customer.picked.new, place=self.place,
            done=partial(self._saved, self.done.value), failed=self.trouble, owner=self,
        )  # fmt: skip

    def written(self) -> tuple[str, ...]:
        return self.asked.text, self.answered.text

    def body(self) -> dict[str, Any]:
        return {
            "asked": self.asked.text, "answered": self.answered.text,
            "kind": str(self.kind.value), "done": int(self.done.value),
        }  # fmt: skip

    def fill(self, body: dict[str, Any]) -> None:
        self.asked.setPlainText(str(body.get("asked", "")))
        self.answered.setPlainText(str(body.get("answered", "")))
        kind = body.get("kind", "")
        self.kind.choose(TicketKind(kind) if kind in QUICK_KINDS else TicketKind.HOW_TO)
        self.done.choose(bool(body.get("done", 1)))

    def _build(self) -> None:
        save = self.offer(Act("save_quick", say("Save answer"), "Ctrl+Enter", self.save, "check"), Kind.PRIMARY)
        clear = self.offer(Act("clear_quick", say("Clear"), "Ctrl+Shift+X", self.clear, "eraser"), Kind.TEXT)
        asked = self.fields
        call = Card(
            column(
                asked["asked"], asked["answered"], row(Field(say("Kind"), self.kind), (boxed(row()), 1), gap=0),
                row(self.done, None), gap=14, margins=(18, 16, 18, 18),
            )
        )  # fmt: skip
        who = Card(column(asked["serial"], self.customer, gap=14, margins=(18, 16, 18, 18)))
        hint = Label(say("Question and answer are enough. Who called and which machine help the next time."),
                     "small", "ink2", wrap=True)  # fmt: skip
        form = column(
            Label(say("Quick answer"), "title"), hint, self.problem, call, row(save, clear, None), who, None, gap=14
        )
        self.setLayout(column((Scroll(beside_nothing(boxed(form), WIDTH)), 1)))
        self.problem.hide()

    def _connect(self) -> None:
        for area in (self.asked, self.answered):
            area.textChanged.connect(self.typed)
            area.entered.connect(lambda _: self.save())
        self.kind.chosen.connect(lambda _: self.typed())
        self.done.chosen.connect(lambda _: self.typed())

    def _saved(self, done: bool, ticket: str) -> None:
        self.start_anew()
        self.tell(say("Answer saved") if done else say("Saved. The ticket waits for the call back."))
