"""Every measurement runs, in a size that takes seconds; how long anything took is not looked at."""

import importlib
import json
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench.figures import CannotError, Measured, Size
from tests.bench.large_store import Large, large_store

TINY = Size(rounds=1, tickets=200, imported=200, exchanged=200, resting=0.1)
EXPECTED = {
    "imports": {"imports.first_paint", "imports.language"},
    "papers": {"papers.form", "papers.signing"},
    "scroll": {"scroll.list", "scroll.table"},
    "search": {"search.palette.one", "search.palette.two", "search.list.one", "search.list.two", "search.like"},
    "start": {"start.painted", "start.listed", "start.opened", "start.loaded", "start.argon2id"},
    "store": {"store.save", "store.import", "store.save.cpu", "store.import.cpu"},
}


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The large store of all tests here, made by the first that needs it."""
    return tmp_path_factory.mktemp("bench")


@pytest.fixture
def tiny(kept: Path) -> Size:
    return Size(TINY.rounds, TINY.tickets, TINY.imported, TINY.exchanged, TINY.resting, str(kept))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_measurement_gives_its_figures(name: str, tiny: Size, monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module(f"tests.bench.bench_{name}")
    for slow in ("STEPS", "SAVES", "WORDS"):
        if hasattr(module, slow) and isinstance(getattr(module, slow), int):
            monkeypatch.setattr(module, slow, 3)

    made: Measured = module.measure(tiny)

    assert EXPECTED[name] <= {each.name for each in made.figures}
    assert all(each.value > 0 for each in made.figures)


def test_there_is_a_measurement_for_everything_that_is_asked_for() -> None:
    assert {*EXPECTED, "sync", "tour"} == set(bench.names())
    assert "sync" == bench.names()[-1]


def test_the_large_store_is_made_once_and_made_anew_when_another_is_asked_for(tiny: Size, tmp_path: Path) -> None:
    first = large_store(tiny, tmp_path)
    made = (first.folder / "store.db").stat().st_mtime_ns
    again = large_store(tiny, tmp_path)

    assert (first, made) == (again, (again.folder / "store.db").stat().st_mtime_ns)

    (first.folder.parent / "made.json").write_text(json.dumps({"layout": 0}))

    assert made != (large_store(tiny, tmp_path).folder / "store.db").stat().st_mtime_ns


def test_the_large_store_opens_by_its_key_store(tiny: Size, tmp_path: Path) -> None:
    large: Large = large_store(tiny, tmp_path)

    assert not large.unlocked().sample


def test_what_cannot_be_measured_is_said_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch, tiny: Size) -> None:
    def cannot(_size: Size) -> Measured:
        raise CannotError("this machine has no ruler")

    monkeypatch.setattr("tests.bench.bench_imports.measure", cannot)
    monkeypatch.setattr("tests.bench.bench_papers.measure", lambda _size: Measured(lacking=["no pen"]))

    assert ["imports: this machine has no ruler", "no pen"] == bench.run(["imports", "papers"], tiny).lacking


@pytest.mark.parametrize("words", [["nothing"], ["--readme", "papers"]])
def test_what_cannot_be_run_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == bench.main(words)
    assert capsys.readouterr().err


def test_the_command_prints_a_table_and_writes_the_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Measured()
    made.add("papers.form", "Drawing", [2.0], target=3.0)
    monkeypatch.setattr("tests.bench.bench_papers.measure", lambda _size: made)

    assert 0 == bench.main(["papers", "--json", str(tmp_path / "figures.json")])

    assert "| Drawing | 2 × | 2 to 2 | ≤ 3 × | yes |" in capsys.readouterr().out
    assert "papers.form" == json.loads((tmp_path / "figures.json").read_text())["figures"][0]["name"]
