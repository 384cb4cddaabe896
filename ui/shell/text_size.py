"""The size of the text by keyboard: Ctrl with plus, minus and 0, wherever one is."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app.kernel.messages import Message, Shown, say
from ui.theme.apply import resize
from ui.theme.look import look
from ui.theme.sizes import USUAL, stepped
from ui.widgets.page import Act


class TextSize(QObject):
    """`acts` for the palette and the sheet of keys; `also` are the same keys where a layout has them elsewhere.
    `tell` gets the words of the new size, `chosen` the size in per cent."""

    chosen = Signal(int)

    def __init__(self, parent: QObject, tell: Callable[[Message], object]) -> None:
        super().__init__(parent)
        self._tell = tell
        larger, smaller = partial(self.step, 1), partial(self.step, -1)
        self.acts = [
            Act("larger", say("Larger text"), "Ctrl++", larger, "zoom-in"),
            Act("smaller", say("Smaller text"), "Ctrl+-", smaller, "zoom-out"),
            Act("usual_size", say("Text in its usual size"), "Ctrl+0", self.usual, "type"),
        ]
        self.also = [("Ctrl+=", larger)]

    @property
    def bound(self) -> list[tuple[str, Callable[[], object]]]:
        """Every key and what it does, for a window without acts."""
        return [*[(act.keys, act.run) for act in self.acts], *self.also]

    def step(self, steps: int) -> None:
        """So many sizes larger, or smaller."""
        self.put(stepped(look().size, steps))

    def usual(self) -> None:
        """Back to 100 per cent."""
        self.put(USUAL)

    def put(self, size: int) -> None:
        """This size from now on, on everything that is open."""
        application = QApplication.instance()
        if isinstance(application, QApplication) and size != look().size:
            resize(application, size)
            self.chosen.emit(size)
        self._tell(say("Text at {size} %", size=Shown("plain", str(size))))
