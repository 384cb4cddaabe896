"""The hub's whole life as a process: start, work beside it, end, start again."""

import os
import signal
import subprocess
import tempfile
import threading
from pathlib import Path

import httpx
import psycopg
import pytest

from app.hub.database import NAME
from app.hub.embedded import SUPERUSER, Embedded
from app.hub.keys import read_keys
from tests.hub.hubs import Desk, Hub, until, waiting
from tests.hub.processes import Serving, postmaster, said, served


def client_of(serving: Serving, folder: Path) -> Hub:
    """A Hub for desks of tests to talk to this process."""
    reach = f"host={folder}/socket dbname={NAME}"
    return Hub(reach, read_keys(folder / "hub.key"), httpx.Client(base_url=serving.url, timeout=60))


def test_embedded_hub_lives_through_foreign_locales_commands_beside_it_and_a_restart(tmp_path: Path) -> None:
    folder = tmp_path / "hub"
    here = ("--embedded", str(folder))

    with served(*here, LC_ALL="xx_YY.UTF-8", LANG="ar_SA.UTF-8", LANGUAGE="ar") as serving:
        first = postmaster(folder)
        assert first is not None
        assert 0o700 == (folder / "socket").stat().st_mode & 0o777
        assert 0o600 == (folder / "hub.key").stat().st_mode & 0o777
        assert 0 == said("partner", "add", "PT02", "--name", "Oficina", "--market", "PT", *here)[0]
        assert (0, 1) == codes_and_devices(said("device", "code", "PT02", *here), 1)
        hub = client_of(serving, folder)
        with hub.http:
            desk = hub.desk("PT02")
            ticket = desk.ticket()
            epoch = desk.sync(ticket)["epoch"]
        assert first == postmaster(folder)  # a command that ends leaves the server to the others
        assert 0 == serving.end()
    assert postmaster(folder) is None
    assert "not for production" in serving.text

    assert (0, 1) == codes_and_devices(said("device", "list", "PT02", *here, LC_ALL="C"), 1)
    assert postmaster(folder) is None
    with served(*here, LC_ALL="C") as serving:
        hub = client_of(serving, folder)
        with hub.http:
            again = Desk(hub, desk.identity, "PT02", stream=desk.stream, epoch=epoch)
            assert [ticket["id"]] == [row["id"] for row in again.sync()["rows"]]
        assert 0 == serving.end(signal.SIGINT)
    assert postmaster(folder) is None


def codes_and_devices(answer: tuple[int, dict[str, object], str], expected: int) -> tuple[int, int]:
    """The exit code, and the number of devices or of codes that were told."""
    code, data, _ = answer
    listed = data.get("devices")
    return code, len(listed) if isinstance(listed, list) else int("code" in data) * expected


def test_request_that_is_being_answered_at_the_end_is_answered(tmp_path: Path) -> None:
    folder = tmp_path / "hub"
    with served("--embedded", str(folder)) as serving:
        hub = client_of(serving, folder)
        desk, said = hub.desk(), list[httpx.Response]()
        message = desk.message(desk.ticket())
        pushing = threading.Thread(target=lambda: said.append(desk.send(message)))
        with psycopg.connect(hub.reach, user=SUPERUSER) as blocker:
            blocker.execute("SELECT FROM partner.counter FOR UPDATE")
            pushing.start()
            until(lambda: waiting(blocker) == 1)
            serving.process.send_signal(signal.SIGTERM)
            with pytest.raises(subprocess.TimeoutExpired):
                serving.process.wait(0.5)
        pushing.join()
        hub.http.close()

        assert (200, 1) == (said[0].status_code, said[0].json()["ack"])
        assert 0 == serving.ended()
    assert postmaster(folder) is None


def test_killed_hub_leaves_a_server_that_the_next_one_takes_over_and_ends(tmp_path: Path) -> None:
    folder = tmp_path / "hub"
    with served("--embedded", str(folder)) as serving:
        serving.end(signal.SIGKILL)
        left = postmaster(folder)
        assert left is not None
        os.kill(left, 0)  # still there

    with served("--embedded", str(folder)) as serving:
        assert left == postmaster(folder)
        assert 200 == httpx.get(f"{serving.url}/v1/health").status_code
        serving.end()

    assert postmaster(folder) is None


@pytest.mark.parametrize("user", [SUPERUSER, "hub_owner", "almighty"])
def test_hub_refuses_to_serve_as_one_whom_row_level_security_does_not_hold(
    quiet_hub: Hub, tmp_path: Path, user: str
) -> None:
    key = tmp_path / "key"
    key.write_text(quiet_hub.keys.master.hex(), encoding="ascii")
    key.chmod(0o600)
    with psycopg.connect(quiet_hub.reach, user=SUPERUSER, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS almighty")
        connection.execute("CREATE ROLE almighty LOGIN BYPASSRLS")

    code, _, told = said("serve", "--port", "0", "--database", f"{quiet_hub.reach} user={user}", "--key-file", str(key))

    assert 2 == code
    assert f"does not serve as {user}" in told


def test_hub_of_another_schema_is_not_served(quiet_hub: Hub, tmp_path: Path) -> None:
    with quiet_hub.owner() as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    key = tmp_path / "key"
    key.write_text(quiet_hub.keys.master.hex(), encoding="ascii")
    key.chmod(0o600)

    code, _, told = said("serve", "--port", "0", "--database", quiet_hub.reach, "--key-file", str(key))

    assert (2, True) == (code, "Run `migrate`" in told)


def test_taken_port_is_told(postgres: str, hub_keys: object, tmp_path: Path) -> None:
    with served("--embedded", str(tmp_path / "hub")) as serving:
        code, _, told = said("serve", "--embedded", str(tmp_path / "hub"), "--port", serving.url.rpartition(":")[2])
        assert (2, True) == (code, "Nothing can listen" in told)
        assert 200 == httpx.get(f"{serving.url}/v1/health").status_code


@pytest.mark.parametrize("temporary", ["", "long" * 20])
def test_server_below_a_long_path_still_has_a_socket(
    tmp_path: Path, temporary: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / temporary).mkdir(exist_ok=True)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / temporary) if temporary else None)
    folder = tmp_path / ("long" * 20) / ("path" * 20)

    with Embedded(folder).running() as socket:
        assert len(socket) < 90
        with psycopg.connect(host=socket, user=SUPERUSER, dbname="postgres") as connection:
            assert ("",) == connection.execute("SHOW listen_addresses").fetchone()
    assert postmaster(folder) is None
