"""The tail: what was acknowledged last, kept beside the store, so that a store that ends too early is noticed.

SQLite takes a damaged -wal for one that simply ends there: of 100 kills with a damaged one, 99 lost commits in
silence. Each commit that appended operations adds one record here before its answer is given: stream, number, time
and chain hash, with a code under a key derived from the store's. A kill between commit and record leaves the store
ahead of its tail, which is whole.
"""

import errno
import hmac
import logging
import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.kernel.instants import now
from app.kernel.operations import Head
from app.store.disk import replace_file

_BODY = struct.Struct(">16sQQ32s")
_CODE = 16
RECORD = _BODY.size + _CODE
_KEPT, _MOST = 1_000, 10_000

_log = logging.getLogger(__name__)
_flush = getattr(os, "fdatasync", os.fsync)


@dataclass(frozen=True, slots=True)
class Mark:
    """One acknowledged commit: its stream, last operation, chain hash, and time (microseconds UTC)."""

    stream: str
    n: int
    at: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Missing:
    """How many acknowledged commits the store does not hold, and the time of the first."""

    acts: int
    since: int


class Tail:
    """The file, and who may add to it: the writer's thread alone."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._descriptor: int | None = None

    def add(self, stream: str, head: Head) -> None:
        """Record a commit. A disk that refuses it is logged, not raised: the act is stored, and the next one's
        record vouches for it too."""
        body = _BODY.pack(bytes.fromhex(stream), head.n, now(), head.digest)
        try:
            self._write(body + self._code(body))
        except OSError as problem:
            _log.warning("tail not written: errno %s", problem.errno)

    def marks(self) -> list[Mark]:
        """Every record whose code is right, oldest first; a torn or forged one is left out."""
        data = self._path.read_bytes() if self._path.exists() else b""
        found = []
        for at in range(0, len(data) - RECORD + 1, RECORD):
            body, code = data[at : at + _BODY.size], data[at + _BODY.size : at + RECORD]
            if hmac.compare_digest(code, self._code(body)):
                stream, n, when, digest = _BODY.unpack(body)
                found.append(Mark(stream.hex(), n, when, digest))
        return found

    def spoilt(self) -> int:
        """How many whole records have a wrong code."""
        size = self._path.stat().st_size if self._path.exists() else 0
        return size // RECORD - len(self.marks())

    def begin(self, connection: Any) -> Missing | None:
        """Compare with the store at its opening: what is missing, or None, and then the tail goes on from its head."""
        if missing := self.missing(connection):
            return missing
        stream, n, digest = _head_of(connection)
        marks = self._of(stream)
        self._tidy(len(marks))
        if stream and n and (not marks or marks[-1].n < n):
            self.add(stream, Head(n, digest))
        return None

    def missing(self, connection: Any) -> Missing | None:
        """What the store does not hold of what was acknowledged in its stream, or in a later one that a restore began
        (then this is an earlier life's store, put back by hand); None when it holds all."""
        stream, marks = _head_of(connection)[0], self.marks()
        if all(mark.stream != stream for mark in marks):  # a new life that has not been opened yet
            return None
        while marks[0].stream != stream:
            del marks[0]
        if marks[-1].stream == stream and _holds(connection, marks[-1]):
            return None
        lost = [mark for mark in marks if mark.stream != stream or not _holds(connection, mark)]
        return Missing(len(lost), lost[0].at)

    def _of(self, stream: str) -> list[Mark]:
        return [mark for mark in self.marks() if mark.stream == stream]

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _tidy(self, count: int) -> None:
        """Drop the oldest records of a long tail, and a torn last one."""
        if not self._path.exists():
            return
        size = self._path.stat().st_size
        if count > _MOST:
            replace_file(self._path, self._path.read_bytes()[: size // RECORD * RECORD][-_KEPT * RECORD :])
        elif size % RECORD:
            os.truncate(self._path, size // RECORD * RECORD)

    def _write(self, record: bytes) -> None:
        if self._descriptor is None:
            self._descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        whole = os.fstat(self._descriptor).st_size // RECORD * RECORD
        os.ftruncate(self._descriptor, whole)  # half a record of a disk that was full would misplace all later ones
        if os.write(self._descriptor, record) != len(record):
            raise OSError(errno.ENOSPC, "half a record")
        _flush(self._descriptor)

    def _code(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, "sha256")[:_CODE]


def _head_of(connection: Any) -> tuple[str, int, bytes]:
    row = connection.execute(
        "SELECT s.id, o.n, o.hash FROM stream s LEFT JOIN op o ON o.n = (SELECT max(n) FROM op)"
    ).fetchone()
    return (row[0], row[1] or 0, row[2] or b"") if row else ("", 0, b"")


def _holds(connection: Any, mark: Mark) -> bool:
    row = connection.execute("SELECT hash FROM op WHERE n = ?", (mark.n,)).fetchone()
    return row is not None and bytes(row[0]) == mark.digest
