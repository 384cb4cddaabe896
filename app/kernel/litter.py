"""The collector of cycles, told to look less often while many objects come and go that hold none."""

import contextlib
import gc
from collections.abc import Iterator

USUAL = 700  # Python's own
SELDOM = 100_000  # objects made and still there; at 700, the default, a page of rows was looked through 30 times


def collect_seldom() -> None:
    """From here on, until `settle`: a start makes half a million objects that stay, and looking them through again and
    again took a fifth of it."""
    gc.set_threshold(SELDOM, *gc.get_threshold()[1:])


def settle() -> None:
    """The program stands: what is there is not looked through any more, and what comes is, as usual. Else each full
    look held the window for a tenth of a second."""
    gc.freeze()
    gc.set_threshold(USUAL, *gc.get_threshold()[1:])


@contextlib.contextmanager
def seldom_collected() -> Iterator[None]:
    """Within the block; for one thread at a time, since what was before is put back at the end."""
    before = gc.get_threshold()
    gc.set_threshold(max(SELDOM, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
