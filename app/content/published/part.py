"""Spare parts, assemblies, kits and consumables."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.content.items import Item
from app.kernel.money import Money


class StockClass(StrEnum):
    """Whether the contract obliges a partner to hold the part."""

    MUST = "must"
    SHOULD = "should"
    ORDER = "order"


class PartStatus(StrEnum):
    ACTIVE = "active"
    SUPERSEDED = "superseded"
    RECALLED = "recalled"  # the lots named in `recalled_lots`; other lots may be used


@dataclass(frozen=True, slots=True)
class SerialRange:
    """From and to, both included, of production week and running number: `YYWW` or `YYWWNNNNN`; empty is open."""

    first: str = ""
    last: str = ""

    def holds(self, serial: str) -> bool:
        """Whether a bare unit serial (`FD2A261700428N`) lies in the range."""
        made = serial[4:13]
        return self.first.ljust(9, "0") <= made <= (self.last or "9" * 9).ljust(9, "9")


@dataclass(frozen=True, slots=True)
class Fit:
    """A model that the part fits, with the machines of it."""

    model: str
    serials: SerialRange

    def holds(self, serial: str) -> bool:
        return serial[:3] == self.model and self.serials.holds(serial)


@dataclass(frozen=True, slots=True)
class Successor:
    """The part that takes over, for machines in `serials` only when that range is not open."""

    number: str
    serials: SerialRange


@dataclass(frozen=True, slots=True)
class Part:
    """A spare part as the manufacturer publishes it; stock and own prices are the partner's.

    `code` and `number` are the printed number (`AV-C-1204-6`). `component_type` is empty unless each piece has a
    serial. `floor_per_100`: pieces to hold for each 100 machines in the field. `prices`: one for each price list,
    minor units. `wear`: a wear part in the sense of the warranty. `shelf_life_days` 0: does not expire.
    `dangerous_goods`: UN number or empty. `procedure`: the procedure by which it is fitted, or empty.
    """

    code: str
    version: int
    name: str
    description: str
    assembly: str
    position: str
    quantity: int
    fits: tuple[Fit, ...]
    status: PartStatus
    superseded_by: tuple[Successor, ...]
    recalled_lots: tuple[str, ...]
    component_type: str
    form: str
    safety_relevant: bool
    wear: bool
    stock_class: StockClass
    floor_per_100: int
    lead_days: int
    prices: tuple[Money, ...]
    hs_code: str
    origin: str
    weight_g: int
    dangerous_goods: str
    shelf_life_days: int
    procedure: str
    parent: str

    @property
    def number(self) -> str:
        return self.code

    @property
    def serialised(self) -> bool:
        return bool(self.component_type)

    def fits_serial(self, serial: str) -> bool:
        """Whether it fits the machine with this bare serial."""
        return any(fit.holds(serial) for fit in self.fits)

    def fits_model(self, model: str) -> bool:
        return any(fit.model == model for fit in self.fits)

    def price(self, currency: str) -> Money | None:
        return next((each for each in self.prices if each.currency == currency), None)


@dataclass(frozen=True, slots=True)
class Assembly:
    """A group of parts with one drawing; `code` is one letter."""

    code: str
    version: int
    name: str


@dataclass(frozen=True, slots=True)
class Kit:
    """Parts that are sold and fitted together: (part number, pieces)."""

    code: str
    version: int
    name: str
    members: tuple[tuple[str, int], ...]
    prices: tuple[Money, ...]
    procedure: str


@dataclass(frozen=True, slots=True)
class Consumable:
    """What is used up in daily work; traced by lot. `allergens` are codes such as milk, nuts."""

    code: str
    version: int
    name: str
    description: str
    pack: str
    models: tuple[str, ...]
    shelf_life_days: int
    dangerous_goods: str
    allergens: tuple[str, ...]
    prices: tuple[Money, ...]


def read_part(item: Item) -> Part:
    """The typed view of an item of kind `part`."""
    body = item.body
    return Part(
        code=item.code,
        version=item.version,
        name=body["name"],
        description=body.get("description", ""),
        assembly=body["assembly"],
        position=body["position"],
        quantity=body["quantity"],
        fits=tuple(Fit(each["model"], _range(each)) for each in body["fits"]),
        status=PartStatus(body.get("status", "active")),
        superseded_by=tuple(Successor(each["number"], _range(each)) for each in body.get("superseded_by", ())),
        recalled_lots=tuple(body.get("recalled_lots", ())),
        component_type=body.get("component_type", ""),
        form=body.get("form", ""),
        safety_relevant=body.get("safety_relevant", False),
        wear=body.get("wear", False),
        stock_class=StockClass(body["stock_class"]),
        floor_per_100=body["floor_per_100"],
        lead_days=body["lead_days"],
        prices=_prices(body["prices"]),
        hs_code=body["hs_code"],
        origin=body["origin"],
        weight_g=body["weight_g"],
        dangerous_goods=body.get("dangerous_goods", ""),
        shelf_life_days=body.get("shelf_life_days", 0),
        procedure=body.get("procedure", ""),
        parent=body.get("parent", ""),
    )


def read_assembly(item: Item) -> Assembly:
    """The typed view of an item of kind `assembly`."""
    return Assembly(item.code, item.version, item.body["name"])


def read_kit(item: Item) -> Kit:
    """The typed view of an item of kind `kit`."""
    body = item.body
    members = tuple((each["number"], each["quantity"]) for each in body["members"])
    return Kit(item.code, item.version, body["name"], members, _prices(body["prices"]), body.get("procedure", ""))


def read_consumable(item: Item) -> Consumable:
    """The typed view of an item of kind `consumable`."""
    body = item.body
    return Consumable(
        code=item.code,
        version=item.version,
        name=body["name"],
        description=body["description"],
        pack=body["pack"],
        models=tuple(body["models"]),
        shelf_life_days=body["shelf_life_days"],
        dangerous_goods=body.get("dangerous_goods", ""),
        allergens=tuple(body.get("allergens", ())),
        prices=_prices(body["prices"]),
    )


def _range(body: dict[str, Any]) -> SerialRange:
    return SerialRange(body.get("from", ""), body.get("to", ""))


def _prices(body: dict[str, int]) -> tuple[Money, ...]:
    return tuple(Money(minor, currency) for currency, minor in sorted(body.items()))
