"""Exchanges one after the other: they come to an end, whatever answers."""

import dataclasses

import pytest

from app.kernel.operations import START
from app.sync.answers import Answer
from app.sync.client import exchange_all
from app.sync.errors import SyncError, SyncTrouble
from app.sync.local import Outgoing, Taken

OUT = Outgoing("5" * 32, "Z0000", "", 3, (), 0, START, False)
SAID = Answer("", 0, START, "Z0000", {}, {}, 3, 3, True, (), None, 5000)


class Still:
    """A store with nothing to send; counts what it is given."""

    def __init__(self) -> None:
        self.taken = 0

    def outgoing(self) -> Outgoing:
        return OUT

    def take(self, answer: Answer) -> Taken:
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
