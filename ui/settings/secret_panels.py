"""The questions behind the keys of the desk. No secret stays in a field once its question is closed."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from app.kernel.house import Keys
from app.kernel.messages import Message, say
from app.kernel.passphrases import Strength, strength_of
from app.language.translate import current
from app.workflows.plain_papers import grouped, recovery_page
from ui.pickers.paper_out import PaperOut
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.field import Field
from ui.widgets.inputs import TextField
from ui.widgets.label import Label, Prose
from ui.widgets.layouts import Item, boxed, column, row
from ui.widgets.page import Page
from ui.widgets.panel import Panel
from ui.widgets.texts import Words, spoken

_STRENGTHS: dict[Strength, tuple[Tone, Message]] = {
    Strength.SHORT: (Tone.STOP, say("Too short: at least ten characters")),
    Strength.WEAK: (Tone.WARN, say("Easy to guess: take other signs, or more words")),
    Strength.FAIR: (Tone.ACCENT, say("Fair: one or two more words make it good")),
    Strength.GOOD: (Tone.OK, say("Good: hard to guess")),
}


class SecretPanel(Panel):
    """Asks first for the passphrase of now, or the recovery key. `changed` is sent when something was."""

    changed = Signal()

    def __init__(self, page: Page, title: Words, verb: Words, *items: Item) -> None:
        self._page = page
        self.known = secret_field()
        field = Field(say("Passphrase of now, or the recovery key"), self.known, name="known")
        super().__init__(title, verb, field, *items)
        self.name_fields(field)
        self.known.entered.connect(lambda _: self.go_on())

    @property
    def keys(self) -> Keys:
        """Of the profile that is open; the buttons are off while there is none."""
        house = self._page.desk.house
        assert house is not None
        return house.keys

    def go_on(self) -> None:
        """Enter in the first field."""
        self.submit()

    def forget(self) -> None:
        """Empties what holds a secret."""
        self.known.clear()

    def close_panel(self) -> None:
        """Goes away, with what was typed."""
        self.forget()
        if not self.isHidden():
            super().close_panel()

    def failed(self, error: BaseException) -> None:
        """At its field; what was wrong is chosen, to be typed over."""
        self.show_trouble(error)
        self.known.selectAll()

    def finish(self, words: Words) -> None:
        """It is done: said, and the question goes."""
        self.close_panel()
        self._page.tell(words)
        self.changed.emit()


class PassphrasePanel(SecretPanel):
    """The old words, the new ones twice."""

    def __init__(self, page: Page) -> None:
        self.fresh, self.again = secret_field(), secret_field()
        self.strength = Chip("", Tone.NONE)
        note = say("Four words of your own are good.")
        fields = (Field(say("New passphrase"), self.fresh, name="passphrase", note=note),
                  Field(say("The same once more"), self.again, name="again"))  # fmt: skip
        told = Prose(say(
            "Copies on this computer open with the new words. Files in a further folder that were made before still"
            " open with the old ones: make a new one with Back up now."
        ), "small")  # fmt: skip
        super().__init__(page, say("Change the passphrase"), say("Change it"), *fields, row(self.strength, None), told)
        self.name_fields(*fields)
        self.fresh.textChanged.connect(self._judge)
        self.fresh.entered.connect(lambda _: self.again.setFocus())
        self.again.entered.connect(lambda _: self.submit())
        self.strength.hide()

    def go_on(self) -> None:
        self.fresh.setFocus()

    def forget(self) -> None:
        super().forget()
        self.fresh.clear()
        self.again.clear()

    def submit(self) -> None:
        """The new words count from here on."""
        self.settle()
        if self.fresh.text() != self.again.text():
            self.fields["again"].show_problem(say("The two differ. Type it again."))
            self.again.setFocus()
            return
        self._page.desk.background(self.keys.change_passphrase, self.known.text(), self.fresh.text(),
                                   done=self._done, failed=self.failed, owner=self, latest="change")  # fmt: skip

    def _done(self, _: object) -> None:
        self.finish(say("The passphrase is changed"))

    def _judge(self, text: str) -> None:
        self.strength.setVisible(bool(text))
        tone, words = _STRENGTHS[strength_of(text)]
        self.strength.put(words, tone)


class RecoveryPanel(SecretPanel):
    """Shows the new key once; it counts when somebody says that it is kept."""

    def __init__(self, page: Page) -> None:
        self._key = ""
        self._out = PaperOut(page)
        self.shown = Label("", "lead", code=True, wrap=True)
        self.copy = Button(say("Copy"), icon="copy", act=self.copy_key)
        self.print = Button(say("Print"), icon="printer", act=self.print_key)
        told = Prose(say("Print it or write it down, and keep it away from this computer. It is shown only now. The old"
                         " key counts until you say that you have kept this one."), "small")  # fmt: skip
        self.sheet = boxed(column(self.shown, told, row(self.copy, self.print, None, gap=10), gap=10))
        super().__init__(page, say("New recovery key"), say("Show a new key"), self.sheet)
        self.sheet.hide()

    def ask(self) -> None:
        self.forget()
        super().ask()

    def forget(self) -> None:
        super().forget()
        self._key = ""
        self.shown.put("")
        self.sheet.hide()
        self.fields["known"].show()
        self.save.put(say("Show a new key"))

    def submit(self) -> None:
        """First shows the key; then, once it is kept, the old one opens nothing."""
        self.settle()
        desk = self._page.desk
        if self._key:
            desk.background(self.keys.keep_recovery, done=self._kept, failed=self.failed, owner=self, latest="keep")
        else:
            desk.background(self.keys.draw_recovery, self.known.text(), done=self._show, failed=self.failed,
                            owner=self, latest="draw")  # fmt: skip

    def copy_key(self) -> None:
        """Onto the clipboard."""
        QGuiApplication.clipboard().setText(self._key)
        self._page.tell(say("Copied"))

    def print_key(self) -> None:
        """A page with it, which is kept nowhere."""
        self._page.desk.read(recovery_page, self._key, current(), done=self._print, failed=self.failed, owner=self)

    def _print(self, pdf: bytes) -> None:
        self._out.print_bytes(self._printed, spoken(say("Page from Aftercare")), pdf)

    def _printed(self, _way: str) -> None:
        self._page.tell(say("The page is on its way to the printer"))

    def _show(self, key: str) -> None:
        if self.isHidden():  # it was left meanwhile
            return
        self.known.clear()
        self._key = key
        self.shown.put(grouped(key))
        self.fields["known"].hide()
        self.sheet.show()
        self.save.put(say("I have kept it"))
        # not on the button that goes on: a second Enter after the passphrase must not dismiss the key
        QTimer.singleShot(0, self.copy, lambda: self.copy.setFocus(Qt.FocusReason.OtherFocusReason))

    def _kept(self, _: object) -> None:
        self.finish(say("The new recovery key counts. The old one opens nothing any more"))


class ItselfPanel(SecretPanel):
    """Whether this computer's key store opens the desk."""

    def __init__(self, page: Page) -> None:
        self._on = False
        self._told = Prose("", "small")
        super().__init__(page, say("Open without asking"), say("Change it"), self._told)

    def put(self, *, on: bool) -> None:
        """How it is now."""
        self._on = on
        self.save.put(say("Ask at each start") if on else say("Open without asking"))
        self._told.put(
            say("From the next start the desk asks for the passphrase. Be sure that you know it.")
            if on
            else say("Whoever is signed in to this computer opens the desk. Better not where several share one.")
        )

    def submit(self) -> None:
        """The other way from here on."""
        self.settle()
        self._page.desk.background(self.keys.open_by_itself, self.known.text(), wanted=not self._on,
                                   done=self._done, failed=self.failed, owner=self, latest="itself")  # fmt: skip

    def _done(self, _: object) -> None:
        self.finish(say("The desk asks at each start") if self._on else say("The desk opens without asking"))


def secret_field() -> TextField:
    """A field whose letters are not seen, and that no keyboard learns from."""
    field = TextField(longest=400)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    hints = Qt.InputMethodHint
    field.setInputMethodHints(hints.ImhHiddenText | hints.ImhNoPredictiveText | hints.ImhSensitiveData)
    return field
