"""The hub's command line: words in, one answer out, an exit code that callers may rely on."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.hub.commands import run
from app.hub.settings import CODE_LIFE_MS, now_ms
from app.sync.identity import read_code
from tests.content.sample import signed_pack
from tests.hub.hubs import Hub

Told = pytest.CaptureFixture[str]


@pytest.fixture
def here(quiet_hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words that name this test's database. Logging stays the tests' own."""
    monkeypatch.setattr("app.hub.commands.log_to_stderr", lambda: None)
    key = tmp_path / "key"
    key.write_text(quiet_hub.keys.master.hex(), encoding="ascii")
    key.chmod(0o600)
    return ["--database", quiet_hub.reach, "--key-file", str(key)]


def answer(told: Told) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told.readouterr().out)
    return found


def test_partner_is_added_once_and_listed(here: list[str], capsys: Told) -> None:
    add = ["partner", "add", "PT02", "--name", "Oficina \u202e", "--market", "PT", *here]

    assert [0, 2] == [run(add), run(add)]
    assert "already" in capsys.readouterr().err
    assert 0 == run(["partner", "list", "--json", *here])
    assert [{"partner": "PT02", "name": "Oficina \u202e", "market": "PT", "devices": 0}] == answer(capsys)["partners"]


@pytest.mark.parametrize("code", ["pt02", "P", "LOC", "2PT", "PT-02", "P" * 9])
def test_code_that_is_no_partners_code_is_refused(here: list[str], code: str) -> None:
    assert 2 == run(["partner", "add", code, "--name", "x", "--market", "PT", *here])


def test_device_code_is_told_once_with_its_end(here: list[str], capsys: Told) -> None:
    run(["partner", "add", "PT02", "--name", "Oficina", "--market", "PT", *here])
    capsys.readouterr()

    assert 0 == run(["device", "code", "PT02", "--json", *here])

    said = answer(capsys)
    assert 12 == len(read_code(said["code"]).secret)
    assert abs(said["until"] - now_ms() - CODE_LIFE_MS) < 60_000
    assert 2 == run(["device", "code", "XX", *here])


def test_device_that_is_not_there_is_not_revoked(here: list[str]) -> None:
    run(["partner", "add", "PT02", "--name", "Oficina", "--market", "PT", *here])

    assert 2 == run(["device", "revoke", "PT02", "f" * 32, *here])


def test_pack_is_published_or_refused_with_an_exit_code(here: list[str], capsys: Told, tmp_path: Path) -> None:
    folder, publisher = signed_pack(tmp_path)
    words = ["publish", str(folder), "--publisher", publisher.hex(), "--json", *here]

    assert 0 == run(words)
    assert {"published": True, "pack": "pack", "version": 1, "exit": 0}.items() <= answer(capsys).items()
    (folder / "assemblies.yaml").unlink()
    assert 1 == run(words)
    assert not answer(capsys)["published"]


def test_show_tells_what_there_is(here: list[str], capsys: Told) -> None:
    run(["partner", "add", "PT02", "--name", "Oficina", "--market", "PT", *here])
    capsys.readouterr()

    assert [0, 1] == [run(["show", "PT02", *here]), run(["show", "PT02", "ticket", "PT02-A-000001", *here])]
    assert ["PT02: Oficina, 0 tickets.", "PT02 has no ticket PT02-A-000001."] == capsys.readouterr().out.splitlines()
    assert 2 == run(["show", "PT02", "--open", "claim 7", *here])


def test_database_comes_back_as_another_lineage(here: list[str], capsys: Told) -> None:
    assert [0, 0] == [run(["migrate", *here]), run(["restored", "--json", *here])]
    assert 32 == len(json.loads(capsys.readouterr().out.splitlines()[-1])["epoch"])


@pytest.mark.parametrize("words", [[], ["fly"], ["partner"], ["serve"], ["publish"], ["device", "code"]])
def test_words_that_are_none_are_bad_input(words: list[str], capsys: Told) -> None:
    assert 2 == run(words)


@pytest.mark.parametrize("words", [[], ["serve"], ["partner", "add"], ["device", "code"], ["publish"], ["show"]])
def test_every_word_has_a_help_with_the_exit_codes(words: list[str], capsys: Told) -> None:
    assert 0 == run([*words, "--help"])
    assert "Exit codes" in capsys.readouterr().out


def test_database_is_named_in_exactly_one_way(capsys: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.hub.commands.log_to_stderr", lambda: None)

    assert [2, 2] == [run(["partner", "list"]), run(["partner", "list", "--embedded", "a", "--database", "b"])]


def test_database_that_cannot_be_reached_is_told(capsys: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.hub.commands.log_to_stderr", lambda: None)

    assert 2 == run(["partner", "list", "--database", "host=/nowhere dbname=x", "--json"])
    assert "cannot be reached" in answer(capsys)["error"]["message"]


def test_database_of_another_schema_is_told(here: list[str], quiet_hub: Hub, capsys: Told) -> None:
    with quiet_hub.owner() as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")

    assert [2, 2] == [run(["partner", "list", *here]), run(["show", "PT02", *here])]
    assert 2 == capsys.readouterr().err.count("Run `migrate`")


def test_mistake_of_the_program_is_told_by_place(
    here: list[str], capsys: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(_: str) -> None:
        raise ValueError("Private-Marker")

    monkeypatch.setattr("app.hub.commands.partners.list_partners", break_off)

    assert 7 == run(["partner", "list", *here])
    told = capsys.readouterr()
    assert "ValueError" in told.err and "Private-Marker" not in told.err + told.out
