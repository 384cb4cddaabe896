"""The form of a call: what is typed is kept at every pause, a machine number is looked up, and what is wrong is said at
its field."""

from typing import Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.kernel.errors import UserError
from app.language.translate import current
from app.views.serial_lookup import SerialFound, by_serial
from app.workflows.drafts import KeptDraft, drop_draft, keep_draft, read_draft
from ui.pickers.customer import CustomerPicker
from ui.theme.look import px
from ui.widgets.field import Field
from ui.widgets.inputs import TextField
from ui.widgets.layouts import boxed, row
from ui.widgets.page import Page
from ui.widgets.problem import Problem
from ui.work import Desk

PAUSE = 400


class KeptForm(Page):
    """A page that is one form. `place` names its draft, `fields` are the fields by the names that errors carry.

    A page gives its own `body` and `fill`, and in `written` the words that make a draft worth keeping.
    """

    place: ClassVar[str]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found = SerialFound()
        self.fields: dict[str, Field] = {}
        self.serial = TextField(code=True, icon="scan-line")
        self.customer = CustomerPicker(desk)
        self.problem = Problem()
        self._filling = False
        self._proposed = ""  # the customer that the machine brought along, not chosen by anybody
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        self.serial.textChanged.connect(self._look_up)
        self.serial.textChanged.connect(lambda _: self.typed())
        self.customer.changed.connect(self.typed)

    # ------------------------------------------------------------------ what a page says of itself

    # A class of Qt cannot be abstract; a page that forgot one of these three would lose what was typed without a word.

    def written(self) -> tuple[str, ...]:
        """The words that somebody wrote into the form."""
        raise NotImplementedError

    def body(self) -> dict[str, Any]:
        """The form as it stands, but for machine number and customer."""
        raise NotImplementedError

    def fill(self, body: dict[str, Any]) -> None:
        """Puts a body into the form; an empty one empties it."""
        raise NotImplementedError

    def known(self, found: SerialFound) -> None:
        """A machine number was looked up."""

    # ------------------------------------------------------------------ keeping

    def open(self, argument: object = None) -> None:
        self.desk.read(
            read_draft, self.place, done=lambda kept: self.restore(argument, kept), failed=self.trouble, owner=self,
            latest="draft",
        )  # fmt: skip

    def leave(self) -> bool:
        if self._timer.isActive():
            self._timer.stop()
            self.keep()
        return True

    def keep(self) -> None:
        """Keeps the form as it stands; an empty one is forgotten."""
        customer = self.customer.kept()
        if any(self.written()) or self.serial.text() or customer.get("id"):
            of_call = {"serial": self.serial.text(), "customer": customer, "proposed": self._proposed}
            self.desk.jot(keep_draft, self.place, self.body() | of_call)
        else:
            self.desk.jot(drop_draft, self.place)

    def clear(self) -> None:
        """Throws the draft away and starts anew."""
        self.start_anew()
        self.desk.jot(drop_draft, self.place)

    def start_anew(self) -> None:
        """An empty form, for the next one."""
        self._timer.stop()
        self._put({})
        first = self.start()
        if first is not None:
            first.setFocus()

    def restore(self, argument: object, kept: KeptDraft | None) -> None:
        """What was kept comes back, unless somebody writes already."""
        if kept is not None and not any(self.written()) and not self._timer.isActive():
            self._put(kept.body)

    def typed(self) -> None:
        """Something in the form changed; by hand, it is kept after the next pause."""
        if not self._filling:
            self._timer.start()
            self.settle()

    def _put(self, body: dict[str, Any]) -> None:
        self._filling, self._proposed = True, str(body.get("proposed", ""))
        self.serial.setText(str(body.get("serial", "")))
        self.customer.restore(body.get("customer", {}))
        self.fill(body)
        self._filling = False
        self.settle()

    # ------------------------------------------------------------------ what is wrong

    def settle(self) -> None:
        """No trouble is shown any more; a number that is wrong stays said until it is another."""
        self.problem.settle()
        for name, field in self.fields.items():
            if name != "serial":
                field.clear_problem()

    def trouble(self, error: BaseException) -> None:
        field = error.field if isinstance(error, UserError) else ""
        if isinstance(error, UserError) and field in self.fields:
            self.fields[field].show_error(error)
            self.fields[field].control.setFocus()
        elif isinstance(error, UserError) and field == "name":
            self.customer.show_error(error)
        elif isinstance(error, UserError):
            self.problem.show_error(error)
        else:
            super().trouble(error)

    # ------------------------------------------------------------------ the machine

    def scanned(self, text: str) -> bool:
        self.serial.setText(text)
        return True

    def _look_up(self, text: str) -> None:
        self.found = SerialFound()
        self.desk.read(by_serial, text, current(), done=self._know, failed=self.trouble, latest="serial")

    def _know(self, found: SerialFound) -> None:
        """A number that is wrong is said beside it and still saved as stated: nothing blocks the call."""
        self.found = found
        field = self.fields["serial"]
        field.clear_problem()
        if found.problem is not None and len(self.serial.text().strip()) >= 10:
            field.show_problem(found.problem)
        self._propose(found)
        self.known(found)

    def _propose(self, found: SerialFound) -> None:
        """The owner of the machine, unless somebody has said who it is; another machine brings its own."""
        picked = self.customer.picked
        if picked.new is None and picked.id in ("", self._proposed) and picked.id != found.customer:
            self.customer.put(found.customer, found.customer_name)
            self._proposed = found.customer


def beside_nothing(form: QWidget, width: int) -> QWidget:
    """A form at the start side of the page, at most so many px wide at the usual size of text."""
    form.setMaximumWidth(px(width))
    return boxed(row((form, 4), (boxed(row()), 1), margins=(24, 20, 24, 24)))
