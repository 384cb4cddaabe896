"""Saving a repair and importing old tickets, against plain SQLite that is given the same rows ready-made.

The plain side: the same library without a key, the same tables, indexes, triggers and search tables, WAL,
synchronous=FULL, the same disk, one transaction where ours is one. Our side reads the table, makes ids, operations and
their chain, search text and what is derived, encrypts, and marks the tail.
"""

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from app.customers.records import Customer
from app.kernel.instants import now
from app.repairs.records import Repair, RepairEvent
from app.store import search
from app.store.first_page import connect
from app.store.opening import StoreOpener, open_store
from app.store.profile import Profile, Unlocked, create_sample, unlock
from app.store.runner import ThreadRunner
from app.store.work import Work
from app.tickets.records import Ticket, TicketEvent
from app.workflows.history_file import read_history
from app.workflows.import_map import MAPS, read_map
from app.workflows.importing import import_history
from tests.bench.figures import Measured, Size, cpu_seconds, milliseconds, ratios
from tests.bench.large_store import ZONE, importer
from tests.bench.old_tickets import MAP, write_table
from tests.bench.sync_words import text_of

SAVE, IMPORT = 5.0, 3.0
SAVES = 40  # in a round: one takes a few milliseconds
TABLES = ("customer", "ticket", "ticket_event", "repair", "repair_event", "op")

Batch = list[tuple[str, list[tuple[Any, ...]]]]


def measure(size: Size) -> Measured:
    """Ratios of wall time within each round, and of processor time for the import."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        with open_store(create_sample(folder / "empty"), zone=ZONE):
            pass
        table = write_table(folder / "old.csv", size.imported)
        imports, saves = [], []
        for number in range(size.rounds + 1):
            imports.append(_import(folder / f"import-{number}", table, folder / "empty"))
            saves.append(_save(folder / f"save-{number}", folder / "empty"))
    made = Measured()
    _add(made, "save", "Saving a repair (3 records, 9 events, 12 operations) / plain rows", saves[1:], SAVE)
    words = f"Importing {size.imported:,} tickets (2 events, 3 operations each) from CSV / plain rows"
    _add(made, "import", words, imports[1:], IMPORT)
    return made


@dataclass(slots=True)
class Taken:
    """Seconds of one round, wall and processor, on both sides."""

    ours: float
    plain: float
    ours_cpu: float
    plain_cpu: float


def _add(made: Measured, name: str, words: str, taken: Sequence[Taken], target: float) -> None:
    ours, plain = [each.ours for each in taken], [each.plain for each in taken]
    beside = f"{milliseconds(ours)} against {milliseconds(plain)}"
    made.add(f"store.{name}", words, ratios(ours, plain), target=target, beside=beside)
    worked = ratios([each.ours_cpu for each in taken], [each.plain_cpu for each in taken])
    made.add(f"store.{name}.cpu", f"{words}, in processor time", worked)


def _import(place: Path, table: Path, empty: Path) -> Taken:
    unlocked = _copy(empty, place)
    plan = read_map(MAPS / f"{MAP}.yaml")
    recorder = Recorder(unlocked)
    with open_store(unlocked, zone=ZONE) as store:
        store.read(_nothing)
        watch = Watch()
        with recorder.listening():
            history = read_history(table, plan, zone=ZONE)
            store.write(importer(unlocked), import_history, (history,))
        ours = watch.read()
    return _against(ours, recorder.batches(1), unlocked, place)


def _save(place: Path, empty: Path) -> Taken:
    unlocked = _copy(empty, place)
    who = importer(unlocked)
    recorder = Recorder(unlocked)
    runner = ThreadRunner(StoreOpener(unlocked, zone=ZONE))
    runner.write(who, _repair, 0).result()
    recorder.begin()
    watch = Watch()
    with recorder.listening():
        for number in range(1, SAVES + 1):
            runner.write(who, _repair, number).result()
    ours = watch.read()
    runner.close()
    return _against(ours, recorder.batches(SAVES), unlocked, place)


def _repair(work: Work, number: int) -> None:
    """Twelve rows as a morning at the bench makes them."""
    customer = Customer(name=f"Café {number}", phone="+351 22 123 45 67")
    ticket = Ticket(number=work.next_number(), kind="fault", title="No heat", words=text_of(number), occurred_at=now())
    work.session.add_all([customer, ticket])
    work.session.flush()
    repair = Repair(ticket=ticket.id, diagnosis="The heating element is open.", model="FD2")
    work.session.add(repair)
    work.session.flush()
    for kind, body in (("opened", {}), ("note", {"text": "He calls again."}), ("call", _CALL)):
        work.add_event(TicketEvent, ticket.id, kind, body)
    for kind, told in _REPAIRED:
        work.add_event(RepairEvent, repair.id, kind, told)


_CALL = {"text": "We keep it until Friday.", "direction": "out"}
_DIAGNOSED = {"symptom": "cold", "fault": "heating", "cause": "age", "remedy": "exchange", "text": "Element open."}
_REPAIRED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("received", {"condition": [], "accessories": [], "note": ""}), ("diagnosed", _DIAGNOSED),
    ("labour", {"kind": "repair", "minutes": 20}), ("labour", {"kind": "repair", "minutes": 15}),
    ("handed_over", {"to": "the owner"}), ("paper", {"what": "intake", "sha256": "0" * 64}),
)  # fmt: skip


@dataclass(slots=True)
class Recorder:
    """What was written, as rows that the plain side can be given."""

    unlocked: Unlocked
    _before: dict[str, int] = field(default_factory=dict)
    _words: list[tuple[str, list[tuple[Any, ...]]]] = field(default_factory=list)

    def begin(self) -> None:
        """What stands now is none of it."""
        with _reading(self.unlocked) as store:
            self._before = {table: store.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0] for table in TABLES}

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Notes the search rows, whose text is in no table."""
        write = search._many

        def noted(connection: Any, into: str, rows: Any) -> None:
            self._words.append((into, list(rows)))
            write(connection, into, rows)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(search, "_many", noted)
            yield

    def batches(self, count: int) -> list[Batch]:
        """The rows of each of `count` equal acts."""
        with _reading(self.unlocked) as store:
            tables = [(table, _beyond(store, table, self._before.get(table) or 0)) for table in TABLES]
        words = [(into, rows) for into, rows in self._words if rows]
        return [
            [*((f"{table} VALUES ({_marks(rows)})", _share(rows, at, count)) for table, rows in tables if rows),
             *_share(words, at, count)]
            for at in range(count)
        ]  # fmt: skip


