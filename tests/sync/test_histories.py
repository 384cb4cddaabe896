"""Thousands of histories on the model; each seeded bug must be found by one of them."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from app.sync import merge as merging
from app.sync import protocol
from app.sync.answers import HubRow
from app.sync.merge import Cell, Edit, Merged
from app.sync.protocol import DRIFT_MS, Judged, StreamState
from tests import sizes
from tests.sync.histories import DEVICES, HISTORIES, KEYS, hold
from tests.sync.model import ModelDesk, ModelHub


class ModelWorld(ModelHub):
    """The model as histories see it."""

    desks: type[ModelDesk] = ModelDesk

    def desk(self, tenant: str, name: str) -> ModelDesk:
        return self.desks(self, tenant, name)

    def rows(self, tenant: str) -> dict[tuple[str, str], dict[str, Cell]]:
        return {key: _bare(row) for key, (_, row) in self.tenants[tenant].rows.items()}

    def history(self, tenant: str) -> list[tuple[str, dict[str, Any], str]]:
        return [
            (stream, {"op_id": op.op_id, "kind": op.kind, "id": op.key, "set": op.fields, "hlc": op.stamp}, counts)
            for stream, op, counts in self.tenants[tenant].history
        ]

    def rows_of(self, desk: ModelDesk) -> dict[tuple[str, str], dict[str, Cell]]:
        return {key: _bare(row) for key, row in desk.rows.items()}

    def cursors_of(self, desk: ModelDesk) -> list[int]:
        return desk.cursors


def _bare(row: dict[str, Cell]) -> dict[str, Cell]:
    return {name: Cell(cell.value, cell.stamp) for name, cell in row.items()}


def run_many(world: Callable[[], Any], count: int, *, shrink: bool = True) -> None:
    phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]

    @settings(
        max_examples=count,
        phases=phases,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=not (shrink and sizes.BY_CHANCE),  # whether a seeded bug is found is not left to the day
        report_multiple_bugs=False,
    )
    @given(HISTORIES)
    def play(history: list[tuple[Any, ...]]) -> None:
        hold(world, history)

    play()


def test_every_history_ends_with_all_devices_and_the_hub_agreed_and_nothing_lost() -> None:
    run_many(ModelWorld, sizes.HISTORIES)


# ---------------------------------------------------------------- seeded bugs


def _arrival(row: Any, edit: Edit, *, cur: int = 0) -> Merged:
    return Merged({**row, **{name: Cell(value, edit.stamp, cur, edit.by) for name, value in edit.fields.items()}})


def _no_restamp(stamp: str, state: StreamState, now_ms: int) -> str:
    return stamp


def _flat_clamp(stamp: str, state: StreamState, now_ms: int) -> str:
    return min(stamp, f"{now_ms + DRIFT_MS:012x}0000{stamp[16:]}")


class Doubling(ModelWorld):
    """Forgets that it had an operation."""

    def exchange(self, tenant: str, out: Any, limit: int) -> Any:
        if out.ops:
            first = protocol.read_op(json.loads(out.ops[0]))
            state = self.tenants[tenant].streams[out.stream]
            if first.n <= state.n:
                self.tenants[tenant].streams[out.stream] = StreamState(first.n - 1, first.prev)
        return super().exchange(tenant, out, limit)

    def _accept(self, mine: Any, stream: str, judged: Judged) -> dict[int, str]:
        mine.knows = lambda op_id: False
        return super()._accept(mine, stream, judged)


class LateDesk(ModelDesk):
    """Takes an answer to an older question."""

    def is_current(self, answer: Any) -> bool:
        return True


class DeafDesk(ModelDesk):
    """Does not hear that another life of its stream was there."""

    def is_ours(self, answer: Any) -> bool:
        return True


class StubbornDesk(ModelDesk):
    """Believes its own fields before the hub's."""

    def laid(self, row: HubRow) -> dict[str, Cell]:
        return {**super().laid(row), **self.rows.get((row.kind, row.key), {})}


class ForgetfulDesk(ModelDesk):
    """Takes the hub's page without laying its own unacknowledged edits on top."""

    def laid(self, row: HubRow) -> dict[str, Cell]:
        return {name: Cell(value, row.clocks.get(name, "")) for name, value in row.fields.items()}


