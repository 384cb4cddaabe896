"""What is known of a machine: registering one that nobody knew, and changing its dates, owner and kind."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal

from app.customers.queries import CustomerFacts, SiteRow, customer_facts, sites_of
from app.kernel.errors import UserError
from app.kernel.messages import say
from app.language.translate import current
from app.units.actions import UnitDraft
from app.units.queries import UnitSeen
from app.views.unit_page import markets, supplies_of
from app.workflows.machines import change_unit, log_unit
from ui.pickers.customer import CustomerPicker
from ui.pickers.days import PastDay
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextField
from ui.widgets.layouts import boxed, form_row, row
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

_SAID = ("supply", "market", "customer_kind", "owner", "site")


class UnitForm(Panel):
    """`saved` carries the id of the machine. Only the serial is compulsory."""

    saved = Signal(str, object)  # and what takes it back, or None

    def __init__(self, desk: Desk, title: Words, verb: Words) -> None:
        self.desk, self._unit, self._sites_of = desk, "", ""
        self._was: Mapping[str, str] = {}
        self.owner, self.site = CustomerPicker(desk), Choice([("", say("Not known"))])
        self.serial, self.again = TextField(code=True, icon="scan-line"), TextField(code=True)
        self.supply, self.market, self.kind = Choice(), Choice(), Choice(_KINDS)
        self.days = {name: PastDay() for name in _DAYS}
        serial = Field(say("Number on the plate"), self.serial, name="serial")
        again = Field(say("The number once more"), self.again, name="again")
        self._again = again
        days = [Field(words, self.days[name], name=name) for name, words in _DAYS.items()]
        self._numbers = boxed(form_row(serial, again))
        super().__init__(
            title, verb, self._numbers,
            boxed(form_row(Field(say("Variant"), self.supply), Field(say("Market"), self.market),
                           Field(say("Customer is a"), self.kind, name="customer_kind"))),
            boxed(form_row(*days[:2])), boxed(form_row(*days[2:])),
            boxed(row((self.owner, 2), (Field(say("Site"), self.site), 1), gap=12)),
        )  # fmt: skip
        self.name_fields(serial, again, *days)
        self.serial.editingFinished.connect(self._variants)
        self.owner.changed.connect(self._sites)

    def submit(self) -> None:
        self.settle()
        said = {
            "supply": self.supply.value or "",
            "market": self.market.value or "",
            "customer_kind": self.kind.value or "",
            "owner": self.owner.picked.id,
            "site": self.site.value or "",
            **{name: field.value for name, field in self.days.items()},
        }
        new = self.owner.picked.new
        if self._unit:
            unit, back = self._unit, partial(self._take_back, self._unit, self._was)
            self.desk.write(
                change_unit,
                unit,
                said,
                new_owner=new,
                done=lambda _: self._done(unit, back),
                failed=self.show_trouble,
                owner=self,
            )
        else:
            draft = UnitDraft(self.serial.text(), self.again.text(), **said)
            self.desk.write(log_unit, draft, new_owner=new, done=self._done, failed=self.show_trouble)

    def begin(self, serial: str = "", unit: UnitSeen | None = None) -> None:
        """Comes up for a number that nobody knows, or for a known machine."""
        self._unit = unit.id if unit else ""
        self._was = {name: getattr(unit, name) for name in (*_DAYS, *_SAID)} if unit else {}
        self.serial.setText(unit.printed if unit else serial)
        self.again.clear()
        self._numbers.setVisible(unit is None)
        self._again.setVisible(False)
        for name, field in self.days.items():
            field.put(getattr(unit, name) if unit else "")
        self.kind.choose(unit.customer_kind if unit else "")
        self.supply.choose("")
        self.desk.read(markets, current(), done=lambda found: self._markets(found, unit), owner=self)
        self._variants(unit.supply if unit else "")
        self._put_owner(unit)
        self.ask()

    def show_trouble(self, error: BaseException) -> None:
        self._again.setVisible(getattr(error, "field", "") == "again" or self._again.isVisible())
        if isinstance(error, UserError) and error.field == "name":
            self.owner.show_error(error)
        else:
            super().show_trouble(error)

    def _done(self, unit: str, back: Callable[[], object] | None = None) -> None:
        self.hide()
        self.saved.emit(unit, back)

    def _take_back(self, unit: str, was: Mapping[str, str]) -> None:
        """As it was before it was changed."""
        self.desk.write(change_unit, unit, was, failed=self.broke.emit, owner=self)

    def _is_for(self, unit: UnitSeen | None) -> bool:
        """Whether an answer is still for the machine that the form is up for."""
        return self._unit == (unit.id if unit else "")

    def _markets(self, found: Sequence[tuple[str, str]], unit: UnitSeen | None) -> None:
        self.market.offer([("", say("Not known")), *found])
        if unit and self._is_for(unit):
            self.market.choose(unit.market)

    def _put_owner(self, unit: UnitSeen | None) -> None:
        def put(found: CustomerFacts | None) -> None:
            if found and unit and self._is_for(unit):
                self._sites_of = found.id
                self.owner.put(found.id, found.name)
                self._offer_sites(found.sites)
                self.site.choose(unit.site)

        self.owner.put("", "")
        if unit and unit.owner:
            self.desk.read(customer_facts, unit.owner, done=put, failed=self.show_trouble, owner=self)

    def _sites(self) -> None:
        """The sites of whoever is the owner now."""
        owner = self.owner.picked.id
        if owner != self._sites_of:
            self._sites_of = owner
            done = partial(self._know_sites, owner)
            self.desk.read(sites_of, owner, done=done, failed=self.show_trouble, owner=self, latest="sites")

    def _know_sites(self, owner: str, found: Sequence[SiteRow]) -> None:
        if self._sites_of == owner:  # else those of the owner on record have come in between
            self._offer_sites(found)

    def _offer_sites(self, found: Sequence[SiteRow]) -> None:
        self.site.offer([("", say("Not known")), *((each.id, each.name) for each in found)])

    def _variants(self, chosen: str = "") -> None:
        def offer(found: Sequence[tuple[str, str]]) -> None:
            self.supply.offer([("", say("Not known")), *found])
            if chosen:
                self.supply.choose(chosen)

        self.desk.read(
            supplies_of, self.serial.text(), done=offer, failed=self.show_trouble, owner=self, latest="supplies"
        )
