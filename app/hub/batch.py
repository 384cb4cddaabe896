"""What a push makes of the partner's rows: pure, over the rows that it names; the inbox reads and writes them."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.hub.settings import LARGEST_RECORD
from app.kernel.canonical import canonical
from app.schema import KINDS
from app.sync.merge import Cell, Clash, Edit, Merged, merge
from app.sync.protocol import Op
from app.sync.shapes import Nature, Shape, shapes_of
from app.sync.wire import canonical_text

SHAPES: Mapping[str, Shape] = shapes_of(KINDS)
CLASH = "sync_event"
Key = tuple[str, str]

_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


EVERY = "*"  # in clocks and marks: what holds of every field that is not named besides


class Record:
    """A row as it is being changed; `size` is at least the length of its fields as JSON, `cur` is drawn at the first
    change of this batch.

    What one operation wrote whole stays whole until another one touches it: a cell for each field took most of a push.
    """

    __slots__ = ("_cells", "_whole", "cur", "size")

    def __init__(self, cells: dict[str, Cell] | None = None, size: int = 0, *, whole: "Whole | None" = None) -> None:
        self._cells = cells or {}
        self._whole = whole
        self.size = size
        self.cur = 0

    @property
    def cells(self) -> dict[str, Cell]:
        """Field by field."""
        if self._whole is not None:
            each = self._whole
            self._cells = {name: Cell(value, each.stamp, each.cur, each.by) for name, value in each.fields.items()}
            self._whole = None
        return self._cells

    @cells.setter
    def cells(self, cells: dict[str, Cell]) -> None:
        self._cells, self._whole = cells, None

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever written."""
        return self._whole is None and not self._cells

    def texts(self) -> tuple[str, str, str]:
        """Fields, clocks and marks as JSON; an event has neither clocks nor marks."""
        if self._whole is not None:
            return self._whole.texts()
        cells = self._cells
        fields = canonical_text({name: cell.value for name, cell in cells.items()}).decode()
        stamped = {name: cell for name, cell in cells.items() if cell.stamp}
        clocks = _folded({name: cell.stamp for name, cell in stamped.items()})
        return fields, clocks, _folded({name: (cell.cur, cell.by) for name, cell in stamped.items()})


@dataclass(frozen=True, slots=True)
class Whole:
    """What one operation wrote of a record that was not there, or an event or seal (no stamp)."""

    fields: Mapping[str, Any]
    stamp: str = ""
    cur: int = 0
    by: str = ""

    def texts(self) -> tuple[str, str, str]:
        """As Record.texts."""
        fields = canonical_text(self.fields).decode()
        if not self.stamp:
            return fields, "{}", "{}"
        return fields, f'{{"{EVERY}":"{self.stamp}"}}', _text({EVERY: (self.cur, self.by)})


def _folded(values: Mapping[str, Any]) -> str:
    """As JSON, with the commonest value said once; every field has one."""
    if not values:
        return "{}"
    ((most, _),) = Counter(values.values()).most_common(1)
    return canonical_text({EVERY: most} | {name: each for name, each in values.items() if each != most}).decode()


@dataclass(frozen=True, slots=True)
class Kept:
    """An operation as the history keeps it; `code` says why it was not taken, `again` that it had been here."""

    op: Op
    counts: str
    code: str = ""
    again: bool = False


