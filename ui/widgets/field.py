"""A field: its label above, its note or problem below. The control gets its accessible name from the label."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kernel.errors import UserError
from app.kernel.messages import Message, say
from ui.widgets.announce import announce
from ui.widgets.inputs import TextArea, TextField
from ui.widgets.label import Icon, Label
from ui.widgets.layouts import Item, boxed, column, row
from ui.widgets.texts import Words, is_language_change, spoken


class Field(QWidget):
    """`Field(say("Customer"), TextField(), note=say("Three fields are enough to save"))`.

    `control` is the widget handed in; `name` links it to `UserError.field`.
    """

    def __init__(self, label: Words, control: QWidget, *, note: Words = "", name: str = "") -> None:
        super().__init__()
        self.control, self.name = control, name
        self._title, self._note = label, note
        self._problem: Words = ""
        self._excess: Words = ""  # it goes by shortening the text, and by nothing else
        self._fresh = False
        self._label = Label(label, "small", "ink2", weight=500)
        self._label.setBuddy(control)
        self._mark = Icon("octagon-alert", "stop", 15)
        self._below = Label("", "small", "ink3", wrap=True)
        self._foot = boxed(row(self._mark, (self._below, 1), gap=6))
        grows = control.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Expanding
        rest: list[Item] = [] if grows else [None]  # fields side by side keep their labels on one line
        self.setLayout(column(self._label, (control, 1 if grows else 0), self._foot, *rest, gap=4))
        self.setFocusProxy(control)
        if isinstance(control, TextArea):
            control.measured.connect(self._measure)
        if isinstance(control, TextField):
            control.inputRejected.connect(self._left_out)
            control.textEdited.connect(lambda _: self._left_out_no_more())
        self.retranslate()

    @property
    def problem(self) -> str:
        """What is wrong, in words; empty while nothing is."""
        return spoken(self._excess or self._problem)

    def show_problem(self, problem: Words) -> None:
        """Marks the field wrong and says how to cure it; the words stay until `clear_problem`."""
        self._problem = problem
        self._show_foot()
        announce(self.control, f"{spoken(self._title)}: {spoken(problem)}", urgent=True)

    def show_error(self, error: UserError) -> None:
        """The same for an error of an action."""
        self.show_problem(error.message)

    def clear_problem(self) -> None:
        """Nothing is wrong any more."""
        if self._problem:
            self._problem = ""
            self._show_foot()

    def call(self, label: Words) -> None:
        """Is labelled otherwise from now on."""
        self._title = label
        self._label.put(label)
        self.retranslate()

    def set_note(self, note: Words) -> None:
        """Changes the quiet line below."""
        self._note = note
        self._show_foot()

    def retranslate(self) -> None:
        """Names the control in the language in force."""
        self.control.setAccessibleName(spoken(self._title))
        self._show_foot()

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def _measure(self, excess: Message | None) -> None:
        if (excess or "") != self._excess:
            self._excess = excess or ""
            self._problem = ""  # that of a refusal, while it was too long
            self._show_foot()

    def _left_out(self) -> None:
        """More was typed or pasted than a line holds: said until it is edited again."""
        if isinstance(self.control, TextField) and len(self.control.text()) == self.control.maxLength():
            self._excess = say(
                "At most {most} characters fit here. What is beyond them was left out.", most=self.control.maxLength()
            )
            self._fresh = True
            self._show_foot()

    def _left_out_no_more(self) -> None:
        fresh, self._fresh = self._fresh, False  # the very edit whose rest was left out comes after the word of it
        if self._excess and not fresh:
            self._excess = ""
            self._show_foot()

    def _show_foot(self) -> None:
        wrong = bool(self.problem)
        below = self.problem or spoken(self._note)
        self._mark.setVisible(wrong)
        self._below.put(below)
        self._below.set_ink("stop" if wrong else "ink3")
        self._foot.setVisible(bool(below))
        self.control.setAccessibleDescription(below)
        self.control.setProperty("wrong", wrong)
        self.control.update()
