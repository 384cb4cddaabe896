import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.commands.calling import Exit
from app.commands.line import run
from app.store.backups import backups
from app.store.bases import Operation
from app.store.opening import open_store
from app.store.profile import Profile, unlock
from app.tickets.queries import counts
from tests.workflows.history import MAP, row, table


@pytest.fixture
def profile(desk_template: Path, tmp_path: Path) -> Path:
    shutil.copytree(desk_template, tmp_path / "desk")
    return tmp_path / "desk"


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any], str]:
    code = run([*map(str, words), "--json"])
    shown = capsys.readouterr()
    return code, json.loads(shown.out), shown.err


def test_what_cannot_be_read_is_listed_and_the_rest_is_in(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path / "a.csv", row(1), row(2, event_date="soon"), row(3))

    code, data, progress = said(capsys, "--profile", profile, "import", "tickets", path, "--map", MAP)

    assert (Exit.OK, 2, 0) == (code, data["added"], data["known"])
    assert [{"line": 3, "reason": '"soon" is not a day as YYYY-MM-DD.'}] == data["refused"]
    assert "100 %" in progress


def test_what_stood_there_is_backed_up_before_the_import(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "--profile", profile, "import", "tickets", table(tmp_path / "a.csv", row(1)), "--map", MAP)
    before = backups(profile / "backups")
    said(capsys, "--profile", profile, "import", "tickets", table(tmp_path / "b.csv", row(2)), "--map", MAP)

    kept = backups(profile / "backups")
    assert len(before) < len(kept)
    with open_store(unlock(Profile(profile))) as store:
        assert kept[0].operations < store.read(lambda session: session.scalar(select(func.max(Operation.n))), (), {})


def test_a_map_that_ships_is_named_by_its_name_and_a_second_import_adds_nothing(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--profile", profile, "import", "tickets", table(tmp_path / "a.csv", row(1)), "--map", "openrepair")

    first, again = said(capsys, *words), said(capsys, *words)

    assert [(1, 0), (0, 1)] == [(data["added"], data["known"]) for _, data, _ in (first, again)]


@pytest.mark.parametrize(
    ("words", "field"),
    [(("a.csv", "--map", "none.yaml"), "map"), (("none.csv", "--map", "openrepair"), "file")],
)
def test_bad_input_has_its_exit_code_and_leaves_the_store_alone(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], field: str
) -> None:
    table(tmp_path / "a.csv", row(1))
    paths = [tmp_path / words[0], *words[1:]]

    code, data, _ = said(capsys, "--profile", profile, "import", "tickets", *paths)

    assert (Exit.BAD_INPUT, field) == (code, data["error"]["field"])
    with open_store(unlock(Profile(profile))) as store:
        assert 0 == store.read(counts, ("",)).all


def test_a_zone_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["import", "tickets", "a.csv", "--map", "openrepair", "--zone", "Moon/Base"])

    assert Exit.BAD_INPUT == code
    assert "Moon/Base" in capsys.readouterr().err
