"""After the hub came back from a backup: what it lacks is told again, also what others wrote; pure.

The hub is asked for everything before anything goes out. What this desk holds beyond that, its own operations of
before or what it once heard from a desk that is gone, becomes the beginning of a new stream, with the stamps that it
had: told by ten desks it counts once.
"""

import heapq
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from app.kernel.canonical import canonical
from app.kernel.ids import random_token
from app.kernel.operations import VERSION
from app.sync.merge import Cell, Row

Told = Mapping[tuple[str, str], Mapping[str, str]]  # kind and id: the stamps of its fields as the hub has them
Own = Set[tuple[str, str, str]]  # kind, id and stamp of what goes again as this desk's own; each also without its stamp


def newer(row: Row, hub: Row) -> dict[str, Cell]:
    """The hub's record with what stands here and was written later."""
    later = {name: cell for name, cell in row.items() if name not in hub or cell.stamp > hub[name].stamp}
    return {**hub, **later}


def lacking(kind: str, key: str, row: Row, told: Told, *, own: Own, device: str, seen: int) -> Iterator[bytes]:
    """Operations, without a place in a stream, that bring the hub what it lacks of a record, event or seal."""
    hub = told.get((kind, key))
    by_stamp: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, cell in row.items():
        if hub is None or cell.stamp > hub.get(name, ""):
            by_stamp[cell.stamp][name] = cell.value
    for stamp, values in by_stamp.items():
        if (kind, key, stamp) not in own:
            yield canonical({
                "by": "", "device": device, "hlc": stamp, "how": "system", "id": key, "kind": kind,
                "op_id": random_token().hex(), "roles": [], "seen": seen, "set": values, "v": VERSION,
            })  # fmt: skip


def named(own: Iterable[bytes]) -> Own:
    """Of one's own operations what `lacking` need not tell."""
    said = [json.loads(body) for body in own]
    return {(each["kind"], each["id"], stamp) for each in said for stamp in (each["hlc"], "")}


def in_order(own: Iterable[bytes], others: Iterable[bytes]) -> list[bytes]:
    """One's own operations in their order, those of others where their stamps stand: the hub counts no operation of a
    stream before the one ahead of it. Events have no stamp there, and get the smallest."""
    stamps = itertools.accumulate((_stamp(body) for body in own), max)
    placed = sorted(((_stamp(body), body) for body in others), key=lambda each: each[0])
    merged = [body for _, body in heapq.merge(zip(stamps, own, strict=True), placed, key=lambda each: each[0])]
    return [_stamped(body, n) for n, body in enumerate(merged, 1)]


def _stamp(body: bytes) -> str:
    return str(json.loads(body)["hlc"])


def _stamped(body: bytes, n: int) -> bytes:
    said = json.loads(body)
    return body if said["hlc"] else canonical({**said, "hlc": f"{n:016x}{0:016x}"})
