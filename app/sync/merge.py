"""What becomes of a record that several people edit: one pure function, the same on the desk and at the hub.

Field by field the newest stamp wins (sync.md 1). A value that lost to a *concurrent* edit is not dropped: it comes
back as a clash, so that both values can be shown with their authors. Concurrent is decided without clocks: the
loser's author had not seen the winner's write, by the cursor each edit carries.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.kernel.canonical import canonical

_SUM = 1 << 64


@dataclass(frozen=True, slots=True)
class Cell:
    """One field as it stands: the stamp that won, the hub's cursor at that write (0 before the hub knows), who."""

    value: Any
    stamp: str
    cur: int = 0
    by: str = ""


Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Edit:
    """One operation on one record; `seen` is the cursor that its author had."""

    fields: Mapping[str, Any]
    stamp: str
    by: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Clash:
    """Two people wrote one field without knowing of each other."""

    field: str
    kept: Cell
    lost: Cell


@dataclass(frozen=True, slots=True)
class Merged:
    """The record after the edit, and what clashed."""

    row: dict[str, Cell]
    clashes: tuple[Clash, ...] = ()


def merge(row: Row, edit: Edit, *, cur: int = 0) -> Merged:
    """`edit` laid over `row`; `cur` is the cursor that the hub gives this write. Order does not matter, nor doubles."""
    merged, clashes = dict(row), []
    for name, value in edit.fields.items():
        new, old = Cell(value, edit.stamp, cur, edit.by), row.get(name)
        wins = old is None or new.stamp > old.stamp
        if wins:
            merged[name] = new
        if old is not None and _concurrent(old, new, edit.seen):
            clashes.append(Clash(name, new, old) if wins else Clash(name, old, new))
    return Merged(merged, tuple(clashes))


def replay(row: Row, edits: Iterable[Edit]) -> dict[str, Cell]:
    """The hub's record with this desk's own unacknowledged edits on top."""
    for edit in edits:
        row = merge(row, edit).row
    return dict(row)


def row_sum(kind: str, key: str, row: Row) -> int:
    """64 bits of what a record says, to be added up: two stores whose sums per kind are equal hold the same."""
    said = [kind, key, {name: [cell.value, cell.stamp] for name, cell in row.items()}]
    return int.from_bytes(hashlib.blake2b(canonical(said), digest_size=8).digest(), "big")


def add_sums(sums: Iterable[int]) -> int:
    """The sum of many records, in any order."""
    return sum(sums) % _SUM


def _concurrent(old: Cell, new: Cell, seen: int) -> bool:
    """Neither author had seen the other's write, and they wrote different things from different streams; two copies
    of a profile are one stream to begin with, and may even stamp alike."""
    apart = old.stamp[16:] != new.stamp[16:] or old.stamp == new.stamp
    return apart and old.value != new.value and seen < old.cur
