"""The other contenders: Anki and PouchDB with their own servers, where AFTERCARE_PEERS names a folder that has them."""

import json
import os
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path

from tests.architecture.house import ROOT
from tests.bench.contenders import Client, client
from tests.bench.counting import counted

_DRIVERS = Path(__file__).parent / "peers"


class Peer(ABC):
    """A contender: `push` and `pull` are its words for sending and fetching, `rows` what it counts for a ticket."""

    push = pull = "sync"
    rows = 2

    def __init__(self, name: str, port: int) -> None:
        self.name = name
        self.port = port

    @abstractmethod
    def servers(self) -> dict[str, list[int]]:
        """Its server's processes by role."""

    @abstractmethod
    def pair(self, folder: Path, port: int) -> AbstractContextManager[tuple[Client, Client]]:
        """Two clients that have nothing yet, talking to this port."""

    def weigh(self, folder: Path, tickets: int) -> dict[str, float]:
        """Bytes and requests, counted in a round of their own: what counts also slows down."""
        found: dict[str, float] = {}
        place = folder / f"{self.name}-weighed"
        place.mkdir()
        with counted(self.port) as counter, self.pair(place, counter.port) as (one, two):
            one.ask("add", str(tickets))
            steps = (("push", one), ("pull", two), ("edit", one), ("one_up", one), ("one_down", two), ("nothing", two))
            for name, who in steps:
                counter.take()
                who.ask("edit" if name == "edit" else self.pull if who is two else self.push)
                up, down, requests = counter.take()
                if name != "edit":
                    found |= {f"{name}.up": up, f"{name}.down": down, f"{name}.requests": requests}
        return found


class Anki(Peer):
    rows = 1

    def __init__(self, python: str, port: int, pid: int) -> None:
        super().__init__("anki", port)
        self._python, self._pid = python, pid

    def servers(self) -> dict[str, list[int]]:
        return {"hub": [self._pid]}

    @contextmanager
    def pair(self, folder: Path, port: int) -> Iterator[tuple[Client, Client]]:
        url = f"http://127.0.0.1:{port}/"
        driver = (self._python, "-m", "tests.bench.peers.anki_client")
        with ExitStack() as stack:
            made = [stack.enter_context(client(*driver, str(folder / f"{name}.anki2"), url)) for name in ("one", "two")]
            made[0].ask("begin", "up")
            made[1].ask("begin", "down")
            yield made[0], made[1]


class Pouch(Peer):
    push, pull, rows = "push", "pull", 1

    def __init__(self, modules: Path, port: int, pid: int) -> None:
        super().__init__("pouch", port)
        self._modules, self._pid, self._names = modules, pid, iter(range(1000))

    def servers(self) -> dict[str, list[int]]:
        return {"hub": [self._pid]}

    @contextmanager
    def pair(self, folder: Path, port: int) -> Iterator[tuple[Client, Client]]:
        url = f"http://127.0.0.1:{port}/hub{next(self._names)}"
        driver = str(_DRIVERS / "pouch_client.js")
        with ExitStack() as stack:
            made = [
                stack.enter_context(client("node", driver, str(folder), name, url, NODE_PATH=str(self._modules)))
                for name in ("one", "two")
            ]
            yield made[0], made[1]


def peers(stack: ExitStack, folder: Path) -> list[Peer]:
    """Those that are set up; their servers end with the stack."""
    named = os.environ.get("AFTERCARE_PEERS", "")
    if not named:
        return []
    python, modules = Path(named) / "venv" / "bin" / "python", Path(named) / "node_modules"
    found: list[Peer] = []
    if python.exists():
        found.append(stack.enter_context(_anki(str(python), folder / "anki")))
    if modules.exists():
        found.append(stack.enter_context(_pouch(modules, folder / "pouch")))
    return found


@contextmanager
def _anki(python: str, folder: Path) -> Iterator[Anki]:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    environment = {"SYNC_USER1": "u:p", "SYNC_HOST": "127.0.0.1", "SYNC_PORT": str(port), "SYNC_BASE": str(folder)}
    with server(python, "-m", "anki.syncserver", **environment, RUST_LOG="error") as process:
        _wait(port)
        yield Anki(python, port, process.pid)


@contextmanager
def _pouch(modules: Path, folder: Path) -> Iterator[Pouch]:
    folder.mkdir()
    with server("node", str(_DRIVERS / "pouch_server.js"), str(folder), NODE_PATH=str(modules)) as process:
        assert process.stdout
        yield Pouch(modules, json.loads(process.stdout.readline())["port"], process.pid)


@contextmanager
def server(*command: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A server that runs until the block ends; nobody reads what it logs."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.05)
