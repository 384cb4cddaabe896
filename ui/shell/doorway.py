"""The window before the desk: a passphrase where one is needed, and the first start of a profile."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.kernel.errors import UserError
from app.kernel.messages import say
from ui.shell.text_size import TextSize
from ui.theme.buttons import Kind, Size
from ui.theme.look import colour, px
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.inputs import TextField
from ui.widgets.label import Label, Prose
from ui.widgets.layouts import Item, clear, column, row
from ui.widgets.problem import Problem
from ui.widgets.texts import Words, is_language_change, spoken, tr


@dataclass(frozen=True, slots=True)
class Lock:
    """What the doorway may ask of the profile, handed in by `main.py`; each may raise UserError.

    `unlock(passphrase, recovery)` opens the profile; `create(passphrase)` makes one and gives the recovery key,
    which is shown once.
    """

    exists: bool
    unlock: Callable[[str, str], None]
    create: Callable[[str], str]


class Doorway(QWidget):
    """`opened` is sent once the profile is unlocked; closing the window before that gives up.

    `crisis_asked` wants the crisis handbook, which opens without the key.
    """

    opened = Signal()
    crisis_asked = Signal()

    def __init__(self, lock: Lock) -> None:
        super().__init__()
        self._lock = lock
        self._title: Words = ""
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        card = Card(self._body)
        card.setFixedWidth(px(520))
        self.crisis = Button(
            say("Crisis handbook"), Kind.DANGER, icon="siren", keys="F9", size=Size.TOUCH, act=self.crisis_asked.emit
        )
        top = row(None, self.crisis)
        self.setLayout(column(top, None, row(None, card, None), None, margins=(24, 24, 24, 24)))
        self.resize(1180, 820)
        QShortcut(QKeySequence("F9"), self, self.crisis_asked.emit)
        self.text_size = TextSize(self, lambda _: None)
        for keys, run in self.text_size.bound:
            QShortcut(QKeySequence(keys), self, run)
        self.ask_passphrase() if lock.exists else self.offer_start()

    def try_without(self) -> bool:
        """Whether this machine's key store opens the profile by itself; otherwise the passphrase is asked for."""
        if not self._lock.exists:
            return False
        try:
            self._lock.unlock("", "")
        except UserError:
            return False  # the passphrase is what the window asks for next
        return True

    # ------------------------------------------------------------------ the three sheets

    def ask_passphrase(self) -> None:
        """Sheet: the passphrase of this profile, or its recovery key."""
        self.first, self.second = self._secret(), self._secret()
        self._act = self._unlock
        self._fill(
            say("Open the desk"),
            Prose(say("What is kept here is encrypted. The passphrase opens it.")),
            Field(say("Passphrase"), self.first),
            Field(say("Or the recovery key"), self.second, note=say("It was printed when the desk was made.")),
            row(None, self._next(say("Open the desk"))),
        )
        self.first.setFocus()

    def offer_start(self) -> None:
        """Sheet: the first start of an own desk."""
        self.first, self.second = self._secret(), self._secret()
        self._act = self._create
        self._fill(
            say("Set up this desk"),
            Prose(
                say(
                    "Everything you enter stays encrypted on this computer. Choose the passphrase that opens it;"
                    " all who work at this desk use the same one."
                )
            ),
            Field(say("Passphrase"), self.first, note=say("Four words of your own are good.")),
            Field(say("The same once more"), self.second),
            row(None, self._next(say("Set up the desk"))),
        )
        self.first.setFocus()

    def show_recovery(self, key: str) -> None:
        """Sheet: the recovery key, once, in groups that can be written down; blanks do not matter when it is typed."""
        shown = Label(_grouped(key), "lead", code=True, wrap=True, select=True)
        copy = Button(say("Copy"), icon="copy", act=lambda: self._copy(key, copy))
        self._act = self.opened.emit
        self._fill(
            say("Keep this recovery key"),
            Prose(
                say(
                    "It opens the desk when the passphrase is forgotten. Print it or write it down, and keep it away"
                    " from this computer. It is shown only now."
                )
            ),
            shown,
            row(None, copy, Button(say("I have kept it"), Kind.PRIMARY, act=self.go_on), gap=10),
        )
        # so a second Enter after the passphrase does not dismiss the key; the event loop shows a button first
        QTimer.singleShot(0, copy, lambda: copy.setFocus(Qt.FocusReason.OtherFocusReason))

    def go_on(self) -> None:
        """Enter, or the one button."""
        self.problem.settle()
        try:
            self._act()
        except UserError as error:
            self.problem.show_error(error)
            self.first.selectAll()
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ insides

    @staticmethod
    def _copy(key: str, button: Button) -> None:
        QGuiApplication.clipboard().setText(key)
        button.put(say("Copied"))

    def _unlock(self) -> None:
        self._lock.unlock(self.first.text(), self.second.text().strip())
        self.first.clear()
        self.second.clear()
        self.opened.emit()

    def _create(self) -> None:
        if self.first.text() != self.second.text():
            self.problem.show_words(say("The two passphrases differ."), say("Type them again."))
            return
        key = self._lock.create(self.first.text())
        self.show_recovery(key)

    def _secret(self) -> TextField:
        field = TextField()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.entered.connect(lambda _text: self._entered())
        return field

    def _entered(self) -> None:
        """Enter goes on, at the first start from the one passphrase to the other."""
        if self._act == self._create and self.first.hasFocus() and not self.second.text():
            self.second.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.go_on()

    def _next(self, words: Words) -> Button:
        return Button(words, Kind.PRIMARY, keys="Enter", act=self.go_on)

    def _fill(self, title: Words, *items: Item) -> None:
        self._title = title
        self.problem = Problem()
        clear(self._body)
        self._body.addLayout(column(Label(title, "title"), self.problem, *items, gap=14, margins=(28, 26, 28, 26)))
        self.retranslate()

    def retranslate(self) -> None:
        """The window's title in the language in force."""
        self.setWindowTitle(tr("{page} · Aftercare", page=spoken(self._title)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_change(event):
            self.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("canvas"))


def _grouped(key: str) -> str:
    """`AGE-SECRET-KEY-1 QQQQQQ QQQQQQ …`: whole on the sheet, and a place to go on after looking away."""
    at = key.rfind("-") + 2
    rest = key[at:]
    return " ".join([key[:at], *(rest[each : each + 6] for each in range(0, len(rest), 6))])
