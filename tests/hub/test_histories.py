"""The histories once more, with nothing of the model left: encrypted stores, HTTP, PostgreSQL."""

import itertools
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from app.hub import auth, enrolment, exchange, inbox
from app.kernel.ids import random_token
from app.sync import local, transport
from app.sync.answers import Answer, Epoch
from app.sync.identity import Identity
from app.sync.local import Outgoing
from app.sync.merge import Cell
from app.sync.protocol import Forked, Gap
from app.sync.shapes import Nature
from app.sync.transport import HubDoor
from tests import sizes
from tests.hub.hubs import Desk, Hub
from tests.stores import EVERYTHING, whole_template
from tests.sync.histories import HISTORIES, hold
from tests.sync.model import FIRST_MS, MOST_OPS, SHAPES
from tests.sync.store_desk import StoreDesk, begin

__all__ = ["whole_template"]

_ids = itertools.count(1)


class RealWorld:
    """Two new partners of a real hub, whose clock the history turns."""

    def __init__(self, hub: Hub, template: Path, folder: Path) -> None:
        self.hub, self._template, self._folder = hub, template, folder
        self.now_ms = FIRST_MS
        self.partners = {"one": hub.partner(), "two": hub.partner()}
        self.all: list[StoreDesk] = []
        self.doors: dict[str, HubDoor] = {}

    def next(self) -> int:
        return next(_ids)

    def desk(self, tenant: str, name: str) -> StoreDesk:
        folder = self._folder / f"{tenant}-{name}"
        folder.mkdir(parents=True)
        shutil.copy(self._template, folder / "store.db")
        made = StoreDesk(folder, self, tenant, name)
        made.store.write(EVERYTHING, begin)
        identity = Identity(f"{next(_ids):032x}", random_token(32))
        said = Desk(self.hub, identity, self.partners[tenant]).enrol(self.hub.code(self.partners[tenant]))
        assert 200 == said.status_code
        self.doors[name] = HubDoor(str(self.hub.http.base_url), identity)
        self.opened(made)
        return made

    def opened(self, desk: StoreDesk) -> None:
        self.all.append(desk)
        if desk.name not in self.doors:  # a copy: the same computer as far as anyone can tell
            self.doors[desk.name] = self.doors[desk.name[0]]

    def exchange(self, tenant: str, out: Outgoing, limit: int) -> Answer | Gap | Forked | Epoch:
        """By the first door of the partner whose device has this stream; a stream belongs to one device."""
        door = next(self.doors[each.name] for each in self.all if each.tenant == tenant and out.stream in each.streams)
        return door.exchange(out, limit)

    def save(self) -> dict[str, Any]:
        return {partner: self.hub.save(partner) for partner in self.partners.values()}

    def put_back(self, saved: dict[str, Any]) -> None:
        for partner, tables in saved.items():
            self.hub.put_back(partner, tables)

    def rows(self, tenant: str) -> dict[tuple[str, str], dict[str, Cell]]:
        partner = self.partners[tenant]
        with self.hub.owner(partner) as connection:
            rows = connection.execute("SELECT kind, id, fields, clocks FROM partner.row WHERE tenant = %s", (partner,))
            return {
                (kind, key): {
                    name: Cell(value, clocks.get(name, clocks.get("*", ""))) for name, value in fields.items()
                }
                for kind, key, fields, clocks in rows
                if kind != "sync_event"
            }

    def history(self, tenant: str) -> list[tuple[str, dict[str, Any], str]]:
        partner = self.partners[tenant]
        with self.hub.owner(partner) as connection:
            rows = connection.execute(
                "SELECT stream, body, counts FROM partner.op_history WHERE tenant = %s AND NOT again "
                "ORDER BY stream, n",
                (partner,),
            )
            return [(stream, json.loads(body), counts) for stream, body, counts in rows]

    def rows_of(self, desk: Any) -> dict[tuple[str, str], dict[str, Cell]]:
        found: dict[tuple[str, str], dict[str, Cell]] = desk.rows()
        return found

    def cursors_of(self, desk: Any) -> list[int]:
        cursors: list[int] = desk.cursors
        return cursors

    def close(self) -> None:
        for each in self.all:
            each.close()
        for door in {id(door): door for door in self.doors.values()}.values():
            door.__exit__(None, None, None)
        shutil.rmtree(self._folder)


def test_histories_hold_on_the_real_thing(
    hub: Hub, whole_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world: list[RealWorld] = []
    monkeypatch.setattr(local, "MOST_OPS", MOST_OPS)
    for module, name in [(each, "now_ms") for each in (auth, enrolment, exchange, inbox)] + [(transport, "_now_ms")]:
        monkeypatch.setattr(module, name, lambda: world[-1].now_ms if world else FIRST_MS)

    @settings(max_examples=sizes.REAL_HISTORIES, phases=[Phase.generate], suppress_health_check=list(HealthCheck),
              database=None, report_multiple_bugs=False, derandomize=not sizes.BY_CHANCE)  # fmt: skip
    @given(HISTORIES)
    def play(history: list[tuple[Any, ...]]) -> None:
        world.append(RealWorld(hub, whole_template, tmp_path / str(next(_ids))))
        try:
            hold(lambda: world[-1], history)
        finally:
            world[-1].close()

    play()


def test_the_kinds_of_the_histories_are_of_each_nature() -> None:
    assert {Nature.RECORD, Nature.EVENT, Nature.SEALED} == {
        SHAPES[each].nature for each in ("customer", "ticket_event", "acceptance")
    }
