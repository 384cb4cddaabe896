"""A hub in this process, and desks that talk to it over HTTP, written anew: no code of the desk's own sync."""

import base64
import hashlib
import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import psycopg
import zstandard
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from psycopg import sql

from app.hub import devices, partners
from app.hub.database import as_role
from app.hub.embedded import SUPERUSER
from app.hub.keys import Keys
from app.hub.schema import new_epoch
from app.hub.serving import bound, make_server
from app.hub.settings import OWNER, now_ms
from app.kernel.canonical import canonical
from app.kernel.ids import new_id, random_token
from app.kernel.operations import START, Clock
from app.sync.identity import EnrolmentCode, Identity, read_code
from app.sync.protocol import head_text

Saved = Mapping[str, bytes]

_codes = itertools.count(1000)
_SAVED = ("row", "op_history", "refused", "stream", "counter")
EMPTY: Mapping[str, Any] = {"more": False, "published": None, "refused": [], "restamped": [], "rows": []}  # not said


@dataclass
class Hub:
    """`reach` says how to connect, without a user; `http` talks to it while it serves."""

    reach: str
    keys: Keys
    http: httpx.Client = field(default_factory=httpx.Client)

    def partner(self, code: str = "") -> str:
        """A partner nobody has used yet, so that tests may share one hub."""
        code = code or f"P{next(_codes)}"
        partners.add_partner(self.reach, code, name=f"Partner {code}", market="PT")
        return code

    def code(self, partner: str) -> EnrolmentCode:
        return read_code(devices.make_device_code(self.reach, self.keys, partner).data["code"])

    def desk(self, partner: str = "") -> "Desk":
        """A desk of this partner, else of a new one, enrolled."""
        partner = partner or self.partner()
        desk = Desk(self, Identity(new_id(), random_token(32)), partner)
        said = desk.enrol(self.code(partner))
        assert 200 == said.status_code, said.text
        return desk

    @contextmanager
    def owner(self, tenant: str = "") -> Iterator[psycopg.Connection[Any]]:
        with psycopg.connect(as_role(self.reach, OWNER), autocommit=True) as connection, connection.transaction():
            connection.execute("SELECT set_config('app.tenant', %s, true)", (tenant,))
            yield connection

    def save(self, tenant: str) -> Saved:
        """A backup of what the database holds of a partner's data."""
        with psycopg.connect(self.reach, user=SUPERUSER, autocommit=True) as maker:
            return {table: self._read(maker, table, tenant) for table in _SAVED}

    def put_back(self, tenant: str, saved: Saved) -> None:
        """The backup in its place, and `restored` said."""
        with psycopg.connect(self.reach, user=SUPERUSER, autocommit=True) as maker, maker.transaction():
            maker.execute("SET LOCAL session_replication_role = replica")  # as pg_restore does: no trigger asks why
            for table, rows in saved.items():
                name = sql.Identifier("partner", table)
                maker.execute(sql.SQL("DELETE FROM {} WHERE tenant = %s").format(name), (tenant,))
                with maker.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(name)) as copy:
                    copy.write(rows)
        new_epoch(self.reach)

    @staticmethod
    def _read(maker: psycopg.Connection[Any], table: str, tenant: str) -> bytes:
        rows = sql.SQL("SELECT * FROM {} WHERE tenant = {}").format(
            sql.Identifier("partner", table), sql.Literal(tenant)
        )
        with maker.cursor().copy(sql.SQL("COPY ({}) TO STDOUT").format(rows)) as copy:
            return b"".join(bytes(each) for each in copy)

    def counts(self, tenant: str) -> dict[str, int]:
        """How many rows each of the partner's tables holds."""
        tables = ("row", "op_history", "refused", "stream", "blob", "blob_piece", "device")
        with self.owner(tenant) as connection:
            asked = {name: f"SELECT count(*) FROM partner.{name} WHERE tenant = %s".encode() for name in tables}
            return {name: connection.execute(text, (tenant,)).fetchone()[0] for name, text in asked.items()}  # type: ignore[index]


@contextmanager
def serving(hub: Hub) -> Iterator[None]:
    """The hub answers within the block, in a thread of its own."""
    ready = threading.Event()
    listener = bound("127.0.0.1", 0)
    server = make_server(hub.reach, hub.keys, ready=ready.set)
    thread = threading.Thread(target=server.run, args=([listener],), name="hub")
    thread.start()
    try:
        assert ready.wait(20)
        with httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=60) as hub.http:
            yield
    finally:
        server.should_exit = True
        thread.join(30)
        listener.close()


