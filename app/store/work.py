"""One transaction: the three doors, the outbox, projections and search. The only commit()."""

import contextlib
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, delete, event, false, func, insert, inspect, select, update
from sqlalchemy.orm import Session

from app.kernel.changes import Changes
from app.kernel.errors import BugError, Trouble, UserError
from app.kernel.ids import new_family, new_id
from app.kernel.instants import Instant, now
from app.kernel.messages import say
from app.kernel.operations import START, Clock, Envelope, Head, renumber
from app.kernel.rights import Actor, Right
from app.kernel.storable import storable
from app.store.bases import (
    PROJECTIONS,
    Event,
    Operation,
    PastOperation,
    Project,
    Sealed,
    Stream,
    Synced,
    defaults_of,
    kinds,
    lww_names,
    new_stream,
)
from app.store.files import Files
from app.store.remote import Remote, insert_rows, take_rows
from app.store.search import SearchText, forget_entries, write_entries

_E = TypeVar("_E", bound=Event)

_LATEST_MS = 1 << 47  # a lying stamp must leave room to go on
PAGE = 500  # ids handed to a projection at once
_START = (
    "SELECT s.id, s.cursor, s.device, o.n, o.hash, s.partner, s.tag FROM stream s"
    " LEFT JOIN op o ON o.n = (SELECT max(n) FROM op)"
)


