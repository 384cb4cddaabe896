"""Two desks with messages one ahead, over a network that loses, doubles and reorders, and a hub that is put back."""

import random
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.sync import local
from app.sync.errors import SyncError, SyncTrouble
from app.sync.local import Outgoing
from app.sync.records import HubLink
from app.sync.transport import HubDoor
from app.tickets import actions
from app.tickets.records import Ticket
from tests import sizes
from tests.hub.hubs import Hub
from tests.hub.offices import Office
from tests.hub.test_offices import agree, draft, office, pair, put

__all__ = ["office", "pair"]

FAULTS = ("ok", "ok", "ok", "lost", "no_answer", "twice", "put_back")
ROUNDS = 10


class Network:
    """What becomes of each message; `saved` is a backup of the hub that may come back between two of them."""

    def __init__(self, hub: Hub, partner: str, chance: random.Random) -> None:
        self.hub, self.partner, self.chance = hub, partner, chance
        self.saved: dict[str, bytes] | None = None
        self.broken = True
        self.one = threading.Lock()

    def wrap(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def exchange(door: HubDoor, out: Outgoing, limit: int) -> Any:
            with self.one:  # a backup is never put back below a message; which of two comes first stays open
                fault = self.chance.choice(FAULTS) if self.broken else "ok"
                if fault == "lost":
                    raise SyncError(SyncTrouble.OFFLINE, "lost")
                if fault == "put_back" and self.saved:
                    saved, self.saved = self.saved, None
                    self.hub.put_back(self.partner, saved)
                answer = real(door, out, limit)
                if fault == "no_answer":
                    raise SyncError(SyncTrouble.OFFLINE, "no answer")
                return real(door, out, limit) if fault == "twice" else answer

        return exchange


def works(desk: Office, chance: random.Random, made: list[str], round_: int) -> None:
    for n in range(chance.randrange(6)):
        made.append(desk.do(actions.open_ticket, draft(f"{round_} {n}")))
        other = chance.choice(made)
        if desk.ask(lambda session, key: session.scalar(select(Ticket.id).where(Ticket.id == key)), other):
            desk.do(put, other, title=f"{round_} {n} {desk.actor.person}")
            desk.do(actions.add_note, other, "a word")


@pytest.mark.parametrize("seed", range(sizes.FAULTY_RUNS))
def test_nothing_is_lost_doubled_or_skipped_whatever_becomes_of_the_messages(
    hub: Hub, pair: tuple[Office, Office], monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance, made = random.Random(seed), list[str]()
    monkeypatch.setattr(local, "MOST_OPS", 3)
    agree(*pair)
    partner = pair[0].ask(lambda session: session.scalar(select(HubLink.partner)))
    network = Network(hub, partner, chance)
    monkeypatch.setattr(HubDoor, "exchange", network.wrap(HubDoor.exchange))
    for round_ in range(ROUNDS):
        for desk in pair:
            works(desk, chance, made, round_)
        if chance.random() < 0.2:
            network.saved = dict(hub.save(partner))
        for desk in chance.sample(pair, chance.choice((1, 2))):
            try:
                desk.sync()
            except SyncError as problem:
                assert problem.kind is SyncTrouble.OFFLINE

    network.broken = False
    for _ in range(2):
        agree(*pair)

    for desk in pair:
        assert set(made) <= set(desk.ask(lambda session: list(session.scalars(select(Ticket.id)))))
        assert 0 == desk.ask(local.waiting_count)
    with hub.owner(partner) as connection:
        asked = "SELECT op_id FROM partner.op_history WHERE tenant = %s AND NOT again"
        applied = [row[0] for row in connection.execute(asked, (partner,))]
    assert len(applied) == len(set(applied))
