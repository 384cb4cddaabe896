"""Bodies that are bombs, deep, or no JSON of ours get a 4xx and leave nothing behind."""

import json
import tracemalloc
from typing import Any

import pytest
import zstandard

from app.kernel.ids import new_id
from app.sync.wire import MOST_BYTES
from tests.hub.hubs import Desk, Hub, unzstd

ZSTD = {"content-encoding": "zstd"}


@pytest.fixture(scope="module")
def desk(hub: Hub) -> Desk:
    return hub.desk()


def bomb() -> bytes:
    """A frame of about 32 KB that declares, and holds, one GiB."""
    packer = zstandard.ZstdCompressor(level=1).compressobj(size=1 << 30)
    zeros = bytes(1 << 24)
    return b"".join(packer.compress(zeros) for _ in range(64)) + packer.flush()


def test_bomb_is_cut_before_it_is_unpacked(hub: Hub, desk: Desk) -> None:
    body = bomb()
    assert len(body) < 200_000
    tracemalloc.start()

    said = desk.request("POST", "/v1/sync", body, headers=ZSTD)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (413, {"error": "too_large"}) == (said.status_code, said.json())
    assert peak < 40_000_000
    assert 0 == hub.counts(desk.partner)["op_history"]


def with_op(text: str) -> bytes:
    """A whole message whose operation's `set` is this text."""
    desk_op = {"n": 1, "op_id": new_id(), "prev": "0" * 64, "kind": "ticket", "id": new_id(), "hlc": "1" * 32,
               "seen": 0, "v": 1, "by": "", "roles": [], "how": "desk", "device": "", "set": "SET"}  # fmt: skip
    said = {"epoch": "", "schema": 1, "stream": "a" * 32, "tag": "ZAAAA", "ops": [desk_op], "head": "0" * 64,
            "sig": "", "cur": 0, "limit": 1}  # fmt: skip
    return json.dumps(said).replace('"SET"', text).encode()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "not_json"),
        (b"\xff\xfe{}", 400, "not_json"),
        (b"[]", 400, "not_object"),
        (b"{" + b" " * MOST_BYTES + b"}", 413, "too_large"),
        (with_op("{" + '"a":[' * 30 + "]" * 30 + "}"), 400, "too_deep"),
        (b"[" * 100_000, 400, "too_deep"),
        (with_op('{"title":NaN}'), 400, "no_integer"),
        (with_op('{"title":Infinity}'), 400, "no_integer"),
        (with_op('{"title":1.5}'), 400, "no_integer"),
        (with_op('{"at":9223372036854775808}'), 400, "too_large_number"),
        (with_op('{"at":9007199254740992}'), 400, "too_large_number"),
        (with_op('{"title":"\\ud800"}'), 400, "half_character"),
        (with_op('{"title":"a","title":"b"}'), 400, "doubled_key"),
        (with_op("[]"), 400, "bad_set"),
        (with_op('{"Title; DROP":1}'), 400, "bad_set"),
    ],
    ids=lambda each: str(each)[:20],
)
def test_body_that_no_desk_sends_is_refused(hub: Hub, desk: Desk, body: bytes, status: int, code: str) -> None:
    said = desk.request("POST", "/v1/sync", body)

    assert (status, {"error": code}) == (said.status_code, said.json())
    assert {"op_history": 0, "refused": 0, "stream": 0, "row": 0}.items() <= hub.counts(desk.partner).items()


@pytest.mark.parametrize(
    ("headers", "body", "status", "code"),
    [
        ({"content-encoding": "gzip"}, b"{}", 415, "encoding"),
        (ZSTD, b"no frame", 400, "not_zstd"),
        (ZSTD, zstandard.compress(b"{}")[:-2], 400, "not_json"),
        (ZSTD, zstandard.compress(b" " * (MOST_BYTES + 1)), 413, "too_large"),
    ],
)
def test_packing_that_is_not_whole_is_refused(
    desk: Desk, headers: dict[str, str], body: bytes, status: int, code: str
) -> None:
    said = desk.request("POST", "/v1/sync", body, headers=headers)

    assert (status, code) == (said.status_code, said.json()["error"])


def test_packed_push_is_taken_and_answered_packed_when_asked_for(hub: Hub) -> None:
    desk = hub.desk()
    message: dict[str, Any] = desk.message(*(desk.ticket() for _ in range(20)))
    body = zstandard.compress(json.dumps(message).encode())

    said = desk.request("POST", "/v1/sync", body, headers=ZSTD | {"accept-encoding": "zstd"})

    assert "zstd" == said.headers["content-encoding"]
    assert 20 == json.loads(unzstd(said.content) if said.content[:4] == b"\x28\xb5\x2f\xfd" else said.content)["ack"]


def test_more_operations_than_a_push_may_hold_are_refused(hub: Hub, desk: Desk) -> None:
    said = desk.send({**desk.message(), "ops": [{}] * 2001})

    assert (400, {"error": "bad_ops"}) == (said.status_code, said.json())


def test_operation_beyond_its_size_is_refused(hub: Hub) -> None:
    desk = hub.desk()

    said = desk.send(desk.message(desk.ticket(words="x" * 270_000)))

    assert (400, {"error": "too_large_op"}) == (said.status_code, said.json())
    assert 0 == hub.counts(desk.partner)["op_history"]
