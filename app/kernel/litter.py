"""The collector of cycles, told to look less often while many objects come and go that hold none."""

import contextlib
import gc
from collections.abc import Iterator

SELDOM = 100_000  # objects made and still there; at 700, the default, a page of rows was looked through 30 times


@contextlib.contextmanager
def seldom_collected() -> Iterator[None]:
    """Within the block; for one thread at a time, since what was before is put back at the end."""
    before = gc.get_threshold()
    gc.set_threshold(max(SELDOM, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
