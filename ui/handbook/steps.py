"""The lines of DO NOW: large ticks for the eye, warnings before a line, and a question with exclusive answers."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from app.handbook.spoken import Choice, Question, Step
from ui.theme.buttons import Kind, Size
from ui.widgets.button import Button
from ui.widgets.inputs import CheckBox
from ui.widgets.label import Icon, Label, Rule
from ui.widgets.layouts import boxed, column, row
from ui.widgets.wrapping import Wrap


class StepLine(QWidget):
    """One urgent line; a press anywhere on it ticks it. A tick is not saved."""

    def __init__(self, step: Step, number: str, go: Callable[[str], None], chosen: str) -> None:
        super().__init__()
        self.step = step
        self.tick = CheckBox("", large=True)
        self.tick.setAccessibleName(f"{number}. {step.text}")
        self.text = Label(step.text, "do", weight=600, wrap=True)
        line = row(self.tick, Label(number, "do", "ink2", weight=600), (self.text, 1), gap=12)
        warned = [row(Icon("triangle-alert", "warn", 20), (Label(each, "lead", wrap=True), 1), gap=10)
                  for each in step.warnings]  # fmt: skip
        after = [row(50, (Label(step.consequence, "lead", "ink2", wrap=True), 1))] if step.consequence else []
        self._asked = [Asked(step.question, go, chosen)] if step.question else []
        asked = [row(50, (each, 1)) for each in self._asked]
        self.setLayout(column(*warned, line, *after, *asked, gap=4, margins=(0, 5, 0, 5)))

    def questions(self) -> list["Asked"]:
        """The question after this line, if there is one."""
        return self._asked

    def take_over(self, before: "StepLine") -> None:
        """What was ticked and answered stays, where the line and its question read as before."""
        if before.step.text == self.step.text:
            self.tick.setChecked(before.tick.isChecked())
        for asked, old in zip(self._asked, before.questions(), strict=False):
            asked.take_over(old)

    def toggle(self) -> None:
        """Ticks or unticks."""
        self.tick.toggle()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.toggle()


class Asked(QWidget):
    """A question: one answer is chosen, the others grey but stay readable."""

    chosen = Signal(str)

    def __init__(self, question: Question, go: Callable[[str], None], chosen: str) -> None:
        super().__init__()
        self._go, self._question, self._chosen = go, question, chosen
        self.answer: Choice | None = None
        self.buttons = [
            Button(each.text, Kind.SECONDARY, icon="circle", size=Size.TOUCH, act=partial(self.choose, each))
            for each in question.choices
        ]  # fmt: skip
        self.then = Label("", "lead", wrap=True)
        self.then.hide()
        title = Label(question.text, "lead", weight=600, wrap=True)
        self.setLayout(column(title, boxed(Wrap(*self.buttons, gap=8, line_gap=8)), self.then, gap=6))

    def choose(self, choice: Choice) -> None:
        """This answer holds; what to do then is read below, or the page for it comes up."""
        self._mark(choice)
        if choice.code:
            self._go(choice.code)

    def take_over(self, before: "Asked") -> None:
        """The answer stays, where question and answers read as before."""
        if before.answer is not None and before._question == self._question:
            self._mark(before.answer)

    def _mark(self, choice: Choice) -> None:
        self.answer = choice
        for button, each in zip(self.buttons, self._question.choices, strict=True):
            on = each == choice
            button.dress(Kind.PRIMARY if on else Kind.TEXT, icon="circle-check" if on else "circle")
            button.put(each.text, name=self._chosen.replace("{name}", each.text) if on else each.text)
        self.then.put(choice.then)
        self.then.show()

    def focus_first(self) -> None:
        """The keyboard goes to the first answer."""
        self.buttons[0].setFocus()


def parted(lines: list[QWidget]) -> QWidget:
    """Lines with a hairline between them."""
    items: list[QWidget] = []
    for each in lines:
        items += [Rule(), each] if items else [each]
    return boxed(column(*items, gap=0))
