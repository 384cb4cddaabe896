"""The exchange: a real desk (encrypted store) and a real hub (process of its own, PostgreSQL) beside Anki and PouchDB.

Each round runs every contender once, one after the other, with fresh clients. A ticket is a record and an event (Anki:
a note and its card; PouchDB: one document). Printed are medians, their range, and ratios within the round.

Without peers the ratios are to the physical floor alone. With them: a folder named by AFTERCARE_PEERS that holds

    python3 -m venv venv && venv/bin/python -m pip install anki
    npm install pouchdb-node express-pouchdb express@4

AFTERCARE_ROUNDS (5) and AFTERCARE_TICKETS (10000) make it longer or shorter. Linux alone: load is read from /proc.
"""

import json
import os
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.hub.embedded import Embedded
from app.hub.keys import read_keys
from tests.bench.contenders import Client, children_of, client, cpu_of, forget_peak, memory_of
from tests.bench.floor import floor, sink
from tests.bench.sync_peers import Peer, peers, server
from tests.hub.hubs import Hub
from tests.hub.processes import COMMAND, postmaster

ROUNDS = int(os.environ.get("AFTERCARE_ROUNDS", "5"))
TICKETS = int(os.environ.get("AFTERCARE_TICKETS", "10000"))
_REPEATS = 5  # of what is short

Figures = dict[str, float]


def measure() -> Figures:
    """Medians of seconds, ratios, bytes and load by name; the table goes to standard error."""
    taken: dict[str, list[float]] = defaultdict(list)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        ours = stack.enter_context(_ours(folder))
        contenders = [ours, *peers(stack, folder)]
        url = stack.enter_context(sink())
        for number in range(ROUNDS + 1):
            figures = _round(contenders, folder / str(number))
            found = floor(TICKETS, socket_folder=ours.socket, url=url, folder=folder)
            figures |= {"floor.push": found.push, "floor.pull": found.pull}
            if number:  # the first one warms everything up
                for name, value in (figures | _ratios(figures, contenders)).items():
                    taken[name].append(value)
        weights = {f"{each.name}.{name}": value for each in contenders for name, value in each.weigh(folder).items()}
    _show(taken, weights)
    return {name: statistics.median(values) for name, values in taken.items()} | weights


class Ours(Peer):
    """The product: the first process served is the hub's, the others PostgreSQL's."""

    def __init__(self, hub: Hub, url: str, pid: int, folder: Path, socket: str) -> None:
        super().__init__("ours", int(url.rpartition(":")[2]))
        self._hub, self._pid, self._folder, self.socket = hub, pid, folder, socket

    def servers(self) -> dict[str, list[int]]:
        return {"hub": [self._pid], "postgres": children_of(postmaster(self._folder) or 0)}

    @contextmanager
    def pair(self, folder: Path, port: int) -> Iterator[tuple[Client, Client]]:
        partner = self._hub.partner()
        with ExitStack() as stack:
            made = [
                stack.enter_context(client(sys.executable, "-m", "tests.bench.sync_desk", str(folder / name)))
                for name in ("one", "two")
            ]
            for each in made:
                each.ask("enrol", f"http://127.0.0.1:{port}", self._hub.code(partner).printed())
                each.ask("sync")
            yield made[0], made[1]


@contextmanager
def _ours(folder: Path) -> Iterator[Ours]:
    place = folder / "hub"
    with Embedded(place).running() as socket, server(*COMMAND, "serve", "--port", "0", "--embedded", str(place)) as hub:
        assert hub.stdout
        url = json.loads(hub.stdout.readline())["serving"]
        keys = read_keys(place / "hub.key")
        yield Ours(Hub(f"host={socket} dbname=aftercare", keys), url, hub.pid, place, socket)


def _round(contenders: Sequence[Peer], folder: Path) -> Figures:
    figures: Figures = {}
    for each in contenders:
        place = folder / each.name
        place.mkdir(parents=True)
        with each.pair(place, each.port) as (one, two):
            figures |= {f"{each.name}.{name}": value for name, value in _exchanged(each, one, two).items()}
    return figures


def _exchanged(peer: Peer, one: Client, two: Client) -> Figures:
    figures: Figures = {}
    one.ask("add", str(TICKETS))
    figures |= _loaded(peer, one, "push")
    figures |= _loaded(peer, two, "pull")
    assert peer.rows * TICKETS == two.ask("count")["rows"], peer.name
    short: dict[str, list[float]] = defaultdict(list)
    for _ in range(_REPEATS):
        one.ask("edit")
        short["one_up"].append(one.ask(peer.push)["seconds"])
        short["one_down"].append(two.ask(peer.pull)["seconds"])
        short["nothing"].append(two.ask(peer.pull)["seconds"])
    return figures | {name: statistics.median(values) for name, values in short.items()}


def _loaded(peer: Peer, who: Client, name: str) -> Figures:
    """Seconds of a push or pull of all tickets, and the load of everybody who took part in it."""
    forget_peak(who.pid)
    idle = memory_of(who.pid, "VmRSS")
    processes = {"client": [who.pid], **peer.servers()}
    before = {role: cpu_of(pids) for role, pids in processes.items()}
    seconds = who.ask(getattr(peer, name))["seconds"]
    cpu = {f"{name}_cpu.{role}": cpu_of(pids) - before[role] for role, pids in processes.items()}
    more = {f"{name}_cpu": sum(cpu.values()), f"{name}_mib": memory_of(who.pid, "VmHWM") - idle}
    return {name: seconds, **cpu, **more}


def _ratios(figures: Figures, contenders: Sequence[Peer]) -> Figures:
    found = {f"ours.{name}/floor": figures[f"ours.{name}"] / figures[f"floor.{name}"] for name in ("push", "pull")}
    for each in contenders[1:]:
        for name in ("push", "pull", "one_up", "one_down", "nothing", "push_cpu", "pull_cpu"):
            found[f"ours.{name}/{each.name}"] = figures[f"ours.{name}"] / figures[f"{each.name}.{name}"]
    return found


def _show(taken: dict[str, list[float]], weights: Figures) -> None:
    for name, values in sorted(taken.items()):
        median, least, most = statistics.median(values), min(values), max(values)
        print(f"{name:28s} {median:9.4f}   {least:9.4f} to {most:9.4f}", file=sys.stderr)
    for name, value in sorted(weights.items()):
        print(f"{name:28s} {value:9.0f}", file=sys.stderr)
