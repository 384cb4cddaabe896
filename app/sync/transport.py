"""The network: the one room of httpx. No transaction is held here; what comes back is checked before it is believed."""

import base64
import functools
import ipaddress
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urlsplit

from app.kernel.canonical import canonical
from app.sync.answers import Answer, Epoch, read_answer, read_epoch
from app.sync.errors import SyncError, SyncTrouble
from app.sync.identity import Identity
from app.sync.local import Outgoing, message
from app.sync.packing import ENCODING, WORTH, pack, unpack
from app.sync.protocol import SCHEMA, Forked, Gap, head_text
from app.sync.wire import WireError, count, field, read_object

_T = TypeVar("_T")
CONNECT, READ = 10, 20  # seconds; the program ends no later than an answer that never comes
LONGEST = 600  # for one whole answer: a drop every few seconds is no answer
MOST_ANSWER = 64 << 20
_LATEST = 10**15 - 1  # milliseconds, as many digits as a claim has
PIECE = 256 * 1024
_DIGITS = re.compile(r"[0-9]{1,20}")
_TOO_OLD, _CONFLICT, _NO_TIME, _MISSING = 426, 409, 401, 404


@functools.cache
def _trusted() -> ssl.SSLContext:
    """Whom this machine trusts; reading it took 23 of the 35 ms of an exchange with nothing in it."""
    import httpx

    return httpx.create_ssl_context()


def check_address(url: str) -> str:
    """The hub's address without what is behind it; SyncError(NOT_THE_HUB) for one that is none, or that is neither
    HTTPS nor this very machine."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise SyncError(SyncTrouble.NOT_THE_HUB, "bad_address") from None
    host = parts.hostname or ""
    if not host or parts.username or parts.scheme not in ("https", "http"):
        raise SyncError(SyncTrouble.NOT_THE_HUB, "bad_address")
    if parts.scheme == "http" and not is_here(host):
        raise SyncError(SyncTrouble.NOT_THE_HUB, "not_https")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "") + parts.path.rstrip("/")


def is_here(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class HubDoor:
    """One hub. `clock_error` is its clock less ours in milliseconds, corrected when the hub says so.

    Every call raises SyncError. Use it as a context: it closes its connections at the end.
    """

    def __init__(self, url: str, identity: Identity, *, clock_error: int = 0) -> None:
        import httpx

        self._url, self._identity, self.clock_error = check_address(url), identity, clock_error
        here = is_here(urlsplit(self._url).hostname or "")
        limits = httpx.Timeout(READ, connect=CONNECT)
        self._client = httpx.Client(timeout=limits, follow_redirects=False, trust_env=not here, verify=_trusted())
        for name in ("accept", "connection", "user-agent"):  # they say nothing to this hub, and more to others
            del self._client.headers[name]
        self._failed: type[Exception] = httpx.HTTPError
        self._stopped = threading.Event()

    def __enter__(self) -> "HubDoor":
        return self

    def __exit__(self, *ending: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._client.close()

    def stop(self) -> None:
        """From another thread: the exchange ends at its next message, or at the next piece of an answer."""
        self._stopped.set()

    # ------------------------------------------------------------------ what is asked

    def exchange(self, out: Outgoing, limit: int) -> Answer | Gap | Forked | Epoch:
        """Send operations, fetch a page."""
        signed = self._identity.sign(head_text(out.stream, out.n, out.head)) if out.ops else b""
        signature = base64.b64encode(signed).decode()
        body = message(out, signature, schema=SCHEMA, limit=limit)
        status, said = self._ask("POST", "/v1/sync", body)
        if status == _CONFLICT:
            return _read(read_epoch, said)
        answer = _read(read_answer, said)
        if isinstance(answer, Answer):
            self.clock_error = answer.hub_ms - _now_ms()
            return replace(answer, epoch=answer.epoch or out.epoch)  # not said where it is the one that was asked with
        return answer

    def sums(self) -> tuple[int, dict[str, int]]:
        """The hub's cursor and its sum for each kind."""
        _, said = self._ask("GET", "/v1/sum")
        return _read(_read_sums, said)

    def enrol(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """The hub's answer to an enrolment, not yet believed; UNKNOWN_DEVICE when it does not know the code."""
        return self._ask("POST", "/v1/enrol", canonical(dict(asked)))[1]

    def report(self, key: str, text: str, *, at: int) -> None:
        """A report that somebody sent; the same one a second time changes nothing."""
        self._ask("POST", "/v1/report", canonical({"id": key, "at": at, "text": text}))

    def have_blob(self, sha256: str) -> int | None:
        """How many bytes of a file the hub has, or None."""
        status, headers, data = self._send("HEAD", f"/v1/blob/{sha256}", b"")
        if status == _MISSING:
            return None
        if status != 200:
            raise _trouble(status, data)
        return _header_count(headers, "aftercare-have")

    def put_blob(self, sha256: str, piece: bytes, *, offset: int, size: int) -> int:
        """One piece of at most 256 KiB; how many bytes the hub has then (also when it wanted another offset)."""
        path = f"/v1/blob/{sha256}?offset={offset}&size={size}"
        status, headers, data = self._send("PUT", path, piece, packed=False)
        if status not in (200, 201, 204, _CONFLICT):
            raise _trouble(status, data)
        return _header_count(headers, "aftercare-have")

    def get_blob(self, sha256: str, *, offset: int = 0) -> bytes:
        """At most 256 KiB of a file from `offset`; nothing when it ends there. UNKNOWN_DEVICE when the hub has none."""
        more = {"range": f"bytes={offset}-{offset + PIECE - 1}"}
        status, _, data = self._send("GET", f"/v1/blob/{sha256}", b"", more=more)
        if status == 416:
            return b""
        if status not in (200, 206):
            raise _trouble(status, data)
        return data

    def get_pack(self, name: str, version: int, *, most: int) -> bytes:
        """The zip of a published pack, unverified."""
        status, _, data = self._send("GET", f"/v1/pack/{name}/{version}", b"", most=most)
        if status != 200:
            raise _trouble(status, data)
        return data

    # ------------------------------------------------------------------ how

    def _ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, dict[str, Any]]:
        status, _, data = self._send(method, path, body)
        if status == _CONFLICT or status == 200:
            return status, _read(lambda raw: read_object(raw, most=MOST_ANSWER), data)
        raise _trouble(status, data)

    def _send(
        self, method: str, path: str, body: bytes, *, packed: bool = True, more: Mapping[str, str] | None = None,
        most: int = MOST_ANSWER,
    ) -> tuple[int, Mapping[str, str], bytes]:  # fmt: skip
        """One request, or two when our clock was wrong; nothing is repeated that could be done twice."""
        headers = {"accept-encoding": ENCODING, **(more or {})}
        if packed and len(body) > WORTH:
            body, headers["content-encoding"] = pack(body), ENCODING
        status, told, data = self._once(method, path, body, headers, most)
        if status == _NO_TIME and (hub_time := _time_in(data)) is not None:
            self.clock_error = hub_time - _now_ms()
            status, told, data = self._once(method, path, body, headers, most)
        return status, told, data

    def _going(self) -> None:
        if self._stopped.is_set():
            raise SyncError(SyncTrouble.OFFLINE, "stopped")

    def _once(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], most: int
    ) -> tuple[int, Mapping[str, str], bytes]:
        self._going()
        moment = min(max(_now_ms() + self.clock_error, 0), _LATEST)  # a claim beyond is none: 404, not "correct it"
        signed = self._identity.headers(method, path, body, time_ms=moment)
        try:
            with self._client.stream(method, self._url + path, content=body, headers={**headers, **signed}) as response:
                data = _limited(response.iter_raw(), most, self._going)
        except self._failed as problem:
            raise SyncError(SyncTrouble.OFFLINE, type(problem).__name__) from None
        if response.headers.get("content-encoding") == ENCODING:
            data = _read(lambda raw: unpack(raw, most=most), data)
        return response.status_code, response.headers, data


