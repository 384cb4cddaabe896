"""What a person decides about a clash, and that a refusal was seen. Both values stay in the history."""

import json

from sqlalchemy import select

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.kernel.rights import Right
from app.store.bases import Synced, kinds, lww_names
from app.store.work import Work
from app.sync.records import Refused, SyncEvent


def settle_clash(work: Work, clash: str, *, take_other: bool) -> None:
    """Keep what is shown, or put the other value in its place (an edit like any other, which can be changed again)."""
    work.require(Right.LOG_TICKET)
    event = work.session.scalars(select(SyncEvent).where(SyncEvent.id == clash, SyncEvent.kind == "clash")).first()
    if event is None:
        raise UserError(Trouble.MISSING, say("This was decided in the meantime."))
    if take_other:
        _put(work, event)
    work.add_event(SyncEvent, event.subject_id, "seen", {"clash": clash})
    work.session.flush()


def see_refused(work: Work, op_id: str) -> None:
    """Somebody has read why it was not taken; it stays in the history."""
    work.require(Right.LOG_TICKET)
    row = work.session.get(Refused, op_id)
    if row is not None:
        row.seen = True


def _put(work: Work, event: SyncEvent) -> None:
    """The value comes from another machine: only a field that people edit, on a record that is here, takes it."""
    model, field = kinds().get(str(event.body.get("record", ""))), str(event.body.get("field", ""))
    column = "deleted" if field == "_del" else field
    if model is None or not issubclass(model, Synced) or column not in lww_names(model):
        raise UserError(Trouble.BAD_INPUT, say("This version of the program cannot take the other value."))
    row = work.session.scalars(select(model).where(model.id == event.subject_id)).first()
    value = json.loads(str(event.body.get("lost", "null")))
    if row is None or type(value) is not type(getattr(row, column)):
        raise UserError(Trouble.BAD_INPUT, say("This version of the program cannot take the other value."))
    setattr(row, column, value)
