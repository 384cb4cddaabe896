"""Clashes as they came: which are still open, and whether their other value can be put in place."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store.bases import Synced, kinds
from app.sync.records import SyncEvent
from app.sync.shapes import DELETED, shapes_of
from app.sync.wire import WireError, read_json

_HALVES = frozenset({("staff", "recipient"), ("staff", "guarded")})  # one without the other opens nothing


def other_value(session: Session, event: SyncEvent) -> tuple[Any, str, Any] | None:
    """(record, column, value) that taking the other value would set, or None.

    The event comes from another machine and may hold anything: only a field that people edit, on a record that is
    here, takes a value of its own type.
    """
    kind, field = str(event.body.get("record", "")), str(event.body.get("field", ""))
    model: Any = kinds().get(kind)
    if model is None or not issubclass(model, Synced) or (kind, field) in _HALVES:
        return None
    types = shapes_of({kind: model})[kind].types
    try:
        value = read_json(str(event.body.get("lost", "")).encode("utf-8", "replace"))
    except WireError:
        return None
    row = session.scalars(select(model).where(model.id == event.subject_id)).first()
    if row is None or type(value) not in types.get(field, ()):
        return None
    return row, "deleted" if field == DELETED else field, value


def can_take_other(session: Session, event: SyncEvent) -> bool:
    """Whether this program can put the other value in place."""
    return other_value(session, event) is not None


def is_settled(session: Session, clash: str) -> bool:
    """Whether somebody has decided it."""
    seen = select(SyncEvent.id).where(SyncEvent.kind == "seen", SyncEvent.body["clash"].as_string() == clash)
    return session.scalars(seen).first() is not None
