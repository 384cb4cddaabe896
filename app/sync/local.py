"""The desk's side of an exchange, in its store: what goes out, and an answer taken in one transaction."""

import functools
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from app.kernel.canonical import canonical
from app.kernel.instants import is_zone
from app.kernel.operations import START
from app.store import reads
from app.store.bases import Event, Operation, PastOperation, Stream, Synced, kinds
from app.store.remote import Remote
from app.store.work import Work
from app.sync import regaining
from app.sync.answers import Answer, Epoch, HubRow
from app.sync.cells import cells_of, column_of
from app.sync.errors import SyncError, SyncTrouble
from app.sync.merge import Cell, Edit, add_sums, replay, row_sum
from app.sync.protocol import DRIFT_MS, MOST_OPS
from app.sync.records import Held, HubLink, Refused
from app.sync.shapes import DELETED, Nature, Shape, shapes_of
from app.sync.wire import WireError, read_object

MOST_BYTES = 900_000  # of operations in one message: the body's limit is 1 MiB
MOST_DELETED, DELETED_SHARE = 50, 5  # more rows than this, or than a fifth of a kind, and somebody looks first
PAGE = 1000
_FEW = 250  # operations read at once: where the message is full the rest stays where it is
LATEST_MS = 1 << 47  # no clock is beyond: a stamp has 48 bits for it, and must have room to go on

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The next operations of a stream as they stand in the outbox; `more` when others wait behind them.

    `n` and `head` are the chain's position after them. `ahead` when the answer to those before is still under way, so
    that the hub knows better than `cur` which cursor this desk has by then."""

    stream: str
    tag: str
    epoch: str
    cur: int
    ops: tuple[bytes, ...]
    n: int
    head: bytes
    more: bool
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an answer; `forked` when it speaks of another life of this stream, and nothing was taken. `gone`
    is how many live records of each kind it took away; `to_tell` when a hub that was restored has been heard to its
    end, and what it lacks goes out now."""

    rows: int = 0
    held: int = 0
    refused: int = 0
    forked: bool = False
    to_tell: bool = False
    gone: Mapping[str, int] = field(default_factory=dict)


def outgoing(session: Session, after: Outgoing | None = None) -> Outgoing:
    """At most 2,000 operations and 900 KB that the hub has not acknowledged; those behind `after`, whose answer is
    still under way; none while a hub that was restored is asked for everything."""
    stream = session.scalars(select(Stream)).one()
    epoch = session.scalar(select(HubLink.epoch)) or ""
    if stream.afresh:
        return Outgoing(stream.id, stream.tag, epoch, stream.cursor, (), 0, START, more=False)
    n, head = (after.n, after.head) if after else (stream.acked, _digest_of(session, stream.acked) or START)
    waiting = select(Operation.n, Operation.body, Operation.hash).where(Operation.n > n).order_by(Operation.n)
    ops: list[bytes] = []
    size = 0
    for number, body, digest in session.execute(waiting.limit(MOST_OPS), execution_options={"yield_per": _FEW}):
        size += len(body) + 1
        if ops and size > MOST_BYTES:
            break
        ops.append(bytes(body))
        n, head = number, bytes(digest)
    more = bool(session.scalar(select(func.max(Operation.n) > n)))
    return Outgoing(stream.id, stream.tag, epoch, stream.cursor, tuple(ops), n, head, more, ahead=after is not None)


def waiting_count(session: Session) -> int:
    """How many operations the hub has not acknowledged."""
    acked = select(Stream.acked).scalar_subquery()
    count = session.scalar(select(func.count()).select_from(Operation).where(Operation.n > acked)) or 0
    again = regaining.is_afresh(session) and session.scalar(select(func.count()).select_from(PastOperation))
    return count + (again or 0)


def take_answer(
    work: Work, answer: Answer, *, deleting: bool = False, before: Mapping[str, int] = MappingProxyType({})
) -> Taken:  # fmt: skip
    """Acknowledgement, page and cursor in one transaction; an answer to an older question changes nothing.

    The hub says where it has the chain: a copied profile that wrote nothing yet learns so that it is a copy.

    SyncError(TOO_MANY_DELETED) when it would take away more than 50 records or a fifth of a kind, unless `deleting`;
    with what the pages `before` it in this go took away, or a hub would send them one by one.
    """
    session = work.session
    stream = session.scalars(select(Stream)).one()
    if _digest_of(session, answer.ack) != answer.head:  # acknowledged is what somebody else wrote under our numbers
        return Taken(forked=True)
    if answer.start != stream.cursor or not _is_of_this_hub(session, answer):
        return Taken()
    session.execute(update(HubLink).where(HubLink.epoch == "").values(epoch=answer.epoch))
    refused = _keep_refused(session, answer.refused)
    if answer.ack != stream.acked:  # less than before: the hub lost what came after, and gets it again
        work.acknowledge(answer.ack)
    if answer.tag not in ("", stream.tag):
        work.be_tagged(answer.tag)
    rows = regaining.hear(session, answer.rows) if stream.afresh else answer.rows
    page, held = _ready(session, _with_held(session, rows), after=answer.ack)
    gone = _gone(session, page)
    if not deleting:
        _refuse_mass_deletion(session, gone, before)
    work.saw(
        {each for row in answer.rows for each in row.clocks.values()},
        until_ms=min(answer.hub_ms + DRIFT_MS, LATEST_MS),
    )
    if page or answer.to != answer.start:  # a transaction that writes nothing does not wait for the disk
        work.take_page(page, start=answer.start, to=answer.to)
    _keep_held(session, held)
    to_tell = stream.afresh and not answer.more
    if to_tell:
        regaining.tell(work)
    return Taken(len(page), len(held), refused, gone=gone, to_tell=to_tell)


