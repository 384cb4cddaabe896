"""A sheet of the doorway: one question, its fields, the way on and the way back."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.kernel.errors import UserError
from app.kernel.messages import say
from ui.shell.crash import logged
from ui.theme.buttons import Kind
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.inputs import CheckBox
from ui.widgets.keys import is_enter
from ui.widgets.label import Label
from ui.widgets.layouts import Item, column, row
from ui.widgets.problem import Problem
from ui.widgets.progress import Progress
from ui.widgets.texts import Words


class Sheet(QWidget):
    """`first` has the keyboard when it comes up; `fields` are named as `UserError.field` names them.

    What was typed stays while the doorway stands, but for what `forget` clears.
    """

    def __init__(self, title: Words, *items: Item, acts: Item, first: QWidget, fields: Mapping[str, Field]) -> None:
        super().__init__()
        self.title, self.first, self.fields = title, first, dict(fields)
        self.problem, self.progress = Problem(), Progress()
        self.back = Button(say("Back"), Kind.TEXT, icon="arrow-left", keys="Esc")
        self.back.hide()
        self.place = Label("", "small", "ink3")
        self._busy = False
        head = column(self.place, Label(title, "title", wrap=True), gap=2)
        foot = row(self.back, None, acts, gap=10)
        self.setLayout(column(head, self.problem, *items, self.progress, foot, gap=14, margins=(28, 24, 28, 24)))
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._busy

    def wait(self, words: Words) -> None:
        """Something takes a moment: nothing can be pressed twice meanwhile, and what was typed can be read."""
        self.settle()
        self._busy = True
        self.progress.start(words)

    def ready(self) -> None:
        """It is over."""
        self._busy = False
        self.progress.finish()

    def settle(self) -> None:
        """Nothing is wrong any more."""
        self.problem.settle()
        for field in self.fields.values():
            field.clear_problem()

    def show_error(self, error: BaseException) -> None:
        """Says what is wrong at its field, or above; the keyboard goes where it can be put right."""
        self.ready()
        if not isinstance(error, UserError):
            logged(error)
            self.problem.show_words(
                say("That was our mistake."), say("Try it once more. If it happens again, start the program anew.")
            )
        elif error.field in self.fields:
            field = self.fields[error.field]
            field.show_error(error)
            field.control.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.problem.show_error(error)

    def forget(self) -> None:
        """Secrets that were typed are gone."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a tick goes on like Enter in a field; a press of Space changes it."""
        if is_enter(event) and isinstance(self.focusWidget(), CheckBox) and not event.isAutoRepeat():
            self.go_on()
        else:
            super().keyPressEvent(event)

    def go_on(self) -> None:
        """Enter, or the button that leads on."""


def next_button(words: Words, act: Callable[[], object]) -> Button:
    """The one button that leads on."""
    return Button(words, Kind.PRIMARY, keys="Enter", act=act)