@dataclass(slots=True)
class Batch:
    """Operations laid over rows. `cur` is the last cursor that was given."""

    rows: dict[Key, Record]
    cur: int
    at_us: int
    kept: list[Kept] = field(default_factory=list)
    changed: dict[Key, Record] = field(default_factory=dict)
    erases: set[str] = field(default_factory=set)  # files that events of this batch destroy
    clashed: bool = False

    @property
    def as_sent(self) -> bool:
        """Whether each row is now what a desk has that saw all before and laid these operations over it itself."""
        return not self.clashed and not any(
            kept.code or kept.again or kept.counts != kept.op.stamp for kept in self.kept
        )

    def take(self, op: Op, counts: str) -> None:
        """Apply one operation, or keep it aside with the reason; it never holds up the others."""
        shape = SHAPES.get(op.kind)
        if shape is None:
            code = "unknown_kind"
        elif b"\\u0000" in op.text and _holds_nul(op):
            code = "bad_character"  # PostgreSQL's jsonb and text hold every character but this one
        elif shape.nature is Nature.RECORD:
            code = self._edit(op, counts, shape)
        else:
            code = self._add(op, shape)
        self.kept.append(Kept(op, counts, code))

    def repeat(self, op: Op, earlier: tuple[bytes, str, str]) -> None:
        """An op_id that was here before, under another stream: (canonical text, stamp that counts, code) of then."""
        text, counts, code = earlier
        if _content(op.text) == _content(text):
            self.kept.append(Kept(op, counts, code, again=True))
        else:
            self.kept.append(Kept(op, counts, "altered", again=True))

    def _edit(self, op: Op, counts: str, shape: Shape) -> str:
        key = (op.kind, op.key)
        record = self.rows.get(key) or Record()
        new = record.is_new
        if code := shape.refusal(op.fields, new=new):
            return code
        cur = record.cur or self.cur + 1
        if new and op.fields and len(op.text) <= LARGEST_RECORD:
            self.rows[key] = record = Record(size=len(op.text), whole=Whole(op.fields, counts, cur, op.by))
            self._touch(key, record)
            return ""
        merged = merge(record.cells, Edit(op.fields, counts, op.by, op.seen), cur=cur)
        if _too_large(record, op, merged.row):
            return "too_large"
        self.rows[key] = record
        if merged.row != record.cells:
            record.cells = merged.row
            self._touch(key, record)
        for clash in merged.clashes + self._beaten(op, counts, merged):
            self._note(op, clash)
        return ""

    def _beaten(self, op: Op, counts: str, merged: Merged) -> tuple[Clash, ...]:
        """What lost to an earlier word that its author knew, because of a wrong clock: it is told like a clash, and the
        row goes out once more, since its desk shows what it wrote."""
        lost = [name for name in op.fields if merged.row[name].stamp != counts]
        if lost:
            self.clashed = True
            self._touch((op.kind, op.key), self.rows[op.kind, op.key])
        told = {clash.field for clash in merged.clashes}
        return tuple(
            Clash(name, merged.row[name], Cell(op.fields[name], counts, 0, op.by))
            for name in lost
            if op.by and name not in told and merged.row[name].value != op.fields[name]
        )

    def _add(self, op: Op, shape: Shape) -> str:
        key = (op.kind, op.key)
        if there := self.rows.get(key):
            standing = {name: cell.value for name, cell in there.cells.items()}
            return "" if canonical(standing) == canonical(dict(op.fields)) else "altered"
        if code := shape.refusal(op.fields, new=True):
            return code
        self._append(key, op.fields)
        self.erases |= shape.erased(op.fields)
        return ""

    def _append(self, key: Key, values: Mapping[str, Any]) -> None:
        self.rows[key] = record = Record(whole=Whole(values))
        self._touch(key, record)

    def _touch(self, key: Key, record: Record) -> None:
        if not record.cur:
            self.cur += 1
            record.cur = self.cur
            self.changed[key] = record

    def _note(self, op: Op, clash: Clash) -> None:
        """The clash as an event of the record, which travels to every desk of the partner."""
        self.clashed = True
        kept, lost = clash.kept, clash.lost
        body = {
            "record": op.kind, "field": clash.field, "kept": _text(kept.value), "lost": _text(lost.value),
            "kept_by": kept.by, "lost_by": lost.by, "kept_at": _ms(kept.stamp), "lost_at": _ms(lost.stamp),
        }  # fmt: skip
        at = max(_ms(kept.stamp), _ms(lost.stamp)) * 1000  # the same when a hub that was restored hears it again
        event = {"subject_id": op.key, "kind": "clash", "at": at, "zone": "UTC", "by": "", "device": ""}
        name = hashlib.sha256(canonical([op.op_id, clash.field, body])).hexdigest()[:32]
        self._append((CLASH, name), event | {"seen": 0, "body": body, "corrects_id": ""})


def row_texts(key: Key, record: Record) -> tuple[str, str, int, str, str, str]:
    """(kind, id, cur, fields, clocks, marks) as the table wants them."""
    return *key, record.cur, *record.texts()


def read_rows(found: Iterable[Sequence[Any]]) -> dict[Key, Record]:
    """Records from (kind, id, fields, clocks, marks, length) of the table."""
    rows = {}
    for kind, key, fields, clocks, marks, size in found:
        stamp, mark = clocks.get(EVERY, ""), marks.get(EVERY, (0, ""))
        cells = {name: Cell(value, clocks.get(name, stamp), *marks.get(name, mark)) for name, value in fields.items()}
        rows[kind, key] = Record(cells, size)
    return rows


def _too_large(record: Record, op: Op, row: Mapping[str, Cell]) -> bool:
    """Whether the record would outgrow a page; measured only when the sum of its parts says that it might."""
    record.size += len(op.text)
    if record.size <= LARGEST_RECORD:
        return False
    exact = len(canonical({name: cell.value for name, cell in row.items()}))
    record.size = exact if exact <= LARGEST_RECORD else record.size - len(op.text)
    return exact > LARGEST_RECORD


def _content(text: bytes) -> dict[str, Any]:
    """What an operation says, without its place in a stream."""
    said: dict[str, Any] = json.loads(text)
    return {name: value for name, value in said.items() if name not in ("n", "prev")}


def _holds_nul(op: Op) -> bool:
    """Whether a NUL stands in what is kept apart from the operation's own text."""
    waiting: list[Any] = [op.fields, op.by]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str) and "\0" in each:
            return True
        if isinstance(each, Mapping):
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, list):
            waiting += each
    return False


def _ms(stamp: str) -> int:
    return int(stamp[:12], 16)
