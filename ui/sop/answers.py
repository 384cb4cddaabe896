"""How a step is answered: one small widget for each kind, all with the same four words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.content.published.procedure import StepKind
from app.kernel.messages import say
from app.sop.rules import TickKind
from app.views.sop_run import StepSeen
from ui.sop.band import LimitBand
from ui.theme.buttons import Kind, Size
from ui.theme.paint import ring
from ui.widgets.announce import announce
from ui.widgets.button import Button
from ui.widgets.label import Icon, Label
from ui.widgets.layouts import boxed, column, form_row, row
from ui.widgets.number import NumberField
from ui.widgets.photos import PhotoDrop
from ui.widgets.texts import speak, tr, trn

Answer = tuple[TickKind, Mapping[str, Any]]
ROOM = 6  # px around the answers, for the ring of the keyboard


class AnswerBox(QWidget):
    """`ready()` is the tick to make, or None while something is missing; `went` asks for the next step at once;
    `changed` follows every touch; `typed` is kept on the device."""

    went = Signal()
    changed = Signal()

    def ready(self) -> Answer | None:
        """The kind of the tick and its body."""
        return TickKind.DONE, {}

    def inside(self) -> bool:
        """Whether the answer as it stands passes; outside needs a reason."""
        return True

    @property
    def typed(self) -> str:
        """What was entered and not yet kept."""
        return ""

    def press(self, sign: str) -> bool:
        """A digit or letter was pressed where no text is written; True when it meant something here."""
        return False

    def paste(self) -> bool:
        """Ctrl+V where no text is written; True when the clipboard held an answer."""
        return False

    def first(self) -> QWidget | None:
        """Where the keyboard begins."""
        return None

    def ask(self) -> None:
        """The person wants to go on and nothing is answered: says so where the answer does not say it by itself."""


class NumberAnswer(AnswerBox):
    """A value with its limits as a band and in words."""

    def __init__(self, step: StepSeen, typed: str) -> None:
        super().__init__()
        self._step = step
        self.field = NumberField(
            places=step.decimals, unit=step.unit, step=1, size=Size.BENCH, name=say("Value"),
        )  # fmt: skip
        if typed:
            self.field.line.setText(typed)
        self.band = LimitBand()
        self.band.show_limits(step.minimum, step.maximum, places=step.decimals)
        self._icon = Icon("circle", "ink3", 20)
        self._words = Label("", "lead", "ink2", weight=600)
        self.field.changed.connect(self._show)
        self.field.entered.connect(lambda _: self.went.emit())
        self.setLayout(column(self.field, self.band, row(self._icon, (self._words, 1), gap=10), gap=14))
        self._show()

    def ready(self) -> Answer | None:
        value = self.field.value
        return None if value is None else (TickKind.MEASURED, {"value": value})

    def inside(self) -> bool:
        return self.field.value is None or self._within(self.field.value)

    @property
    def typed(self) -> str:
        return self.field.text

    def first(self) -> QWidget | None:
        return self.field.line

    def _within(self, value: int) -> bool:
        low, high = self._step.minimum, self._step.maximum
        return (low is None or value >= low) and (high is None or value <= high)

    def _show(self, _: object = None) -> None:
        value, limits = self.field.value, speak(self._step.limits)
        self.band.put(value)
        if value is None and self.field.text.strip():
            shape, ink, words = "octagon-alert", "stop", self._not_a_number()
        elif value is None:
            shape, ink, words = "circle", "ink3", tr("Allowed: {limits}", limits=limits)
        elif self._within(value):
            shape, ink, words = "circle-check", "ok", tr("Within the limits, {limits}", limits=limits)
        else:
            shape, ink, words = "octagon-alert", "stop", tr("Outside the limits, {limits}", limits=limits)
        self._icon.put(shape, ink)
        self._words.set_ink("ink2" if ink == "ink3" else ink)
        self._words.put(words)
        self.changed.emit()

    def _not_a_number(self) -> str:
        places = self._step.decimals
        if not places:
            return tr("Write a whole number.")
        return trn(
            "Write a number with at most {count} digit after the point.",
            "Write a number with at most {count} digits after the point.", places,
        )  # fmt: skip


class PickAnswer(AnswerBox):
    """Yes or no, or one of some choices: large buttons with a key each.

    The keyboard begins at the question and at none of its answers: Enter, pressed once too often, must not confirm a
    fact of safety that nobody looked at.
    """

    def __init__(
        self, kind: TickKind, options: Sequence[tuple[Any, str, str]], passing: Sequence[Any], *, question: str
    ) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(question)
        self.value: Any = None
        self._kind, self._passing = kind, list(passing)
        self.buttons: dict[Any, Button] = {}
        self._keys = {key: value for value, _, key in options}
        for value, words, key in options:
            self.buttons[value] = Button(words, keys=key, size=Size.GLOVE, act=self._chooser(value))
        pair = [boxed(form_row(*self.buttons.values()))] if len(options) == 2 else list(self.buttons.values())
        self._missing = Label(say("The answer of this step is missing."), "lead", "stop", wrap=True, weight=600)
        self.lacks = boxed(row(Icon("octagon-alert", "stop", 20), (self._missing, 1), gap=10))
        self.lacks.hide()
        self.setLayout(column(*pair, self.lacks, gap=10, margins=(ROOM, ROOM, ROOM, ROOM)))

    def ready(self) -> Answer | None:
        return None if self.value is None else (self._kind, {"value": self.value})

    def inside(self) -> bool:
        return self.value is None or self.value in self._passing

    def press(self, sign: str) -> bool:
        if sign.upper() not in self._keys:
            return False
        self.choose(self._keys[sign.upper()])
        return True

    def first(self) -> QWidget | None:
        """The one that was chosen: Enter would choose another. Before, the question."""
        return self.buttons.get(self.value, self)

    def ask(self) -> None:
        self.lacks.show()
        announce(self, self._missing.text(), urgent=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk among the answers, Space or Enter chooses the one they stand on."""
        onward = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if onward:
            self._walk(onward)
        else:
            super().keyPressEvent(event)

    def _walk(self, onward: int) -> None:
        buttons = list(self.buttons.values())
        here = [at for at, each in enumerate(buttons) if each.hasFocus()]
        at = here[0] + onward if here else (0 if onward > 0 else len(buttons) - 1)
        buttons[max(0, min(at, len(buttons) - 1))].setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            ring(QPainter(self), self.rect())

    def choose(self, value: Any) -> None:
        """Takes this answer; a second press of the same one goes on."""
        again, self.value = self.value == value, value
        self.lacks.hide()
        for each, button in self.buttons.items():
            button.dress(Kind.PRIMARY if each == value else Kind.SECONDARY)
        self.buttons[value].setFocus()  # else Enter, pressed to go on, would choose the one that had the keyboard
        self.changed.emit()
        if again:
            self.went.emit()

    def _chooser(self, value: Any) -> Callable[[], None]:
        return lambda: self.choose(value)


