"""The events of records as plain happenings: for the projections that fold them and the pages that tell them."""

from collections.abc import Sequence

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.kernel.happenings import Happening
from app.store.bases import Event
from app.store.many import among


def stories(connection: Connection, model: type[Event], subjects: Sequence[str]) -> dict[str, list[Happening]]:
    """The happenings of each of these records, oldest first; a record without any is left out."""
    columns = (model.subject_id, model.id, model.kind, model.at, model.zone, model.body, model.corrects_id, model.by)
    chosen = select(*columns).where(among(model.subject_id, subjects)).order_by(model.at, model.id)
    found: dict[str, list[Happening]] = {}
    for subject, *rest in connection.execute(chosen):
        found.setdefault(subject, []).append(Happening(*rest))
    return found


def story_of(session: Session, model: type[Event], subject: str) -> tuple[Happening, ...]:
    """The happenings of one record, oldest first."""
    return tuple(stories(session.connection(), model, (subject,)).get(subject, ()))


def subjects_of(connection: Connection, model: type[Event], ids: Sequence[str]) -> list[str]:
    """The records that these events belong to, each once."""
    return list(connection.scalars(select(model.subject_id).where(among(model.id, ids)).distinct()))