class PastlessDesk(ModelDesk):
    """Keeps nothing of its earlier lives: a hub that is put back behind them never gets it again."""

    def fork(self) -> None:
        super().fork()
        self.past = []


class SelfishDesk(ModelDesk):
    """Tells a hub that was put back what it wrote itself, and nothing of what it heard from others."""

    def _tell(self) -> None:
        self.rows, rows = {}, self.rows
        super()._tell()
        self.rows = rows


class ForgetfulClock(ModelDesk):
    """Stamps below what it edits, once the program was started again."""

    def _hear_what_is_edited(self, kind: str, key: str) -> None:
        pass


class Leaky(ModelWorld):
    """Shows one partner's rows to the other."""

    def visible(self, tenant: str) -> Any:
        return {key: row for each in self.tenants.values() for key, row in each.rows.items()}


class OneSided(ModelWorld):
    """Never compares what a number held before."""

    def exchange(self, tenant: str, out: Any, limit: int) -> Any:
        mine = self.tenants[tenant]
        for each in out.ops:
            op = protocol.read_op(json.loads(each))
            state = mine.streams[out.stream]
            if op.n <= state.n:
                mine.digests[out.stream, op.n] = op.digest
            elif op.n == state.n + 1:
                mine.streams[out.stream] = replace(state, head=op.prev)
                break
        return super().exchange(tenant, out, limit)


def with_desk(desk: type[ModelDesk]) -> type[ModelWorld]:
    return type(f"With{desk.__name__}", (ModelWorld,), {"desks": desk})


MUTANTS: dict[str, Any] = {
    "newest arrival wins": lambda patch: patch.setattr(merging, "merge", _arrival),
    "stamps are believed": lambda patch: patch.setattr(protocol, "_counting", _no_restamp),
    "stamps are clamped to one moment": lambda patch: patch.setattr(protocol, "_counting", _flat_clamp),
    "doubles are applied": Doubling,
    "late answers are taken": with_desk(LateDesk),
    "a copy is not told": with_desk(DeafDesk),
    "own fields win": with_desk(StubbornDesk),
    "own edits are forgotten": with_desk(ForgetfulDesk),
    "earlier lives are forgotten": with_desk(PastlessDesk),
    "what others wrote is not told again": with_desk(SelfishDesk),
    "an edit comes before what it changes": with_desk(ForgetfulClock),
    "partners mix": Leaky,
    "a fork is acknowledged": OneSided,
}


A_COPY = len(DEVICES)  # the first clone
STORIES: dict[str, list[tuple[Any, ...]]] = {  # what chance rarely brings together is told
    "a copy is not told": [
        ("log", 0), ("sync", 0), ("clone", 0), ("log", 0), ("log", 0), ("sync", 0), ("sync", A_COPY), ("log", A_COPY),
        ("log", A_COPY),
    ],
    "earlier lives are forgotten": [
        ("hub_backup",), ("backup", 0), ("log", 0), ("sync", 0), ("clone", 0), ("log", 0), ("sync", 0),
        ("log", A_COPY), ("sync", A_COPY), ("restore", 0), ("hub_restore", 0),
    ],
    "what others wrote is not told again": [
        ("hub_backup",), ("backup", 0), ("log", 0), ("sync", 0), ("sync", 1), ("restore", 0), ("hub_restore", 0),
    ],
    "an edit comes before what it changes": [
        ("write", 0, KEYS[0], {"name": "u"}), ("sync", 0), ("sync", 1), ("skew", 1, 250_000),
        ("write", 1, KEYS[0], {"name": "v"}), ("sync", 1), ("sync", 0), ("restart", 0),
        ("write", 0, KEYS[0], {"name": "w"}),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", STORIES)
def test_a_story_that_finds_a_bug_ends_well_without_it(name: str) -> None:
    hold(ModelWorld, STORIES[name])


@pytest.mark.parametrize("name", MUTANTS)
def test_a_seeded_bug_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant = MUTANTS[name]
    world = mutant if isinstance(mutant, type) else ModelWorld
    if world is ModelWorld:
        mutant(monkeypatch)

    with pytest.raises(AssertionError):
        hold(world, STORIES[name]) if name in STORIES else run_many(world, max(sizes.HISTORIES, 3000), shrink=False)
