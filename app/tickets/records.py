"""Tickets and what happened to them."""

import operator
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Connection, Index, select
from sqlalchemy.orm import Mapped

from app.kernel.serials import unit_serial
from app.store.bases import Event, InstantType, See, Synced, derived, link, lww, projects
from app.store.many import change_rows, given, keys_of
from app.store.reads import Read
from app.store.search import SearchText
from app.store.stories import stories, subjects_of
from app.tickets.standing import NEVER, standing


class Ticket(Synced):
    """One matter of one customer. State and times are derived from its events."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index("ticket_by_next", "state", "next_at", "rid"),
        Index("ticket_by_last", "state", "last_at", "rid"),
        Index("ticket_by_age", "last_at", "rid"),
    )

    number: Mapped[str] = lww(see=See.SHARED, index=True)
    kind: Mapped[str] = lww(see=See.SHARED)
    channel: Mapped[str] = lww(see=See.SHARED, default="phone")
    severity: Mapped[str] = lww(see=See.SHARED, default="S4")
    title: Mapped[str] = lww(see=See.SHARED)
    unit: Mapped[str] = link("unit", see=See.SHARED)
    serial: Mapped[str] = lww(see=See.SHARED, default="")
    market: Mapped[str] = lww(see=See.SHARED, default="")
    occurred_at: Mapped[int] = lww(see=See.SHARED, type_=InstantType)
    origin: Mapped[str] = lww(see=See.SHARED, default="desk")
    external_id: Mapped[str] = lww(see=See.SHARED, default="", index=True)
    words: Mapped[str] = lww(see=See.PARTNER, default="")
    customer: Mapped[str] = link("customer", see=See.PARTNER)
    site: Mapped[str] = link("site", see=See.PARTNER)
    language: Mapped[str] = lww(see=See.PARTNER, default="")
    owner: Mapped[str] = link("staff", see=See.PARTNER)

    state: Mapped[str] = derived(default="new")
    opened_at: Mapped[int] = derived(default=0, type_=InstantType)
    resolved_at: Mapped[int] = derived(default=0, type_=InstantType)
    replied_at: Mapped[int] = derived(default=0, type_=InstantType)
    last_at: Mapped[int] = derived(default=0, type_=InstantType)
    next_at: Mapped[int] = derived(default=NEVER, type_=InstantType)
    follow_up_due: Mapped[str] = derived(default="")
    passed_reason: Mapped[str] = derived(default="", index=True)
    reopened: Mapped[int] = derived(default=0)
    flagged: Mapped[bool] = derived(default=False)

    def search_text(self) -> SearchText:
        """Found by number, title and serial; the customer's words are long text."""
        return self.search_text_of(vars(self))

    @staticmethod
    def search_text_of(row: Mapping[str, Any]) -> SearchText:
        """The words of a row; a serial both as printed and in one piece."""
        serial = row.get("serial", "")
        known = unit_serial(serial) if serial else None
        head = (row["number"], row["title"], serial, known.printed if known else "", row.get("external_id", ""))
        return SearchText(row["occurred_at"], head, (row.get("words", ""),))


class TicketEvent(Event):
    """What happened to a ticket; nothing is ever changed, `undone` takes an earlier entry back."""

    __tablename__ = "ticket_event"
    __table_args__ = (Index("ticket_event_story", "subject_id", "at", "id"),)
    deleted: ClassVar[bool] = False  # the index asks every searched record

    bodies: ClassVar = {
        "opened": {},
        "note": {"text": See.PARTNER},
        "call": {"text": See.PARTNER, "direction": See.SHARED},
        "attached": {"sha256": See.SHARED, "name": See.PARTNER, "type": See.SHARED, "size": See.SHARED},
        "moved": {"to": See.SHARED, "reason": See.PARTNER, "remind_on": See.SHARED},
        "severity": {"was": See.SHARED, "to": See.SHARED, "reason": See.PARTNER},
        "assigned": {"to": See.PARTNER},
        "resolved": {
            "answer": See.PARTNER,
            "cause": See.SHARED,
            "remedy": See.SHARED,
            "missing": See.SHARED,
            "reason": See.PARTNER,
        },
        "reason_seen": {},
        "reopened": {"reason": See.PARTNER},
        "follow_up_set": {"day": See.SHARED, "how": See.PARTNER},
        "follow_up_done": {"outcome": See.SHARED, "text": See.PARTNER},
        "filed": {"what": See.SHARED, "record_id": See.SHARED},
        "undone": {},
    }
    reads: ClassVar = {
        kind: {name: Read({"missing": list, "size": int}.get(name, str)) for name in body}
        for kind, body in bodies.items()
    }

    def search_text(self) -> SearchText:
        """Found by what was written."""
        return self.search_text_of(vars(self))

    @staticmethod
    def search_text_of(row: Mapping[str, Any]) -> SearchText:
        """The words of an entry."""
        body = row.get("body", {})
        return SearchText(row["at"], (), tuple(str(body.get(key, "")) for key in ("text", "name", "answer", "cause")))


def _tickets_of(connection: Connection, events: Sequence[str]) -> Sequence[str]:
    return subjects_of(connection, TicketEvent, events)


@projects("ticket")
@projects("ticket_event", through=_tickets_of)
def project_standing(connection: Connection, ids: Sequence[str]) -> None:
    """Where tickets stand after their events. A ticket may arrive after them, and its severity decides what is due."""
    told = stories(connection, TicketEvent, ids)
    found = connection.execute(_JUDGED, keys_of(ids))
    rows = []
    for key, severity, channel in found.all():
        if key in told:  # else nothing happened yet, and what a new row holds is right
            rows.append((*_derived_of(standing(told[key], severity=severity, channel=channel)), key))
    change_rows(connection, Ticket.__table__, _DERIVED, rows)


_DERIVED = (
    "state", "opened_at", "resolved_at", "replied_at", "last_at", "next_at", "follow_up_due", "passed_reason",
    "reopened", "flagged",
)  # fmt: skip
_JUDGED = select(Ticket.id, Ticket.severity, Ticket.channel).where(given(Ticket.id))
_derived_of = operator.attrgetter(*_DERIVED)
