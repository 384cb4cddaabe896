"""Staff of the partner."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped

from app.store.bases import See, Synced, lww
from app.store.search import SearchText


class Staff(Synced):
    """A person who works here; leaving makes the record inactive, what they did keeps their name.

    `recipient` is the public key that locked facts are wrapped for, `guarded` the private one under their words."""

    __tablename__ = "staff"
    name: Mapped[str] = lww(see=See.PARTNER)
    initials: Mapped[str] = lww(see=See.PARTNER, default="")
    language: Mapped[str] = lww(see=See.PARTNER, default="en")
    roles: Mapped[list[str]] = lww(see=See.SHARED, default=list)
    active: Mapped[bool] = lww(see=See.SHARED, default=True)
    recipient: Mapped[str] = lww(see=See.PARTNER, default="")
    guarded: Mapped[dict[str, Any]] = lww(see=See.PARTNER, default=dict)

    def search_text(self) -> SearchText:
        """Found by name and initials."""
        return self.search_text_of(vars(self))

    @staticmethod
    def search_text_of(row: Mapping[str, Any]) -> SearchText:
        """The words of a row."""
        return SearchText(row["created_at"], (row["name"], row["initials"]))
