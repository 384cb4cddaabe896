"""What the interface needs of the store, without knowing it."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol

from app.kernel.changes import Changes
from app.kernel.rights import Actor


@dataclass(frozen=True, slots=True)
class Written:
    """The result of a write and what it changed; it exists only after the commit."""

    result: Any
    changes: Changes


class Runner(Protocol):
    """Threads of the store. Futures resolve on those threads; the caller hops to its own."""

    def write(self, actor: Actor, action: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Written]":
        """Run `action(work, *args)` in one transaction on the writer thread."""

    def read(self, query: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        """Run `query(session, *args)` on a reader thread."""

    def background(self, job: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        """Run `job(*args)` on a pool thread, outside any transaction."""

    def close(self) -> None:
        """Finish what is queued, then end the threads."""
