"""`enrol` and `sync` as another program calls them, against a hub that is a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.commands.calling import Exit
from app.kernel.rights import Actor, How, Right, Role
from app.store.opening import open_store
from app.store.profile import Profile, Unlocked, create_sample, hold, unlock
from app.sync.links import link_of
from app.sync.records import HubLink
from app.tickets.actions import open_ticket
from app.tickets.records import Ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from tests.architecture.house import ROOT
from tests.hub.processes import said, served

ANN = Actor("ann", frozenset(Role), "device-1", How.CHOSEN, frozenset(Right))
NOBODY = "http://127.0.0.1:1"


class Called:
    """What a call answered."""

    def __init__(self, done: "subprocess.CompletedProcess[str]") -> None:
        self.exit, self.errors = done.returncode, done.stderr
        self.data: dict[str, Any] = json.loads(done.stdout) if done.stdout.startswith("{") else {}
        self.out = done.stdout


def call(profile: Path, *words: str, code: str | None = None, json_wanted: bool = True) -> Called:
    """`main.py` with these words; the code goes through a pipe, as the documents say."""
    reading, writing = os.pipe()
    os.write(writing, (code or "").encode())
    os.close(writing)
    more = ["--code-fd", str(reading)] if code is not None else []
    try:
        done = subprocess.run(
            [sys.executable, "-W", "error", "main.py", *words, *more, "--profile", str(profile),
             *(["--json"] if json_wanted else [])],
            cwd=ROOT, pass_fds=[reading], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
    finally:
        os.close(reading)
    return Called(done)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """(address, its folder) of a hub with the partner PT02."""
    folder = str(tmp_path_factory.mktemp("served") / "hub")
    assert 0 == said("partner", "add", "PT02", "--name", "Oficina", "--market", "PT", "--embedded", folder)[0]
    with served("--embedded", folder) as serving:
        yield serving.url, folder


@pytest.fixture
def desk(tmp_path: Path) -> Unlocked:
    """A profile of its own, without the sample's records."""
    return create_sample(tmp_path / "desk")


def code_of(hub: tuple[str, str]) -> str:
    code, answer, _ = said("device", "code", "PT02", "--embedded", hub[1])
    assert 0 == code
    return str(answer["code"])


def log_a_ticket(desk: Unlocked) -> None:
    draft = TicketDraft(TicketKind.HOW_TO, "It drips", channel=Channel.EMAIL)
    with open_store(desk) as store:
        store.write(ANN, open_ticket, (draft,), {})


def linked(desk: Unlocked) -> bool:
    with open_store(desk) as store:
        return store.read(link_of, (), {}) is not None


def test_enrolled_with_a_code_it_sends_what_waits_and_a_second_computer_has_it(
    hub: tuple[str, str], desk: Unlocked, tmp_path: Path
) -> None:
    log_a_ticket(desk)
    folder, other = desk.profile.folder, create_sample(tmp_path / "other").profile.folder

    enrolled = call(folder, "enrol", "--address", hub[0], "--name", "Bench", code=code_of(hub) + "\n")
    sent = call(folder, "sync")
    again = call(folder, "sync")
    call(other, "enrol", "--address", hub[0], code=code_of(hub))
    fetched = call(other, "sync")

    assert (Exit.OK, "PT02", hub[0]) == (enrolled.exit, enrolled.data["partner"], enrolled.data["address"])
    assert (Exit.OK, 0, "") == (sent.exit, sent.data["waiting"], sent.data["trouble"])
    assert sent.data["sent"] >= 2
    assert 0 == again.data["sent"]
    assert fetched.data["rows"] >= 2
    assert "Exchanging" in sent.errors
    with open_store(unlock(Profile(other))) as store:
        assert 1 == len(store.read(_titles, (), {}))


def _titles(session: Any) -> list[str]:
    return list(session.scalars(select(Ticket.title)))


@pytest.mark.parametrize(
    ("address", "code", "field"),
    [
        (NOBODY, "00000-00000-00000-00000", "address"),
        ("nonsense", "00000-00000-00000-00000", "address"),
        ("http://hub.example", "00000-00000-00000-00000", "address"),
        ("", "00000-00000-00000-00000", "code"),
        ("", "what?", "code"),
        ("", "", "code"),
    ],
)
def test_enrolment_that_fails_names_its_field_and_changes_nothing(
    hub: tuple[str, str], desk: Unlocked, address: str, code: str, field: str
) -> None:
    called = call(desk.profile.folder, "enrol", "--address", address or hub[0], code=code)

    assert (Exit.BAD_INPUT, field) == (called.exit, called.data["error"]["field"])
    assert called.data["error"]["message"] in called.errors
    assert not linked(desk)


def test_the_code_is_never_told_and_never_an_argument(hub: tuple[str, str], desk: Unlocked) -> None:
    code = code_of(hub)

    enrolled = call(desk.profile.folder, "enrol", "--address", hub[0], code=code)
    logs = "".join(each.read_text(encoding="utf-8") for each in desk.profile.logs.glob("*"))

    assert Exit.OK == enrolled.exit
    assert code not in enrolled.out + enrolled.errors + logs


@pytest.mark.parametrize("words", [(), ("--code-fd", "987")])
def test_without_a_code_it_says_how_to_hand_it_over(desk: Unlocked, words: tuple[str, ...]) -> None:
    called = call(desk.profile.folder, "enrol", "--address", NOBODY, *words)

    assert (Exit.BAD_INPUT, "code") == (called.exit, called.data["error"]["field"])


def test_not_connected_yet_is_said(desk: Unlocked) -> None:
    called = call(desk.profile.folder, "sync")

    assert (Exit.BAD_INPUT, "missing") == (called.exit, called.data["error"]["kind"])


def test_offline_is_a_no_with_what_waits_and_loses_nothing(hub: tuple[str, str], desk: Unlocked) -> None:
    assert Exit.OK == call(desk.profile.folder, "enrol", "--address", hub[0], code=code_of(hub)).exit
    log_a_ticket(desk)
    with open_store(desk) as store:
        store.write(ANN, _move_away, (), {})

    called, plain = call(desk.profile.folder, "sync"), call(desk.profile.folder, "sync", json_wanted=False)

    assert (Exit.NO, "offline") == (called.exit, called.data["trouble"])
    assert called.data["waiting"] >= 2
    assert (Exit.NO, 3) == (plain.exit, len(plain.out.splitlines()))
    assert "You can work as usual." in plain.out


def _move_away(work: Any) -> None:
    work.session.scalars(select(HubLink)).one().url = NOBODY


@pytest.mark.parametrize("words", [("sync",), ("enrol", "--address", NOBODY)])
def test_a_running_desk_locks_it_out(desk: Unlocked, words: tuple[str, ...]) -> None:
    with hold(desk.profile):
        called = call(desk.profile.folder, *words, code="00000-00000-00000-00000" if "enrol" in words else None)

    assert Exit.LOCKED == called.exit
