"""The manufacturer, its models and the types of serialised components."""

from dataclasses import dataclass
from typing import Any

from app.content.items import Item
from app.content.published.warranty import ProductClass


@dataclass(frozen=True, slots=True)
class Manufacturer:
    """Addresses and numbers are printed as they stand; `zone` is an IANA name. `crisis_key` is the age recipient of the
    crisis lead, whom locked facts are wrapped for beside the partner's own, or empty."""

    code: str
    name: str
    legal_name: str
    address: tuple[str, ...]
    country: str
    zone: str
    phone: str
    email: str
    crisis_key: str = ""


@dataclass(frozen=True, slots=True)
class Supply:
    """One electrical variant: volts as printed ("208-240"), hertz as printed, watts, amperes of the fuse."""

    code: str
    volts: str
    hertz: str
    watts: int
    fuse_amps: int


@dataclass(frozen=True, slots=True)
class Model:
    """`code` is the first three characters of a serial. Weight in grams, boiler volume in millilitres (0: none)."""

    code: str
    version: int
    name: str
    description: str
    product_class: ProductClass
    plants: tuple[str, ...]
    supplies: tuple[Supply, ...]
    weight_g: int
    boiler_ml: int
    components: tuple[str, ...]  # component types that every machine of the model holds


@dataclass(frozen=True, slots=True)
class ComponentType:
    """`code` is the first two characters of a component serial."""

    code: str
    version: int
    name: str
    safety_relevant: bool
    form: str


def read_manufacturer(item: Item) -> Manufacturer:
    """The typed view of the one item of kind `manufacturer`."""
    body = item.body
    plain = {key: body[key] for key in ("name", "legal_name", "country", "zone", "phone", "email")}
    crisis_key = body.get("crisis_key", "")
    return Manufacturer(code=item.code, address=tuple(body["address"]), crisis_key=crisis_key, **plain)


def read_model(item: Item) -> Model:
    """The typed view of an item of kind `model`."""
    body = item.body
    return Model(
        code=item.code,
        version=item.version,
        name=body["name"],
        description=body["description"],
        product_class=ProductClass(body["product_class"]),
        plants=tuple(body["plants"]),
        supplies=tuple(_supply(each) for each in body["supplies"]),
        weight_g=body["weight_g"],
        boiler_ml=body["boiler_ml"],
        components=tuple(body["components"]),
    )


def read_component_type(item: Item) -> ComponentType:
    """The typed view of an item of kind `component_type`."""
    body = item.body
    return ComponentType(item.code, item.version, body["name"], body["safety_relevant"], body["form"])


def _supply(body: dict[str, Any]) -> Supply:
    return Supply(body["code"], body["volts"], body["hertz"], body["watts"], body["fuse_amps"])
