"""What to do about a damaged store: which verified backups there are, and what each would cost."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.kernel.damage import Candidate, Damage, Harm
from app.kernel.messages import Message, Shown, say, say_count
from ui.shell.overlay import Overlay
from ui.theme.buttons import Kind, Size
from ui.widgets.button import Button
from ui.widgets.label import Icon, Label, Prose
from ui.widgets.layouts import boxed, clear, column, row

OFFERED = 3
AS_IT_IS = ""


class DamageSheet(Overlay):
    """`chosen` carries the path of a backup, or `AS_IT_IS` to go on with what the store still holds.

    It cannot be closed without a choice but by leaving the program: behind it nothing works.
    """

    chosen = Signal(str)

    def __init__(self, window: QWidget, leave: Callable[[], object], crisis: Callable[[], object]) -> None:
        super().__init__(window, width=640)
        self._leave, self._crisis = leave, crisis
        self._body = column(gap=12)
        self.arrange(column(boxed(self._body), margins=(24, 22, 24, 22)))

    def show_damage(self, damage: Damage, zone: str) -> None:
        """Says what was found and offers the ways on, the best one first."""
        clear(self._body)
        offered = damage.backups[:OFFERED]
        self._body.addLayout(row(Icon("octagon-alert", "stop", 24), Label(say("The store is damaged"), "title"), None))
        self._body.addWidget(Prose(damage.sentence()))
        self._body.addWidget(Prose(_outlook(damage)))
        buttons = [self._backup(each, zone, first=number == 0) for number, each in enumerate(offered)]
        if damage.harm is Harm.ENDS_EARLY:
            words = say("Go on with what is there")
            buttons.append(Button(words, Kind.SECONDARY, icon="arrow-right", size=Size.TOUCH, act=self._as_it_is))
        for button in buttons:
            self._body.addWidget(button)
        away = Button(say("Close Aftercare"), Kind.TEXT, act=self._leave)
        handbook = Button(say("Crisis handbook"), Kind.DANGER, icon="siren", keys="F9", act=self._crisis)
        self._body.addLayout(row(handbook, None, away))
        self.come_up(buttons[0] if buttons else away)

    def close_over(self) -> None:
        """Esc and a press beside the card change nothing here."""

    def _backup(self, backup: Candidate, zone: str, *, first: bool) -> Button:
        words = say(
            "Restore the backup of {when} ({count} entries)",
            when=Shown("datetime", backup.at, zone),
            count=backup.operations,
        )
        kind = Kind.PRIMARY if first else Kind.SECONDARY
        return Button(words, kind, icon="history", size=Size.TOUCH, act=partial(self._choose, backup.path))

    def _choose(self, path: str) -> None:
        self.chosen.emit(path)

    def _as_it_is(self) -> None:
        self._choose(AS_IT_IS)


def _outlook(damage: Damage) -> Message:
    if damage.backups:
        return say_count(
            "There is {count} backup that was checked. What was entered after it is not in it.",
            "There are {count} backups that were checked. What was entered after one is not in it.",
            len(damage.backups),
        )
    return say("There is no backup on this computer. Copy the profile's folder away before anything else is tried.")
