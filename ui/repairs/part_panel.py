"""Adding a part: the part, where it comes from, its numbers, and every concern answered in place."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.kernel.errors import UserError
from app.kernel.messages import say
from app.language.translate import current
from app.parts.queries import PlaceSeen
from app.repairs.rules.lines import LineAction
from app.repairs.rules.serials import SerialStop, Slot
from app.repairs.rules.uses import PartConcern, PartStop, PartUse
from app.views.repair_choices import PartChoice, part_choices, stock_places
from app.views.repair_words import action_word, fate_word
from app.workflows.pictures import keep_picture
from app.workflows.repair import LineMade, use_part
from app.workflows.repair_facts import serial_concerns
from ui.pickers.part import PartPicker
from ui.pickers.serial import SerialPicker
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.field import Field
from ui.widgets.inputs import Choice
from ui.widgets.label import Icon, Prose
from ui.widgets.layouts import boxed, clear, column, form_row, row
from ui.widgets.number import NumberField
from ui.widgets.panel import Panel
from ui.widgets.texts import serial, tr
from ui.widgets.toggle import Toggle
from ui.work import Desk

FATES = ("return", "quarantine", "scrap", "customer")


class PartPanel(Panel):
    """`booked` carries a LineMade. The keyboard goes part, old number, new number, Enter."""

    booked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        self.desk, self._repair, self._anyway = desk, "", False
        self._held: dict[str, int] = {}
        self.action = Toggle([(each, action_word(each)) for each in LineAction], name=say("What was done"))
        self.action.chosen.connect(lambda _: self._arrange())
        self.part = PartPicker(self._find)
        self.part.picked.connect(self._picked)
        self.place = Choice()
        self.place.chosen.connect(lambda _: self._stock())
        self.quantity = NumberField(1, lowest=1, highest=999)
        self._place = Field(say("From"), self.place, name="place")
        self._quantity = Field(say("Quantity"), self.quantity, name="quantity")
        self.fate = Choice([(each, fate_word(each)) for each in FATES])
        self._fate = Field(say("The old part"), self.fate)
        self.old, self.new = (SerialPicker(slot, self._check) for slot in (Slot.OLD, Slot.NEW))
        arrow = boxed(column(30, Icon("arrow-right", "ink2", 18), None))
        pair = row((self.old, 1), arrow, (self.new, 1), gap=12)
        self._serials = boxed(column(pair, self.old.why, self.new.why, gap=10))
        self._form = Chip("", Tone.NONE, icon="file-check")
        self._safety = Chip(say("Safety part"), Tone.WARN, icon="shield-alert")
        self._chips = boxed(row(self._safety, self._form, None, gap=8))
        self._concerns = column(gap=8)
        self._asked = Card(column(boxed(self._concerns), margins=(14, 12, 14, 12)), tone=Tone.WARN)
        self._details = boxed(
            column(
                self._chips,
                self._asked,
                form_row(self._place, self._quantity, self._fate),
                self._serials,
                gap=12,
            )
        )
        super().__init__(say("Add a part"), say("Book the part"), self._head(), self.part, self._details)
        self.name_fields(self.part.field, self._place, self._quantity)
        self._connect()

    def _head(self) -> QWidget:
        return boxed(row(self.action, None))

    def _connect(self) -> None:
        self.old.passed.connect(lambda: self.new.text.setFocus() if self.new.isVisible() else self.save.setFocus())
        self.new.passed.connect(self.save.setFocus)
        for picker in (self.old, self.new):
            picker.photographed.connect(partial(self._keep, picker))

    def begin(self, repair_id: str) -> None:
        """Comes up for a repair with nothing chosen."""
        self._repair, self._anyway = repair_id, False
        self.action.choose(LineAction.ADD)
        self.desk.read(stock_places, done=self._offer_places, failed=self.show_trouble)
        self.quantity.put(1)
        self._details.hide()
        self.settle()
        self.show()
        self.part.start()

    def scanned(self, text: str) -> bool:
        """A scan goes where the next number is wanted."""
        if not self.isVisible() or not self._details.isVisible() or not self._serials.isVisible():
            return False
        wanted = self.new if self.new.text.hasFocus() or self.old.text.text().strip() else self.old
        wanted.scan(text)
        return True

    def close_panel(self) -> None:
        self.part.choice = None
        super().close_panel()

    def submit(self) -> None:
        """The one act."""
        if self.part.choice is None:
            self.part.field.show_problem(say("Choose a part first."))
            return
        self.settle()
        self.desk.write(use_part, self._repair, self._use(), done=self._done, failed=self.show_trouble)

    def settle(self) -> None:
        super().settle()
        for picker in (self.old, self.new):
            picker.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pasted = event.matches(QKeySequence.StandardKey.Paste) and (self.new.paste() or self.old.paste())
        if not pasted:
            super().keyPressEvent(event)

    def show_trouble(self, error: BaseException) -> None:
        """Concerns are shown where they can be answered."""
        if isinstance(error, SerialStop):
            self._picker(error.slot.value).show_concerns(error.concerns)
        elif isinstance(error, PartStop):
            self._show_part_concerns(error.concerns)
        elif isinstance(error, UserError) and error.field in ("old", "new", "again", "photo"):
            self._blamed(error.field).show_error(error)
        else:
            super().show_trouble(error)

    def _blamed(self, name: str) -> SerialPicker:
        """Which of the two numbers lacks something: the one that insists without its proof."""
        if name in ("old", "new"):
            return self._picker(name)
        settled = self.old.entry()
        done = settled.answer.value != "stands_on_part" or (settled.photo and settled.again)
        return self.new if done else self.old

    def _picker(self, slot: str) -> SerialPicker:
        return self.old if slot == Slot.OLD.value else self.new

    def _use(self) -> PartUse:
        action: LineAction = self.action.value
        choice = self.part.choice
        serialised = choice is not None and choice.serialised
        has_old = serialised and self.old.isVisible()
        return PartUse(
            action=action,
            part=choice.number if choice else "",
            quantity=self.quantity.value or 0,
            place=self.place.value or "",
            old=self.old.entry() if has_old else None,
            new=self.new.entry() if serialised and action is LineAction.ADD else None,
            old_fate="stock" if action is LineAction.RECYCLE else self.fate.value,
            anyway=self._anyway,
        )

    def _done(self, made: LineMade) -> None:
        self.hide()
        self.booked.emit(made)

    def _find(self, text: str, deliver: Callable[[Sequence[PartChoice]], None]) -> None:
        self.desk.read(
            part_choices, self._repair, text, current(), done=deliver, failed=self.show_trouble, owner=self,
            latest="part",
        )  # fmt: skip

    def _check(self, slot: Slot, typed: str, deliver: Callable[[Any], None]) -> None:
        if self.part.choice is not None:
            number = self.part.choice.number
            self.desk.read(
                serial_concerns, self._repair, number, slot, typed, done=deliver, failed=self.show_trouble, owner=self
            )

    def _keep(self, picker: SerialPicker, source: object) -> None:
        content = bytes(source) if isinstance(source, bytes | bytearray) else str(source)
        chosen = self.part.choice

        def kept(sha256: str) -> None:
            if self.part.choice is chosen:  # else it shows the number of another part
                picker.put_photo(sha256)

        self.desk.write(keep_picture, content, done=kept, failed=self.show_trouble, owner=self)

    def _offer_places(self, found: Sequence[PlaceSeen]) -> None:
        chosen = self.place.value
        self.place.offer([(each.id, each.name) for each in found])
        if any(each.id == chosen for each in found):
            self.place.choose(chosen)
        self._stock()

    def _picked(self, choice: PartChoice) -> None:
        self._anyway, self._held = False, choice.held
        self.old.start(choice.recorded)
        self.new.start()
        self._form.put(tr("Needs form {form}", form=serial(choice.form)), Tone.NONE, icon="file-check")
        self._show_part_concerns(())
        best = max(choice.held, key=lambda place: choice.held[place], default="")
        if best and choice.held[best] > 0:
            self.place.choose(best)
        self._details.show()
        self._arrange()
        self._stock()
        wanted = self.old.text if self.old.isVisible() else self.new.text if self.new.isVisible() else self.quantity
        wanted.setFocus()

    def _arrange(self) -> None:
        """What the chosen act and part need, and nothing else."""
        choice = self.part.choice
        if choice is None:
            return
        action: LineAction = self.action.value
        serialised = choice.serialised
        self._safety.setVisible(choice.safety)
        self._form.setVisible(bool(choice.form))
        self._chips.setVisible(choice.safety or bool(choice.form))
        self._place.setVisible(action is not LineAction.REMOVE)
        self._quantity.setVisible(not serialised)
        self._fate.setVisible(serialised and action is not LineAction.RECYCLE)
        self._serials.setVisible(serialised)
        self.old.setVisible(bool(choice.recorded) or action is not LineAction.ADD)
        self.new.setVisible(action is LineAction.ADD)

    def _stock(self) -> None:
        held = self._held.get(self.place.value or "", 0)
        self._place.set_note(tr("{count} there now", count=held))

    def _show_part_concerns(self, concerns: Sequence[PartConcern]) -> None:
        clear(self._concerns)
        for each in concerns:
            self._concerns.addWidget(Prose(each.message))
            for number in each.offer:
                words = tr("Take {part}", part=serial(number))
                self._concerns.addLayout(row(Button(words, icon="check", act=partial(self._take, number)), None))
        if concerns:
            anyway = Button(say("Use this one all the same"), icon="check", act=self._use_anyway)
            self._concerns.addLayout(row(anyway, None))
        self._asked.setVisible(bool(concerns))

    def _take(self, number: str) -> None:
        def found(choices: Sequence[PartChoice]) -> None:
            for each in choices:
                if each.number == number:
                    self.part.take(each)

        self._find(number, found)

    def _use_anyway(self) -> None:
        self._anyway = True
        self._asked.hide()
        self.submit()
