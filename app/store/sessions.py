"""One thread's way into the store: a write is one transaction, a read sees one snapshot."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.kernel.operations import Clock
from app.kernel.ports import Written
from app.kernel.rights import Actor
from app.store.engine import open_engine, open_session
from app.store.work import Work


class ThreadStore:
    """Holds the calling thread's engine; make it and use it on that thread only."""

    def __init__(self, path: Path, key: bytes, *, reader: bool, zone: str = "UTC") -> None:
        self._engine = open_engine(path, key, reader=reader)
        self._clock = Clock("")
        self._zone = zone

    def write(self, actor: Actor, action: Callable[..., Any], args: Any = (), named: Any = None) -> Written:
        """Run `action(work, *args)`; the answer exists only after the commit, any exception rolls back."""
        with open_session(self._engine) as session:
            work = Work(session, actor, self._clock, zone=self._zone)
            result = action(work, *args, **(named or {}))
            return Written(result, work.commit())

    def read(self, query: Callable[..., Any], args: Any = (), named: Any = None) -> Any:
        """Run `query(session, *args)` on one snapshot."""
        with open_session(self._engine) as session:
            return query(session, *args, **(named or {}))

    def close(self) -> None:
        """Close the connection."""
        self._engine.dispose()