class PhotoAnswer(AnswerBox):
    """A photograph, dropped, pasted or chosen; `given` carries a path or PNG bytes and the page keeps it."""

    given = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.drop = PhotoDrop(say("Drop the photo here, or paste it"))
        self.drop.given.connect(lambda paths: self.given.emit(paths[0]) if paths else None)
        self.drop.pasted.connect(self.given.emit)
        self.setLayout(column(self.drop))

    def ready(self) -> Answer | None:
        return None

    def first(self) -> QWidget | None:
        return self.drop.first

    def paste(self) -> bool:
        return self.drop.paste()


class HoldAnswer(AnswerBox):
    """A hold point: somebody named lets the work go on."""

    def ready(self) -> Answer | None:
        return TickKind.RELEASED, {}


def answer_box(step: StepSeen, typed: str) -> AnswerBox:
    """The widget for a step; serial steps bring their own (see `serial_answer`)."""
    if step.kind == StepKind.NUMBER:
        return NumberAnswer(step, typed)
    if step.kind == StepKind.YES_NO:
        options: list[tuple[Any, str, str]] = [(True, tr("Yes"), "Y"), (False, tr("No"), "N")]
        return PickAnswer(TickKind.ANSWERED, options, [step.expected], question=step.text)
    if step.kind == StepKind.CHOICE:
        options = [(code, text, str(n)) for n, (code, text) in enumerate(step.choices, 1)]
        return PickAnswer(TickKind.CHOSEN, options, step.passing, question=step.text)
    if step.kind == StepKind.PHOTO:
        return PhotoAnswer()
    return HoldAnswer() if step.kind == StepKind.HOLD else AnswerBox()
