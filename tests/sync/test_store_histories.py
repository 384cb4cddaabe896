"""The same histories on real stores, against the model's hub."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from app.sync import local
from app.sync.merge import Cell
from tests import sizes
from tests.stores import EVERYTHING, whole_template
from tests.sync.histories import HISTORIES, hold
from tests.sync.model import MOST_OPS, ModelHub
from tests.sync.store_desk import StoreDesk, begin
from tests.sync.test_histories import ModelWorld

__all__ = ["whole_template"]


class StoreWorld(ModelWorld):
    """The model's hub, desks on the disk."""

    def __init__(self, template: Path, folder: Path) -> None:
        ModelHub.__init__(self)
        self._template, self._folder, self._count = template, folder, 0
        self.all: list[StoreDesk] = []

    def next(self) -> int:
        self._count += 1
        return self._count

    def desk(self, tenant: str, name: str) -> Any:
        folder = self._folder / f"{tenant}-{name}"
        folder.mkdir(parents=True)
        shutil.copy(self._template, folder / "store.db")
        made = StoreDesk(folder, self, tenant, name)
        made.store.write(EVERYTHING, begin)
        self.opened(made)
        return made

    def opened(self, desk: StoreDesk) -> None:
        self.all.append(desk)

    def rows_of(self, desk: Any) -> dict[tuple[str, str], dict[str, Cell]]:
        return {key: row for key, row in desk.rows().items()}

    def close(self) -> None:
        for each in self.all:
            each.close()
        shutil.rmtree(self._folder)


def test_histories_hold_on_stores_too(whole_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "MOST_OPS", MOST_OPS)
    runs = iter(range(1_000_000))

    @settings(max_examples=sizes.STORE_HISTORIES, phases=[Phase.generate, Phase.shrink],
              suppress_health_check=list(HealthCheck), database=None, derandomize=not sizes.BY_CHANCE)  # fmt: skip
    @given(HISTORIES)
    def play(history: list[tuple[Any, ...]]) -> None:
        world = StoreWorld(whole_template, tmp_path / str(next(runs)))
        try:
            hold(lambda: world, history)
        finally:
            world.close()

    play()
