"""The first sheets of a new desk: its language, the way in, the passphrase."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from app.kernel.messages import Message, say
from app.kernel.passphrases import Strength, strength_of
from app.language.languages import LANGUAGES, Language
from ui.shell.sheet import Sheet, next_button
from ui.theme.apply import SYSTEM, apply
from ui.theme.buttons import Size
from ui.theme.look import look
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.card import framed
from ui.widgets.field import Field
from ui.widgets.inputs import CheckBox, TextField
from ui.widgets.label import Label, Prose
from ui.widgets.layouts import boxed, column
from ui.widgets.progress import Meter
from ui.widgets.row_list import RowList
from ui.widgets.rows import Cell, Cells, Column, PagedModel
from ui.widgets.texts import Words

ALONE, CODE, SAMPLE = "alone", "code", "sample"
_STRENGTHS: dict[Strength, tuple[Message, int, Tone]] = {
    Strength.SHORT: (say("Too short: at least ten characters."), 10, Tone.STOP),
    Strength.WEAK: (say("Easy to guess. Add a word or two."), 35, Tone.WARN),
    Strength.FAIR: (say("Hard to guess."), 70, Tone.OK),
    Strength.GOOD: (say("Very hard to guess."), 100, Tone.OK),
}


class LanguageSheet(Sheet):
    """The languages in their own names; the window speaks the chosen one at once. `chosen` is sent at Enter."""

    def __init__(self, chosen: Callable[[], object]) -> None:
        self._chosen = chosen
        model = PagedModel([Column("")], cells=_language_cells, key=lambda each: each.code)
        self.list = RowList(model, name=say("Language"), header=False, fit=True, row_height=40)
        model.fill(LANGUAGES)
        self.list.choose(look().language)
        self.list.chosen.connect(self._speak)
        self.list.opened.connect(lambda _: self.go_on())
        on = next_button(say("Continue"), self.go_on)
        words = Prose(say("Choose the language of this desk. It can be changed later in the settings."))
        super().__init__(say("Your language"), words, framed(self.list), acts=on, first=self.list, fields={})

    def go_on(self) -> None:
        self._chosen()

    def _speak(self, language: Language) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication) and language.code != look().language:
            apply(application, SYSTEM, language.code)


class WaySheet(Sheet):
    """Three ways in, each with what it means; `taken` carries which."""

    taken = Signal(str)

    def __init__(self, manufacturer: str) -> None:
        ways = (
            (CODE, "link", say("With a code from {manufacturer}", manufacturer=manufacturer),
             say("{manufacturer} or your manager gave you an address and a code. What your other computers wrote"
                 " comes too.",
                 manufacturer=manufacturer)),
            (ALONE, "hard-drive", say("Without a connection for now"),
             say("The desk works by itself on this computer. You can connect it at any time: Exchange, key Ctrl E.")),
            (SAMPLE, "coffee", say("Look at the sample first"),
             say("A desk with invented customers and machines. Nothing of it mixes with yours. Close its window,"
                 " and you are back here.")),
        )  # fmt: skip
        self.ways = {
            way: Button(words, icon=icon, keys=str(at), size=Size.TOUCH, leading=True, act=self._taker(way))
            for at, (way, icon, words, _) in enumerate(ways, 1)
        }
        told = {way: Prose(line, "small") for way, _, _, line in ways}
        blocks = [boxed(column(self.ways[way], told[way], gap=6)) for way in self.ways]
        super().__init__(
            say("How do you want to begin?"), *blocks, acts=None, first=self.ways[CODE], fields={}
        )  # fmt: skip
        for way, button in self.ways.items():
            button.setAccessibleDescription(told[way].text())
        self._told = told

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The number before a way takes it; arrows go from one to the next."""
        buttons = list(self.ways.values())
        at = next((n for n, each in enumerate(buttons) if each.hasFocus()), 0)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            buttons[(at + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.text() in ("1", "2", "3"):
            buttons[int(event.text()) - 1].click()
        else:
            super().keyPressEvent(event)

    def _taker(self, way: str) -> Callable[[], object]:
        def take() -> None:
            self.first = self.ways[way]
            self.taken.emit(way)

        return take


class PassphraseSheet(Sheet):
    """The passphrase, twice; `typed` carries it and whether the computer's key store may open the desk."""

    typed = Signal(str, bool)

    def __init__(self) -> None:
        self.once, self.again = _secret(), _secret()
        self.strength, self.meter = Label("", "small", "ink2"), Meter()
        self.shown = CheckBox(say("Show what is typed"), act=self._show_typed)
        self.by_itself = CheckBox(say("This computer opens the desk by itself"), on=True)
        self.by_itself_told = Prose(
            say("Its key store keeps the key for whoever is logged in. Without it the desk asks each time."), "small"
        )
        fields = {
            "passphrase": Field(say("Passphrase"), self.once, note=say("Four words of your own are good.")),
            "again": Field(say("The same once more"), self.again),
        }
        words = Prose(
            say(
                "Everything you enter stays encrypted on this computer. Choose the passphrase that opens it;"
                " all who work at this desk use the same one."
            )
        )
        measured = column(self.meter, self.strength, gap=4)
        super().__init__(
            say("A passphrase for this desk"), words, fields["passphrase"], boxed(measured), fields["again"],
            self.shown,
            boxed(column(self.by_itself, self.by_itself_told, gap=2)),
            acts=next_button(say("Make the desk"), self.go_on), first=self.once, fields=fields,
        )  # fmt: skip
        self.once.textChanged.connect(self._measure)
        self.once.entered.connect(lambda _: self._entered())
        self.again.entered.connect(lambda _: self.go_on())
        self.offer_key_store(False)
        self._measure("")

    def offer_key_store(self, there: bool) -> None:
        """Whether this computer has a key store that could open the desk."""
        self.by_itself.setVisible(there)
        self.by_itself_told.setVisible(there)

    def go_on(self) -> None:
        if self.busy:
            return
        self.settle()
        if strength_of(self.once.text()) is Strength.SHORT:
            self._wrong("passphrase", say("A passphrase has at least ten characters; four words are good."))
        elif self.once.text() != self.again.text():
            self._wrong("again", say("The two passphrases differ. Type them again."))
        else:
            self.typed.emit(self.once.text(), not self.by_itself.isHidden() and self.by_itself.isChecked())

    def forget(self) -> None:
        for each in (self.once, self.again):
            each.clear()
        self.shown.setChecked(False)

    def _entered(self) -> None:
        """Enter goes from the one passphrase to the other, and on from there."""
        if self.again.text():
            self.go_on()
        else:
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wrong(self, name: str, words: Words) -> None:
        self.fields[name].show_problem(words)
        self.fields[name].control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _measure(self, text: str) -> None:
        words, share, tone = _STRENGTHS[strength_of(text)]
        self.strength.put(words if text else "")
        self.meter.put(share if text else 0, tone)
        self.strength.setAccessibleName(self.strength.text())

    def _show_typed(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for each in (self.once, self.again):
            each.setEchoMode(mode)


def _secret() -> TextField:
    field = TextField()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def _language_cells(language: Language) -> Cells:
    return (Cell(language.own_name, kind="body"),)
