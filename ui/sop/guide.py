"""One step, large: what to do, why, one warning, the answer, and what else is known about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.content.published.procedure import StepKind
from app.kernel.errors import UserError
from app.kernel.messages import say
from app.repairs.rules.serials import Slot
from app.sop.rules import State
from app.views.sop_run import RunPage, StepSeen
from ui.pickers.serial import Check
from ui.sop.answers import AnswerBox, PhotoAnswer, PickAnswer, answer_box
from ui.sop.serial_answer import SerialAnswer
from ui.theme.buttons import Kind, Size
from ui.theme.look import px
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.card import Banner, Card
from ui.widgets.chip import Chip
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextField
from ui.widgets.label import Label
from ui.widgets.layouts import Item, boxed, clear, column, row
from ui.widgets.scroll import lie
from ui.widgets.texts import Words, speak, spoken, tr, trn

SIDE = 372
BELOW, WIDEST = 800, 16_777_215  # px; the second is what Qt takes for no limit


@dataclass(frozen=True, slots=True)
class GuideActs:
    """What the guide asks its page to do."""

    take_back: Callable[[str], None]
    skip: Callable[[bool, str], None]
    note: Callable[[str], None]
    stop: Callable[[str], None]
    check_serial: Check
    photo: Callable[[object], None]
    kept_photo: Callable[[str], QWidget]


@dataclass(frozen=True, slots=True)
class _Entered:
    """What a person has put into the fields of a step."""

    typed: str
    picked: Any
    second: Any
    reason: str
    clock: str
    note: str


class GuideView(QWidget):
    """`show_step(page, code, typed)`; `went` asks to keep the answer, `changed` follows each touch."""

    went = Signal()
    changed = Signal()

    def __init__(self, acts: GuideActs) -> None:
        super().__init__()
        self._acts = acts
        self.onward: QWidget | None = None
        self.backward: QWidget | None = None
        self.step: StepSeen | None = None
        self.answer = AnswerBox()
        self.answer.setParent(self)
        self._loose: list[QWidget] = []
        self._renew(())
        self._main, self._side = column(), column()
        self._outside: Card | None = None
        self._stopping: Card | None = None
        self._beside = boxed(self._side, width=SIDE)
        self._both = row((boxed(self._main), 1), self._beside, gap=32, margins=(28, 24, 28, 20))
        self.setLayout(self._both)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With a large text what belongs to the step goes below it."""
        super().resizeEvent(event)
        below = self.width() < px(BELOW)
        self._beside.setMinimumWidth(0 if below else px(SIDE))
        self._beside.setMaximumWidth(WIDEST if below else px(SIDE))
        lie(self._both, below=below)

    def show_step(self, page: RunPage, code: str, typed: str = "", *, again: bool = False) -> None:
        """Shows this step and puts the keyboard into its answer. `again`: it was read anew, and what was entered and
        not yet kept stays, unless the step was answered in between."""
        before, step = self.step, page.step(code)
        same = again and before is not None and (before.code, before.tick) == (step.code, step.tick)
        left = self._entered(noted=same and before is not None and before.notes != step.notes) if same else None
        self.step, self._outside = step, None
        for layout in (self._main, self._side):
            clear(layout)
        self._renew(page.people)
        if self.answer.parent() is self:
            self.answer.deleteLater()
        self.answer = self._answer(step, typed or (left.typed if left else ""))
        self.answer.setParent(self)
        self.answer.went.connect(self.went)
        self.answer.changed.connect(self._touched)
        self._main.addWidget(boxed(column(*self._middle(page, step), gap=14)))
        self._side.addWidget(boxed(column(*self._facts(page, step), gap=12)))
        for each in (*self._loose, self.answer):
            if each.parent() is self:  # else it shows in the corner when the guide itself is shown again
                each.hide()
        if left is not None:
            self._enter(left)
        self._touched()
        QTimer.singleShot(0, self, self.start)  # what a layout was given is shown by the event loop, and focused then

    def _entered(self, *, noted: bool) -> "_Entered":
        """What stands in the fields; a note that was kept by now is not one to keep again."""
        picked = self.answer.value if isinstance(self.answer, PickAnswer) else None
        note = "" if noted else self.note.text()
        return _Entered(self.answer.typed, picked, self.second.value, self.reason.text(), self.clock.text(), note)

    def _enter(self, left: "_Entered") -> None:
        if left.picked is not None and isinstance(self.answer, PickAnswer):
            self.answer.choose(left.picked)
        self.second.choose(left.second)
        for field, text in ((self.reason, left.reason), (self.clock, left.clock), (self.note, left.note)):
            field.setText(text)

    def start(self) -> None:
        """The keyboard begins at the answer, else at the way on, at a locked step at the way back: Enter on Close would
        leave the run."""
        step = self.step
        first = None if step is None or step.locked else self.answer.first()
        if first is None and step is not None and step.second_person and not step.locked:
            first = self.second
        if step is not None and step.state == State.DONE and isinstance(self.answer, PickAnswer | PhotoAnswer):
            first = None  # Enter goes on, and asks for no other answer or photo
        ways = [each for each in (first, self.onward, self.backward) if each is not None and each.isEnabled()]
        (ways[0] if ways else self).setFocus()

    def trouble(self, error: UserError) -> bool:
        """Shows an error at its field; False when it belongs elsewhere."""
        if error.field == "reason":
            self._ask_reason(spoken(error.message))
        elif error.field == "second":
            self.second_field.show_error(error)
            self.second.setFocus()
        elif error.field == "at":
            self.clock_field.show_error(error)
            self.clock.setFocus()
        elif isinstance(self.answer, SerialAnswer):
            self.answer.show_trouble(error)
        else:
            return False
        return True

    def _renew(self, people: Sequence[tuple[str, str]]) -> None:
        """The fields live as long as their step; what a step does not show waits here unseen."""
        for each in self._loose:
            if each.parent() is self:
                each.deleteLater()
        self.second = Choice([("", say("Choose")), *people], size=Size.TOUCH)
        self.second_field = Field(say("Second person, who watches"), self.second, name="second")
        self.reason = TextField(size=Size.TOUCH)
        self.reason_field = Field(say("What was done about it"), self.reason, name="reason")
        self.reason.entered.connect(lambda _: self.went.emit())
        self.clock = TextField(size=Size.TOUCH, longest=8)
        self.clock.entered.connect(lambda _: self.went.emit())
        self.clock_field = Field(say("Done at"), self.clock, note=say("Such as 14:05; empty means now"), name="at")
        self.note = TextField(size=Size.TOUCH)
        self.note.entered.connect(self._acts.note)
        self._loose = [self.second_field, self.reason_field, self.clock_field, self.note]
        for each in self._loose:
            each.setParent(self)

    def _answer(self, step: StepSeen, typed: str) -> AnswerBox:
        if step.kind == StepKind.SERIAL:
            slot = Slot.OLD if step.direction == "out" else Slot.NEW
            made: AnswerBox = SerialAnswer(slot, self._acts.check_serial, typed, step.booked)
        else:
            made = answer_box(step, typed)
        if isinstance(made, SerialAnswer | PhotoAnswer):
            made.given.connect(self._acts.photo)
        return made

    def _middle(self, page: RunPage, step: StepSeen) -> list[Item]:
        count = len(page.steps)
        place = Chip(tr("Step {number} of {count}", number=step.number, count=count), Tone.ACCENT)
        chips: list[Item] = [place, Chip(step.phase)]
        if step.safety:
            chips.append(Chip(say("Safety step"), Tone.NONE, icon="shield-alert"))
        if step.foreign:
            chips.append(Chip(tr("In {language}: not translated yet", language=step.foreign), Tone.UNSURE))
        found: list[Item] = [row(*chips, None, gap=8), Label(step.text, "step", wrap=True)]
        if step.why:
            found.append(Label(step.why, "do", "ink2", wrap=True, weight=400))
        if step.warning:
            found.append(Banner(Tone.WARN, step.warning))
        found += self._standing(step)
        if not step.locked:
            found += [6, self.answer]
            if step.second_person:
                found.append(self.second_field)
            self._outside = self._make_outside(step)
            found.append(self._outside)
        return [*found, None]

    def _standing(self, step: StepSeen) -> list[Item]:
        """What was answered before, or what keeps the step shut."""
        if step.shut is not None:
            return [Banner(Tone.STOP, speak(step.shut), icon="lock")]
        if step.state == State.OPEN:
            return []
        back = Button(say("Take it back"), Kind.SECONDARY, icon="undo-2", size=Size.TOUCH,
                      act=lambda: self._acts.take_back(step.tick))  # fmt: skip
        tone = {State.DONE: Tone.OK, State.OUTSIDE: Tone.STOP}.get(step.state, Tone.UNSURE)
        seen = spoken(step.seen) if step.seen else speak(step.state_words)
        line = [spoken(step.when), step.reason]
        if step.late_entry:
            line.append(speak(step.late_entry))
        if step.earlier:
            line.append(trn("{count} earlier answer is kept", "{count} earlier answers are kept", step.earlier))
        banner = Banner(tone, f"{speak(step.state_words)}: {seen}", " · ".join(filter(None, line)), back)
        return [banner, self._acts.kept_photo(step.photo)] if step.photo else [banner]

    def _make_outside(self, step: StepSeen) -> Card:
        """Comes up when the answer does not pass: what to do, and the reason that goes on record."""
        head = Label(step.fail_text or say("This is not what the step asks for."), "do", wrap=True, weight=600)
        inner: list[Item] = [head]
        if step.safety:
            inner.append(Label(say("The work stays locked until this step passes."), "body", "ink2", wrap=True))
        card = Card(column(*inner, self.reason_field, gap=10, margins=(18, 14, 18, 16)), tone=Tone.STOP, bar=True)
        card.hide()
        return card

    def _ask_reason(self, words: str) -> None:
        if self._outside is not None:
            self._outside.show()
        self.reason_field.show_problem(words)
        self.reason.setFocus()

    def _touched(self) -> None:
        if self._outside is not None:
            self._outside.setVisible(not self.answer.inside())
        self.changed.emit()

    def _facts(self, page: RunPage, step: StepSeen) -> list[Item]:
        facts = [
            (say("Allowed"), spoken(step.limits)),
            (say("Component"), step.component),
            (say("If not"), step.fail_text),
        ]
        rows: list[Item] = [_fact(label, text) for label, text in facts if text]
        cards: list[Item] = []
        if rows:
            cards.append(Card(column(*rows, gap=10, margins=(18, 14, 18, 14))))
        if not step.locked:
            cards.append(Card(column(self.clock_field, margins=(18, 12, 18, 14))))
            if step.can_skip:
                cards.append(self._skipping())
        cards.append(self._notes(step))
        self._stopping = self._make_stop()
        return [*cards, self._stopping, None]

    def ask_stop(self) -> None:
        """Asks why the procedure is to end where it stands."""
        if self._stopping is not None:
            self._stopping.show()
            self.stop_reason.setFocus()

    def leave_stop(self) -> bool:
        """Asks no more why; False when it was not asked."""
        if self._stopping is None or self._stopping.isHidden():
            return False
        self._stopping.hide()
        self.start()
        return True

    def _make_stop(self) -> Card:
        self.stop_reason = TextField(size=Size.TOUCH)
        field = Field(say("Why the procedure is stopped"), self.stop_reason, name="stop")

        def stop() -> None:
            if self.stop_reason.text().strip():
                self._acts.stop(self.stop_reason.text())
            else:
                field.show_problem(say("Write why. The form will carry it."))

        self.stop_reason.entered.connect(lambda _: stop())
        end = Button(say("Stop the procedure"), Kind.DANGER, icon="octagon-x", size=Size.TOUCH, act=stop)
        card = Card(column(field, end, gap=12, margins=(18, 12, 18, 16)), tone=Tone.STOP)
        card.hide()
        return card

    def _skipping(self) -> Card:
        reason = TextField(size=Size.TOUCH)
        field = Field(say("Why it is not done"), reason, name="skip")

        def leave(put_off: bool) -> None:
            if reason.text().strip():
                self._acts.skip(put_off, reason.text())
            else:
                field.show_problem(say("Write why the step is not done."))
                reason.setFocus()

        off = Button(say("Does not apply"), icon="ban", size=Size.TOUCH, act=lambda: leave(False))
        later = Button(say("Do it later"), icon="clock", size=Size.TOUCH, act=lambda: leave(True))
        self.skip_reason = reason
        return Card(column(field, row((off, 1), (later, 1), gap=10), gap=12, margins=(18, 12, 18, 16)))

    def _notes(self, step: StepSeen) -> Card:
        rows: list[Item] = [
            column(Label(each.text, "body", wrap=True), Label(each.who, "meta", "ink3"), gap=2) for each in step.notes
        ]
        return Card(column(Field(say("Note on this step"), self.note, name="note"), *rows, gap=10,
                           margins=(18, 12, 18, 16)))  # fmt: skip


def _fact(label: Words, text: str) -> QWidget:
    return boxed(column(Label(label, "small", "ink3"), Label(text, "body", wrap=True), gap=2))
