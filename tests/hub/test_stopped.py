"""The hub stops in mid-push, longer than a desk waits: the desk works on, says so, and nothing is doubled."""

import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.kernel.rights import Actor, How, Right, Role
from app.store.bases import Operation
from app.store.opening import StoreOpener
from app.store.profile import Unlocked, create_sample, hold
from app.store.runner import ThreadRunner
from app.sync import local, transport
from app.sync.links import link_of
from app.sync.transport import HubDoor
from app.tickets.actions import open_ticket
from app.tickets.records import Ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.views.sync_light import Standing, sync_light
from app.workflows.syncing import Syncing, Went
from tests.hub.processes import Serving, said, served
from tests.hub.test_serving import client_of

NO_ANSWER = 60  # s


class Desk:
    """A desk with its own threads, enrolled."""

    def __init__(self, runner: ThreadRunner, unlocked: Unlocked) -> None:
        self.runner = runner
        self.actor = Actor("rita", frozenset(Role), unlocked.device, How.CHOSEN, frozenset(Right))
        secret = unlocked.derive("device identity")
        self.syncing = Syncing(runner, unlocked.device, secret, unlocked.profile.folder)

    def writes(self, title: str) -> str:
        draft = TicketDraft(TicketKind.HOW_TO, title, channel=Channel.EMAIL)
        made: str = self.runner.write(self.actor, open_ticket, draft).result(timeout=NO_ANSWER).result
        return made

    def ask(self, query: Any, *args: Any) -> Any:
        return self.runner.read(query, *args).result(timeout=NO_ANSWER)


@contextmanager
def working(unlocked: Unlocked) -> Iterator[Desk]:
    runner = ThreadRunner(StoreOpener(unlocked))
    try:
        with hold(unlocked.profile):
            yield Desk(runner, unlocked)
    finally:
        runner.close()


def tickets_of(session: Any) -> set[str]:
    return set(session.scalars(select(Ticket.id)))


def stopping(serving: Serving, chance: random.Random, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The hub stops some milliseconds into one of the messages of a push; set when it has."""
    whole, stopped, sent = HubDoor.exchange, threading.Event(), [0]
    at, after = chance.randrange(1, 3), chance.uniform(0, 0.03)

    def stop() -> None:
        time.sleep(after)
        serving.process.send_signal(signal.SIGSTOP)
        stopped.set()

    def exchange(door: HubDoor, *words: Any) -> Any:
        sent[0] += 1
        if sent[0] == at and not stopped.is_set():
            threading.Thread(target=stop, name="stop").start()
        return whole(door, *words)

    monkeypatch.setattr(HubDoor, "exchange", exchange)
    return stopped


@pytest.mark.parametrize(
    ("seed", "patience", "pause"),
    [
        *(pytest.param(seed, 1, 2, marks=pytest.mark.ci) for seed in range(4)),
        pytest.param(9, transport.READ, 60, marks=pytest.mark.nightly),
    ],
)
def test_a_hub_that_stops_in_mid_push_doubles_nothing_and_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, patience: int, pause: int
) -> None:
    here = ("--embedded", str(tmp_path / "hub"))
    monkeypatch.setattr(local, "MOST_OPS", 20)
    monkeypatch.setattr(transport, "READ", patience)
    with served(*here) as serving:
        said("partner", "add", "PT02", "--name", "Oficina", "--market", "PT", *here)
        code = said("device", "code", "PT02", *here)[1]["code"]
        with working(create_sample(tmp_path / "desk")) as desk:
            desk.syncing.enrol(serving.url, code)
            made = {desk.writes(f"No. {n}") for n in range(30)}
            stopped = stopping(serving, random.Random(seed), monkeypatch)
            went: list[Went] = []
            going = threading.Thread(target=lambda: went.append(desk.syncing.go()), name="go")
            going.start()
            assert stopped.wait(NO_ANSWER)

            made |= {desk.writes(f"While it stands still {n}") for n in range(5)}
            seen = desk.ask(tickets_of)
            going.join(NO_ANSWER)
            light = desk.ask(sync_light, "offline", 1)
            time.sleep(pause)
            serving.process.send_signal(signal.SIGCONT)
            for _ in range(2):
                again = desk.syncing.go()

            partner, own = desk.ask(link_of).partner, desk.ask(lambda s: s.scalar(select(func.count(Operation.n))))
            assert made == seen
            assert ["offline"] == [each.trouble for each in went]
            assert (Standing.OFFLINE, "Offline since {time}") == (light.standing, light.headline.msgid)
            assert again.report is not None
            assert () == desk.syncing.compare()
            assert made == desk.ask(tickets_of)
        hub = client_of(serving, tmp_path / "hub")
        with hub.owner(partner) as connection:
            asked = "SELECT op_id FROM partner.op_history WHERE tenant = %s"
            applied = [row[0] for row in connection.execute(asked, (partner,))]
    assert own == len(applied) == len(set(applied))
