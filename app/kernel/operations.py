"""Operations and stamps: what one device tells the others (sync.md 2)."""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.kernel.canonical import canonical

VERSION = 1
START = bytes(32)

_text = json.JSONEncoder(ensure_ascii=False).encode


class Clock:
    """Hybrid logical clock of one stream: milliseconds, then a counter; it never steps back."""

    def __init__(self, stream: str, last: tuple[int, int] = (0, 0)) -> None:
        self.stream = stream
        self._last = last

    @staticmethod
    def wall() -> int:
        """The machine's clock in milliseconds, right or wrong."""
        return time.time_ns() // 1_000_000

    def stamp(self) -> str:
        """The next stamp as 32 hexadecimal digits (milliseconds 12, counter 4, stream 16) that sort in order."""
        milliseconds, counter = self._last
        wall = self.wall()
        self._last = (wall, 0) if wall > milliseconds else self._after(milliseconds, counter)
        return f"{self._last[0]:012x}{self._last[1]:04x}{self.stream[:16]}"

    def saw(self, stamp: str) -> None:
        """Go on after a stamp of another device or of an earlier life of this one."""
        self._last = max(self._last, (int(stamp[:12], 16), int(stamp[12:16], 16)))

    @staticmethod
    def _after(milliseconds: int, counter: int) -> tuple[int, int]:
        return (milliseconds, counter + 1) if counter < 0xFFFF else (milliseconds + 1, 0)


@dataclass(frozen=True, slots=True)
class Head:
    """Where a stream's chain stands: the number and the hash of its last operation."""

    n: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the operations of one flush share."""

    by: str
    roles: tuple[str, ...]
    how: str
    device: str
    seen: int
    stamp: str
    family: str  # the first 26 digits of each op_id

    def bodies(
        self, head: Head, writes: Sequence[tuple[str, str, Mapping[str, Any]]]
    ) -> list[tuple[int, bytes, bytes]]:
        """(n, canonical JSON, hash) for each (kind, id, set), chained on `head`.

        The constant parts are encoded once: canonical() for each whole operation cost a third of an import.
        """
        who = f'"by":{_text(self.by)},"device":{_text(self.device)}'
        head_text = f'{{{who},"hlc":"{self.stamp}","how":"{self.how}","id":"'
        tail_text = f'","roles":{canonical(self.roles).decode()},"seen":{self.seen},"set":'
        n, previous, rows = head.n, head.digest, []
        for kind, key, values in writes:
            n += 1
            op_id = f"{self.family}{n & 0xFFFFFF:06x}"
            text = (
                (
                    f'{head_text}{key}","kind":"{kind}","n":{n},"op_id":"{op_id}","prev":"{previous.hex()}{tail_text}'
                ).encode()
                + canonical(dict(values))
                + f',"v":{VERSION}}}'.encode()
            )
            previous = hashlib.sha256(text).digest()
            rows.append((n, text, previous))
        return rows


def renumber(bodies: list[bytes]) -> list[tuple[int, bytes, bytes]]:
    """The same operations as a new stream's first ones: numbered and chained anew."""
    previous, rows = START, []
    for n, body in enumerate(bodies, 1):
        text = canonical({**json.loads(body), "n": n, "prev": previous.hex()})
        previous = hashlib.sha256(text).digest()
        rows.append((n, text, previous))
    return rows


def broken_link(rows: list[tuple[int, bytes, bytes]], start: Head) -> int:
    """The number of the first operation that does not continue the chain from `start`, or 0."""
    expected, previous = start.n, start.digest
    for n, body, digest in rows:
        expected += 1
        said = json.loads(body)
        whole = n == expected == said["n"] and said["prev"] == previous.hex()
        if not whole or hashlib.sha256(body).digest() != digest:
            return n
        previous = digest
    return 0
