"""The hub and a desk in dictionaries, around the product's own `judge`, `merge`, `replay` and `exchange_all`."""

import copy
import hashlib
import itertools
import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.kernel.canonical import canonical
from app.kernel.operations import START, Clock, Envelope, Head, renumber
from app.schema import KINDS
from app.sync import afresh, protocol
from app.sync import merge as merging
from app.sync.answers import Answer, Epoch, HubRow
from app.sync.local import Outgoing, Taken
from app.sync.merge import Cell, Edit
from app.sync.protocol import DRIFT_MS, Forked, Gap, Judged, Op, StreamState
from app.sync.shapes import Nature, shapes_of

SHAPES = shapes_of(KINDS)
RECORD, EVENT, SEAL = "customer", "ticket_event", "acceptance"
FIELDS = ("name", "note", "phone")
MOST_OPS = 3  # a message: most stories take more than one
FIRST_MS = 1_000_000_000
_Key = tuple[str, str]
_acts = itertools.count(1)


@dataclass
class Tenant:
    """What the hub holds of one partner."""

    cur: int = 0
    rows: dict[_Key, tuple[int, dict[str, Cell]]] = field(default_factory=dict)
    streams: dict[str, StreamState] = field(default_factory=lambda: defaultdict(StreamState))
    digests: dict[tuple[str, int], bytes] = field(default_factory=dict)
    history: list[tuple[str, Op, str]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    clashes: int = 0

    def knows(self, op_id: str) -> bool:
        return any(op.op_id == op_id for _, op, _ in self.history)


class ModelHub:
    """One exchange is one transaction under the partner's counter."""

    def __init__(self) -> None:
        self.tenants: dict[str, Tenant] = defaultdict(Tenant)
        self.now_ms = FIRST_MS
        self.streams = 0  # drawn so far
        self.epoch = f"{0:032x}"

    def exchange(self, tenant: str, out: Outgoing, limit: int) -> Answer | Gap | Forked | Epoch:
        mine = self.tenants[tenant]
        if out.cur > mine.cur or (out.epoch and out.epoch != self.epoch):
            return Epoch(self.epoch)
        ops = protocol.read_ops([json.loads(each) for each in out.ops])
        state = mine.streams[out.stream]
        known = {op.n: mine.digests[out.stream, op.n] for op in ops if (out.stream, op.n) in mine.digests}
        judged = protocol.judge(ops, state, known, now_ms=self.now_ms)
        if not isinstance(judged, Judged):
            return judged
        refused = self._accept(mine, out.stream, judged)
        rows, to, more = self.page(tenant, out.cur, limit)
        return Answer(
            epoch=self.epoch, ack=judged.state.n, head=judged.state.head, tag=out.tag, refused=refused, restamped={},
            start=out.cur, to=to,
            more=more, rows=rows, published=None, hub_ms=self.now_ms,
        )  # fmt: skip

    def _accept(self, mine: Tenant, stream: str, judged: Judged) -> dict[int, str]:
        refused = {}
        for op, counts in judged.ops:
            if not mine.knows(op.op_id):
                code = self._apply(mine, op, counts)
                if code:
                    refused[op.n] = mine.refused[op.op_id] = code
                mine.history.append((stream, op, counts))
            mine.digests[stream, op.n] = op.digest
        mine.streams[stream] = judged.state
        return refused

    def _apply(self, mine: Tenant, op: Op, counts: str) -> str:
        shape, key = SHAPES[op.kind], (op.kind, op.key)
        _, row = mine.rows.get(key, (0, {}))
        if code := shape.refusal(op.fields, new=not row):
            return code
        if shape.nature is not Nature.RECORD and row:
            return "" if op.fields == {name: cell.value for name, cell in row.items()} else "altered"
        mine.cur += 1
        if shape.nature is Nature.RECORD:
            merged = merging.merge(row, Edit(op.fields, counts, op.by, op.seen), cur=mine.cur)
            mine.clashes += len(merged.clashes)
            mine.rows[key] = (mine.cur, merged.row)
        else:
            mine.rows[key] = (mine.cur, {name: Cell(value, "") for name, value in op.fields.items()})
        return ""

    def save(self) -> Any:
        """A backup of the database."""
        return copy.deepcopy(self.tenants)

    def put_back(self, saved: Any) -> None:
        """The backup in its place, as `restored` leaves it."""
        self.tenants = copy.deepcopy(saved)
        self.epoch = f"{int(self.epoch, 16) + 1:032x}"
        for each in self.tenants.values():
            each.cur += 1 << 32

    def visible(self, tenant: str) -> dict[_Key, tuple[int, dict[str, Cell]]]:
        return self.tenants[tenant].rows

    def page(self, tenant: str, cur: int, limit: int) -> tuple[tuple[HubRow, ...], int, bool]:
        newer = sorted((at, key) for key, (at, _) in self.visible(tenant).items() if at > cur)
        some = newer[:limit]
        rows = tuple(self._told(tenant, at, key) for at, key in some)
        more = len(newer) > len(some)
        to = (some[-1][0] if some else cur) if more else max(self.tenants[tenant].cur, cur)
        return rows, to, more

    def _told(self, tenant: str, at: int, key: _Key) -> HubRow:
        cells = self.visible(tenant)[key][1]
        clocks = {name: cell.stamp for name, cell in cells.items() if cell.stamp}
        return HubRow(*key, at, {name: cell.value for name, cell in cells.items()}, clocks)


class SkewedClock(Clock):
    """A clock as wrong as its machine's."""

    def __init__(self, stream: str, wall: Callable[[], int]) -> None:
        super().__init__(stream)
        self._wall = wall

    def wall(self) -> int:  # type: ignore[override]
        return max(self._wall(), 0)


class ModelDesk:
    """One store: rows, chain of operations, cursor. `copy()` is a copied profile or a backup."""

    def __init__(self, hub: ModelHub, tenant: str, name: str) -> None:
        self.hub, self.tenant, self.name, self.skew = hub, tenant, name, 0
        self.rows: dict[_Key, dict[str, Cell]] = {}
        self.ops: list[tuple[int, bytes, bytes]] = []
        self.past: list[bytes] = []  # of earlier lives
        self.told: dict[_Key, dict[str, str]] | None = None  # what a hub that was restored has, while it is heard
        self.acked = self.cur = 0
        self.epoch_of_hub = ""
        self.cursors = [0]
        self._new_stream()

    def copy(self, name: str) -> "ModelDesk":
        hub, self.hub = self.hub, ModelHub()
        twin = copy.deepcopy(self)
        self.hub = twin.hub = hub
        twin.name = name
        twin.clock._wall = twin._wall_ms
        return twin

    def _wall_ms(self) -> int:
        return self.hub.now_ms + self.skew

    def _new_stream(self) -> None:
        self.hub.streams += 1
        text = f"{self.tenant} {self.name} {self.hub.streams}"
        self.stream = hashlib.sha256(text.encode()).hexdigest()[:32]
        last = getattr(self, "clock", None)
        self.clock = SkewedClock(self.stream, self._wall_ms)
        if last is not None:
            self.clock._last = last._last

    # ------------------------------------------------------------------ a person's acts

    def write(self, kind: str, key: str, values: Mapping[str, Any]) -> str:
        """One act; the operation's id."""
        head = Head(self.ops[-1][0], self.ops[-1][2]) if self.ops else Head(0, START)
        self._hear_what_is_edited(kind, key)
        stamp = self.clock.stamp()
        family = f"{next(_acts):026x}"  # as unlike as real ids, also in copies
        envelope = Envelope(self.name, (), "chosen", self.name, self.cur, stamp, family)
        rows = envelope.bodies(head, [(kind, key, values)])
        self.ops += rows
        said = json.loads(rows[0][1])
        if SHAPES[kind].nature is Nature.RECORD:
            edit = Edit(values, stamp, self.name, self.cur)
            self.rows[kind, key] = merging.merge(self.rows.get((kind, key), {}), edit).row
        else:
            self.rows.setdefault((kind, key), {name: Cell(value, "") for name, value in values.items()})
        return str(said["op_id"])

    def _hear_what_is_edited(self, kind: str, key: str) -> None:
        for cell in self.rows.get((kind, key), {}).values():
            if cell.stamp:
                self.clock.saw(cell.stamp)

    def restart(self) -> None:
        """What was heard is forgotten; the last operation of one's own stands on the disk."""
        self.clock = SkewedClock(self.stream, self._wall_ms)
        if self.ops:
            self.clock.saw(json.loads(self.ops[-1][1])["hlc"])

    # ------------------------------------------------------------------ app.sync.client.Store

    def outgoing(self, after: Outgoing | None = None) -> Outgoing:
        done, digest = (after.n, after.head) if after else (self.acked, self._digest(self.acked))
        waiting = [row for row in self.ops if row[0] > done and self.told is None]
        some = waiting[:MOST_OPS]
        n, head = (some[-1][0], some[-1][2]) if some else (done, digest)
        return Outgoing(
            self.stream, "Z0000", self.epoch_of_hub, self.cur, tuple(body for _, body, _ in some), n, head,
            len(waiting) > MOST_OPS, ahead=after is not None,
        )  # fmt: skip

    def waiting(self) -> list[bytes]:
        return [body for n, body, _ in self.ops if n > self.acked]

    def _digest(self, n: int) -> bytes:
        return next((digest for number, _, digest in self.ops if number == n), START)

    def take(self, answer: Answer, *, ends: bool = False) -> Taken:
        if not self.is_ours(answer):
            return Taken(forked=True)
        if not self.is_current(answer) or self.epoch_of_hub not in ("", answer.epoch):
            return Taken()
        self.epoch_of_hub = answer.epoch
        self.acked = max(self.acked, answer.ack)
        for row in answer.rows:
            for stamp in row.clocks.values():
                if int(stamp[:12], 16) <= answer.hub_ms + DRIFT_MS:
                    self.clock.saw(stamp)
            self.rows[row.kind, row.key] = self.laid(row)
        self.cur = answer.to
        self.cursors.append(self.cur)
        to_tell = self.told is not None and not answer.more
        if to_tell:
            self._tell()
        return Taken(len(answer.rows), 0, len(answer.refused), to_tell=to_tell)

    def is_ours(self, answer: Answer) -> bool:
        return self._digest(answer.ack) == answer.head

    def is_current(self, answer: Answer) -> bool:
        return answer.start == self.cur

    def laid(self, row: HubRow) -> dict[str, Cell]:
        base = {name: Cell(value, row.clocks.get(name, "")) for name, value in row.fields.items()}
        if SHAPES[row.kind].nature is not Nature.RECORD:
            if self.told is not None:
                self.told[row.kind, row.key] = {}
            return base
        if self.told is not None:
            self.told[row.kind, row.key] = dict(row.clocks)
            return afresh.newer(self.rows.get((row.kind, row.key), {}), base)
        waiting = [json.loads(body) for n, body, _ in self.ops if n > self.acked]
        mine = [each for each in waiting if (each["kind"], each["id"]) == (row.kind, row.key)]
        return merging.replay(base, [Edit(each["set"], each["hlc"], each["by"], each["seen"]) for each in mine])

    def fork(self) -> None:
        self._live_on()

    def _live_on(self) -> None:
        self.past += [body for n, body, _ in self.ops if n <= self.acked]
        self.ops = renumber(self.waiting())
        self.acked = self.cur = 0
        self.cursors = [0]
        self._new_stream()

    def _tell(self) -> None:
        """What a hub that was restored lacks begins this stream."""
        mine = self.past + self.waiting()
        told, own = self.told or {}, afresh.named(mine)
        others = [
            body
            for (kind, key), row in self.rows.items()
            for body in afresh.lacking(kind, key, row, told, own=own, device=self.name, seen=self.cur)
        ]
        self.ops = renumber(afresh.in_order(mine, others))
        self.past, self.told, self.acked = [], None, 0
        self.cur, self.cursors = 0, [0]

    def gap(self, last: int) -> None:
        self.acked = last

    def epoch(self, epoch: Epoch) -> None:
        self.acked = self.ops[-1][0] if self.ops else 0  # nothing goes on as it was
        self._live_on()
        self.told, self.epoch_of_hub = {}, epoch.epoch


def record_values(**values: Any) -> dict[str, Any]:
    """A whole customer: the first operation on a record names every field."""
    blank = {name: {str: "", bool: False, int: 0}[types[0]] for name, types in SHAPES[RECORD].types.items()}
    return blank | values


def event_values(text: str) -> dict[str, Any]:
    return {
        "subject_id": "1" * 32, "kind": "note", "at": 1, "zone": "UTC", "by": "", "device": "", "seen": 0,
        "body": {"text": text}, "corrects_id": "",
    }  # fmt: skip


def answer_branches(**changed: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a desk writes into both branches of a customer's answer; `changed` keys of the first."""
    texts = ("number", "device", "previous", "issuer", "statement", "meaning", "consent", "form", "form_sha256")
    shared = {**dict.fromkeys(texts, ""), "at": 1, "zone": "UTC", "language": "en", "paper": "A4", "version": 1,
              "outcome": "signed", "evidence": {}, **changed}  # fmt: skip
    signer = {"name": "Rosa", "role": "", "place": ""}
    return shared, {"salt": "0", "signer": signer, "strokes": [], "reason": "", "received_by": "", "witness": ""}


def seal_values(content: str) -> dict[str, Any]:
    shared, partner = (canonical(each).decode() for each in answer_branches(content=content))
    both = hashlib.sha256(shared.encode()).digest() + hashlib.sha256(partner.encode()).digest()
    blank = {name: {str: "", int: 0}[types[0]] for name, types in SHAPES[SEAL].types.items()}
    return blank | {"zone": "UTC", "shared": shared, "partner": partner, "sha256": hashlib.sha256(both).hexdigest()}
