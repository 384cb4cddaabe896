"""What a desk and the hub say to each other, and what the hub makes of a stream's operations (sync.md 2).

Pure: the hub keeps the state in PostgreSQL, the model in dictionaries; both ask `judge`.
"""

import hashlib
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.kernel.canonical import canonical
from app.kernel.operations import START, VERSION
from app.sync.wire import HASH, ID, NAME, WireError, are_names, canonical_text, count, field, matching

SCHEMA = VERSION
OLDEST_SCHEMA = 1
MOST_OPS = 2000
LARGEST_OP = 256 * 1024
DRIFT_MS = 300_000  # a stamp further ahead of the hub's clock is given the time of its arrival


@dataclass(frozen=True, slots=True)
class Op:
    """One operation as its desk wrote it; `text` is its canonical JSON, `digest` the SHA-256 of that."""

    n: int
    op_id: str
    prev: bytes
    kind: str
    key: str
    fields: Mapping[str, Any]
    stamp: str
    seen: int
    by: str
    device: str
    text: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class StreamState:
    """What the hub keeps of one stream: its head, and the last stamp as sent and as it counts."""

    n: int = 0
    head: bytes = START
    sent: str = ""
    counts: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """The new operations, each with the stamp that counts, and the stream's state after them."""

    ops: tuple[tuple[Op, str], ...]
    state: StreamState


@dataclass(frozen=True, slots=True)
class Gap:
    """Operations before these are missing; the desk sends again from `last` + 1."""

    last: int


@dataclass(frozen=True, slots=True)
class Forked:
    """Another life of the same stream was here first (a restored or copied profile): nothing is applied."""

    last: int
    head: bytes


def read_op(said: Any) -> Op:
    """One operation from a message; WireError for anything that no desk writes."""
    if not isinstance(said, dict):
        raise WireError("bad_op")
    text = canonical_text(said)
    if len(text) > LARGEST_OP:
        raise WireError("too_large_op")
    values = field(said, "set", dict)
    if not are_names(tuple(values)):
        raise WireError("bad_set")
    _check_codes(said)
    return Op(
        n=count(said, "n", least=1), op_id=said["op_id"], prev=bytes.fromhex(said["prev"]), kind=said["kind"],
        key=said["id"], fields=values, stamp=said["hlc"], seen=count(said, "seen"), by=field(said, "by", str),
        device=field(said, "device", str), text=text, digest=hashlib.sha256(text).digest(),
    )  # fmt: skip


def _check_codes(said: dict[str, Any]) -> None:
    """All five in one look, which no line end in one of them can deceive; one by one when that finds a mistake."""
    try:
        if _CODES_OF_AN_OP.fullmatch("\n".join([said[name] for name in _CODES])):
            return
    except (KeyError, TypeError):
        pass
    for name, pattern in _CODES.items():
        matching(said, name, pattern)


_CODES = {"op_id": ID, "prev": HASH, "kind": NAME, "id": ID, "hlc": ID}
_CODES_OF_AN_OP = re.compile("\n".join(pattern.pattern for pattern in _CODES.values()))


def read_ops(said: Any) -> tuple[Op, ...]:
    """Operations in one gapless run; WireError otherwise. Each but the first may leave out `prev`: it is the digest of
    the one before, and the digest of the last one tells whether all are what their desk wrote."""
    if not isinstance(said, list) or len(said) > MOST_OPS:
        raise WireError("bad_ops")
    ops: list[Op] = []
    for each in said:
        if ops and isinstance(each, dict) and "prev" not in each:
            each["prev"] = ops[-1].digest.hex()
        ops.append(read_op(each))
    if any(after.n != before.n + 1 for before, after in itertools.pairwise(ops)):
        raise WireError("bad_run")
    return tuple(ops)


def judge(ops: Sequence[Op], state: StreamState, known: Mapping[int, bytes], *, now_ms: int) -> Judged | Gap | Forked:
    """What is new in a push. `known` holds the digests of the numbers that the hub has already, as far as these ops
    name them; `now_ms` is the hub's clock.

    A number that was here before with other content, or a chain that does not continue, is a fork.
    """
    if ops and ops[0].n > state.n + 1:
        return Gap(state.n)
    new, judged = state, []
    for op in ops:
        if op.n <= state.n:
            if known.get(op.n) != op.digest:
                return Forked(state.n, state.head)
            continue
        if op.prev != new.head:
            return Forked(state.n, state.head)
        counts = _counting(op.stamp, new, now_ms)
        judged.append((op, counts))
        new = StreamState(op.n, op.digest, op.stamp, counts)
    return Judged(tuple(judged), new)


def _counting(stamp: str, state: StreamState, now_ms: int) -> str:
    """The stamp that counts. One too far ahead is moved to its arrival, but stays behind the stream's earlier ones:
    clamping to a constant would let a person's later edit lose to the earlier."""
    if stamp == state.sent:  # one act stamps all it writes alike
        return state.counts
    moment = stamp[:16]
    if int(stamp[:12], 16) > now_ms + DRIFT_MS:
        moment = f"{now_ms:012x}0000"
    last = state.counts[:16]
    return (moment if moment > last else f"{int(last, 16) + 1:016x}") + stamp[16:]


def head_text(stream: str, n: int, head: bytes) -> bytes:
    """What a desk signs with each push: everything up to here is mine."""
    return canonical({"head": head.hex(), "n": n, "stream": stream})


def restamped(judged: Judged) -> list[list[Any]]:
    """[number, stamp that counts] of the operations whose clock was not believed."""
    return [[op.n, counts] for op, counts in judged.ops if counts != op.stamp]