def take_epoch(work: Work, epoch: Epoch) -> None:
    """The hub came back from a backup: everything is fetched, then everything that it lacks goes out again."""
    regaining.begin(work)
    link = work.session.scalars(select(HubLink)).one()
    link.epoch = epoch.epoch


def take_gap(work: Work, last: int) -> None:
    """The hub asks again for what comes after `last`; SyncError when it never said that it had it."""
    if last >= work.session.scalars(select(Stream.acked)).one():
        raise SyncError(SyncTrouble.NOT_THE_HUB, "bad_gap")
    work.acknowledge(last)


def sums(session: Session, models: Mapping[str, type[Any]]) -> dict[str, int]:
    """For each of the kinds (app.schema.KINDS) the sum over its records, as the hub counts it (`GET /v1/sum`); kinds
    without records left out."""
    found = {}
    for kind, shape in shapes_of(models).items():
        parts = [row_sum(kind, row.id, cells_of(row, shape)) for row in session.scalars(select(models[kind]))]
        if parts:
            found[kind] = add_sums(parts)
    return found


def _digest_of(session: Session, n: int) -> bytes | None:
    """The chain's digest at a number; None for one that this stream never gave."""
    digest = session.scalar(select(Operation.hash).where(Operation.n == n)) if n else START
    return bytes(digest) if digest else None


def _is_of_this_hub(session: Session, answer: Answer) -> bool:
    """Whether the answer is of the life of the hub's database that this desk speaks to, and not a late one."""
    epoch = session.scalar(select(HubLink.epoch))
    return not epoch or epoch == answer.epoch


def _keep_refused(session: Session, codes: Mapping[int, str]) -> int:
    for n, code in codes.items():
        body = session.scalar(select(Operation.body).where(Operation.n == n))
        if body is not None:
            said = json.loads(body)
            session.merge(Refused(op_id=said["op_id"], kind=said["kind"], record=said["id"], code=code, body=body))
    session.flush()
    return len(codes)


def _ready(session: Session, rows: Sequence[HubRow], *, after: int) -> tuple[list[Remote], list[tuple[HubRow, str]]]:
    """The page as it is to stand here: the hub's rows with our own unacknowledged edits on top."""
    ready: list[Remote] = []
    held: list[tuple[HubRow, str]] = []
    if not rows:
        return ready, held  # what waits need not be read: while much is sent it would be, for each message
    shapes, edits = _shapes(kinds()), _pending(session, after)
    for row in rows:
        shape = shapes.get(row.kind)
        reason = _unready(session, shape, row)
        if shape is None or reason:
            held.append((row, reason))
        else:
            ready.append(_remote(row, shape, edits.get((row.kind, row.key), ())))
    return ready, held


def _shapes(known: Mapping[str, type[Any]]) -> dict[str, Shape]:
    """The shapes of the kinds that are known, made once; `kinds` gives the same mapping as long as none is added."""
    if _made.get("of") is not known:
        _made.update(of=known, shapes=shapes_of(known))
    found: dict[str, Shape] = _made["shapes"]
    return found


_made: dict[str, Any] = {}


def _with_held(session: Session, rows: Iterable[HubRow]) -> list[HubRow]:
    """The page, with what was not understood before: an update, or the record's rest, may have come."""
    before = {
        (each.kind, each.id): HubRow(each.kind, each.id, each.row["cur"], each.row["fields"], each.row["clocks"])
        for each in session.scalars(select(Held))
    }
    if before:
        session.execute(delete(Held))
    return list({**before, **{(row.kind, row.key): row for row in rows}}.values())


def _unready(session: Session, shape: Shape | None, row: HubRow) -> str:
    """Why a row cannot stand here (yet), or "". A record of which only edits came, since what made it was refused or is
    still under way, waits for the rest."""
    if shape is None:
        return "unknown_kind"
    if refusal := shape.refusal(row.fields, new=True):
        return refusal
    model: Any = kinds()[row.kind]
    if doubt := _doubt(model, row.fields):
        return doubt
    whole = shape.required <= row.fields.keys() or session.scalar(select(model.id).where(model.id == row.key))
    return "" if whole else "missing_fields"


