"""A database that breaks off in the middle leaves nothing half, and the next request is served."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from app.hub.embedded import SUPERUSER
from app.hub.schema import new_epoch
from tests.hub.hubs import Hub, serving, until, waiting
from tests.noise import Announce

Maker = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def maker(own_hub: Hub) -> Iterator[Maker]:
    with psycopg.connect(own_hub.reach, user=SUPERUSER, autocommit=True) as connection:
        yield connection


def stop_serving(maker: Maker) -> int:
    """Ends every connection of the hub, whatever it is doing."""
    return maker.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'hub_device' "
        "AND datname = current_database()"
    ).rowcount


@contextmanager
def held(maker: Maker, lock: str, partner: str) -> Iterator[None]:
    """What the push waits for within the block."""
    with maker.transaction():
        maker.execute("SELECT set_config('app.tenant', %s, true)", (partner,))
        maker.execute(lock.encode())
        yield


POINTS = {
    "before the merge": "SELECT FROM partner.counter FOR UPDATE",
    "before the rows": "LOCK TABLE partner.row IN EXCLUSIVE MODE",
    "before the history": "LOCK TABLE partner.op_history IN EXCLUSIVE MODE",
    "before the stream": "LOCK TABLE partner.stream IN EXCLUSIVE MODE",
}


@pytest.mark.parametrize("point", POINTS)
def test_push_whose_connection_is_ended_leaves_nothing_half(
    own_hub: Hub, maker: Maker, announce: Announce, point: str
) -> None:
    announce("request ended with 503")
    announce("discarding closed connection")
    desk = own_hub.desk()
    message, said = desk.message(*(desk.ticket() for _ in range(50))), []
    with (
        psycopg.connect(own_hub.reach, user=SUPERUSER, autocommit=True) as blocker,
        held(blocker, POINTS[point], desk.partner),
    ):
        pushing = threading.Thread(target=lambda: said.append(desk.send(message)))
        pushing.start()
        until(lambda: waiting(maker) == 1)
        stop_serving(maker)
        pushing.join()

    assert (503, {"error": "busy"}) == (said[0].status_code, said[0].json())
    assert {"row": 0, "op_history": 0, "stream": 0}.items() <= own_hub.counts(desk.partner).items()
    assert 50 == desk.send(message).json()["ack"]


def test_push_that_waits_too_long_is_told_to_come_again(
    quiet_hub: Hub, monkeypatch: pytest.MonkeyPatch, announce: Announce
) -> None:
    announce("request ended with 503")
    monkeypatch.setattr("app.hub.database.LIMITS", "-c lock_timeout=50ms")
    with serving(quiet_hub), psycopg.connect(quiet_hub.reach, user=SUPERUSER, autocommit=True) as blocker:
        desk = quiet_hub.desk()
        message = desk.message(desk.ticket())
        with held(blocker, POINTS["before the merge"], desk.partner):
            said = desk.send(message)

        assert (503, "5") == (said.status_code, said.headers["retry-after"])
        assert 1 == desk.send(message).json()["ack"]


def test_idle_connections_that_were_ended_are_replaced_unnoticed(own_hub: Hub, maker: Maker) -> None:
    desk = own_hub.desk()
    desk.sync(desk.ticket())

    assert stop_serving(maker) >= 2

    assert 2 == desk.sync(desk.ticket())["ack"]


def test_what_an_author_had_seen_before_a_restore_hides_no_clash_after_it(own_hub: Hub) -> None:
    ann = own_hub.desk()
    ben = own_hub.desk(ann.partner)
    ticket = ann.ticket()
    ann.sync(ticket)
    ann.pull()
    seen = ann.cur + 40  # rows that the backup had not yet
    new_epoch(own_hub.reach)

    ann.sync(ann.op("ticket", ticket["id"], {"title": "Leaks at the valve"}))
    ben.sync(ben.op("ticket", ticket["id"], {"title": "Leaks at the lid"}, seen=seen))

    assert ["clash"] == [each["fields"]["kind"] for each in ben.pull() if each["kind"] == "sync_event"]


def test_restored_database_is_another_lineage(own_hub: Hub) -> None:
    desk = own_hub.desk()
    desk.epoch = desk.sync(desk.ticket())["epoch"]

    epoch = new_epoch(own_hub.reach)

    said = desk.send(desk.message())
    assert (409, {"error": "epoch", "epoch": epoch}) == (said.status_code, said.json())
