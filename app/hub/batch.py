"""What a push makes of the partner's rows: pure, over the rows that it names; the inbox reads and writes them."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.hub.settings import LARGEST_RECORD
from app.kernel.canonical import canonical
from app.schema import KINDS
from app.sync.merge import Cell, Clash, Edit, merge
from app.sync.protocol import Op
from app.sync.shapes import Nature, Shape, shapes_of

SHAPES: Mapping[str, Shape] = shapes_of(KINDS)
CLASH = "sync_event"
Key = tuple[str, str]

_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(slots=True)
class Record:
    """A row as it is being changed; `size` is at least the length of its fields as JSON."""

    cells: dict[str, Cell]
    size: int = 0
    cur: int = 0  # drawn at the first change of this batch


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
        record = self.rows.get(key) or Record({})
        if code := shape.refusal(op.fields, new=not record.cells):
            return code
        cur = record.cur or self.cur + 1
        merged = merge(record.cells, Edit(op.fields, counts, op.by, op.seen), cur=cur)
        if _too_large(record, op, merged.row):
            return "too_large"
        self.rows[key] = record
        if merged.row != record.cells:
            record.cells = merged.row
            self._touch(key, record)
        for clash in merged.clashes:
            self._note(op, clash)
        return ""

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
        self.rows[key] = record = Record({name: Cell(value, "") for name, value in values.items()})
        self._touch(key, record)

    def _touch(self, key: Key, record: Record) -> None:
        if not record.cur:
            self.cur += 1
            record.cur = self.cur
            self.changed[key] = record

    def _note(self, op: Op, clash: Clash) -> None:
        """The clash as an event of the record, which travels to every desk of the partner."""
        kept, lost = clash.kept, clash.lost
        body = {
            "record": op.kind, "field": clash.field, "kept": _text(kept.value), "lost": _text(lost.value),
            "kept_by": kept.by, "lost_by": lost.by, "kept_at": _ms(kept.stamp), "lost_at": _ms(lost.stamp),
        }  # fmt: skip
        event = {"subject_id": op.key, "kind": "clash", "at": self.at_us, "zone": "UTC", "by": "", "device": ""}
        name = hashlib.sha256(f"{op.op_id}{clash.field}".encode()).hexdigest()[:32]
        self._append((CLASH, name), event | {"seen": 0, "body": body, "corrects_id": ""})


def row_texts(key: Key, record: Record) -> tuple[str, str, int, str, str, str]:
    """(kind, id, cur, fields, clocks, marks) as the table wants them; an event has neither clocks nor marks."""
    cells = record.cells
    clocks = {name: cell.stamp for name, cell in cells.items() if cell.stamp}
    marks = {name: [cell.cur, cell.by] for name, cell in cells.items() if cell.stamp}
    fields = {name: cell.value for name, cell in cells.items()}
    return *key, record.cur, _text(fields), _text(clocks), _text(marks)


def read_rows(found: Iterable[Sequence[Any]]) -> dict[Key, Record]:
    """Records from (kind, id, fields, clocks, marks, length) of the table."""
    rows = {}
    for kind, key, fields, clocks, marks, size in found:
        cells = {name: Cell(value, clocks.get(name, ""), *marks.get(name, (0, ""))) for name, value in fields.items()}
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
