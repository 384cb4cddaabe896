"""The window before the desk: a passphrase where one is needed, and the first start of a profile."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from app.kernel.errors import UserError
from app.kernel.messages import say
from ui.shell.first_port import First
from ui.shell.pages import load_part
from ui.shell.sheet import Sheet, next_button
from ui.shell.text_size import TextSize
from ui.theme.buttons import Kind, Size
from ui.theme.look import colour, px
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.inputs import TextField
from ui.widgets.label import Prose
from ui.widgets.layouts import boxed, column, row
from ui.widgets.scroll import Scroll
from ui.widgets.texts import is_language_change, spoken, tr
from ui.work import Desk

if TYPE_CHECKING:
    from ui.shell.first_start import FirstStart

WIDTH = 560


@dataclass(frozen=True, slots=True)
class Lock:
    """What the doorway may ask of the profile, handed in by `main.py`; each may raise UserError.

    `exists` says whether there is a profile, `unlock(passphrase, recovery)` opens it, `first` is its first start.
    """

    exists: bool
    unlock: Callable[[str, str], None]
    first: First


class Doorway(QWidget):
    """`opened` is sent once the profile is unlocked and set up; closing the window before that gives up.

    `crisis_asked` wants the crisis handbook, which opens without the key; `sample_asked` the sample. `at_the_ways`
    begins behind the language, for whoever comes back from the sample. `desk` runs what takes a moment.
    """

    opened = Signal()
    crisis_asked = Signal()
    sample_asked = Signal()

    def __init__(self, lock: Lock, desk: Desk, *, at_the_ways: bool = False) -> None:
        super().__init__()
        self._lock, self._desk = lock, desk
        self._sheet: Sheet | None = None
        self.start: FirstStart | None = None
        self._body = column(gap=0)
        self.card = Card(self._body)
        self.card.setFixedWidth(px(WIDTH))
        self.crisis = Button(
            say("Crisis handbook"), Kind.DANGER, icon="siren", keys="F9", size=Size.TOUCH, act=self.crisis_asked.emit
        )
        middle = boxed(column(None, row(None, self.card, None), None))
        self.setLayout(
            column(row(None, self.crisis), (Scroll(middle, follows=True), 1), gap=12, margins=(24, 24, 24, 24))
        )
        self.resize(1180, 820)
        self.setMinimumSize(WIDTH + 60, 480)
        self.text_size = TextSize(self, lambda _: None)
        for keys, run in self.text_size.bound:
            QShortcut(QKeySequence(keys), self, run)
        QShortcut(QKeySequence("F9"), self, self.crisis_asked.emit)
        for keys in ("Esc", "Alt+Left"):  # of the card: what lies over the window has keys of its own
            QShortcut(QKeySequence(keys), self.card, self._go_back)
        if lock.exists:
            self.ask_passphrase()
        else:
            self.offer_start(at_the_ways=at_the_ways)

    @property
    def sheet(self) -> Sheet:
        """The sheet that stands there now."""
        assert self._sheet is not None
        return self._sheet

    def try_without(self) -> bool:
        """Whether this machine's key store opens the profile by itself, and nothing is left of its first start;
        otherwise the window asks for what is missing."""
        if not self._lock.exists:
            return False
        try:
            self._lock.unlock("", "")
        except UserError:
            return False  # the passphrase is what the window asks for next
        return not self._goes_on()

    def ask_passphrase(self) -> None:
        """Sheet: the passphrase of this profile, or its recovery key."""
        asked = OpenSheet()
        asked.typed.connect(lambda *typed: self._unlock(asked, *typed))
        self._show(asked)

    def offer_start(self, *, at_the_ways: bool = False) -> None:
        """The sheets of a first start, from the first one or where it was cut off."""
        made: FirstStart = load_part("first_start")(self._lock.first, self._desk, self)
        self.start = made
        made.shown.connect(self._show)
        made.done.connect(self.opened)
        made.sample_asked.connect(self.sample_asked)
        made.begin()
        if at_the_ways:
            made.ask_way()

    # ------------------------------------------------------------------ insides

    def _unlock(self, asked: "OpenSheet", passphrase: str, recovery: str) -> None:
        asked.wait(say("The desk is being opened …"))
        self._desk.background(
            self._lock.unlock, passphrase, recovery,
            done=lambda _: self._unlocked(asked), failed=asked.show_error, owner=asked,
        )  # fmt: skip

    def _unlocked(self, asked: "OpenSheet") -> None:
        asked.ready()
        asked.forget()
        if not self._goes_on():
            self.opened.emit()

    def _goes_on(self) -> bool:
        """A first start that was cut off goes on where it was."""
        unfinished = self._lock.first.begun() is not None
        if unfinished:
            self.offer_start()
        return unfinished

    def _go_back(self) -> None:
        if self.start is not None:
            self.start.go_back()

    def _show(self, sheet: Sheet) -> None:
        if self._sheet is not None:
            self._sheet.hide()
        self._sheet = sheet
        if self._body.indexOf(sheet) < 0:
            self._body.addWidget(sheet)
        sheet.show()
        sheet.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.retranslate()

    def retranslate(self) -> None:
        """The window's title in the language in force."""
        self.setWindowTitle(tr("{page} · Aftercare", page=spoken(self.sheet.title)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_change(event):
            self.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("canvas"))


class OpenSheet(Sheet):
    """The passphrase of a profile, or its recovery key; `typed` carries both."""

    typed = Signal(str, str)

    def __init__(self) -> None:
        self.passphrase, self.recovery = TextField(), TextField()
        fields = {
            "passphrase": Field(say("Passphrase"), self.passphrase),
            "recovery": Field(
                say("Or the recovery key"), self.recovery, note=say("It was shown when the desk was made.")
            ),
        }
        words = Prose(say("What is kept here is encrypted. The passphrase opens it."))
        on = next_button(say("Open the desk"), self.go_on)
        super().__init__(
            say("Open the desk"), words, *fields.values(), acts=on, first=self.passphrase, fields=fields
        )  # fmt: skip
        for each in (self.passphrase, self.recovery):
            each.setEchoMode(QLineEdit.EchoMode.Password)
            each.entered.connect(lambda _: self.go_on())

    def go_on(self) -> None:
        if not self.busy:
            self.typed.emit(self.passphrase.text(), self.recovery.text().strip())

    def show_error(self, error: BaseException) -> None:
        """What was wrong is chosen, so that typing replaces it."""
        super().show_error(error)
        if isinstance(error, UserError) and error.field in self.fields:
            self.fields[error.field].control.selectAll()  # type: ignore[attr-defined]

    def forget(self) -> None:
        self.passphrase.clear()
        self.recovery.clear()
