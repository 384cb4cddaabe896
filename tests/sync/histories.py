"""Histories of two partners with three devices each, over a network and clocks that fail; what must hold of them.

The same histories drive the model and the real thing (tests/hub). Numbers are those of sync.md 5.
"""

import itertools
import json
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, Protocol

from hypothesis import strategies as st

from app.sync.answers import Answer, Epoch
from app.sync.client import exchange_all
from app.sync.errors import SyncError, SyncTrouble
from app.sync.local import Outgoing
from app.sync.merge import Cell
from app.sync.protocol import DRIFT_MS, Forked, Gap
from tests.sync.model import EVENT, FIELDS, RECORD, SEAL, event_values, record_values, seal_values

DEVICES = (("one", "a"), ("one", "b"), ("one", "c"), ("two", "x"), ("two", "y"), ("two", "z"))
KEYS = ("a" * 32, "b" * 32)
MOST = 2  # rows a page: pages end in the middle of things
_at = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 3, 4, 5, 6, 6, 7])  # things happen where much happens; copies from 6 on
FAULTS = ("ok", "lost", "no_answer", "twice", "late")
_DESK, _EARLIER = st.tuples(_at), st.tuples(st.integers(0, 9))
_WRITES = st.tuples(
    _at, st.sampled_from(KEYS), st.dictionaries(st.sampled_from(FIELDS), st.sampled_from("uvw"), min_size=1)
)
_SKEWS = st.tuples(_at, st.sampled_from([-100_000_000, -400_000, 0, 250_000, 5_000_000, 10**9]))
_STEPS: dict[str, st.SearchStrategy[Any]] = {
    "write": _WRITES, "delete": st.tuples(_at, st.sampled_from(KEYS)), "log": _DESK, "seal": _DESK,
    "exchange": st.tuples(_at, st.sampled_from(FAULTS)), "sync": _DESK,
    "ahead": st.tuples(_at, st.integers(0, 3), st.booleans()), "restart": _DESK,
    "late": st.tuples(st.integers(0, 50)), "replay": st.tuples(st.integers(0, 50)),
    "time": st.tuples(st.integers(1, 500_000)), "skew": _SKEWS, "backup": _DESK, "restore": _EARLIER, "clone": _DESK,
    "hub_backup": st.just(()), "hub_restore": _EARLIER,
}  # fmt: skip


_STEP = [st.tuples(st.just(name), _STEPS[name]).map(lambda step: (step[0], *step[1])) for name in (*_STEPS, "clone")]
HISTORIES = st.lists(st.one_of(_STEP), min_size=10, max_size=48)


OF_A_DESK = {"write", "delete", "log", "seal", "exchange", "sync", "ahead", "restart", "skew", "backup", "clone"}
MOST_CLONES = 2


