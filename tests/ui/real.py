"""A desk on a real encrypted store, on the calling thread: what a page asks is answered before the next event."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from app.kernel.ports import Written
from app.kernel.rights import Actor
from app.store.runner import Opened
from tests.ui.desks import landed

Question = Callable[..., Any]


class StoreRunner:
    """A `Runner` over one opened store. What `hold` names is answered when `let_go` says so, the last one first."""

    def __init__(self, store: Opened) -> None:
        self._store = store
        self._slow: tuple[Question, ...] = ()
        self._held: list[tuple[Future[Any], Callable[[], Any]]] = []

    def hold(self, *questions: Question) -> None:
        """From now on these actions, queries or jobs wait."""
        self._slow = questions

    def let_go(self) -> None:
        """Answers what was held, and holds nothing more."""
        self._slow, held = (), self._held[::-1]
        self._held = []
        for future, job in held:
            try:
                future.set_result(job())
            except Exception as problem:
                future.set_exception(problem)

    def write(self, actor: Actor, action: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Written]":
        return self._run(action, lambda: self._store.write(actor, action, args, named))

    def read(self, query: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        return self._run(query, lambda: self._store.read(query, args, named))

    def background(self, job: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        return self._run(job, lambda: job(*args, **named))

    def close(self) -> None:
        """The store is closed by whoever opened it."""

    def _run(self, question: Question, job: Callable[[], Any]) -> "Future[Any]":
        if question not in self._slow:
            return landed(job)
        future: Future[Any] = Future()
        self._held.append((future, job))
        return future
