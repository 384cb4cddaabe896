"""A small published pack built in memory, for tests that need a shelf and not the whole sample."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.content.items import Item, ItemText, Published, TextState, item_hash, text_hash
from app.kernel.rights import Right, Role

DAY = date(2026, 1, 1)


def item(kind: str, code: str, body: Mapping[str, Any], *, version: int = 1) -> Item:
    digest = item_hash({"kind": kind, "code": code, "version": version}, body)
    return Item(kind, code, version, None, DAY, None, "test", DAY, "test", date(2030, 1, 1), body, digest)


MANUFACTURER = item(
    "manufacturer", "AVERDELL",
    {"name": "Averdell", "legal_name": "Averdell Ltd", "address": ["1 Haven Rd", "Nelson"], "country": "NZ",
     "zone": "Pacific/Auckland", "phone": "+64 3 000", "email": "desk@averdell.example"},
)  # fmt: skip
RIGHTS = item("rights", "RIGHTS", {"roles": {role.value: [right.value for right in Right] for role in Role}})


def pack(*items: Item, texts: tuple[ItemText, ...] = ()) -> Published:
    """A pack of these items with manufacturer, rights and the English texts that are found in the items."""
    everything = (MANUFACTURER, RIGHTS, *items)
    found = tuple(
        ItemText(*each.key, "en", path, text, text_hash(text), TextState.CURRENT)
        for each in everything
        for path, text in _texts(each.body, "")
    )
    return Published("small", 1, everything, (*found, *texts))


def _texts(body: Any, path: str) -> list[tuple[str, str]]:
    """Every string by its path: keys, and the `code` of list members."""
    if isinstance(body, str):
        return [(path, body)]
    if isinstance(body, Mapping):
        return [found for key, value in body.items() for found in _texts(value, f"{path}/{key}".lstrip("/"))]
    if isinstance(body, list) and all(isinstance(each, Mapping) and "code" in each for each in body):
        return [found for each in body for found in _texts(each, f"{path}/{each['code']}")]
    return []
