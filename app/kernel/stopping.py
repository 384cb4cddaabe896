"""Work of some length that a person may call off before it is done."""

import threading


class Stopped(Exception):
    """It was called off, and has left nothing behind."""


class Stop:
    """`ask` on one thread; what works on another calls `heed` now and then."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def ask(self) -> None:
        """From now on `heed` ends the work."""
        self._asked.set()

    def heed(self) -> None:
        """Raises Stopped when somebody asked."""
        if self._asked.is_set():
            raise Stopped