class AtOnce(Executor):
    """Sends at once: the hub has the second message before the answer to the first is taken."""

    def submit(self, call: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(call(*args, **named))
        except SyncError as problem:
            done.set_exception(problem)
        return done


class Desk(Protocol):
    """A device: the model's, or a store on the disk."""

    tenant: str
    name: str
    skew: int

    def write(self, kind: str, key: str, values: dict[str, Any]) -> str: ...
    def restart(self) -> None: ...
    def outgoing(self, after: Outgoing | None = None) -> Outgoing: ...
    def take(self, answer: Answer) -> Any: ...
    def fork(self) -> None: ...
    def gap(self, last: int) -> None: ...
    def epoch(self, epoch: Epoch) -> None: ...
    def copy(self, name: str) -> Any: ...


class World(Protocol):
    """The hub as the history sees it, and how a device is made."""

    now_ms: int

    def desk(self, tenant: str, name: str) -> Any: ...
    def exchange(self, tenant: str, out: Outgoing, limit: int) -> Answer | Gap | Forked | Epoch: ...
    def save(self) -> Any: ...
    def put_back(self, saved: Any) -> None: ...
    def rows(self, tenant: str) -> dict[tuple[str, str], dict[str, Cell]]: ...
    def history(self, tenant: str) -> list[tuple[str, dict[str, Any], str]]: ...
    def rows_of(self, desk: Any) -> dict[tuple[str, str], dict[str, Cell]]: ...
    def cursors_of(self, desk: Any) -> list[int]: ...


class Run:
    """One history, step by step; `settle` heals the network, `judge` looks at what came of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.desks: list[Any] = [world.desk(tenant, name) for tenant, name in DEVICES]
        self.written: dict[str, list[str]] = {"one": [], "two": []}  # op_ids, acknowledged or not, that must arrive
        self.on_disk: list[list[str]] = [[] for _ in self.desks]  # op_ids that each one wrote, in this life or earlier
        self.sent: list[tuple[str, Outgoing]] = []
        self.late: list[tuple[Any, Answer]] = []
        self.backups: list[tuple[int, Any, list[str]]] = []
        self.hub_backups: list[Any] = []
        self.edited: dict[str, str] = {}  # by op_id: the newest stamp of what it changes, as its author saw it
        self.count = 0

    def play(self, history: list[tuple[Any, ...]]) -> None:
        for act, *arguments in history:
            if act in OF_A_DESK:
                arguments[0] %= len(self.desks)
            getattr(self, f"_{act}")(*arguments)
            touched = self.desks[arguments[0] :][:1] if act in OF_A_DESK else self.desks if act == "late" else []
            for desk in touched:
                cursors = self.world.cursors_of(desk)
                assert cursors == sorted(cursors), "a cursor went back (6)"
                self._judge_own(desk)

    def settle(self) -> None:
        for _ in range(3):
            for at, _desk in enumerate(self.desks):
                self._sync(at)

    # ------------------------------------------------------------------ steps

    def _write(self, at: int, key: str, values: dict[str, Any]) -> None:
        desk = self.desks[at]
        key = f"{key[:-3]}{desk.tenant}"[:32].replace("one", "001").replace("two", "002")
        row = self.world.rows_of(desk).get((RECORD, key))
        op_id = desk.write(RECORD, key, record_values(**values) if row is None else values)
        if row:
            self.edited[op_id] = max((row[name].stamp for name in values), default="")
        self._wrote(at, op_id)

    def _delete(self, at: int, key: str) -> None:
        self._write(at, key, {"_del": True})

    def _log(self, at: int) -> None:
        self.count += 1
        self._wrote(at, self.desks[at].write(EVENT, f"{self.count:032x}", event_values(f"entry {self.count}")))

    def _seal(self, at: int) -> None:
        self.count += 1
        self._wrote(at, self.desks[at].write(SEAL, f"{self.count:032x}", seal_values(f"form {self.count}")))

    def _wrote(self, at: int, op_id: str) -> None:
        if not op_id:  # it was so already
            return
        self.written[self.desks[at].tenant].append(op_id)
        self.on_disk[at].append(op_id)

    def _exchange(self, at: int, fault: str) -> None:
        """One message and what becomes of it."""
        desk = self.desks[at]
        out = desk.outgoing()
        self.sent.append((desk.tenant, out))
        if fault == "lost":
            return
        answer = self.world.exchange(desk.tenant, out, MOST)
        if fault == "twice":
            answer = self.world.exchange(desk.tenant, out, MOST)
        if fault == "no_answer":
            return
        if isinstance(answer, Answer):
            self.late.append((desk, answer))
            if fault != "late" and desk.take(answer).forked:
                desk.fork()
        else:
            _turn(desk, answer)

    def _sync(self, at: int) -> None:
        desk = self.desks[at]

        def send(out: Outgoing, limit: int) -> Answer | Gap | Forked | Epoch:
            self.sent.append((desk.tenant, out))
            return self.world.exchange(desk.tenant, out, min(limit, MOST))

        exchange_all(desk, send)

    def _ahead(self, at: int, breaks: int, arrived: bool) -> None:
        """Two messages under way; the one of this number gets no answer, whether it `arrived` or not."""
        desk, told = self.desks[at], itertools.count()

        def send(out: Outgoing, limit: int) -> Answer | Gap | Forked | Epoch:
            broken = next(told) == breaks
            if broken and not arrived:
                raise SyncError(SyncTrouble.OFFLINE, "lost")
            self.sent.append((desk.tenant, out))
            answer = self.world.exchange(desk.tenant, out, min(limit, MOST))
            if broken:
                raise SyncError(SyncTrouble.OFFLINE, "no answer")
            return answer

        try:
            exchange_all(desk, send, aside=AtOnce())
        except SyncError as problem:
            if problem.kind is not SyncTrouble.OFFLINE:
                raise

    def _restart(self, at: int) -> None:
        """The program ends and is started again: what is not on the disk is forgotten."""
        self.desks[at].restart()

    def _late(self, which: int) -> None:
        """An answer that was under way for long; the device may have been restored in between."""
        if self.late:
            desk, answer = self.late[which % len(self.late)]
            if any(desk is each for each in self.desks) and desk.take(answer).forked:
                desk.fork()

    def _replay(self, which: int) -> None:
        if self.sent:
            self.world.exchange(*self.sent[which % len(self.sent)], MOST)

    def _time(self, ms: int) -> None:
        self.world.now_ms += ms

    def _skew(self, at: int, ms: int) -> None:
        self.desks[at].skew = ms

    def _backup(self, at: int) -> None:
        desk = self.desks[at]
        self.backups.append((at, desk.copy(desk.name), list(self.on_disk[at])))

    def _restore(self, which: int) -> None:
        """The device's disk is put back: what it had not sent since is gone with the disk, all else must stand."""
        if self.backups:
            at, kept, wrote = self.backups[which % len(self.backups)]
            self.desks[at], self.on_disk[at] = kept.copy(self.desks[at].name), list(wrote)
            self._mourn()

    def _hub_backup(self) -> None:
        self.hub_backups.append(self.world.save())

    def _hub_restore(self, which: int) -> None:
        """The hub's database is put back: what it had since must come again from the devices."""
        if self.hub_backups:
            self.world.put_back(self.hub_backups[which % len(self.hub_backups)])
            self._mourn()

    def _mourn(self) -> None:
        """What stands neither at the hub nor on the disk that it was written on is gone."""
        there = {op["op_id"] for tenant in self.written for _, op, _ in self.world.history(tenant)}
        there |= {each for wrote in self.on_disk for each in wrote}
        self.written = {tenant: [each for each in all_ if each in there] for tenant, all_ in self.written.items()}

    def _clone(self, at: int) -> None:
        """Two copies of one profile, both at work."""
        if len(self.desks) < len(DEVICES) + MOST_CLONES:
            self.desks.append(self.desks[at].copy(f"{self.desks[at].name}{len(self.desks)}"))
            self.on_disk.append(list(self.on_disk[at]))

    # ------------------------------------------------------------------ what must hold

    def judge(self) -> None:
        for tenant in self.written:
            history = self.world.history(tenant)
            arrived = [op["op_id"] for _, op, _ in history]
            assert len(arrived) == len(set(arrived)), "an operation was applied twice (3)"
            assert set(self.written[tenant]) <= set(arrived), "an operation is nowhere (2, 12, 16, 17)"
            self._judge_stamps(tenant, history)
            self._judge_edits(history)
        for desk in self.desks:
            assert self.world.rows(desk.tenant) == self.world.rows_of(desk), (
                "a device differs from the hub (1, 7, 8, 9)"
            )

    def _judge_own(self, desk: Any) -> None:
        rows = self.world.rows_of(desk)
        for body in desk.waiting():
            op = json.loads(body)
            row = rows.get((op["kind"], op["id"]), {})
            assert set(op["set"]) <= set(row), "an entry of one's own is not to be seen (8)"
            if op["kind"] == RECORD:
                assert all(op["hlc"] <= row[name].stamp for name in op["set"]), "an edit of one's own is hidden (8)"

    def _judge_edits(self, history: list[tuple[str, dict[str, Any], str]]) -> None:
        """Clocks that are believed put no edit before what its author changed by it."""
        for _, op, counts in history:
            before = self.edited.get(op["op_id"], "")
            believed = counts == op["hlc"] and before[16:] != op["hlc"][16:]
            assert not before or not believed or counts > before, "an edit comes before what it changes (4)"

    def _judge_stamps(self, tenant: str, history: list[tuple[str, dict[str, Any], str]]) -> None:
        for stream in {each for each, _, _ in history}:
            mine = [(op["hlc"], counts) for each, op, counts in history if each == stream]
            later = all(a[1] < b[1] or a == b for a, b in itertools.pairwise(mine))  # copies may stamp alike
            assert later, "a later edit counts as an earlier (4)"
        for (kind, key), row in self.world.rows(tenant).items():
            edits = [(op, counts) for _, op, counts in history if (op["kind"], op["id"]) == (kind, key)]
            for name, cell in row.items() if kind == RECORD else ():
                wrote = [(counts, op["set"][name]) for op, counts in edits if name in op["set"]]
                newest = max(counts for counts, _ in wrote)  # two copies of a profile may stamp alike
                assert (cell.stamp, cell.value) in wrote and cell.stamp == newest, "the newest edit does not stand (4)"
                assert int(cell.stamp[:12], 16) <= self.world.now_ms + DRIFT_MS, "a broken clock wins for ever (5)"


def _turn(desk: Any, answer: Gap | Forked | Epoch) -> None:
    if isinstance(answer, Forked):
        desk.fork()
    elif isinstance(answer, Gap):
        desk.gap(answer.last)
    else:
        desk.epoch(answer)


def hold(world: Callable[[], World], history: list[tuple[Any, ...]]) -> None:
    """Plays a history in a new world, heals the network and judges."""
    run = Run(world())
    run.play(history)
    try:
        run.settle()
    except SyncError as problem:
        assert problem.kind is not SyncTrouble.REFUSED, "the queue does not drain (2)"
        raise
    run.judge()
