"""A desk of the histories with a real, encrypted store: the product's own side of every step."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.kernel.ids import new_id
from app.schema import KINDS
from app.store.bases import Operation, Stream
from app.store.sessions import ThreadStore
from app.store.work import Work
from app.sync import local
from app.sync.answers import Answer, Epoch
from app.sync.cells import cells_of
from app.sync.local import Outgoing, Taken
from app.sync.merge import Cell
from app.sync.records import ONE, HubLink
from tests.stores import EVERYTHING, KEY
from tests.sync.model import SHAPES, SkewedClock

_Key = tuple[str, str]


class StoreDesk:
    """`folder` holds store.db, tail and files. `now_ms` is the hub's clock, which this one misses by `skew`."""

    def __init__(self, folder: Path, world: Any, tenant: str, name: str) -> None:
        self.folder, self.world, self.tenant, self.name, self.skew = folder, world, tenant, name, 0
        self.store = self._open()
        self.cursors = [self._cursor()]
        self.streams: set[str] = set()  # that were this store's

    def _open(self) -> ThreadStore:
        store = ThreadStore(self.folder / "store.db", KEY, reader=False)
        store._clock = SkewedClock("", self._wall_ms)
        return store

    def _wall_ms(self) -> int:
        return int(self.world.now_ms) + self.skew

    def close(self) -> None:
        self.store.close()

    def restart(self) -> None:
        """The program ends and is started again."""
        self.store.close()
        self.store = self._open()

    def copy(self, name: str) -> "StoreDesk":
        """A copied folder: what a disk image, or a copied profile, gives."""
        self.store.close()
        folder = self.folder.with_name(f"{name}-{new_id()[-12:]}-{self.world.next()}")
        shutil.copytree(self.folder, folder)
        self.store = self._open()
        twin = StoreDesk(folder, self.world, self.tenant, name)
        twin.skew = self.skew
        self.world.opened(twin)
        return twin

    def write(self, kind: str, key: str, values: Mapping[str, Any]) -> str:
        written = self.store.write(EVERYTHING, _put, (kind, key, values))
        return str(written.result)

    def outgoing(self, after: Outgoing | None = None) -> Outgoing:
        out: Outgoing = self.store.read(local.outgoing, (after,))
        self.streams.add(out.stream)
        return out

    def take(self, answer: Answer, *, ends: bool = False) -> Taken:
        before = self._cursor()
        taken: Taken = self.store.write(EVERYTHING, local.take_answer, (answer,), {"deleting": True}).result
        if taken.to_tell:
            self.cursors = [self._cursor()]
        elif self._cursor() != before:
            self.cursors.append(self._cursor())
        return taken

    def fork(self) -> None:
        self.store.write(EVERYTHING, Work.draw_stream)
        self.cursors = [0]

    def gap(self, last: int) -> None:
        self.store.write(EVERYTHING, local.take_gap, (last,))

    def epoch(self, epoch: Epoch) -> None:
        self.store.write(EVERYTHING, local.take_epoch, (epoch,))
        self.cursors = [0]

    def waiting(self) -> list[bytes]:
        def read(session: Any) -> list[bytes]:
            acked = session.scalar(select(Stream.acked))
            return list(session.scalars(select(Operation.body).where(Operation.n > acked).order_by(Operation.n)))

        found: list[bytes] = self.store.read(read)
        return found

    def rows(self) -> dict[_Key, dict[str, Cell]]:
        """Everything of the kinds that histories write."""

        def read(session: Any) -> dict[_Key, dict[str, Cell]]:
            things = [thing for kind in ("customer", "ticket_event", "acceptance")
                      for thing in session.scalars(select(KINDS[kind]))]  # fmt: skip
            return {(each.__tablename__, each.id): cells_of(each, SHAPES[each.__tablename__]) for each in things}

        found: dict[_Key, dict[str, Cell]] = self.store.read(read)
        return found

    def _cursor(self) -> int:
        cursor: int = self.store.read(lambda session: session.scalar(select(Stream.cursor)))
        return cursor


def begin(work: Work) -> None:
    """A new desk: a stream of its own, and the row of its hub."""
    work.draw_stream()
    work.session.add(HubLink(rid=ONE, url="", device="", partner="", partner_name="", manufacturer="", root=b""))


def _put(work: Work, kind: str, key: str, values: Mapping[str, Any]) -> str:
    model = KINDS[kind]
    columns = {("deleted" if name == "_del" else name): value for name, value in values.items()}
    row = work.session.scalars(select(model).where(model.id == key)).first()
    before = work.head.n
    if row is None:
        work.session.add(model(id=key, **columns))
    else:
        for name, value in columns.items():
            setattr(row, name, value)
    work.session.flush()
    if work.head.n == before:
        return ""
    body = work.session.scalar(select(Operation.body).order_by(Operation.n.desc()).limit(1))
    return str(json.loads(body)["op_id"]) if body else ""
