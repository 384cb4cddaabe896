"""Customers and their sites: the partner's own, but for what a policy has to know."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped

from app.store.bases import See, Synced, link, lww
from app.store.search import SearchText


class Customer(Synced):
    """A person or a business that the partner serves."""

    __tablename__ = "customer"
    name: Mapped[str] = lww(see=See.PARTNER)
    contact: Mapped[str] = lww(see=See.PARTNER, default="")
    phone: Mapped[str] = lww(see=See.PARTNER, default="")
    email: Mapped[str] = lww(see=See.PARTNER, default="")
    language: Mapped[str] = lww(see=See.PARTNER, default="")
    reached_by: Mapped[str] = lww(see=See.PARTNER, default="phone")
    note: Mapped[str] = lww(see=See.PARTNER, default="")
    kind: Mapped[str] = lww(see=See.SHARED, default="business")
    market: Mapped[str] = lww(see=See.SHARED, default="")

    def search_text(self) -> SearchText:
        """Found by names, telephone (also without blanks and country) and address; the note is long text."""
        return self.search_text_of(vars(self))

    @staticmethod
    def search_text_of(row: Mapping[str, Any]) -> SearchText:
        """The words of a row."""
        phone = row.get("phone", "")
        bare = "".join(sign for sign in phone if sign.isdigit())
        head = (row["name"], row.get("contact", ""), phone, bare, bare[-9:], row.get("email", ""))
        return SearchText(row["created_at"], head, (row.get("note", ""),))


class Site(Synced):
    """A place of a customer where machines stand."""

    __tablename__ = "site"
    customer: Mapped[str] = link("customer", see=See.PARTNER)
    name: Mapped[str] = lww(see=See.PARTNER)
    address: Mapped[str] = lww(see=See.PARTNER, default="")
    zone: Mapped[str] = lww(see=See.SHARED, default="")

    def search_text(self) -> SearchText:
        """Found by name and address."""
        return self.search_text_of(vars(self))

    @staticmethod
    def search_text_of(row: Mapping[str, Any]) -> SearchText:
        """The words of a row."""
        return SearchText(row["created_at"], (row["name"], row.get("address", "")))
