"""The desk is killed in the middle of writing and exchanging; nothing acknowledged is lost, nothing is there twice."""

import random
import subprocess
import sys
from pathlib import Path

from sqlalchemy import select

from app.tickets.records import Ticket
from tests.bench_pack import bench_pack
from tests.hub.hubs import Hub
from tests.hub.offices import Office
from tests.killing import killed_after
from tests.sizes import SYNC_KILLS


def test_no_kill_in_an_exchange_loses_an_act_or_doubles_it(hub: Hub, tmp_path: Path) -> None:
    partner = hub.partner()
    first = Office(tmp_path / "a", pack=bench_pack())
    first.enrol(hub, partner)
    first.close()
    nursery = subprocess.Popen(
        [sys.executable, "-m", "tests.hub.syncer", str(tmp_path / "a")],
        cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    chance, said = random.Random(11), []
    for _ in range(SYNC_KILLS):
        said += killed_after(nursery, chance.uniform(0, 0.12))
    nursery.communicate()

    again, other = Office(tmp_path / "a"), Office(tmp_path / "b", person="tiago", pack=bench_pack())
    other.enrol(hub, partner)
    for each in (again, other, again):
        each.sync()
    differ = [each.syncing.compare() for each in (again, other)]
    there = other.ask(lambda session: list(session.scalars(select(Ticket.id))))
    files = other.ask(lambda session: session.info["files"].damaged())
    again.close()
    other.close()

    acknowledged = {ticket for kind, ticket in said if kind == "ticket"}
    assert [(), ()] == differ
    assert SYNC_KILLS <= len(acknowledged)
    assert acknowledged <= set(there)
    assert len(there) == len(set(there))
    assert [] == files[1]
    with hub.owner(partner) as connection:
        ops = [op for (op,) in connection.execute("SELECT op_id FROM partner.op_history WHERE tenant = %s", (partner,))]
    assert len(ops) == len(set(ops))