def _share(rows: list[Any], at: int, count: int) -> list[Any]:
    size, left = divmod(len(rows), count)
    assert not left, "the acts are not equal"
    return rows[at * size : (at + 1) * size]


def _marks(rows: Sequence[tuple[Any, ...]]) -> str:
    return ", ".join("?" * len(rows[0]))


def _beyond(store: Any, table: str, rowid: int) -> list[tuple[Any, ...]]:
    return list(store.execute(f"SELECT * FROM {table} WHERE rowid > ? ORDER BY rowid", (rowid,)))


def _against(ours: tuple[float, float], batches: list[Batch], unlocked: Unlocked, place: Path) -> Taken:
    plain = sqlcipher.connect(str(place / "plain.db"), isolation_level=None)
    try:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "wal_autocheckpoint = 4000"):
            plain.execute(f"PRAGMA {pragma}")
        for text in _schema(unlocked):
            plain.execute(text)
        watch = Watch()
        for batch in batches:
            _put(plain, batch)
        return Taken(ours[0], (taken := watch.read())[0], ours[1], taken[1])
    finally:
        plain.close()
        shutil.rmtree(place)


def _put(plain: Any, batch: Batch) -> None:
    plain.execute("BEGIN IMMEDIATE")
    for into, rows in batch:
        plain.executemany(f"INSERT INTO {into}", rows)
    plain.execute("COMMIT")


def _schema(unlocked: Unlocked) -> list[str]:
    """Tables, then what hangs on them; the search tables make their own."""
    with _reading(unlocked) as store:
        found = store.execute(
            "SELECT sql FROM sqlite_master WHERE sql NOT NULL AND name NOT GLOB 'sqlite_*'"
            " AND name NOT GLOB 'search_head_*' AND name NOT GLOB 'search_body_*' ORDER BY type != 'table'"
        )
        return [text for (text,) in found]


@contextmanager
def _reading(unlocked: Unlocked) -> Iterator[Any]:
    store = connect(unlocked.profile.store, unlocked.key, reader=True)
    try:
        yield store
    finally:
        store.close()


class Watch:
    """Seconds since it was made: wall, and of the processor."""

    def __init__(self) -> None:
        self._begun = time.perf_counter(), cpu_seconds()

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self._begun[0], max(cpu_seconds() - self._begun[1], 0.01)


def _copy(empty: Path, place: Path) -> Unlocked:
    shutil.copytree(empty, place)
    return unlock(Profile(place))


def _nothing(session: Any) -> None:
    """Opens the connection."""