def _limited(pieces: Iterator[bytes], most: int, going: Callable[[], None]) -> bytes:
    whole, until = bytearray(), time.monotonic() + LONGEST
    for piece in pieces:
        going()
        if time.monotonic() > until:
            raise SyncError(SyncTrouble.OFFLINE, "too_slow")
        whole += piece
        if len(whole) > most:
            raise SyncError(SyncTrouble.NOT_THE_HUB, "too_large")
    return bytes(whole)


def _trouble(status: int, data: bytes) -> SyncError:
    """What a status means; the body's own words are never passed on."""
    if status == _MISSING:
        return SyncError(SyncTrouble.UNKNOWN_DEVICE)
    if status == _TOO_OLD:
        return SyncError(SyncTrouble.UPDATE_NEEDED)
    if status in (400, 413, 415, 422):
        return SyncError(SyncTrouble.REFUSED, _code_in(data))
    if status >= 500 or status == 429:
        return SyncError(SyncTrouble.OFFLINE, str(status))
    return SyncError(SyncTrouble.NOT_THE_HUB, str(status))


def _code_in(data: bytes) -> str:
    try:
        code = field(read_object(data, most=10_000), "error", str)
    except WireError:
        return ""
    return str(code) if code.replace("_", "").isalnum() and len(code) < 40 else ""


def _time_in(data: bytes) -> int | None:
    try:
        return count(read_object(data, most=10_000), "hub_time")
    except WireError:
        return None


def _header_count(headers: Mapping[str, str], name: str) -> int:
    text = headers.get(name, "")
    if not text.isdecimal() or len(text) > 15:
        raise SyncError(SyncTrouble.NOT_THE_HUB, "bad_header")
    return int(text)


def _read_sums(said: dict[str, Any]) -> tuple[int, dict[str, int]]:
    found = field(said, "sums", dict)
    if not all(isinstance(each, str) and _DIGITS.fullmatch(each) for each in found.values()):
        raise WireError("bad_sums")  # by no name that came with them: it could reach the log
    return count(said, "to"), {kind: int(each) for kind, each in found.items()}


def _read(reader: Callable[[Any], _T], said: Any) -> _T:
    """What a reader makes of an answer; whoever answers what no hub says is no hub."""
    try:
        return reader(said)
    except WireError as problem:
        raise SyncError(SyncTrouble.NOT_THE_HUB, problem.reason) from None


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
