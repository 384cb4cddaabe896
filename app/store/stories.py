"""The events of records as plain happenings: for the projections that fold them and the pages that tell them."""

import functools
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, select
from sqlalchemy.orm import Session

from app.kernel.happenings import Happening
from app.store.bases import Event
from app.store.many import given, keys_of


def stories(connection: Connection, model: type[Event], subjects: Sequence[str]) -> dict[str, list[Happening]]:
    """The happenings of each of these records, oldest first; a record without any is left out."""
    found: dict[str, list[Happening]] = {}
    for subject, *rest in connection.execute(_stories(model), keys_of(subjects)):
        found.setdefault(subject, []).append(Happening(*rest))
    return found


def story_of(session: Session, model: type[Event], subject: str) -> tuple[Happening, ...]:
    """The happenings of one record, oldest first."""
    return tuple(stories(session.connection(), model, (subject,)).get(subject, ()))


def subjects_of(connection: Connection, model: type[Event], ids: Sequence[str]) -> list[str]:
    """The records that these events belong to, each once."""
    return list(connection.scalars(_subjects(model), keys_of(ids)))


@functools.cache
def _stories(model: type[Event]) -> Select[Any]:
    columns = (model.subject_id, model.id, model.kind, model.at, model.zone, model.body, model.corrects_id, model.by)
    return select(*columns).where(given(model.subject_id)).order_by(model.at, model.id)


@functools.cache
def _subjects(model: type[Event]) -> Select[Any]:
    return select(model.subject_id).where(given(model.id)).distinct()
