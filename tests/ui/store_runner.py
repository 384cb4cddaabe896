"""A `Runner` over a real encrypted store on the calling thread: pages read and write what they will in the product."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from app.kernel.ports import Written
from app.kernel.rights import Actor
from app.store.sessions import ThreadStore


class StoreRunner:
    """Answers at once; the widget tests of pages need no threads."""

    def __init__(self, store: ThreadStore) -> None:
        self.store = store

    def write(self, actor: Actor, action: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Written]":
        return _landed(lambda: self.store.write(actor, action, args, named))

    def read(self, query: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        return _landed(lambda: self.store.read(query, args, named))

    def background(self, job: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        return _landed(lambda: job(*args, **named))

    def close(self) -> None:
        """Nothing runs."""


def _landed(job: Callable[[], Any]) -> "Future[Any]":
    future: Future[Any] = Future()
    try:
        future.set_result(job())
    except Exception as problem:
        future.set_exception(problem)
    return future
