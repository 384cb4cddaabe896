"""The network's side: a hub that lies, breaks off, or is no hub gives a kind of trouble and nothing else."""

import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.kernel.operations import START
from app.sync.answers import Answer, Epoch
from app.sync.errors import SyncError, SyncTrouble
from app.sync.identity import Identity, read_claim
from app.sync.local import Outgoing
from app.sync.packing import pack, unpack
from app.sync.protocol import Forked, Gap
from app.sync.transport import HubDoor, check_address
from app.sync.wire import WireError

ANN = Identity("a" * 32, b"\1" * 32)
OUT = Outgoing("5" * 32, "Z0000", "", 3, (), 0, START, False)
PAGE: dict[str, Any] = {
    "epoch": "e" * 32, "ack": 0, "head": "00" * 32, "tag": "Z0000", "restamped": [], "refused": [],
    "from": 3, "to": 9, "more": False,
    "rows": [{"kind": "customer", "id": "1" * 32, "cur": 9, "fields": {"name": "x"}, "clocks": {"name": "0" * 32}}],
    "published": None, "hub_time": 5000,
}  # fmt: skip
Reply = Callable[[http.server.BaseHTTPRequestHandler, bytes], None]


class Stage:
    """A server that answers with what the test gives it, and keeps what it was asked."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        stage = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                stage.asked.append((f"{self.command} {self.path}", dict(self.headers), body))
                stage.replies.pop(0)(self, body)

            do_GET = do_POST = do_PUT = do_HEAD = answer

            def log_message(self, format: str, *args: Any) -> None:
                return

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    yield made
    made.close()


@pytest.fixture
def door(stage: Stage) -> Iterator[HubDoor]:
    with HubDoor(stage.url, ANN) as door:
        yield door


def says(body: Any, status: int = 200, *, zstd: bool = False, **headers: str) -> Reply:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    data = pack(raw) if zstd else raw

    def reply(handler: http.server.BaseHTTPRequestHandler, _asked: bytes) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if zstd:
            handler.send_header("content-encoding", "zstd")
        handler.send_header("content-length", str(len(data)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(data)

    return reply


def cut(handler: http.server.BaseHTTPRequestHandler, _asked: bytes) -> None:
    """Announces more than comes."""
    handler.send_response(200)
    handler.send_header("content-length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"epoch":')
    handler.close_connection = True


def trouble(door: HubDoor) -> tuple[SyncTrouble, str]:
    with pytest.raises(SyncError) as caught:
        door.exchange(OUT, 10)
    return caught.value.kind, caught.value.detail


def test_an_answer_is_read_packed_and_plain(stage: Stage, door: HubDoor) -> None:
    stage.replies = [says(PAGE), says(PAGE, zstd=True)]

    first, second = door.exchange(OUT, 10), door.exchange(OUT, 10)

    assert isinstance(first, Answer) and first == second
    assert [("customer", 9, {"name": "x"})] == [(row.kind, row.cur, row.fields) for row in first.rows]


def test_a_request_is_signed_over_what_is_sent(stage: Stage, door: HubDoor) -> None:
    stage.replies = [says(PAGE)]
    ops = tuple(b'{"n":%d}' % n for n in range(200))

    door.exchange(Outgoing("5" * 32, "Z0000", "", 3, ops, 200, b"\2" * 32, False), 10)

    (line, headers, body) = stage.asked[0]
    lower = {name.lower(): value for name, value in headers.items()}
    assert "POST /v1/sync" == line
    assert read_claim(lower).holds(ANN.public, "POST", "/v1/sync", body)
    said = json.loads(unpack(body, most=1 << 20))
    assert ([{"n": n} for n in range(200)], 3, 10) == (said["ops"], said["cur"], said["limit"])


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"gap": 4, "epoch": "e" * 32, "hub_time": 1}, Gap(4)),
        ({"forked": [4, "ab" * 32], "epoch": "e" * 32, "hub_time": 1}, Forked(4, b"\xab" * 32)),
    ],
)
def test_gap_and_fork_are_told(stage: Stage, door: HubDoor, said: dict[str, Any], answer: object) -> None:
    stage.replies = [says(said)]

    assert answer == door.exchange(OUT, 10)


def test_a_hub_that_was_restored_is_told(stage: Stage, door: HubDoor) -> None:
    stage.replies = [says({"error": "epoch", "epoch": "f" * 32, "hub_time": 1}, 409)]

    assert Epoch("f" * 32) == door.exchange(OUT, 10)


def test_a_wrong_clock_is_corrected_once_and_the_request_signed_anew(stage: Stage, door: HubDoor) -> None:
    stage.replies = [says({"error": "time", "hub_time": 10**12}, 401), says(PAGE)]

    assert isinstance(door.exchange(OUT, 10), Answer)

    times = [int(headers["ac-time"]) for _, headers, _ in stage.asked]
    nonces = {headers["ac-nonce"] for _, headers, _ in stage.asked}
    assert abs(times[1] - 10**12) < 60_000 < abs(times[0] - 10**12)
    assert 2 == len(nonces)


@pytest.mark.parametrize("wrong", [-(10**14), 10**16, 2**53 - 1])
def test_a_claim_stays_one_whatever_the_error_of_the_clock_and_is_put_right(
    stage: Stage, door: HubDoor, wrong: int
) -> None:
    door.clock_error = wrong
    stage.replies = [says({"error": "time", "hub_time": 10**12}, 401), says(PAGE)]

    assert isinstance(door.exchange(OUT, 10), Answer)

    times = [read_claim({name.lower(): text for name, text in told.items()}).time_ms for _, told, _ in stage.asked]
    assert abs(times[1] - 10**12) < 60_000


def test_an_answer_that_only_drips_ends(stage: Stage, door: HubDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.sync.transport.LONGEST", -1)
    stage.replies = [says(PAGE)]

    assert (SyncTrouble.OFFLINE, "too_slow") == trouble(door)


def test_an_exchange_that_is_stopped_waits_for_no_rest_of_an_answer(stage: Stage, door: HubDoor) -> None:
    def stopping(handler: http.server.BaseHTTPRequestHandler, _: bytes) -> None:
        handler.send_response(200)
        handler.end_headers()
        door.stop()
        handler.wfile.write(b"{")

    stage.replies = [stopping]

    assert (SyncTrouble.OFFLINE, "stopped") == trouble(door)


def test_a_hub_that_is_never_content_with_the_time_is_asked_twice_and_no_more(stage: Stage, door: HubDoor) -> None:
    stage.replies = [says({"error": "time", "hub_time": 5}, 401)] * 2

    assert (SyncTrouble.NOT_THE_HUB, "401") == trouble(door)
    assert [] == stage.replies


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (says({"error": "missing"}, 404), SyncTrouble.UNKNOWN_DEVICE),
        (says({"error": "update_needed"}, 426), SyncTrouble.UPDATE_NEEDED),
        (says({"error": "bad_ops"}, 400), SyncTrouble.REFUSED),
        (says({}, 503), SyncTrouble.OFFLINE),
        (says({}, 302, location="http://127.0.0.1:1/"), SyncTrouble.NOT_THE_HUB),
        (says(b"<html>sign in to the hotel's network</html>"), SyncTrouble.NOT_THE_HUB),
        (says([]), SyncTrouble.NOT_THE_HUB),
        (says(b"x", zstd=False, content_encoding="zstd"), SyncTrouble.NOT_THE_HUB),
        (says(bytes(100 << 20), zstd=True), SyncTrouble.NOT_THE_HUB),
        (cut, SyncTrouble.OFFLINE),
    ],
)
def test_what_went_wrong_has_one_kind(stage: Stage, door: HubDoor, reply: Reply, kind: SyncTrouble) -> None:
    stage.replies = [reply]

    assert kind is trouble(door)[0]


@pytest.mark.parametrize(
    "change",
    [
        {"to": 2}, {"ack": -1}, {"rows": [{"kind": "customer"}]}, {"rows": "x"}, {"tag": "<b>"}, {"epoch": "x"},
        {"rows": [PAGE["rows"][0] | {"cur": 10}]}, {"rows": [PAGE["rows"][0] | {"cur": 3}]},
        {"rows": [PAGE["rows"][0] | {"clocks": {"name": "zz"}}]},
        {"rows": [PAGE["rows"][0] | {"clocks": {"other": "0" * 32}}]},
        {"rows": [PAGE["rows"][0] | {"fields": {"Name; DROP": 1}}]},
        {"refused": [[0, "x"]]}, {"refused": [[1, "some words"]]}, {"more": 1}, {"published": {"pack": "../x"}},
        {"hub_time": 2**60}, {"ack": 1.0},
    ],
)  # fmt: skip
def test_an_answer_of_another_shape_is_not_the_hubs(stage: Stage, door: HubDoor, change: dict[str, Any]) -> None:
    stage.replies = [says(PAGE | change)]

    assert SyncTrouble.NOT_THE_HUB is trouble(door)[0]


def test_the_words_of_a_stranger_never_come_through(stage: Stage, door: HubDoor) -> None:
    stage.replies = [says({"error": "Teresa Teixeira lives at"}, 400), says({"error": "bad_ops"}, 400)]

    assert ("", "bad_ops") == (trouble(door)[1], trouble(door)[1])


def test_nobody_there_is_offline() -> None:
    gone = Stage()
    gone.close()

    with HubDoor(gone.url, ANN) as door:
        assert SyncTrouble.OFFLINE is trouble(door)[0]


def test_an_exchange_that_was_stopped_sends_nothing(stage: Stage, door: HubDoor) -> None:
    door.stop()

    assert (SyncTrouble.OFFLINE, "stopped") == trouble(door)
    assert [] == stage.asked


def test_pieces_of_files(stage: Stage, door: HubDoor) -> None:
    stage.replies = [
        says(b"", 404), says(b"", 200, aftercare_have="7"), says(b"", 204, aftercare_have="12"),
        says(b"", 409, aftercare_have="3"), says(b"abc", 206), says(b"", 416), says(b"", 204, aftercare_have="x"),
    ]  # fmt: skip
    sha = "ab" * 32

    assert (None, 7) == (door.have_blob(sha), door.have_blob(sha))
    assert (12, 3) == (door.put_blob(sha, b"12345", offset=7, size=12), door.put_blob(sha, b"1", offset=0, size=12))
    assert (b"abc", b"") == (door.get_blob(sha), door.get_blob(sha, offset=3))
    with pytest.raises(SyncError, match="bad_header"):
        door.put_blob(sha, b"1", offset=0, size=1)
    assert f"PUT /v1/blob/{sha}?offset=7&size=12" == stage.asked[2][0]
    assert "bytes=3-262146" == stage.asked[5][1]["range"]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" https://hub.averdell.example/ ", "https://hub.averdell.example"),
        ("https://hub.averdell.example:8443/a/", "https://hub.averdell.example:8443/a"),
        ("http://127.0.0.1:80", "http://127.0.0.1:80"),
        ("http://[::1]:80", "http://[::1]:80"),
        ("http://localhost:5000", "http://localhost:5000"),
    ],
)
def test_addresses_that_are_good(typed: str, address: str) -> None:
    assert address == check_address(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "hub.example", "http://hub.example", "http://127.0.0.1.evil.example", "ftp://x", "https://a:b@hub.example",
     "https://hub.example:x", "file:///etc/passwd", "http://192.168.1.5"],
)  # fmt: skip
def test_addresses_that_are_refused(typed: str) -> None:
    with pytest.raises(SyncError) as caught:
        check_address(typed)

    assert SyncTrouble.NOT_THE_HUB is caught.value.kind


def test_unpacking_stops_at_the_limit() -> None:
    bomb = pack(bytes(1 << 30))

    assert len(bomb) < 40_000
    for data, reason in ((bomb, "too_large"), (pack(b"x" * 1000)[:-5], "bad_packing"), (b"", "bad_packing")):
        with pytest.raises(WireError, match=reason):
            unpack(data, most=1 << 20)
    assert b"x" * 1000 == unpack(pack(b"x" * 1000), most=1000)


def test_an_answer_in_single_bytes_is_read_in_the_time_of_its_length(stage: Stage) -> None:
    def trickled(count: int) -> float:
        stage.replies.append(lambda handler, _: _in_single_bytes(handler, count))
        began = time.process_time()
        with HubDoor(stage.url, ANN) as door, pytest.raises(SyncError):
            door.sums()
        return time.process_time() - began

    trickled(1000)

    assert trickled(120_000) < 9 * trickled(30_000)  # 16 times if each byte were looked at with all before it


def _in_single_bytes(handler: http.server.BaseHTTPRequestHandler, count: int) -> None:
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("transfer-encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"1\r\nx\r\n" * count + b"0\r\n\r\n")