def _doubt(model: Any, fields: Mapping[str, Any]) -> str:
    """Why nothing here could tell, add up or show such a row: each exchange, or its page, would fail from then on."""
    if issubclass(model, Synced):
        return reads.doubt(model.reads, fields)
    if not 0 <= fields["at"] or not is_zone(fields["zone"]):
        return "bad_time"
    if issubclass(model, Event):
        return str(model.doubt(fields["kind"], fields["body"]))
    try:
        branches = [read_object(fields[name].encode()) for name in ("shared", "partner")]
    except (WireError, UnicodeEncodeError):
        return "bad_json"
    return str(model.doubt(*branches))


def _pending(session: Session, after: int) -> dict[_Key, list[Edit]]:
    found: dict[_Key, list[Edit]] = defaultdict(list)
    for body in session.scalars(select(Operation.body).where(Operation.n > after).order_by(Operation.n)):
        said = json.loads(body)
        found[said["kind"], said["id"]].append(Edit(said["set"], said["hlc"], said["by"], said["seen"]))
    return found


def _remote(row: HubRow, shape: Shape, edits: Sequence[Edit]) -> Remote:
    if shape.nature is not Nature.RECORD:
        return Remote(row.kind, row.key, row.cur, _sorted_out(row.fields, shape)[0])
    values, clocks = row.fields, row.clocks
    if edits:
        merged = replay({name: Cell(value, clocks.get(name, "")) for name, value in values.items()}, edits)
        values = {name: cell.value for name, cell in merged.items()}
        clocks = {name: cell.stamp for name, cell in merged.items()}
    fields, extra = _sorted_out(values, shape)
    return Remote(row.kind, row.key, row.cur, fields, _clocks(tuple(values), clocks), extra)


_NOTHING: dict[str, Any] = {}  # one for all: it is encoded once for a page


def _sorted_out(values: Mapping[str, Any], shape: Shape) -> tuple[dict[str, Any], dict[str, Any]]:
    """What has a column, by its name, and what only a newer version knows."""
    if values.keys() <= shape.types.keys():
        fields = dict(values)
        if DELETED in fields:
            fields[column_of(DELETED)] = fields.pop(DELETED)
        return fields, _NOTHING
    known = {column_of(name): value for name, value in values.items() if name in shape.types}
    return known, {name: value for name, value in values.items() if name not in shape.types}


def _clocks(names: tuple[str, ...], clocks: Mapping[str, str]) -> dict[str, str]:
    """By column; one and the same mapping for all that one act stamped."""
    stamps = set(clocks.values())
    if len(stamps) == 1 and len(clocks) == len(names):
        return _stamped(names, stamps.pop())
    return {column_of(name): clocks.get(name, "") for name in names}


@functools.lru_cache(maxsize=64)
def _stamped(names: tuple[str, ...], stamp: str) -> dict[str, str]:
    return {column_of(name): stamp for name in names}


def _gone(session: Session, page: Iterable[Remote]) -> dict[str, int]:
    """How many records of each kind, live until now, this page takes away."""
    going: dict[str, list[str]] = defaultdict(list)
    for row in page:
        if row.fields.get("deleted") is True:
            going[row.kind].append(row.key)
    return {kind: session.scalar(_live(kind).where(kinds()[kind].id.in_(keys))) or 0 for kind, keys in going.items()}


def _refuse_mass_deletion(session: Session, gone: Mapping[str, int], before: Mapping[str, int]) -> None:
    for kind, going in gone.items():
        earlier = before.get(kind, 0)
        whole, there = going + earlier, earlier + (session.scalar(_live(kind)) or 0)
        if going and (whole > MOST_DELETED or (whole > 1 and whole * DELETED_SHARE > there)):
            raise SyncError(SyncTrouble.TOO_MANY_DELETED, str(whole))


def _live(kind: str) -> Select[tuple[int]]:
    model: Any = kinds()[kind]
    return select(func.count()).select_from(model).where(~model.deleted)


def _keep_held(session: Session, held: Iterable[tuple[HubRow, str]]) -> None:
    for row, reason in held:
        whole = {"cur": row.cur, "fields": dict(row.fields), "clocks": dict(row.clocks)}
        session.merge(Held(kind=row.kind, id=row.key, reason=reason, row=whole))
    session.flush()


def message(out: Outgoing, signature: str, *, schema: int, limit: int) -> bytes:
    """The body of an exchange, canonical and without what says nothing; operations go as the very bytes that their
    chain was made of, but for the digest of the one before, which the hub knows: half of what is left when packed."""
    said: dict[str, Any] = {"cur": out.cur, "epoch": out.epoch, "limit": limit, "schema": schema, "stream": out.stream}
    if not out.ops:
        return canonical(said)
    said |= {"head": out.head.hex(), "ops": [], "own": False, "sig": signature, "tag": out.tag}
    ops = b",".join([*out.ops[:1], *map(_without_prev, out.ops[1:])])
    whole = canonical(said | {"ahead": True} if out.ahead else said)
    return whole.replace(b'"ops":[]', b'"ops":[' + ops + b"]", 1)


def _without_prev(op: bytes) -> bytes:
    """No text in an operation can hold these bytes: its quotes are escaped."""
    before, _, after = op.partition(b'"prev":"')
    return before + after[66:]
