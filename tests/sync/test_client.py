"""Exchanges one after the other, or one while the other is taken: they come to an end, whatever answers."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.kernel.operations import START
from app.sync.answers import Answer
from app.sync.client import exchange_all
from app.sync.errors import SyncError, SyncTrouble
from app.sync.local import PAGE, Outgoing, Taken
from app.sync.protocol import Gap

OUT = Outgoing("5" * 32, "Z0000", "", 3, (), 0, START, False)
SAID = Answer("", 0, START, "Z0000", {}, {}, 3, 3, True, (), None, 5000)


class Still:
    """A store with nothing to send; counts what it is given."""

    def __init__(self) -> None:
        self.taken = 0

    def outgoing(self, after: Outgoing | None = None) -> Outgoing:
        return OUT

    def take(self, answer: Answer, *, ends: bool = False) -> Taken:
        self.taken += 1
        return Taken(len(answer.rows))

    def fork(self) -> None: ...
    def gap(self, last: int) -> None: ...
    def epoch(self, epoch: object) -> None: ...


def test_a_hub_that_always_has_more_and_never_a_row_is_none() -> None:
    store = Still()

    with pytest.raises(SyncError) as caught:
        exchange_all(store, lambda out, limit: SAID)

    assert (SyncTrouble.NOT_THE_HUB, 0) == (caught.value.kind, store.taken)


def test_a_page_on_the_way_to_the_end_is_taken() -> None:
    answers = [dataclasses.replace(SAID, to=4), dataclasses.replace(SAID, start=4, to=4, more=False)]
    store = Still()

    exchange_all(store, lambda out, limit: answers.pop(0))

    assert (2, []) == (store.taken, answers)


class Much:
    """A store with three messages to send, whose cursor moves with each answer; notes what was asked while."""

    def __init__(self) -> None:
        self.acked, self.cur, self.forks, self.gaps = 0, 3, 0, 0

    def outgoing(self, after: Outgoing | None = None) -> Outgoing:
        n = (after.n if after else self.acked) + 1
        ops = (b"{}",) if n <= 3 else ()
        return dataclasses.replace(OUT, ops=ops, n=min(n, 3), cur=self.cur, more=n < 3, ahead=after is not None)

    def take(self, answer: Answer, *, ends: bool = False) -> Taken:
        if answer.start != self.cur:
            return Taken()
        self.acked, self.cur = answer.ack, answer.to
        return Taken(len(answer.rows))

    def fork(self) -> None:
        self.forks += 1

    def gap(self, last: int) -> None:
        self.gaps += 1
        self.acked = last

    def epoch(self, epoch: object) -> None: ...


def test_the_next_message_is_under_way_while_an_answer_is_taken() -> None:
    store, asked = Much(), list[tuple[int, bool, int]]()

    def hub(out: Outgoing, limit: int) -> Answer:
        asked.append((out.n, out.ahead, limit))
        return dataclasses.replace(SAID, ack=out.n, start=out.n + 2, to=out.n + 3, more=False)

    with ThreadPoolExecutor(2) as aside:
        done = exchange_all(store, hub, aside=aside)

    assert (3, 3, 6) == (done.sent, store.acked, store.cur)
    assert [(1, False, 0), (2, True, 0), (3, False, PAGE)] == sorted(asked)


def test_pages_are_asked_for_before_the_last_one_is_taken() -> None:
    asked: list[tuple[int, int]] = []
    store = Still()

    def hub(out: Outgoing, limit: int) -> Answer:
        asked.append((out.cur, store.taken))
        return dataclasses.replace(SAID, start=out.cur, to=out.cur + 1, more=out.cur < 5)

    with ThreadPoolExecutor(1) as aside:
        exchange_all(store, hub, aside=aside)

    assert (3, [3, 4, 5]) == (store.taken, [cur for cur, _ in asked])


@pytest.mark.parametrize("odd", [0, 1])
def test_whatever_goes_otherwise_is_mended_one_message_after_the_other(odd: int) -> None:
    store = Much()
    said = {odd: Gap(odd)}

    def hub(out: Outgoing, limit: int) -> Answer | Gap:
        if out.n == odd + 1 and said:
            return said.pop(odd)
        return dataclasses.replace(SAID, ack=out.n, start=out.n + 2, to=out.n + 3, more=False)

    with ThreadPoolExecutor(1) as aside:
        done = exchange_all(store, hub, aside=aside)

    assert (1, 3, 3) == (store.gaps, store.acked, done.last.ack)
