"""The store as the exchange wants it: each step is a transaction of its own."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from app.kernel.changes import Changes
from app.kernel.instants import now
from app.kernel.ports import Written
from app.kernel.rights import Right
from app.store.work import Work
from app.sync import local
from app.sync.answers import Answer, Epoch
from app.sync.local import Outgoing, Taken
from app.sync.records import ONE, HubLink


class Steps:
    """The store as `exchange_all` wants it; gathers what changed, so that pages read again once and not per step."""

    def __init__(
        self, read: Callable[..., Any], write: Callable[..., Written], *, deleting: bool, clock_error: Callable[[], int]
    ) -> None:
        self._read, self._write, self._deleting, self._clock_error = read, write, deleting, clock_error
        self._ids: dict[str, dict[str, None]] = {}
        self._gone: Counter[str] = Counter()

    def outgoing(self, after: Outgoing | None = None) -> Outgoing:
        out: Outgoing = self._read(local.outgoing, after)
        return out

    def take(self, answer: Answer, *, ends: bool = False) -> Taken:
        clock_error = self._clock_error() if ends else None
        written = self._write(take_and_note, answer, clock_error, deleting=self._deleting, before=dict(self._gone))
        taken: Taken = self.wrote(written)
        self._gone.update(taken.gone)
        return taken

    def fork(self) -> None:
        self._write(Work.draw_stream)

    def gap(self, last: int) -> None:
        self._write(local.take_gap, last)

    def epoch(self, epoch: Epoch) -> None:
        self._write(local.take_epoch, epoch)

    def wrote(self, written: Written) -> Any:
        """The result of a write whose changes are to be told at the end."""
        for kind, ids in written.changes.ids.items():
            self._ids.setdefault(kind, {}).update(dict.fromkeys(ids))
        return written.result

    def changes(self) -> Changes:
        """All that changed so far."""
        return Changes({kind: tuple(ids) for kind, ids in self._ids.items()})


def take_and_note(
    work: Work, answer: Answer, clock_error: int | None, *, deleting: bool, before: Mapping[str, int]
) -> Taken:  # fmt: skip
    """The last answer of an exchange also says that it went through to its end (`clock_error` is then known): in one
    transaction, since each waits for the disk."""
    work.require(Right.CHANGE_SETTINGS)
    taken = local.take_answer(work, answer, deleting=deleting, before=before)
    if clock_error is not None and not (taken.forked or taken.to_tell):
        note_exchange(work, answer, clock_error)
    return taken


def note_exchange(work: Work, answer: Answer, clock_error: int) -> None:
    """An exchange went through to its end."""
    work.require(Right.CHANGE_SETTINGS)
    link = work.session.get(HubLink, ONE)
    if link is not None:
        link.epoch, link.clock_error, link.synced_at = answer.epoch, clock_error, now()
