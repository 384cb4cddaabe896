"""Published items: immutable, versioned, each text addressed by a path so that it can be translated."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.kernel.canonical import canonical

SOURCE_LANGUAGE = "en"


class TextState(StrEnum):
    """Whether a translation was made from the text that is in force."""

    CURRENT = "current"
    STALE = "stale"  # the source has changed since it was translated
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Item:
    """One version of one published thing; referred to as (kind, code, version), never changed or deleted.

    `market` None is the base that holds everywhere. `body` holds integers, strings, booleans, lists and mappings
    with every source text in place. `sha256` covers all other fields.
    """

    kind: str
    code: str
    version: int
    market: str | None
    valid_from: date
    valid_to: date | None
    source: str
    checked_on: date
    checked_by: str
    review_due: date
    body: Mapping[str, Any] = field(hash=False)
    sha256: str

    @property
    def key(self) -> tuple[str, str, int]:
        return self.kind, self.code, self.version

    def in_force(self, day: date) -> bool:
        """Whether `day` lies in the item's days of validity, both ends included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class ItemText:
    """One text of one item version in one language.

    `path` names it inside the body: keys joined by "/", list members by their `code` ("steps/drain/text").
    `source_sha256` is the hash of the English text that was translated; `text` is empty when the state is missing.
    """

    kind: str
    code: str
    version: int
    language: str
    path: str
    text: str
    source_sha256: str
    state: TextState


@dataclass(frozen=True, slots=True)
class Published:
    """A whole valid pack. `texts` hold the English source of every text and each translation with its state."""

    pack: str
    version: int
    items: tuple[Item, ...]
    texts: tuple[ItemText, ...]


def text_hash(text: str) -> str:
    """The hex SHA-256 by which a translation names the source text it was made from."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def item_hash(meta: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    """The hex SHA-256 over the canonical form of an item's other fields and its body."""
    return hashlib.sha256(canonical({"meta": dict(meta), "body": dict(body)})).hexdigest()
