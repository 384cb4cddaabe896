from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.kernel.serials import component_serial, unit_serial
from app.store.opening import open_store
from app.store.profile import create_sample
from app.workflows.sample import SYSTEM, TICKETS, seed_sample

QUERIES = {
    "serials": "SELECT serial FROM unit ORDER BY serial",
    "components": "SELECT serial FROM component ORDER BY serial",
    "tickets": "SELECT title, words, serial, kind FROM ticket ORDER BY rid",
    "bench": "SELECT ticket.title, repair.state, unit.serial, repair.diagnosis FROM repair "
    "JOIN ticket ON ticket.id = repair.ticket JOIN unit ON unit.id = repair.unit ORDER BY repair.rid",
    "stock": "SELECT part, quantity FROM stock_level ORDER BY part, quantity",
}


def seeded(folder: Path) -> dict[str, list[Any]]:
    with open_store(create_sample(folder)) as store:
        store.write(SYSTEM, seed_sample)
        return {
            name: store.read(lambda session, sql: session.execute(text(sql)).all(), (sql,))
            for name, sql in QUERIES.items()
        }


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    return seeded(tmp_path_factory.mktemp("first") / "desk")


def test_every_number_of_the_sample_is_valid(sample: dict[str, list[Any]]) -> None:
    assert 20 <= len(sample["serials"])
    assert all(unit_serial(serial) for (serial,) in sample["serials"])
    assert all(component_serial(serial) for (serial,) in sample["components"])
    assert ("FD2A261700428N",) in sample["serials"]
    assert ("PR26120905E",) in sample["components"]


def test_the_sample_has_sixty_tickets_and_stock(sample: dict[str, list[Any]]) -> None:
    assert TICKETS == len(sample["tickets"])
    assert 60 <= len(sample["stock"])
    assert "Boiler leaks at the relief valve" == sample["tickets"][-1][0]


def test_two_machines_of_older_tickets_stand_on_the_bench(sample: dict[str, list[Any]]) -> None:
    standing = [(title, state) for title, state, _, _ in sample["bench"]]

    assert [("Group 2 does not heat", "awaiting_parts"), ("Grinder stops after ten seconds", "diagnosed")] == standing
    assert all(serial != "FD2A261700428N" and words for _, _, serial, words in sample["bench"])


def test_the_same_seed_gives_the_same_desk(sample: dict[str, list[Any]], tmp_path: Path) -> None:
    assert sample == seeded(tmp_path / "desk")
