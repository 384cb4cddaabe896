"""A quick answer: for the call of two minutes, four fields, everything else is filled."""

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.kernel.errors import UserError
from app.kernel.messages import say
from app.language.translate import current
from app.tickets.rules import QUICK_KINDS, QuickAnswer, TicketKind
from app.tickets.texts import KINDS
from app.views.serial_lookup import SerialFound, by_serial
from app.workflows.drafts import KeptDraft, drop_draft, keep_draft, read_draft
from app.workflows.ticketing import answer_quickly
from ui.pickers.customer import CustomerPicker
from ui.theme.buttons import Kind
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextArea, TextField
from ui.widgets.label import Label
from ui.widgets.layouts import boxed, column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.problem import Problem
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words
from ui.widgets.toggle import Toggle
from ui.work import Desk

PLACE = "tickets.quick"
PAUSE = 400
WIDTH = 760


class QuickPage(Page):
    """Saved, it is empty for the next call; what is typed is kept at every pause."""

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found, self._filling = SerialFound(), False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        self.asked, self.answered = TextArea(lines=3), TextArea(lines=4)
        for area in (self.asked, self.answered):
            area.setFixedHeight(area.minimumHeight() + 6)
        self.kind = Choice([(each, KINDS[each]) for each in QUICK_KINDS])
        self.kind.choose(TicketKind.HOW_TO)
        self.done = Toggle([(True, say("Done")), (False, say("Somebody calls back"))], name=say("Is that all"))
        self.serial = TextField(code=True, icon="scan-line")
        self.customer = CustomerPicker(desk)
        self.problem = Problem()
        self._asked = {
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

    def open(self, argument: object = None) -> None:
        self.desk.read(read_draft, PLACE, done=self._restore, failed=self.trouble, owner=self, latest="draft")

    def scanned(self, text: str) -> bool:
        self.serial.setText(text)
        return True

    def leave(self) -> bool:
        if self._timer.isActive():
            self._timer.stop()
            self.keep()
        return True

    @property
    def call(self) -> QuickAnswer:
        """What stands in the form."""
        found = self._found
        return QuickAnswer(
            kind=self.kind.value, asked=self.asked.text, answered=self.answered.text, done=self.done.value,
            serial=self.serial.text(), unit=found.unit, customer=self.customer.picked.id or found.customer,
            site=found.site,
        )  # fmt: skip

    def save(self) -> None:
        """Logs the call, and a new customer with it; what still waits to be kept is kept before."""
        self.leave()
        self._settle()
        self.desk.write(
            answer_quickly, self.call, customer=self.customer.picked.new, place=PLACE,
            done=partial(self._saved, self.done.value), failed=self.trouble, owner=self,
        )  # fmt: skip

    def clear(self) -> None:
        """Throws away what was typed."""
        self._timer.stop()
        self._fill({})
        self.desk.jot(drop_draft, PLACE)
        self.asked.setFocus()

    def keep(self) -> None:
        """Keeps the form as it stands; an empty one is forgotten."""
        body = self._body()
        if any(body[name] for name in ("asked", "answered", "serial")) or body["customer"].get("id"):
            self.desk.jot(keep_draft, PLACE, body)
        else:
            self.desk.jot(drop_draft, PLACE)

    def trouble(self, error: BaseException) -> None:
        field = error.field if isinstance(error, UserError) else ""
        if isinstance(error, UserError) and field in self._asked:
            self._asked[field].show_error(error)
            self._asked[field].control.setFocus()
        elif isinstance(error, UserError) and field == "name":
            self.customer.show_error(error)
        elif isinstance(error, UserError):
            self.problem.show_error(error)
        else:
            super().trouble(error)

    def _build(self) -> None:
        save = self.offer(Act("save_quick", say("Save answer"), "Ctrl+Enter", self.save, "check"), Kind.PRIMARY)
        clear = self.offer(Act("clear_quick", say("Clear"), "Ctrl+Shift+X", self.clear, "eraser"), Kind.TEXT)
        asked = self._asked
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
        inner = boxed(form)
        inner.setMaximumWidth(WIDTH)
        around = boxed(row((inner, 4), (boxed(row()), 1), margins=(24, 20, 24, 24)))
        self.setLayout(column((Scroll(around), 1)))
        self.problem.hide()

    def _connect(self) -> None:
        self.serial.textChanged.connect(self._look_up)
        self.serial.textChanged.connect(lambda _: self._typed())
        for area in (self.asked, self.answered):
            area.textChanged.connect(self._typed)
            area.entered.connect(lambda _: self.save())
        self.customer.changed.connect(self._typed)
        self.kind.chosen.connect(lambda _: self._typed())
        self.done.chosen.connect(lambda _: self._typed())

    def _typed(self) -> None:
        if not self._filling:
            self._timer.start()
            self._settle()

    def _settle(self) -> None:
        self.problem.settle()
        for field in self._asked.values():
            field.clear_problem()

    def _look_up(self, text: str) -> None:
        self._found = SerialFound()
        self.desk.read(by_serial, text, current(), done=self._know, failed=self.trouble, latest="serial")

    def _know(self, found: SerialFound) -> None:
        self._found = found
        if found.customer and not self.customer.picked.id and self.customer.picked.new is None:
            self.customer.put(found.customer, found.customer_name)

    def _saved(self, done: bool, ticket: str) -> None:
        self._timer.stop()
        self._fill({})
        self.asked.setFocus()
        self.tell(say("Answer saved") if done else say("Saved. The ticket waits for the call back."))

    def _body(self) -> dict[str, Any]:
        return {
            "asked": self.asked.text, "answered": self.answered.text, "serial": self.serial.text(),
            "kind": str(self.kind.value), "done": int(self.done.value), "customer": self.customer.kept(),
        }  # fmt: skip

    def _restore(self, kept: KeptDraft | None) -> None:
        if kept is not None and not any((self.asked.text, self.answered.text, self._timer.isActive())):
            self._fill(kept.body)

    def _fill(self, body: dict[str, Any]) -> None:
        self._filling = True
        self.asked.setPlainText(str(body.get("asked", "")))
        self.answered.setPlainText(str(body.get("answered", "")))
        self.serial.setText(str(body.get("serial", "")))
        kind = body.get("kind", "")
        self.kind.choose(TicketKind(kind) if kind in QUICK_KINDS else TicketKind.HOW_TO)
        self.done.choose(bool(body.get("done", 1)))
        self.customer.restore(body.get("customer", {}))
        self._filling = False
        self._settle()
