"""A desk on a real encrypted store, on the calling thread: what a page asks is answered before the next event."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from app.kernel.ports import Written
from app.kernel.rights import Actor
from app.store.runner import Opened


class StoreRunner:
    """A `Runner` over one opened store."""

    def __init__(self, store: Opened) -> None:
        self._store = store

    def write(self, actor: Actor, action: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Written]":
        return _landed(lambda: self._store.write(actor, action, args, named))

    def read(self, query: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        return _landed(lambda: self._store.read(query, args, named))

    def background(self, job: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        return _landed(lambda: job(*args, **named))

    def close(self) -> None:
        """The store is closed by whoever opened it."""


def _landed(job: Callable[[], Any]) -> "Future[Any]":
    future: Future[Any] = Future()
    try:
        future.set_result(job())
    except Exception as problem:
        future.set_exception(problem)
    return future
