"""The collector of cycles looks seldom for a while, and then as before."""

import gc
from collections.abc import Iterator

import pytest

from app.kernel.litter import SELDOM, USUAL, collect_seldom, seldom_collected, settle


@pytest.fixture
def as_before() -> Iterator[None]:
    """The collector is the whole process's."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_the_collector_looks_seldom_within_the_block_alone() -> None:
    before = gc.get_threshold()

    with seldom_collected():
        within = gc.get_threshold()

    assert (SELDOM, before) == (within[0], gc.get_threshold())


def test_an_error_within_the_block_changes_nothing_of_it() -> None:
    before = gc.get_threshold()

    try:
        with seldom_collected():
            raise ValueError
    except ValueError:
        pass

    assert before == gc.get_threshold()


def test_a_start_is_looked_through_seldom_and_what_stands_then_not_at_all(as_before: None) -> None:
    collect_seldom()
    seldom = gc.get_threshold()[0]
    settle()

    assert (SELDOM, USUAL) == (seldom, gc.get_threshold()[0])
    assert gc.get_freeze_count() > 0
