"""A clash as a question about the matter: both values whole, who wrote which, and two ways to decide."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.kernel.messages import Message, say
from app.views.sync_page import ClashSeen, Side
from ui.theme.buttons import Kind
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.label import Icon, Label, Prose
from ui.widgets.layouts import column, row
from ui.widgets.texts import speak, spoken

_LONGEST = 40  # characters of a value on a button


class ClashCard(Card):
    """`decide(clash id, take the other)`."""

    def __init__(self, clash: ClashSeen, decide: Callable[[str, bool], object], *, at: int, of: int) -> None:
        count = Label(say("{n} of {count}", n=at, count=of), "small", "ink3")
        head = row(Icon("git-compare-arrows", "warn", 22), (Label(clash.question, "head", wrap=True), 1), count, gap=12)
        self.keep = Button(
            say("Keep “{value}”", value=_short(clash.kept)), Kind.PRIMARY, icon="check",
            act=lambda: decide(clash.id, False),
        )  # fmt: skip
        self.take = Button(say("Take “{value}”", value=_short(clash.lost)), act=lambda: decide(clash.id, True))
        self.take.setVisible(clash.can_take)
        sides = row((self._side(clash.kept, say("Shown now")), 1), (self._side(clash.lost, None), 1), gap=12)
        later = Label(say("You can change this later. Both stay in the history."), "small", "ink2", wrap=True)
        super().__init__(
            column(
                head, Prose(clash.told), sides, row(self.keep, self.take, None, gap=8), later,
                gap=10, margins=(18, 14, 18, 14),
            ),
            line="warn",
        )  # fmt: skip

    @staticmethod
    def _side(side: Side, chip: Message | None) -> QWidget:
        who = Label(side.by or speak(say("Somebody")), "body", weight=600)
        head = row(who, None, *([Chip(chip, Tone.ACCENT, icon="eye")] if chip else []), gap=8)
        value = Label(side.value or speak(say("nothing")), "do", weight=500, wrap=True, select=True)
        when = Label(spoken(side.when), "small", "ink2")
        return Card(column(head, when, value, None, gap=4, margins=(14, 10, 14, 12)), line="edge")


def _short(side: Side) -> str:
    value = side.value or speak(say("nothing"))
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
