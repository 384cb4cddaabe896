"""A clash as a question about the matter: both values whole, who wrote which, and two ways to decide."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.kernel.messages import Message, say
from app.views.field_values import shortened
from app.views.sync_page import ClashSeen, Side
from ui.theme.buttons import Kind
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.inputs import TextArea
from ui.widgets.label import Icon, Label
from ui.widgets.layouts import boxed, column, row
from ui.widgets.texts import Words, breakable, spoken
from ui.widgets.wrapping import Wrap

_LONGEST = 40  # characters of a value on a button
_LONG, _LINES = 400, 8  # characters beyond which a value scrolls, and the lines of its place


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
        cannot = Label(say("This version of the program cannot take the other value."), "small", "ink2", wrap=True)
        cannot.setVisible(not clash.can_take)
        told = Label(clash.told, "body", "ink2", wrap=True)
        sides = row((self._side(clash.kept, say("Shown now")), 1), (self._side(clash.lost, None), 1), gap=12)
        later = Label(say("You can change this later. Both stay in the history."), "small", "ink2", wrap=True)
        super().__init__(
            column(
                head, told, sides, boxed(Wrap(self.keep, self.take)), cannot, later,
                gap=10, margins=(18, 14, 18, 14),
            ),
            line="warn",
        )  # fmt: skip

    @staticmethod
    def _side(side: Side, chip: Message | None) -> QWidget:
        who = Label(side.by, "body", weight=600, wrap=True)
        head = row((who, 1), *([Chip(chip, Tone.ACCENT, icon="eye")] if chip else []), gap=8)
        when = [Label(side.when, "small", "ink2", wrap=True)] if side.when else []
        return Card(column(head, *when, _whole(side.value), None, gap=4, margins=(14, 10, 14, 12)), line="edge")


def _whole(value: Words) -> QWidget:
    """The value in full; a long one scrolls in its own place."""
    text = spoken(value)
    if len(text) <= _LONG:
        return Label(breakable(text) if isinstance(value, str) else value, "do", weight=500, wrap=True, select=True)
    area = TextArea(text, lines=_LINES, name=say("The whole text"))
    area.setReadOnly(True)
    return area


def _short(side: Side) -> str:
    return shortened(" ".join(spoken(side.value).split()), _LONGEST)
