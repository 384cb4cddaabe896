"""Booking stock by hand: receive, count, move, reverse; and a new place."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from app.kernel.messages import say, say_count
from app.parts.actions import add_place, count_parts, receive_parts, reverse_move, transfer_parts
from app.parts.rules import PlaceKind
from app.views.parts_page import PartDetail
from app.workflows.procedures import quarantine_part
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextField
from ui.widgets.layouts import boxed, form_row
from ui.widgets.number import NumberField
from ui.widgets.panel import Panel
from ui.widgets.texts import Words, tr
from ui.work import Desk

Action = Callable[..., Any]


class StockForm(Panel):
    """A panel for one part; `saved` carries what to tell, and how it is taken back."""

    saved = Signal(object, object)

    def __init__(self, desk: Desk, title: Words, verb: Words, *fields: Field) -> None:
        self.desk, self.part, self._title = desk, "", title
        super().__init__(title, verb, boxed(form_row(*fields)))
        self.name_fields(*fields)

    def begin(self, detail: PartDetail) -> None:
        """Comes up for a part, which it names: another one may be chosen in the list while it is up."""
        if self.part != detail.number:
            self.empty()
        self.part = detail.number
        self.headline.put(say("{act}: {part}", act=self._title, part=detail.name))
        self.offer([(place.id, tr("{place}: {count}", place=place.name, count=held)) for place, held in detail.places])
        self.ask()

    def offer(self, places: list[tuple[object, Words]]) -> None:
        """The places to choose from, with what is there."""

    def empty(self) -> None:
        """Nothing of what was typed for another part."""

    def pieces(self, name: str, number: NumberField) -> int | None:
        """The number in this field; what is none is said there, and never booked as zero."""
        if number.value is None:
            self.fields[name].show_problem(say("Write a whole number."))
            number.setFocus()
        return number.value

    def book(self, action: Action, words: Words, **said: object) -> None:
        """Writes it for the part; the panel goes and `words` are told, with the way back."""
        self.settle()
        self.desk.write(
            action, self.part, **said, done=lambda move: self.done(words, partial(self._take_back, move)),
            failed=self.show_trouble, owner=self,
        )  # fmt: skip

    def done(self, words: Words, undo: Callable[[], object] | None = None) -> None:
        """Saved; the next booking starts empty."""
        self.empty()
        self.hide()
        self.saved.emit(words, undo)

    def _take_back(self, move: str) -> None:
        told = say("Movement taken back")
        self.desk.write(
            reverse_move, move, reason=tr("Booked by mistake"), done=lambda _: self.saved.emit(told, None),
            failed=self.broke.emit,
        )  # fmt: skip


class FromPlaceForm(StockForm):
    """A form that begins with a place."""

    def __init__(self, desk: Desk, title: Words, verb: Words, place: Words, *fields: Field) -> None:
        self.place = Choice()
        super().__init__(desk, title, verb, Field(place, self.place, name="place"), *fields)

    def offer(self, places: list[tuple[object, Words]]) -> None:
        self.place.offer(places)


class ReceiveForm(FromPlaceForm):
    """Pieces that came."""

    def __init__(self, desk: Desk) -> None:
        self.quantity, self.document = NumberField(1, lowest=1, highest=9999), TextField()
        quantity = Field(say("Quantity"), self.quantity, name="quantity")
        document = Field(say("Delivery note"), self.document, name="document")
        super().__init__(desk, say("Receive"), say("Book in"), say("To"), quantity, document)

    def empty(self) -> None:
        self.quantity.put(1)
        self.document.clear()

    def submit(self) -> None:
        pieces, note = self.pieces("quantity", self.quantity), self.document.text().strip()
        if pieces is not None:
            self.book(receive_parts, say("Booked in"), place=self.place.value or "", quantity=pieces, document=note)


class CountForm(FromPlaceForm):
    """What was found, and why it differs; the difference is said while it is typed."""

    def __init__(self, desk: Desk) -> None:
        self.found, self.reason = NumberField(lowest=0, highest=9999), TextField()
        self._held: dict[str, int] = {}
        self._found = Field(say("Pieces found"), self.found, name="found")
        reason = Field(say("Why it differs"), self.reason, name="reason")
        super().__init__(desk, say("Count"), say("Book the count"), say("At"), self._found, reason)
        self.found.changed.connect(lambda _: self._say_difference())
        self.place.chosen.connect(lambda _: self._say_difference())

    def begin(self, detail: PartDetail) -> None:
        self._held = {place.id: held for place, held in detail.places}
        super().begin(detail)
        self._say_difference()

    def empty(self) -> None:
        self.found.put(None)
        self.reason.clear()

    def submit(self) -> None:
        found, reason = self.pieces("found", self.found), self.reason.text()
        if found is not None:
            self.book(count_parts, say("Count booked"), place=self.place.value or "", found=found, reason=reason)

    def _say_difference(self) -> None:
        expected = self._held.get(str(self.place.value or ""), 0)
        self._found.set_note(difference_words(self.found.value, expected))


def difference_words(found: int | None, expected: int) -> Words:
    """What a count says against what is booked."""
    if found is None:
        return say("{expected} expected", expected=expected)
    if found == expected:
        return say("As expected")
    if found > expected:
        return say_count("{count} more than expected", "{count} more than expected", found - expected)
    return say_count("{count} fewer than expected", "{count} fewer than expected", expected - found)


class MoveForm(FromPlaceForm):
    """Pieces from one place to another."""

    def __init__(self, desk: Desk) -> None:
        self.to, self.quantity = Choice(), NumberField(1, lowest=1, highest=9999)
        to = Field(say("To"), self.to, name="to")
        quantity = Field(say("Quantity"), self.quantity, name="quantity")
        super().__init__(desk, say("Move"), say("Book the move"), say("From"), to, quantity)

    def offer(self, places: list[tuple[object, Words]]) -> None:
        super().offer(places)
        self.to.offer(places)

    def empty(self) -> None:
        self.quantity.put(1)

    def submit(self) -> None:
        place, to, pieces = self.place.value or "", self.to.value or "", self.pieces("quantity", self.quantity)
        if pieces is not None:
            self.book(transfer_parts, say("Parts moved"), place=place, to=to, quantity=pieces)


class QuarantineForm(FromPlaceForm):
    """Pieces that are not to be fitted any more; `begun` carries the run of the procedure that goes with them."""

    begun = Signal(str)

    def __init__(self, desk: Desk) -> None:
        self.quantity, self.reason = NumberField(1, lowest=1, highest=9999), TextField()
        quantity = Field(say("Quantity"), self.quantity, name="quantity")
        reason = Field(say("What is wrong with them"), self.reason, name="reason")
        super().__init__(desk, say("Quarantine"), say("Lock away and begin"), say("From"), quantity, reason)

    def empty(self) -> None:
        self.quantity.put(1)
        self.reason.clear()

    def submit(self) -> None:
        pieces = self.pieces("quantity", self.quantity)
        if pieces is None:
            return
        self.settle()
        self.desk.write(
            quarantine_part, self.part, place=self.place.value or "", quantity=pieces, reason=self.reason.text(),
            done=self._begun, failed=self.show_trouble, owner=self,
        )  # fmt: skip

    def _begun(self, run: str) -> None:
        self.done(say("Parts moved to quarantine"))
        self.begun.emit(run)


class PlaceForm(Panel):
    """A new place for parts."""

    saved = Signal(object, object)

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.name = TextField()
        kinds = {
            PlaceKind.WORKSHOP: say("Workshop"),
            PlaceKind.VAN: say("Van"),
            PlaceKind.STORE: say("Store"),
            PlaceKind.QUARANTINE: say("Quarantine"),
        }
        self.kind = Choice(list(kinds.items()))
        name = Field(say("Name"), self.name, name="name")
        super().__init__(
            say("A new place for parts"), say("Add the place"), boxed(form_row(name, Field(say("Kind"), self.kind)))
        )
        self.name_fields(name)

    def submit(self) -> None:
        self.settle()
        self.desk.write(
            add_place, self.name.text(), self.kind.value, done=lambda _: self._done(), failed=self.show_trouble,
            owner=self,
        )  # fmt: skip

    def _done(self) -> None:
        self.name.clear()
        self.hide()
        self.saved.emit(say("Place added"), None)
