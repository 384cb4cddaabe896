"""Connecting this computer: where to, and the code that the manufacturer or the manager gave."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.kernel.errors import UserError
from app.kernel.messages import say
from ui.theme.buttons import Kind
from ui.theme.look import px
from ui.widgets.button import Button
from ui.widgets.card import Section
from ui.widgets.field import Field
from ui.widgets.inputs import TextField
from ui.widgets.label import Label
from ui.widgets.layouts import row
from ui.widgets.problem import Problem
from ui.widgets.texts import Words
from ui.work import Desk

HTTPS = "https://"
WIDEST = 680


class ConnectCard(Section):
    """`connected` is called when the manufacturer knows this computer."""

    def __init__(self, desk: Desk, connected: Callable[[], object]) -> None:
        self._desk, self._connected = desk, connected
        self.address = TextField(code=True, longest=200)
        self.code = TextField(code=True, longest=40)
        self.problem = Problem()
        self._fields = {
            "address": Field(
                say("Address"), self.address, name="address", note=say("It begins with {start}", start=HTTPS)
            ),
            "code": Field(say("Code"), self.code, name="code", note=say("Four groups of five letters and digits")),
        }
        self.act = Button(say("Connect"), Kind.PRIMARY, icon="link", act=self.connect_now)
        self.code.entered.connect(lambda _: self.connect_now())
        self.address.entered.connect(lambda _: self.code.setFocus())
        self._told = Label("", "body", "ink2", wrap=True)
        self._waits = Label("", "body", weight=500, wrap=True)
        self._waits.hide()
        super().__init__(
            say("Connect this computer"),
            self._told,
            self._waits,
            *self._fields.values(),
            self.problem,
            row(self.act, None),
            gap=12,
        )
        self.setMaximumWidth(px(WIDEST))

    def put(self, manufacturer: Words) -> None:
        """Says what a connection is good for."""
        self._told.put(
            say(
                "Everything works without a connection. With one, your other computers and {manufacturer} have the same"
                " records; what belongs to your customers stays yours.",
                manufacturer=manufacturer or say("the manufacturer"),
            )
        )

    def remember(self, address: str, *, code_waits: bool) -> None:
        """A code was given at the first start, when there was no network: it waits, or came too late."""
        if address and not self.address.text():
            self.address.setText(address)
        self._waits.setVisible(bool(address))
        self._waits.put(
            say(
                "This computer connects by itself as soon as there is a network. If its code gets too old,"
                " type a new one."
            )
            if code_waits
            else say("The code that was typed is not good any more. Ask for a new one, and type it here.")
        )

    def first(self) -> QWidget:
        """Where the keyboard begins."""
        return self.code if self.address.text() else self.address

    def connect_now(self) -> None:
        """Asks with what stands in the two fields, once at a time."""
        if not self.act.isEnabled():
            return
        self._settle()
        self.act.setEnabled(False)
        self.act.put(say("Connecting …"))
        self._desk.exchange.enrol(
            self.address.text(), self.code.text(), done=self._done, failed=self._failed, owner=self
        )

    def _done(self, _link: object) -> None:
        self._ready()
        self.code.clear()
        self._connected()

    def _failed(self, problem: BaseException) -> None:
        self._ready()
        if not isinstance(problem, UserError):
            self._desk.troubled.emit(problem)
        elif problem.field in self._fields:
            self._fields[problem.field].show_error(problem)
            (self.code if problem.field == "code" else self.address).setFocus()
        else:
            self.problem.show_error(problem)

    def _ready(self) -> None:
        self.act.setEnabled(True)
        self.act.put(say("Connect"))

    def _settle(self) -> None:
        self.problem.settle()
        for field in self._fields.values():
            field.clear_problem()
