"""The number on a component: scanned or typed, checked at once, and the recorded way on when it is odd."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.kernel.errors import UserError
from app.kernel.messages import say
from app.repairs.rules.serials import Answer, Concern, SerialEntry, Slot
from ui.theme.buttons import Kind, Size
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.inputs import TextField
from ui.widgets.label import Icon, Label, Prose
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.photos import PhotoDrop
from ui.widgets.texts import Words, serial, tr

# check(slot, typed, deliver): `deliver` gets the concerns, on the UI thread.
Check = Callable[[Slot, str, Callable[[Sequence[Concern]], None]], None]
_CAPTIONS = {Slot.OLD: say("Old number, taken out"), Slot.NEW: say("New number, put in")}


class SerialPicker(QWidget):
    """`entry()` is what the person answers for; `passed` is sent when Enter found nothing odd: the keyboard goes on.
    `why` is the card of concerns, for the page to put
    where there is room; `photographed` carries a path or PNG bytes to be kept, whose hash comes back by `put_photo`.
    `bench` is for hands in gloves."""

    passed = Signal()
    photographed = Signal(object)

    def __init__(self, slot: Slot, check: Check, *, bench: bool = False) -> None:
        super().__init__()
        self.slot, self._check, self._photo = slot, check, ""
        self._answer = Answer.TYPED
        large, touch = (Size.GLOVE, Size.TOUCH) if bench else (Size.DESK, Size.DESK)
        self.text = TextField(code=True, icon="scan-line", longest=60, size=large)
        self.text.entered.connect(self._entered)
        self.text.textEdited.connect(self._edited)
        self.field = Field(_CAPTIONS[slot], self.text, name=slot.value)
        self.state = Label("", "small", "ok", wrap=True)
        self._mark = Icon("circle-check", "ok", 16)
        self._told = boxed(row(self._mark, (self.state, 1), gap=6))
        self._unreadable = Button(
            say("No number can be read"), Kind.TEXT, icon="ban", size=touch, act=self.say_unreadable
        )
        self._concerns = column(gap=8)
        self._again = TextField(code=True, longest=60, size=touch)
        self.again = Field(say("Type it again from the part"), self._again, name="again")
        self._again.entered.connect(lambda: self.passed.emit())
        self._again.textEdited.connect(lambda: self.again.clear_problem())
        self._drop = PhotoDrop(say("Photo of the number on the part"))
        self._drop.given.connect(lambda paths: self.photographed.emit(paths[0]) if paths else None)
        self._drop.pasted.connect(self.photographed.emit)
        self._kept = Label("", "small", "ink2")
        self._proof = boxed(column(self.again, self._drop, self._kept, gap=8))
        self.why = Card(column(boxed(self._concerns), self._proof, gap=10, margins=(14, 12, 14, 12)), tone=Tone.WARN)
        foot = row(self._told, None, self._unreadable)
        self.setLayout(column(self.field, foot, None, gap=6))
        self.start()

    def start(self, recorded: Sequence[str] = ()) -> None:
        """Empty again; `recorded` are the printed numbers that the machine is known to hold."""
        self._answer, self._photo = Answer.TYPED, ""
        self.text.clear()
        self._again.clear()
        for each in (self._told, self.why):
            each.hide()
        self._kept.put("")
        self._unreadable.show()
        self.settle()
        self._note(recorded)

    def entry(self) -> SerialEntry:
        """What was entered and how it is answered for."""
        return SerialEntry(self.text.text(), self._again.text(), self._photo, self._answer)

    def show_concerns(self, concerns: Sequence[Concern]) -> None:
        """Why the step stops, what was probably meant, and the way on."""
        if not concerns:
            self._fine()
            return
        clear(self._concerns)
        for each in concerns:
            self._concerns.addWidget(Prose(each.message))
            if each.slip:
                self._concerns.addLayout(row(self._slip(each.slip), None))
        if not any(each.shut for each in concerns):
            self._concerns.addLayout(row(self._stands(), None))
        self._told.hide()
        self._proof.setVisible(self._answer is Answer.STANDS_ON_PART)
        self.why.show()

    def show_error(self, error: UserError) -> None:
        """At the input that it names."""
        field = self.again if error.field == "again" else self.field
        if error.field == "photo":
            self._kept.set_ink("stop")
            self._kept.put(error.message)
        else:
            field.show_error(error)
            field.control.setFocus()

    def put_photo(self, sha256: str) -> None:
        """The photograph was kept; the keyboard goes to what is still missing, else on."""
        self._photo = sha256
        self._kept.set_ink("ok")
        self._kept.put(say("Photo kept."))
        if not self._again.text().strip():
            self._again.setFocus()
        elif self._again.text().strip() == self.text.text().strip():
            self.passed.emit()

    def settle(self) -> None:
        """Nothing is wrong with what was typed."""
        for field in (self.field, self.again):
            field.clear_problem()

    def paste(self) -> bool:
        """Takes the photograph from the clipboard where one is asked for; False when there is none."""
        return self._drop.isVisible() and self._drop.paste()

    def say_unreadable(self) -> None:
        """No number can be read: recorded as such."""
        self._answer = Answer.NO_LEGIBLE
        self.text.clear()
        self.why.hide()
        self._unreadable.hide()  # said; typing a number takes it back
        self._tell("circle-dashed", "warn", say("No number can be read. The form says so."))
        self.passed.emit()

    def scan(self, text: str) -> None:
        """A scanner read this for the field."""
        self.text.setText(text)
        self._edited()
        self._entered(self.text.text())

    def _note(self, recorded: Sequence[str]) -> None:
        known = tr(", ").join(serial(each) for each in recorded if each)
        if self.slot is Slot.OLD and known:
            self.field.set_note(tr("Recorded in this machine: {serials}", serials=known))
        else:
            self.field.set_note(say("Scan, or type and press Enter"))

    def _entered(self, typed: str) -> None:
        if typed.strip():
            self._check(self.slot, typed, partial(self._answered, typed))

    def _answered(self, typed: str, concerns: Sequence[Concern]) -> None:
        if typed != self.text.text():
            return  # another number stands there by now
        self.show_concerns(concerns)
        if not concerns:
            self.passed.emit()

    def _edited(self) -> None:
        self._answer = Answer.TYPED
        self.field.clear_problem()
        self._unreadable.show()
        self._told.hide()
        self.why.hide()

    def _fine(self) -> None:
        self.why.hide()
        self._tell("circle-check", "ok", say("Number checked"))

    def _tell(self, icon: str, ink: str, words: Words) -> None:
        self._mark.put(icon, ink)
        self.state.set_ink(ink)
        self.state.put(words)
        self._told.show()

    def _slip(self, meant: str) -> Button:
        words = tr("Use {serial}", serial=serial(meant))
        return Button(words, Kind.SECONDARY, icon="check", act=lambda: self.scan(meant))

    def _stands(self) -> Button:
        return Button(say("This is what stands on the part"), icon="eye", act=self._insist)

    def _insist(self) -> None:
        self._answer = Answer.STANDS_ON_PART
        self._proof.show()
        self._again.setFocus()
