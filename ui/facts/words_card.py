"""The words by which the person at the desk opens locked facts: chosen once, changed with the old ones."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.facts import actions
from app.kernel.errors import UserError
from app.kernel.messages import say
from ui.widgets.button import Button
from ui.widgets.card import Section
from ui.widgets.field import Field
from ui.widgets.inputs import CheckBox, TextField
from ui.widgets.label import Prose
from ui.widgets.layouts import row
from ui.widgets.problem import Problem
from ui.work import Desk


def secret_field() -> TextField:
    """A line whose letters are not seen."""
    made = TextField(longest=200)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


class WordsCard(Section):
    """`done` when they were chosen."""

    done = Signal()
    broke = Signal(object)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.old, self.words, self.again = secret_field(), secret_field(), secret_field()
        self.anew = CheckBox(say("I do not know them any more"))
        self.anew.toggled.connect(lambda _: self._arrange())
        self.problem = Problem()
        self._fields = {
            "old": Field(say("The words of until now"), self.old, name="old"),
            "words": Field(say("New words"), self.words, name="words", note=say("Four words of your own are good.")),
            "again": Field(say("New words once more"), self.again, name="again"),
        }
        self._told = Prose("", "small")
        self.act = Button(say("Choose these words"), icon="key", act=self.submit)
        self.again.entered.connect(lambda _: self.submit())
        self._has_words = False
        super().__init__(
            say("Your words for locked facts"), self._told, self._fields["old"], self.anew, self._fields["words"],
            self._fields["again"], self.problem, row(self.act, None),
        )  # fmt: skip

    def ask(self, *, has_words: bool) -> None:
        """For somebody who has words already, or none yet."""
        self._has_words = has_words
        self._arrange()

    def forget(self) -> None:
        """Nothing that was typed stays."""
        for each in (self.old, self.words, self.again):
            each.clear()
        self.anew.setChecked(False)
        self._settle()

    def submit(self) -> None:
        """Takes the words that were typed."""
        self._settle()
        self._desk.write(
            actions.choose_words, self.words.text(), self.again.text(), old=self.old.text(),
            anew=self.anew.isChecked(), done=self._chosen, failed=self._trouble, owner=self,
        )  # fmt: skip

    def _arrange(self) -> None:
        self.anew.setVisible(self._has_words)
        self._fields["old"].setVisible(self._has_words and not self.anew.isChecked())
        self._told.put(
            say("What was locked until now opens for you again when somebody else who may read it has opened it.")
            if self.anew.isChecked()
            else say("Nobody can tell you these words when they are forgotten, and they open nothing but locked facts.")
        )

    def _settle(self) -> None:
        self.problem.settle()
        for field in self._fields.values():
            field.clear_problem()

    def _chosen(self, _: object) -> None:
        self.forget()
        self.done.emit()

    def _trouble(self, error: BaseException) -> None:
        if isinstance(error, UserError) and error.field in self._fields:
            self._fields[error.field].show_error(error)
            self._fields[error.field].control.setFocus()
        elif isinstance(error, UserError):
            self.problem.show_error(error)
        else:
            self.broke.emit(error)
