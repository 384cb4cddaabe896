"""One exchange after the other until both sides hold the same; network and threads are handed in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.sync.answers import Answer, Epoch
from app.sync.errors import SyncError, SyncTrouble
from app.sync.local import PAGE, Outgoing, Taken
from app.sync.protocol import Forked, Gap

MOST_ROUNDS = 100_000  # 100 million rows; a hub that always has more to say is none
MOST_TURNS = 3  # forks and gaps in one go


class Store(Protocol):
    """The desk's store; each call is one transaction."""

    def outgoing(self) -> Outgoing:
        """What waits."""

    def take(self, answer: Answer) -> Taken:
        """Acknowledgement and page."""

    def fork(self) -> None:
        """Goes on as a new stream."""

    def gap(self, last: int) -> None:
        """Sends again from `last` + 1."""

    def epoch(self, epoch: Epoch) -> None:
        """Begins anew with a hub that was restored."""


Exchange = Callable[[Outgoing, int], "Answer | Gap | Forked | Epoch"]


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What one go brought: operations sent, rows taken, rows held for a newer version, operations refused; the last
    answer tells what is published and the hub's time."""

    sent: int
    rows: int
    held: int
    refused: int
    last: Answer


def exchange_all(store: Store, exchange: Exchange) -> Exchanged:
    """Send what waits and fetch what is new; `exchange` sends one message with a limit of rows.

    While more waits to be sent, no rows are asked for: they would only have our own edits laid on top again.
    SyncError as `exchange` raises it, REFUSED when the hub does not come to an end.
    """
    sent = rows = held = refused = turns = 0
    for _ in range(MOST_ROUNDS):
        out = store.outgoing()
        answer = exchange(out, 0 if out.more else PAGE)
        if not isinstance(answer, Answer):
            turns += 1
            _turn(store, answer, turns)
            continue
        if answer.more and answer.to == answer.start and not out.more:
            raise SyncError(SyncTrouble.NOT_THE_HUB, "no_progress")  # always more to say, and never a row
        taken = store.take(answer)
        if taken.forked:
            turns += 1
            _turn(store, Forked(answer.ack, answer.head), turns)
            continue
        sent, rows = sent + len(out.ops), rows + taken.rows
        held, refused = held + taken.held, refused + taken.refused
        if not (out.more or answer.more or taken.to_tell):
            return Exchanged(sent, rows, held, refused, answer)
    raise SyncError(SyncTrouble.REFUSED, "no_end")


def _turn(store: Store, answer: Gap | Forked | Epoch, turns: int) -> None:
    if turns > MOST_TURNS:
        raise SyncError(SyncTrouble.REFUSED, "no_footing")
    if isinstance(answer, Forked):
        store.fork()
    elif isinstance(answer, Gap):
        store.gap(answer.last)
    else:
        store.epoch(answer)