@dataclass
class Desk:
    """One device and one life of its store."""

    hub: Hub
    identity: Identity
    partner: str
    stream: str = field(default_factory=lambda: random_token().hex())
    tag: str = "ZAAAA"
    n: int = 0
    head: bytes = START
    cur: int = 0
    epoch: str = ""
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = Clock(self.stream)
        self.signing_key = ec.generate_private_key(ec.SECP256R1())

    # ---- requests

    def request(self, method: str, path: str, body: bytes = b"", **options: Any) -> httpx.Response:
        """A signed request; `time_ms` and `headers` can be other than right."""
        headers = self.identity.headers(method, path, body, time_ms=options.get("time_ms", now_ms()))
        headers |= options.get("headers", {})
        return self.hub.http.request(method, path, content=body, headers=headers)

    def enrol(self, code: EnrolmentCode, **changed: Any) -> httpx.Response:
        public = self.signing_key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        said: dict[str, Any] = {
            "code": code.name, "device": self.identity.device, "name": "Bench 1",
            "key": base64.b64encode(self.identity.public).decode(), "signing_key": base64.b64encode(public).decode(),
        }  # fmt: skip
        said |= changed
        proof = changed.get("proof", code.proof("desk", said))
        return self.hub.http.post("/v1/enrol", content=canonical({**said, "proof": proof}))

    # ---- operations

    def op(self, kind: str, key: str, values: Mapping[str, Any], **changed: Any) -> dict[str, Any]:
        """The next operation of this stream; `changed` stands in place of what is usual."""
        self.n += 1
        said: dict[str, Any] = {
            "n": self.n, "op_id": new_id(), "prev": self.head.hex(), "kind": kind, "id": key, "set": dict(values),
            "hlc": self.clock.stamp(), "seen": self.cur, "v": 1, "by": "ann", "roles": ["technician"], "how": "desk",
            "device": self.identity.device,
        }  # fmt: skip
        said |= changed
        self.head = hashlib.sha256(canonical(said)).digest()
        return said

    def ticket(self, key: str = "", **values: Any) -> dict[str, Any]:
        """A ticket's operation: new, or on the ticket of this id."""
        return self.op("ticket", key or new_id(), {"number": "PT02-A-000001", "title": "It drips"} | values)

    def note(self, ticket: str, key: str = "", **changed: Any) -> dict[str, Any]:
        """A ticket event, whole."""
        values = {
            "subject_id": ticket, "kind": "note", "at": 1, "zone": "UTC", "by": "ann", "device": self.identity.device,
            "seen": 0, "body": {"text": "rang twice"}, "corrects_id": "",
        }  # fmt: skip
        return self.op("ticket_event", key or new_id(), values | changed)

    def message(self, *ops: dict[str, Any], **changed: Any) -> dict[str, Any]:
        """The message that carries these operations, which end this stream's chain."""
        n, head = (ops[-1]["n"], hashlib.sha256(canonical(ops[-1])).digest()) if ops else (self.n, self.head)
        signature = self.identity.sign(head_text(self.stream, n, head))
        said: dict[str, Any] = {
            "epoch": self.epoch, "schema": 1, "stream": self.stream, "tag": self.tag, "ops": list(ops),
            "head": head.hex(), "sig": base64.b64encode(signature).decode(), "cur": self.cur, "limit": 2000,
        }  # fmt: skip
        return said | changed

    def sync(self, *ops: dict[str, Any], **changed: Any) -> dict[str, Any]:
        """The answer to a push of these operations; 200 or the test fails."""
        said = self.send(self.message(*ops, **changed))
        assert 200 == said.status_code, said.text
        answer: dict[str, Any] = said.json()
        return {**EMPTY, **answer} if "ack" in answer else answer

    def send(self, message: dict[str, Any]) -> httpx.Response:
        return self.request("POST", "/v1/sync", json.dumps(message).encode())

    def pull(self, **changed: Any) -> list[dict[str, Any]]:
        """Every row after the cursor, which moves on."""
        rows = []
        while True:
            answer = self.sync(**changed)
            rows += answer["rows"]
            assert self.cur == answer["from"]
            self.cur = answer["to"]
            if not answer["more"]:
                return rows


def unzstd(data: bytes) -> bytes:
    """The text of a packed answer."""
    with zstandard.ZstdDecompressor().stream_reader(data) as reader:
        return bytes(reader.read())


def until(so: Callable[[], bool]) -> None:
    """Wait for what the hub's own thread does: a record, for one, is written after its answer was sent."""
    end = time.monotonic() + 20
    while not so():
        assert time.monotonic() < end
        time.sleep(0.01)


def waiting(connection: psycopg.Connection[Any]) -> int:
    """How many of this database's serving connections wait for a lock."""
    row = connection.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE usename = 'hub_device' AND wait_event_type = 'Lock' "
        "AND datname = current_database()"
    ).fetchone()
    return int(row[0]) if row else 0
