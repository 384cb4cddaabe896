"""What a person decides about a clash, and that a refusal was seen. Both values stay in the history."""

from sqlalchemy import select

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.kernel.rights import Right
from app.store.work import Work
from app.sync.clashes import is_settled, other_value
from app.sync.records import Refused, SyncEvent


def settle_clash(work: Work, clash: str, *, take_other: bool) -> None:
    """Keep what is shown, or put the other value in its place (an edit like any other, which can be changed again).

    UserError(MISSING) when somebody decided it before, BAD_INPUT when this program cannot take the other value.
    """
    work.require(Right.LOG_TICKET)
    event = work.session.scalars(select(SyncEvent).where(SyncEvent.id == clash, SyncEvent.kind == "clash")).first()
    if event is None or is_settled(work.session, clash):
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
    found = other_value(work.session, event)
    if found is None:
        raise UserError(Trouble.BAD_INPUT, say("This version of the program cannot take the other value."))
    row, column, value = found
    setattr(row, column, value)
