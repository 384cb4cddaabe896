"""The exchange: a real desk (encrypted store) and a real hub (process of its own, PostgreSQL) beside Anki and PouchDB.

Each round runs every contender once, one after the other, with fresh clients. A ticket is a record and an event (Anki:
a note and its card; PouchDB: one document). Printed are medians, their range, and ratios within the round.

Without peers the ratios are to the physical floor alone. With them: a folder named by AFTERCARE_PEERS that holds

    python3 -m venv venv && venv/bin/python -m pip install anki
    npm install pouchdb-node express-pouchdb express@4

Linux alone: load is read from /proc. The targets are ratios to Anki in the same round, to PouchDB, and to the floor.
"""

import json
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
from tests.bench.figures import CannotError, Measured, Size, milliseconds
from tests.bench.floor import floor, sink
from tests.bench.sync_peers import Peer, peers, server
from tests.hub.hubs import Hub
from tests.hub.processes import COMMAND, postmaster

_REPEATS = 5  # of what is short
TARGETS = {
    "push/anki": 0.9, "pull/anki": 0.8, "one_up/anki": 0.7, "one_down/anki": 0.7, "nothing/anki": 1.0,
    "push_cpu/anki": 0.93, "pull_cpu/anki": 0.83, "push/pouch": 0.15, "pull/pouch": 0.12, "push/floor": 6.0,
    "pull/floor": 5.0, "push_mib": 40.0, "pull_mib": 40.0,
}  # fmt: skip
WORDS = {
    "push": "sending {count:,} tickets", "pull": "fetching them", "one_up": "sending one change",
    "one_down": "fetching one change", "nothing": "nothing to do", "push_cpu": "processor time of sending",
    "pull_cpu": "processor time of fetching", "push_mib": "memory beyond idle while sending",
    "pull_mib": "memory beyond idle while fetching",
}  # fmt: skip
OTHERS = {"anki": "Anki", "pouch": "PouchDB", "floor": "the same bytes through bare HTTP and SQL"}

Figures = dict[str, float]


def measure(size: Size) -> Measured:
    """Ratios within each round, and what they are made of."""
    if not Path("/proc/self/stat").exists():
        raise CannotError("load is read from /proc, which this system does not have")
    taken: dict[str, list[float]] = defaultdict(list)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        ours = stack.enter_context(_ours(folder))
        contenders = [ours, *peers(stack, folder)]
        url = stack.enter_context(sink())
        for number in range(size.rounds + 1):
            figures = _round(contenders, folder / str(number), size.exchanged)
            found = floor(size.exchanged, socket_folder=ours.socket, url=url, folder=folder)
            figures |= {"floor.push": found.push, "floor.pull": found.pull}
            if number:  # the first one warms everything up
                for name, value in (figures | _ratios(figures, contenders)).items():
                    taken[name].append(value)
        weights = {
            f"{each.name}.{name}": value
            for each in contenders
            for name, value in each.weigh(folder, size.exchanged).items()
        }
    made = _told(taken, weights, size)
    made.lacking += [f"Exchange with {OTHERS[name]}: {PEERS_ASKED}" for name in ("anki", "pouch") if name not in
                     {each.name for each in contenders}]  # fmt: skip
    return made


PEERS_ASKED = "AFTERCARE_PEERS names no folder that has it (tests/bench/bench_sync.py says how one is made)"


def _told(taken: dict[str, list[float]], weights: Figures, size: Size) -> Measured:
    made = Measured()
    for name, values in taken.items():
        what, _, over = name.removeprefix("ours.").partition("/")
        if over:
            beside = f"{milliseconds(taken[f'ours.{what}'])} against {milliseconds(taken[f'{over}.{what}'])}"
            words = f"Exchange: {WORDS[what].format(count=size.exchanged)} / {OTHERS[over]}"
            made.add(f"sync.{what}.{over}", words, values, target=TARGETS.get(f"{what}/{over}"), beside=beside)
        elif name.startswith("ours.") and what in TARGETS:
            made.add(f"sync.{what}", f"Exchange: {WORDS[what]}", values, "MiB", target=TARGETS[what])
    for step in ("push", "pull", "one_up", "one_down", "nothing"):
        sent = weights[f"ours.{step}.up"] + weights[f"ours.{step}.down"]
        requests = weights[f"ours.{step}.requests"]
        others = [f"{OTHERS[name]} {(weights[f'{name}.{step}.up'] + weights[f'{name}.{step}.down']) / 1024:,.1f} KiB"
                  for name in ("anki", "pouch") if f"{name}.{step}.up" in weights]  # fmt: skip
        words = f"Exchange: bytes both ways, {WORDS[step].format(count=size.exchanged)}"
        made.add(
            f"sync.{step}.bytes", words, [sent / 1024], "KiB", beside="; ".join([f"{requests:.0f} requests", *others])
        )
    return made


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


def _round(contenders: Sequence[Peer], folder: Path, tickets: int) -> Figures:
    figures: Figures = {}
    for each in contenders:
        place = folder / each.name
        place.mkdir(parents=True)
        with each.pair(place, each.port) as (one, two):
            figures |= {f"{each.name}.{name}": value for name, value in _exchanged(each, one, two, tickets).items()}
    return figures


def _exchanged(peer: Peer, one: Client, two: Client, tickets: int) -> Figures:
    figures: Figures = {}
    one.ask("add", str(tickets))
    figures |= _loaded(peer, one, "push")
    figures |= _loaded(peer, two, "pull")
    assert peer.rows * tickets == two.ask("count")["rows"], peer.name
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
