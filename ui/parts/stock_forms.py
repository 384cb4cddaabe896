"""Booking stock by hand: receive, count, move, reverse; and a new place."""

from PySide6.QtCore import Signal

from app.kernel.messages import say
from app.parts.actions import add_place, count_parts, receive_parts, transfer_parts
from app.parts.rules import PlaceKind
from app.views.parts_page import PartDetail
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextField
from ui.widgets.layouts import boxed, form_row
from ui.widgets.number import NumberField
from ui.widgets.panel import Panel
from ui.widgets.texts import Words, tr
from ui.work import Desk


class StockForm(Panel):
    """A panel for one part; `saved` carries what to tell."""

    saved = Signal(object)

    def __init__(self, desk: Desk, title: Words, verb: Words, *fields: Field) -> None:
        self.desk, self.part = desk, ""
        super().__init__(title, verb, boxed(form_row(*fields)))
        self.name_fields(*fields)

    def begin(self, detail: PartDetail) -> None:
        """Comes up for a part."""
        self.part = detail.number
        self.offer([(place.id, tr("{place}: {count}", place=place.name, count=held)) for place, held in detail.places])
        self.ask()

    def offer(self, places: list[tuple[object, Words]]) -> None:
        """The places to choose from, with what is there."""

    def done(self, words: Words) -> None:
        """Saved."""
        self.hide()
        self.saved.emit(words)


class ReceiveForm(StockForm):
    """Pieces that came."""

    def __init__(self, desk: Desk) -> None:
        self.place, self.quantity, self.document = Choice(), NumberField(1, lowest=1, highest=9999), TextField()
        super().__init__(
            desk, say("Receive"), say("Book in"), Field(say("To"), self.place, name="place"),
            Field(say("Quantity"), self.quantity, name="quantity"),
            Field(say("Delivery note"), self.document, name="document"),
        )  # fmt: skip

    def offer(self, places: list[tuple[object, Words]]) -> None:
        self.place.offer(places)

    def submit(self) -> None:
        self.settle()
        self.desk.write(
            receive_parts, self.part, place=self.place.value or "", quantity=self.quantity.value or 0,
            document=self.document.text().strip(), done=lambda _: self.done(say("Booked in")),
            failed=self.show_trouble, owner=self,
        )  # fmt: skip


class CountForm(StockForm):
    """What was found, and why it differs."""

    def __init__(self, desk: Desk) -> None:
        self.place, self.found, self.reason = Choice(), NumberField(0, lowest=0, highest=9999), TextField()
        super().__init__(
            desk, say("Count"), say("Book the count"), Field(say("At"), self.place, name="place"),
            Field(say("Found"), self.found, name="found"),
            Field(say("Why it differs"), self.reason, name="reason"),
        )  # fmt: skip

    def offer(self, places: list[tuple[object, Words]]) -> None:
        self.place.offer(places)

    def submit(self) -> None:
        self.settle()
        self.desk.write(
            count_parts, self.part, place=self.place.value or "", found=self.found.value or 0,
            reason=self.reason.text(), done=lambda _: self.done(say("Count booked")), failed=self.show_trouble,
            owner=self,
        )  # fmt: skip


class MoveForm(StockForm):
    """Pieces from one place to another."""

    def __init__(self, desk: Desk) -> None:
        self.place, self.to, self.quantity = Choice(), Choice(), NumberField(1, lowest=1, highest=9999)
        super().__init__(
            desk, say("Move"), say("Book the move"), Field(say("From"), self.place, name="place"),
            Field(say("To"), self.to, name="to"), Field(say("Quantity"), self.quantity, name="quantity"),
        )  # fmt: skip

    def offer(self, places: list[tuple[object, Words]]) -> None:
        self.place.offer(places)
        self.to.offer(places)

    def submit(self) -> None:
        self.settle()
        self.desk.write(
            transfer_parts, self.part, place=self.place.value or "", to=self.to.value or "",
            quantity=self.quantity.value or 0, done=lambda _: self.done(say("Parts moved")),
            failed=self.show_trouble, owner=self,
        )  # fmt: skip


class PlaceForm(Panel):
    """A new place for parts."""

    saved = Signal(object)

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
        self.saved.emit(say("Place added"))
