"""What is known of a machine: registering one that nobody knew, and changing its dates, owner and kind."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.kernel.messages import say
from app.language.translate import current
from app.units.actions import UnitDraft, edit_unit, register_unit
from app.units.queries import UnitSeen
from app.views.unit_page import markets, supplies_of
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextField
from ui.widgets.layouts import boxed, form_row
from ui.widgets.panel import Panel
from ui.widgets.texts import Words
from ui.work import Desk

_KINDS = [
    ("", say("Not known")),
    ("business", say("Business")),
    ("consumer", say("Consumer")),
    ("dealer", say("Dealer")),
]
_DAYS = {
    "purchased_on": say("Bought on"),
    "delivered_on": say("Delivered on"),
    "installed_on": say("Installed on"),
    "registered_on": say("Registered on"),
}


class UnitForm(Panel):
    """`saved` carries the id of the machine. Only the serial is compulsory; days are written 2026-06-11."""

    saved = Signal(str)

    def __init__(self, desk: Desk, title: Words, verb: Words) -> None:
        self.desk, self._unit = desk, ""
        self.serial, self.again = TextField(code=True, icon="scan-line"), TextField(code=True)
        self.supply, self.market, self.kind = Choice(), Choice(), Choice(_KINDS)
        self.days = {name: TextField(longest=10) for name in _DAYS}
        serial = Field(say("Number on the plate"), self.serial, name="serial")
        again = Field(say("The number once more"), self.again, name="again")
        self._again = again
        days = [Field(words, self.days[name], note=say("Year-month-day"), name=name) for name, words in _DAYS.items()]
        self._numbers = boxed(form_row(serial, again))
        super().__init__(
            title, verb, self._numbers,
            boxed(form_row(Field(say("Variant"), self.supply), Field(say("Market"), self.market),
                           Field(say("Customer is a"), self.kind, name="customer_kind"))),
            boxed(form_row(*days)),
        )  # fmt: skip
        self.name_fields(serial, again, *days)
        self.serial.editingFinished.connect(self._variants)

    def submit(self) -> None:
        self.settle()
        said = {
            "supply": self.supply.value or "",
            "market": self.market.value or "",
            "customer_kind": self.kind.value or "",
            **{name: field.text().strip() for name, field in self.days.items()},
        }
        if self._unit:
            unit = self._unit
            self.desk.write(
                edit_unit, unit, **said, done=lambda _: self._done(unit), failed=self.show_trouble, owner=self
            )
        else:
            draft = UnitDraft(self.serial.text(), self.again.text(), **said)
            self.desk.write(register_unit, draft, done=self._done, failed=self.show_trouble)

    def begin(self, serial: str = "", unit: UnitSeen | None = None) -> None:
        """Comes up for a number that nobody knows, or for a known machine."""
        self._unit = unit.id if unit else ""
        self.serial.setText(unit.printed if unit else serial)
        self.again.clear()
        self._numbers.setVisible(unit is None)
        self._again.setVisible(False)
        for name, field in self.days.items():
            field.setText(getattr(unit, name) if unit else "")
        self.kind.choose(unit.customer_kind if unit else "")
        self.desk.read(markets, current(), done=lambda found: self._markets(found, unit), owner=self)
        self._variants(unit.supply if unit else "")
        self.ask()

    def show_trouble(self, error: BaseException) -> None:
        self._again.setVisible(getattr(error, "field", "") == "again" or self._again.isVisible())
        super().show_trouble(error)

    def _done(self, unit: str) -> None:
        self.hide()
        self.saved.emit(unit)

    def _markets(self, found: Sequence[tuple[str, str]], unit: UnitSeen | None) -> None:
        self.market.offer([("", say("Not known")), *found])
        if unit:
            self.market.choose(unit.market)

    def _variants(self, chosen: str = "") -> None:
        def offer(found: Sequence[tuple[str, str]]) -> None:
            self.supply.offer([("", say("Not known")), *found])
            self.supply.choose(chosen)

        self.desk.read(supplies_of, self.serial.text(), done=offer, failed=self.show_trouble, owner=self)
