"""The shelf's tables: items are kept for ever, `current_item` says which version is in force."""

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.bases import Base, InstantType, refuse_changes


class PackRow(Base):
    """One installed pack; the newest row is what the device works with."""

    __tablename__ = "pack"
    rid: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    version: Mapped[int]
    sha256: Mapped[str]
    installed_at: Mapped[int] = mapped_column(InstantType)


class ItemRow(Base):
    """A published item. `market` is empty for the base, so that the unique key holds (NULLs never clash)."""

    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("kind", "code", "version", "market"),)
    rid: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    code: Mapped[str]
    version: Mapped[int]
    market: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[str]
    valid_to: Mapped[str] = mapped_column(default="")
    source: Mapped[str]
    checked_on: Mapped[str]
    checked_by: Mapped[str]
    review_due: Mapped[str]
    body: Mapped[dict[str, Any]]
    sha256: Mapped[str]


class ItemTextRow(Base):
    """One text of one item version in one language; replaced when a pack brings a better translation."""

    __tablename__ = "item_text"
    kind: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    source_sha256: Mapped[str]
    state: Mapped[str]


class CurrentItem(Base):
    """Which version of an item is in force; switched in the transaction that installs a whole valid pack."""

    __tablename__ = "current_item"
    kind: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    market: Mapped[str] = mapped_column(primary_key=True, default="")
    version: Mapped[int]


refuse_changes(ItemRow.__table__)