class Work:
    """What an action gets: the session, who acts, and one transaction that ends in `commit`."""

    def __init__(self, session: Session, actor: Actor, clock: Clock, *, files: Files, zone: str = "UTC") -> None:
        if not isinstance(actor, Actor):
            raise BugError("no work without an actor")
        self.session = session
        self.actor = actor
        self.files = files
        self.zone = zone
        self._clock = clock
        self._moment: Instant | None = None
        self._latest: dict[tuple[str, str], int] = {}  # table and subject: when its last event was
        self._changed: dict[str, dict[str, None]] = defaultdict(dict)
        session.info |= {"work": self, "files": files}
        connection = session.connection()
        connection.info["door"] = False  # a failed flush never reaches after_flush and left it open
        stream, self._seen, self.device, n, digest, self._partner, self._tag = connection.exec_driver_sql(_START).one()
        if not clock.stream:
            clock.saw(self._last_stamp(n or 0))
        clock.stream = stream
        self.head = Head(n or 0, digest or bytes(32))

    def _last_stamp(self, n: int) -> str:
        """Where an earlier run's stamps ended: after a clock that was ahead, later edits must still be the later."""
        body = self.session.connection().exec_driver_sql("SELECT body FROM op WHERE n = ?", (n,)).scalar()
        return str(json.loads(body)["hlc"]) if body else "0" * 16

    def require(self, *rights: Right) -> None:
        """Raise UserError(NOT_ALLOWED) unless one of the actor's roles holds one of `rights`."""
        if self.actor.rights.isdisjoint(rights):
            raise UserError(
                Trouble.NOT_ALLOWED,
                say("Your role does not include this. Someone with the right role can do it, or a manager adds it."),
            )

    def now(self) -> Instant:
        """The time of this act: the machine's clock, unless `pretend` set another."""
        return now() if self._moment is None else self._moment

    def pretend(self, moment: Instant | None) -> None:
        """From here on the act is dated `moment` (history that is imported or invented), until None."""
        self.session.flush()  # what came before keeps its time
        self._moment = moment

    def be_partner(self, code: str) -> None:
        """Numbers from here on carry the partner code that the manufacturer gave (`LOC` before that)."""
        self.session.execute(update(Stream).values(partner=code))
        self._partner = code

    def next_number(self) -> str:
        """The next `PARTNER-TAG-NNNNNN`; a number once given stays, also when the transaction is retried elsewhere."""
        return self.next_numbers(1)[0]

    def next_numbers(self, count: int) -> list[str]:
        """The next `count` numbers, in order."""
        after = self.session.connection().execute(
            update(Stream).values(next_number=Stream.next_number + count).returning(Stream.next_number)
        ).scalar_one()  # fmt: skip
        return [f"{self._partner}-{self._tag}-{taken:06d}" for taken in range(after - count, after)]

    def add_event(
        self, model: type[_E], subject_id: str, kind: str, body: Mapping[str, Any] | None = None, **more: Any
    ) -> _E:
        """Append an event by this actor, now, on this device; returns it, not yet flushed.

        Without an `at` of its own it is dated after everything that is known of its subject, also where a clock that
        was ahead has been put right: else a ticket that was resolved "tomorrow" could not be opened again today.
        """
        made = model(
            id=new_id(), subject_id=subject_id, kind=kind, body=dict(body or {}), by=self.actor.person,
            device=self.device, zone=self.zone, seen=self._seen, **{"at": self._next(model, subject_id), **more},
        )  # fmt: skip
        self.session.add(made)
        return made

    def _next(self, model: type[Event], subject_id: str) -> int:
        if self._moment is not None:
            return self._moment
        key = model.__tablename__, subject_id
        if key not in self._latest:
            known = select(func.max(model.at)).where(model.subject_id == subject_id)
            with self.session.no_autoflush:
                self._latest[key] = self.session.scalar(known) or 0
        self._latest[key] = max(now(), self._latest[key] + 1)
        return self._latest[key]

    # -- door 1: mapped objects --------------------------------------------------------
    def before_flush(self) -> None:
        """Stamp what people edited: an attribute set in after_flush would not be written."""
        if self.session.deleted:
            raise BugError("set `deleted`; rows are never removed")
        self.session.connection().info["door"] = True
        self._hear_what_is_edited()
        stamp = self._clock.stamp()
        for thing in [*self.session.new, *self.session.dirty]:
            _clean(thing)
            if isinstance(thing, Event | Sealed) and thing in self.session.new:
                thing.check()
            if isinstance(thing, Synced) and (changed := self._changed_lww(thing)):
                if thing in self.session.new:
                    thing.created_by = thing.created_by or self.actor.person
                    thing.created_at = thing.created_at or self.now()
                thing.clk = {**(thing.clk or {}), **dict.fromkeys(changed, stamp)}
        self._stamp = stamp

    def _hear_what_is_edited(self) -> None:
        """An edit comes after what it changes, also where another desk's clock is ahead and the program was started
        anew: else everybody would drop the later word as the earlier, and nobody would tell."""
        for thing in self.session.dirty:
            for stamp in set((thing.clk or {}).values()) if isinstance(thing, Synced) else ():
                if stamp and int(stamp[:12], 16) < _LATEST_MS:
                    self._clock.saw(stamp)

    def after_flush(self) -> None:
        """Turn changed fields into operations and search entries, when ids and defaults are there."""
        self.session.connection().info["door"] = False
        writes, edited = [], []
        names = kinds()
        for thing in [*self.session.new, *self.session.dirty]:
            changed = self._changed_lww(thing) if thing.__tablename__ in names else []
            if changed:
                values = {_wire(name): getattr(thing, name) for name in changed}
                writes.append((thing.__tablename__, thing.id, values))
                edited.append(thing)
        self._append(writes, self._stamp)
        self._index(edited)

    @staticmethod
    def _changed_lww(thing: Any) -> list[str]:
        model: Any = type(thing)
        state, names = inspect(thing), list(lww_names(model))
        return [name for name in names if state.attrs[name].history.added] if state.persistent else names

    def _index(self, things: list[Any]) -> None:
        for thing in things:
            if hasattr(thing, "search_text"):
                known = inspect(thing).persistent
                text: SearchText = thing.search_text()
                connection = self.session.connection()
                if thing.deleted:
                    forget_entries(connection, thing.__tablename__, [thing.rid])
                else:
                    write_entries(connection, thing.__tablename__, [(thing.rid, text)], known=known)

    # -- door 2: imports ---------------------------------------------------------------
    def add_many(self, kind: str, rows: Iterable[Mapping[str, Any]], *, chunk: int = 1000) -> int:
        """Append many rows of one kind with operations and search entries; returns how many.

        Rows are mappings of column names; what they leave out is filled from the column's default.
        """
        model = kinds()[kind]
        last = self.session.scalar(select(func.coalesce(func.max(model.rid), 0))) or 0
        source, total = iter(rows), 0
        while some := list(itertools.islice(source, chunk)):
            self._add_chunk(model, some, first=last + total + 1)
            total += len(some)
        return total

    def _add_chunk(self, model: Any, rows: list[Mapping[str, Any]], *, first: int) -> None:
        stamp = self._clock.stamp()
        common = self._defaults(model, stamp)
        filled = [
            common | dict(row) | {"rid": rid, "id": row.get("id") or new_id()} for rid, row in enumerate(rows, first)
        ]
        names = [(name, _wire(name)) for name in lww_names(model)]
        with self._door() as connection:
            insert_rows(connection, model.__table__, filled)
        self._append([(model.__tablename__, row["id"], {w: row[n] for n, w in names}) for row in filled], stamp)
        self._index_rows(model, filled)

    def _defaults(self, model: Any, stamp: str) -> dict[str, Any]:
        common = defaults_of(model)
        ours = {"by": self.actor.person, "created_by": self.actor.person, "device": self.device, "zone": self.zone}
        common |= {name: value for name, value in ours.items() if name in model.__table__.columns}
        if issubclass(model, Synced):
            common["clk"] = dict.fromkeys(lww_names(model), stamp)
        return common

    # -- door 3: a page from the hub ---------------------------------------------------
    def take_page(self, page: Iterable[Remote], *, start: int, to: int) -> bool:
        """Rows of other devices, ready to stand; False, and nothing written, when the page does not start at our
        cursor. Makes no operations."""
        if start != self._seen:
            return False
        self.session.flush()
        by_kind: dict[str, list[Remote]] = defaultdict(list)
        for row in page:
            by_kind[row.kind].append(row)
        for kind, rows in by_kind.items():
            model = kinds()[kind]
            with self._door() as connection:
                stood = take_rows(connection, model, rows)
            self._changed[kind] |= dict.fromkeys(row.key for row in rows)
            self._index_rows(model, [row for row in stood.fresh if not row.get("deleted")])
            self._reindex(model, stood.known)
        self.session.connection().execute(update(Stream).values(cursor=to))
        self._seen = to
        return True

    def _index_rows(self, model: Any, rows: list[dict[str, Any]]) -> None:
        """Search entries of new rows, which are no mapped objects."""
        if hasattr(model, "search_text_of"):
            texts = [(row["rid"], model.search_text_of(row)) for row in rows]
            write_entries(self.session.connection(), model.__tablename__, texts, known=False)

    def _reindex(self, model: Any, keys: list[str]) -> None:
        if keys and hasattr(model, "search_text"):
            self.session.expire_all()
            for at in range(0, len(keys), PAGE):
                things = self.session.scalars(select(model).where(model.id.in_(keys[at : at + PAGE]))).all()
                self._index(list(things))

    def saw(self, stamps: Iterable[str], *, until_ms: int) -> None:
        """Later edits here come after these stamps, unless a stamp is ahead of `until_ms` (the hub's clock and the
        drift it allows): one broken clock must not drag the others along."""
        for stamp in stamps:
            if int(stamp[:12], 16) <= until_ms:
                self._clock.saw(stamp)

    def acknowledge(self, n: int) -> None:
        """The hub holds every operation up to this number."""
        self.session.connection().execute(update(Stream).values(acked=n))

    def be_tagged(self, tag: str) -> None:
        """Numbers from here on carry the tag that the hub keeps for this stream alone."""
        self.session.connection().execute(update(Stream).values(tag=tag))
        self._tag = tag

    def draw_stream(self) -> None:
        """A new life after a restore or a copy: what was not acknowledged is numbered and chained anew."""
        self._live_on(keep=Operation.n > select(Stream.acked).scalar_subquery())

    def begin_afresh(self) -> None:
        """The hub is another than it was: a new life that says nothing until `say_again`, and fetches all."""
        self._live_on(keep=false())
        self.session.connection().execute(update(Stream).values(afresh=True))

    def past_operations(self) -> list[bytes]:
        """What this store said so far, in this life and earlier ones, in order."""
        past = self.session.scalars(select(PastOperation.body).order_by(PastOperation.n))
        return [*past, *self.session.scalars(select(Operation.body).order_by(Operation.n))]

    def say_again(self, bodies: list[bytes]) -> None:
        """The stream begins with these operations, which are all that this store ever said, and more; then the hub is
        heard once more from the beginning, since what it has already may count by another stamp there."""
        connection = self.session.connection()
        connection.execute(delete(PastOperation))
        connection.execute(update(Stream).values(acked=0, cursor=0, afresh=False))
        self._seen = 0
        self._outbox(bodies)

    def _live_on(self, *, keep: ColumnElement[bool]) -> None:
        connection = self.session.connection()
        said = [Operation.__table__.c.body]
        past = select(*said).where(~keep).order_by(Operation.n)
        connection.execute(insert(PastOperation).from_select(["body"], past))
        self._outbox(list(self.session.scalars(select(*said).where(keep).order_by(Operation.n))))
        fresh = new_stream()
        connection.execute(update(Stream).values(**fresh, acked=0, cursor=0, next_number=1))
        self._clock.stream, self._tag, self._seen = fresh["id"], fresh["tag"], 0

    def _outbox(self, bodies: list[bytes]) -> None:
        """These operations are the stream's, from the first on."""
        connection = self.session.connection()
        rows = renumber(bodies)
        connection.execute(delete(Operation))
        if rows:
            connection.exec_driver_sql("INSERT INTO op(n, body, hash) VALUES (?, ?, ?)", rows)
        self.head = Head(rows[-1][0], rows[-1][2]) if rows else Head(0, START)

    # -- outbox, end -------------------------------------------------------------------
    @contextlib.contextmanager
    def _door(self) -> Iterator[Connection]:
        connection = self.session.connection()
        connection.info["door"] = True
        try:
            yield connection
        finally:
            connection.info["door"] = False

    def _append(self, writes: list[tuple[str, str, dict[str, Any]]], stamp: str) -> None:
        if not writes:
            return
        who = self.actor
        roles = tuple(sorted(who.roles))
        envelope = Envelope(who.person, roles, who.how, self.device, self._seen, stamp, family=new_family())
        rows = envelope.bodies(self.head, writes)
        self.session.connection().exec_driver_sql("INSERT INTO op(n, body, hash) VALUES (?, ?, ?)", rows)
        self.head = Head(rows[-1][0], rows[-1][2])
        for kind, key, _ in writes:
            self._changed[kind][key] = None

    def project(self) -> None:
        """Run the projections of everything that changed so far; the doors stay open for them alone."""
        self.session.flush()
        for project, ids in self._owed().items():
            for at in range(0, len(ids), PAGE):
                with self._door() as connection:
                    project(connection, ids[at : at + PAGE])
        self.session.expire_all()

    def _owed(self) -> dict[Project, list[str]]:
        """What each projection has to look at: a ticket once, though it came with its events."""
        connection = self.session.connection()
        owed: dict[Project, dict[str, None]] = defaultdict(dict)
        for kind, changed in self._changed.items():
            ids = list(changed)
            for each, at in itertools.product(PROJECTIONS.get(kind, ()), range(0, len(ids), PAGE)):
                owed[each.project] |= dict.fromkeys(each.aims(connection, ids[at : at + PAGE]))
        return {project: list(ids) for project, ids in owed.items()}

    def commit(self) -> Changes:
        """End the transaction: flush, project, commit. What it changed, by kind."""
        self.project()
        self.session.commit()
        return Changes({kind: tuple(ids) for kind, ids in self._changed.items()})


def _clean(thing: Any) -> None:
    """What was typed, as the store can take it; a sealed text is canonical already and stays to the byte."""
    if isinstance(thing, Sealed):
        return
    for attribute in inspect(thing).attrs:
        if attribute.history.added and (kept := storable(attribute.value)) != attribute.value:
            setattr(thing, attribute.key, kept)


def _wire(name: str) -> str:
    return "_del" if name == "deleted" else name


event.listen(Session, "before_flush", lambda session, *_: session.info["work"].before_flush())
event.listen(Session, "after_flush", lambda session, _: session.info["work"].after_flush())
