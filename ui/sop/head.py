"""The bars above and below a run: what it is and where it stands, and the way back and on."""

from collections.abc import Callable

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.content.published.procedure import StepKind
from app.kernel.messages import say
from app.sop.rules import RunState, State
from app.views.sop_run import RunPage, StepSeen
from ui.theme.buttons import Kind, Size
from ui.theme.look import colour, px
from ui.widgets.button import Button, crisis_button
from ui.widgets.flow import Flow
from ui.widgets.label import Label
from ui.widgets.layouts import boxed, column
from ui.widgets.stages import Stage, StepBar
from ui.widgets.texts import serial, speak, tr
from ui.widgets.toggle import Toggle

_STAGES = {
    State.DONE: Stage.DONE, State.UNCONFIRMED: Stage.UNSURE, State.OUTSIDE: Stage.FAILED, State.DEFERRED: Stage.LATER,
    State.NOT_APPLICABLE: Stage.LEFT_OUT,
}  # fmt: skip


class Head(QWidget):
    """Close, title, step bar, the two views."""

    def __init__(
        self,
        close: Callable[[], None],
        turn: Callable[[], None],
        jump: Callable[[int], None],
        crisis: Callable[[], None],
    ) -> None:
        super().__init__()
        self.close_button = Button(say("Close"), Kind.TEXT, icon="x", keys="Esc", size=Size.TOUCH, act=close)
        self._title, self._meta = Label("", "head"), Label("", "small", "ink2")
        self.bar = StepBar()
        self.bar.chosen.connect(jump)
        self.toggle = Toggle([("guide", say("One step")), ("list", say("All steps"))], name=say("View"))
        self.toggle.chosen.connect(lambda _: turn())
        words = column(self._title, self._meta, gap=2)
        called = crisis_button(crisis)
        self.setLayout(
            Flow(self.close_button, boxed(words), None, self.bar, self.toggle, called, gap=18, margins=(16, 8, 24, 8))
        )
        self.setMinimumHeight(px(60))

    def fill(self, page: RunPage) -> None:
        """Names the run."""
        self._title.put(page.title)
        parts = [tr("Version {version}", version=page.version), serial(page.serial), page.subject, page.ticket_number]
        self._meta.put(" · ".join(filter(None, parts)))

    def show_steps(self, page: RunPage, here: str) -> None:
        """The bar, with the step that is looked at."""
        self.bar.fill([Stage.HERE if each.code == here else _stage(each) for each in page.steps])

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, colour("line"))


class Foot(QWidget):
    """Back at the leading end, forward at the trailing end, far apart."""

    def __init__(self, back: Callable[[], None], stop: Callable[[], None], onward: Callable[[], None]) -> None:
        super().__init__()
        self.back_button = Button(say("Back"), icon="arrow-left", size=Size.GLOVE, act=back)
        self.stop_button = Button(say("Stop here"), Kind.TEXT, icon="ban", size=Size.GLOVE, act=stop)
        self._words = Label("", "body", "ink2")
        self.next_button = Button("", Kind.PRIMARY, icon="check", keys="Enter", size=Size.GLOVE, act=onward)
        self.setLayout(
            Flow(
                self.back_button,
                self.stop_button,
                None,
                self._words,
                self.next_button,
                gap=20,
                margins=(24, 14, 24, 14),
            )
        )

    def show_run(self, page: RunPage, step: StepSeen, *, listed: bool, ready: bool) -> None:
        """The next act in words, and what comes after it."""
        self.back_button.setEnabled(step.number > 1)
        self.stop_button.setVisible(page.state == RunState.OPEN)
        words, icon, line = _onward(page, step, listed)
        self.next_button.put(words)
        self.next_button.dress(Kind.PRIMARY, icon=icon)
        self.next_button.setEnabled(page.state != RunState.OPEN or listed or (ready and not step.locked))
        self._words.put(line)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("panel"))
        painter.fillRect(0, 0, self.width(), 1, colour("line"))


def _stage(step: StepSeen) -> Stage:
    if step.state == State.OPEN:
        return Stage.LOCKED if step.locked or step.kind == StepKind.HOLD else Stage.OPEN
    return _STAGES[step.state]


def _onward(page: RunPage, step: StepSeen, listed: bool) -> tuple[str, str, str]:
    if page.state != RunState.OPEN:
        why = page.stopped_reason or tr("The procedure is completed.")
        return tr("Open it again"), "rotate-cw", why
    summary = speak(page.summary)
    if listed and (page.current or not page.can_complete):
        number = page.step(page.current).number if page.current else step.number
        return tr("Go on with step {number}", number=number), "arrow-right", summary
    if page.can_complete and (listed or step.state != State.OPEN):
        return tr("Finish the procedure"), "check", summary
    after = [each for each in page.steps if each.number == step.number + 1]
    line = tr("Next: {step}", step=_short(after[0].text)) if after else summary
    if step.state != State.OPEN:
        return tr("Next step"), "arrow-right", line
    if step.kind == StepKind.HOLD:
        return tr("Release, next step"), "check", line
    return tr("Done, next step"), "check", line


def _short(text: str) -> str:
    """The first sentence."""
    return text.split(". ")[0].rstrip(".")
