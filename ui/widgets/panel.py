"""A question that is asked in place: a card with fields, one act to save and one to leave. No dialog."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.kernel.errors import UserError
from app.kernel.messages import say
from ui.theme.buttons import Kind
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.keys import saves
from ui.widgets.label import Label
from ui.widgets.layouts import Item, column, row
from ui.widgets.problem import Problem
from ui.widgets.texts import Words


class Panel(Card):
    """Subclasses give `submit`. Ctrl+Enter saves, Esc leaves; `broke` carries trouble that is not the user's.

    `came` says whether the panel is up: there is one blue button on a page, and then it is the panel's.
    """

    closed = Signal()
    broke = Signal(object)
    came = Signal(bool)

    def __init__(self, title: Words, verb: Words, *items: Item, icon: str = "check") -> None:
        self.fields: dict[str, Field] = {}
        self.problem = Problem()
        self.headline = Label(title, "head")
        self.save = Button(verb, Kind.PRIMARY, icon=icon, keys="Ctrl+Enter", act=self.submit)
        self._leave = Button(say("Leave"), Kind.TEXT, keys="Esc", act=self.close_panel)
        foot = row(self.save, self._leave, None)
        body = column(self.headline, *items, self.problem, foot, gap=12, margins=(16, 14, 16, 16))
        super().__init__(body)
        self.problem.hide()
        self.hide()

    def name_fields(self, *fields: Field) -> None:
        """Errors of these fields are shown at them."""
        self.fields |= {field.name: field for field in fields}

    def ask(self) -> None:
        """Comes up, without what was wrong the last time."""
        self.settle()
        self.show()
        first = self.first()
        if first is not None:
            first.setFocus()

    def first(self) -> QWidget | None:
        """Where the keyboard starts."""
        return next(iter(self.fields.values())).control if self.fields else None

    def settle(self) -> None:
        """Nothing is wrong."""
        self.problem.settle()
        for field in self.fields.values():
            field.clear_problem()

    def submit(self) -> None:
        """Saves; subclasses say how."""

    def show_trouble(self, error: BaseException) -> None:
        """At its field, else above the acts; what is not the user's is passed on."""
        if isinstance(error, UserError) and error.field in self.fields:
            field = self.fields[error.field]
            field.show_error(error)
            field.control.setFocus()
        elif isinstance(error, UserError):
            self.problem.show_error(error)
        else:
            self.broke.emit(error)

    def close_panel(self) -> None:
        """Goes away; what was typed stays until it comes up for something else."""
        self.hide()
        self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.came.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        elif saves(event):
            self.submit()
        else:
            super().keyPressEvent(event)
