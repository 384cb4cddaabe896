"""The store's threads: one writer, some readers, a small pool for work outside any transaction.

Knows threads, not SQLAlchemy: what opens the store is handed in and runs on the writer thread first, so that the
interface stands before the heavy imports are done.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.kernel.ports import Written
from app.kernel.rights import Actor


class Opened(Protocol):
    """What the opener returns: how to write and to read on the calling thread, and how to let go."""

    def write(self, actor: Actor, action: Callable[..., Any], args: Any = (), named: Any = None) -> Written:
        """One transaction."""

    def read(self, query: Callable[..., Any], args: Any = (), named: Any = None) -> Any:
        """One read transaction."""

    def close(self) -> None:
        """Close this thread's connection."""


class Opener(Protocol):
    """Opens the store for the calling thread; the first call is the writer's and upgrades the file."""

    def __call__(self, *, reader: bool) -> Opened: ...


@dataclass(frozen=True, slots=True)
class _Job:
    future: "Future[Any]"
    run: Callable[[Opened], Any]


class ThreadRunner:
    """Owns one writer thread and `readers` reader threads; see kernel.ports.Runner."""

    def __init__(self, opener: Opener, *, readers: int = 2) -> None:
        self._opener = opener
        self._writes: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._reads: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="aftercare-job")
        self._threads = [threading.Thread(target=self._serve, args=(self._writes, False), name="aftercare-writer")]
        self._threads += [
            threading.Thread(target=self._serve, args=(self._reads, True), name=f"aftercare-reader-{i}")
            for i in range(readers)
        ]
        for thread in self._threads:
            thread.start()

    def write(self, actor: Actor, action: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Written]":
        """Run `action(work, *args)` in one transaction on the writer thread."""
        return self._put(self._writes, lambda store: store.write(actor, action, args, named))

    def read(self, query: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        """Run `query(session, *args)` on a reader thread."""
        return self._put(self._reads, lambda store: store.read(query, args, named))

    def background(self, job: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        """Run `job(*args)` on a pool thread, outside any transaction."""
        return self._pool.submit(job, *args, **named)

    def close(self) -> None:
        """Finish what is queued, then end the threads."""
        self._writes.put(None)
        for _ in self._threads[1:]:
            self._reads.put(None)
        for thread in self._threads:
            thread.join()
        self._pool.shutdown(wait=True)

    @staticmethod
    def _put(lane: "queue.SimpleQueue[_Job | None]", run: Callable[[Opened], Any]) -> "Future[Any]":
        future: Future[Any] = Future()
        lane.put(_Job(future, run))
        return future

    def _serve(self, lane: "queue.SimpleQueue[_Job | None]", reader: bool) -> None:
        store = self._open(reader)
        while (job := lane.get()) is not None:
            if job.future.set_running_or_notify_cancel():
                self._run(job, store)
        if store is not None:
            store.close()

    def _open(self, reader: bool) -> Opened | None:
        """Readers wait until the writer has opened (and perhaps upgraded) the file; a failure answers every job."""
        if reader:
            self._ready.wait()
            if self._failure is not None:
                return None
        try:
            return self._opener(reader=reader)
        except BaseException as problem:  # each queued job is answered with it, none is dropped
            self._failure = problem
            return None
        finally:
            if not reader:
                self._ready.set()

    def _run(self, job: _Job, store: Opened | None) -> None:
        try:
            if store is None:
                raise self._failure or RuntimeError("the store did not open")
            job.future.set_result(job.run(store))
        except BaseException as problem:  # the future carries it to whoever asked
            job.future.set_exception(problem)


class StorelessRunner:
    """Jobs without a store, for what is shown before or instead of it; see kernel.ports.Runner."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="aftercare-aside")

    def write(self, actor: Actor, action: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Written]":
        """There is nothing to write to."""
        return self._refused()

    def read(self, query: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        """There is nothing to read from."""
        return self._refused()

    def background(self, job: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        """Run `job(*args)` on a pool thread."""
        return self._pool.submit(job, *args, **named)

    def close(self) -> None:
        """Finish what is queued."""
        self._pool.shutdown(wait=True)

    @staticmethod
    def _refused() -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_exception(UserError(Trouble.MISSING, say("The desk is not open yet.")))
        return future
