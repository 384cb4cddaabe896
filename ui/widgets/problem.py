"""Trouble shown in place: what is so, then what to do."""

from PySide6.QtWidgets import QWidget

from app.kernel.errors import UserError
from ui.theme.tones import Tone
from ui.widgets.announce import announce
from ui.widgets.card import Banner
from ui.widgets.texts import Words, spoken


class Problem(Banner):
    """Hidden until there is one: `problem.show_error(error)`, `problem.settle()`; `acts` are the ways on."""

    def __init__(self, *acts: QWidget) -> None:
        super().__init__(Tone.STOP, "", "", *acts)
        self.hide()

    def show_error(self, error: UserError, *, tone: Tone = Tone.STOP) -> None:
        """Shows a worded error of an action."""
        self.show_words(error.message, tone=tone)

    def show_words(self, headline: Words, line: Words = "", *, tone: Tone = Tone.STOP) -> None:
        """Shows any trouble in words."""
        self.put(tone, headline, line)
        self.setAccessibleName(f"{spoken(headline)} {spoken(line)}".strip())
        self.show()
        announce(self, self.accessibleName(), urgent=True)

    def settle(self) -> None:
        """The cause is gone."""
        self.hide()
