"""The physical floor of an exchange: the same bytes through raw SQLite, raw PostgreSQL and bare HTTP."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg

from app.hub.embedded import SUPERUSER
from tests.architecture.house import ROOT
from tests.bench.sync_words import text_of

_MESSAGE = 1000  # rows

Rows = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Floor:
    """Seconds: `push` is HTTP and COPY, `pull` HTTP and one transaction of SQLite."""

    push: float
    pull: float


@contextmanager
def sink() -> Iterator[str]:
    """The address of a server that reads bodies and says how long they were."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = (sys.executable, "-m", "uvicorn", "tests.bench.floor:answer", "--port", str(port), "--lifespan", "off")
    process = subprocess.Popen([*command, "--log-level", "error"], cwd=ROOT, env=os.environ)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url)
        yield url
    finally:
        process.terminate()
        process.wait(30)


async def answer(scope: dict[str, object], receive: object, send: object) -> None:
    """The sink as an ASGI application."""
    size, more = 0, True
    while more:
        part = await receive()  # type: ignore[operator]
        size, more = size + len(part.get("body", b"")), part.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[operator]
    await send({"type": "http.response.body", "body": str(size).encode()})  # type: ignore[operator]


def floor(count: int, *, socket_folder: str, url: str, folder: Path) -> Floor:
    """Measured with `count` rows."""
    rows = [(f"t{i:08d}", "ticket", "open", text_of(i)) for i in range(count)]
    http, copy, store = _http(rows, url), _copy(rows, socket_folder), _store(rows, folder)
    return Floor(http + copy, http + store)


def _http(rows: Rows, url: str) -> float:
    with httpx.Client(base_url=url) as client:
        client.post("/", content=b"x")
        begun = time.perf_counter()
        for at in range(0, len(rows), _MESSAGE):
            client.post("/", content=json.dumps(rows[at : at + _MESSAGE]).encode())
        return time.perf_counter() - begun


def _copy(rows: Rows, socket_folder: str) -> float:
    with psycopg.connect(host=socket_folder, user=SUPERUSER, dbname="postgres") as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS plain (id text PRIMARY KEY, kind text, status text, body text)")
        connection.execute("TRUNCATE plain")
        connection.commit()
        begun = time.perf_counter()
        with connection.cursor() as cursor, cursor.copy("COPY plain FROM STDIN") as into:
            for row in rows:
                into.write_row(row)
        connection.commit()
        return time.perf_counter() - begun


def _store(rows: Rows, folder: Path) -> float:
    path = folder / "plain.db"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        plain.execute("PRAGMA journal_mode = WAL")
        plain.execute("PRAGMA synchronous = FULL")
        plain.execute("CREATE TABLE plain (id TEXT PRIMARY KEY, kind TEXT, status TEXT, body TEXT) WITHOUT ROWID")
        begun = time.perf_counter()
        plain.execute("BEGIN")
        plain.executemany("INSERT INTO plain VALUES (?, ?, ?, ?)", rows)
        plain.execute("COMMIT")
        return time.perf_counter() - begun


def _wait(url: str) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            httpx.post(url, content=b"x")
            return
        except httpx.TransportError:
            assert time.monotonic() < end
            time.sleep(0.05)
