"""The collector of cycles looks seldom for a while, and then as before."""

import gc

from app.kernel.litter import SELDOM, seldom_collected


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
