"""One exchange after the other until both sides hold the same; network and threads are handed in."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass, replace
from typing import Protocol

from app.sync.answers import Answer, Epoch
from app.sync.errors import SyncError, SyncTrouble
from app.sync.local import PAGE, Outgoing, Taken
from app.sync.protocol import Forked, Gap

MOST_ROUNDS = 100_000  # 100 million rows; a hub that always has more to say is none
MOST_TURNS = 3  # forks and gaps in one go


class Store(Protocol):
    """The desk's store; each call is one transaction."""

    def outgoing(self, after: Outgoing | None = None) -> Outgoing:
        """What waits; behind `after`, which is under way."""

    def take(self, answer: Answer, *, ends: bool = False) -> Taken:
        """Acknowledgement and page; with `ends` nothing comes after it, unless what was taken says otherwise."""

    def fork(self) -> None:
        """Goes on as a new stream."""

    def gap(self, last: int) -> None:
        """Sends again from `last` + 1."""

    def epoch(self, epoch: Epoch) -> None:
        """Begins anew with a hub that was restored."""


Said = Answer | Gap | Forked | Epoch
Exchange = Callable[[Outgoing, int], Said]


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What one go brought: operations sent, rows taken, rows held for a newer version, operations refused; the last
    answer tells what is published and the hub's time."""

    sent: int
    rows: int
    held: int
    refused: int
    last: Answer


def exchange_all(store: Store, exchange: Exchange, *, aside: Executor | None = None) -> Exchanged:
    """Send what waits and fetch what is new; `exchange` sends one message with a limit of rows.

    While more waits to be sent, no rows are asked for: they would only have our own edits laid on top again.
    With `aside`, whose threads run `exchange`, the next message is under way while the answer to one is taken.
    SyncError as `exchange` raises it, REFUSED when the hub does not come to an end.
    """
    way = _Way(store, exchange, aside)
    sent = rows = held = refused = turns = 0
    for _ in range(MOST_ROUNDS):
        out, answer = way.next()
        if isinstance(answer, Answer):
            if answer.more and answer.to == answer.start and not out.more:
                raise SyncError(SyncTrouble.NOT_THE_HUB, "no_progress")  # always more to say, and never a row
            way.look_ahead(out, answer)
            taken = store.take(answer, ends=not (out.more or answer.more))
            if not taken.forked:
                sent, rows = sent + len(out.ops), rows + taken.rows
                held, refused = held + taken.held, refused + taken.refused
                if not (out.more or answer.more or taken.to_tell):
                    return Exchanged(sent, rows, held, refused, answer)
                continue
            answer = Forked(answer.ack, answer.head)
        turns += 1
        way.forget()
        _turn(store, answer, turns)
    raise SyncError(SyncTrouble.REFUSED, "no_end")


class _Way:
    """What is under way: at most two messages, of which the first is answered first. Once something went otherwise
    than expected, one after the other."""

    def __init__(self, store: Store, exchange: Exchange, aside: Executor | None) -> None:
        self._store, self._exchange, self._aside = store, exchange, aside
        self._under_way: deque[tuple[Outgoing, Future[Said]]] = deque()

    def next(self) -> tuple[Outgoing, Said]:
        """A message and its answer."""
        if not self._under_way:
            out = self._store.outgoing()
            if self._aside is None or not out.more:  # one message: no thread need be started for it
                return out, self._exchange(out, _limit(out))
            self._send(self._aside, out)
        last = self._under_way[-1][0]
        if self._aside is not None and len(self._under_way) == 1 and last.more:
            behind = self._store.outgoing(last)
            if behind.more:  # the last one asks for rows, by a cursor that stands only when the others are answered
                self._send(self._aside, behind)
        out, future = self._under_way.popleft()
        return out, future.result()

    def look_ahead(self, out: Outgoing, answer: Answer) -> None:
        """The next page is asked for before this one is taken."""
        if self._aside is not None and answer.more and not out.more:
            page = replace(out, ops=(), cur=answer.to, epoch=answer.epoch or out.epoch)
            self._send(self._aside, page)

    def forget(self) -> None:
        """Nothing of what is under way is looked at; from here on one after the other."""
        wait([future for _, future in self._under_way])
        self._under_way.clear()
        self._aside = None

    def _send(self, aside: Executor, out: Outgoing) -> None:
        self._under_way.append((out, aside.submit(self._exchange, out, _limit(out))))


def _limit(out: Outgoing) -> int:
    return 0 if out.more else PAGE


def _turn(store: Store, answer: Gap | Forked | Epoch, turns: int) -> None:
    if turns > MOST_TURNS:
        raise SyncError(SyncTrouble.REFUSED, "no_footing")
    if isinstance(answer, Forked):
        store.fork()
    elif isinstance(answer, Gap):
        store.gap(answer.last)
    else:
        store.epoch(answer)
