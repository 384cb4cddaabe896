"""One thread's way into the store: a write is one transaction, a read sees one snapshot."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.kernel.operations import Clock
from app.kernel.ports import Written
from app.kernel.rights import Actor
from app.kernel.storable import storable
from app.store.engine import open_engine, open_session
from app.store.files import Files
from app.store.keyfile import derive
from app.store.tail import Tail
from app.store.troubles import told
from app.store.work import Work


class ThreadStore:
    """Holds the calling thread's engine; make it and use it on that thread only.

    Files and tail stand beside the database. Trouble with the disk or the file comes as UserError DISK or DAMAGED.
    """

    def __init__(self, path: Path, key: bytes, *, reader: bool, zone: str = "UTC") -> None:
        self._engine = open_engine(path, key, reader=reader)
        self._files = Files(path.with_name("files"), key)
        self._tail = Tail(path.with_name("tail"), derive(key, "tail"))
        self._clock = Clock("")
        self._zone = zone

    def write(self, actor: Actor, action: Callable[..., Any], args: Any = (), named: Any = None) -> Written:
        """Run `action(work, *args)`; the answer exists only after the commit, any exception rolls back."""
        with told(), open_session(self._engine) as session:
            work = Work(session, actor, self._clock, files=self._files, zone=self._zone)
            before = work.head
            result = action(work, *args, **(named or {}))
            changes = work.commit()
        if work.head != before:
            self._tail.add(self._clock.stream, work.head)
        return Written(result, changes)

    def read(self, query: Callable[..., Any], args: Any = (), named: Any = None) -> Any:
        """Run `query(session, *args)` on one snapshot; `session.info` has the "files" and the "zone" of the desk.

        Texts are asked for as they would stand here: half a character, of an emoji that a field cut, is none there."""
        args = [storable(each) if isinstance(each, str) else each for each in args]
        with told(), open_session(self._engine) as session:
            session.info |= {"files": self._files, "zone": self._zone}
            return query(session, *args, **(named or {}))

    def close(self) -> None:
        """Close the connection."""
        self._engine.dispose()
        self._tail.close()
