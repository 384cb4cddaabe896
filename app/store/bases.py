"""The base classes of all stored things, and the classes of their columns (architecture.md, Data)."""

import functools
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar

from sqlalchemy import DDL, JSON, BigInteger, Connection, Dialect, LargeBinary, String, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.kernel.errors import BugError
from app.kernel.ids import new_id, random_token
from app.kernel.instants import now
from app.store import reads as reading
from app.store.reads import Read

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class See(StrEnum):
    """What the manufacturer's people may see without the case being opened to them (product.md, principle 8)."""

    SHARED = "shared"
    PARTNER = "partner"


class InstantType(TypeDecorator[int]):
    """Microseconds UTC; anything but an integer raises."""

    impl = BigInteger
    cache_ok = True
    python_type = int

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        """Refuse datetimes, which may be naive, and floats."""
        if value is not None and (isinstance(value, datetime | bool) or not isinstance(value, int)):
            raise BugError("an instant is integer microseconds UTC")
        return value


class Base(DeclarativeBase):
    """Root of every table."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {dict[str, Any]: JSON, list[Any]: JSON, list[str]: JSON}


def lww(*, see: See, **options: Any) -> Any:
    """A column merged per field, newest stamp wins."""
    return mapped_column(info={"class": "lww", "see": see}, **options)


def link(kind: str, *, see: See, **options: Any) -> Any:
    """The id of another synced record: merged per field, indexed, without a constraint.

    A page of sync may bring the child first, and even a deferred constraint would fail at its commit.
    """
    info = {"class": "lww", "see": see, "link": kind}
    return mapped_column(String(32), index=True, default="", info=info, **options)


def derived(**options: Any) -> Any:
    """A column that a projection fills: never in an operation, rebuilt at will."""
    return mapped_column(info={"class": "derived"}, **options)


def local(**options: Any) -> Any:
    """A column of this device alone."""
    return mapped_column(info={"class": "local"}, **options)


class _Row:
    rid: Mapped[int] = mapped_column(primary_key=True, sort_order=-2, info={"class": "local"})
    id: Mapped[str] = mapped_column(String(32), unique=True, default=new_id, sort_order=-1, info={"class": "id"})


class Synced(_Row, Base):
    """A record that people edit; `clk` is {field: stamp}, `extra` keeps fields of a newer version, `reads` says what
    pages read of its JSON columns and closed lists of codes."""

    __abstract__ = True
    reads: ClassVar[Mapping[str, Read]] = {}

    clk: Mapped[dict[str, Any]] = mapped_column(default=dict, info={"class": "local"})
    cur: Mapped[int] = mapped_column(default=0, info={"class": "local"})
    deleted: Mapped[bool] = lww(see=See.SHARED, default=False)
    extra: Mapped[dict[str, Any]] = mapped_column(default=dict, info={"class": "local"})
    created_at: Mapped[int] = mapped_column(InstantType, default=now, info={"class": "lww", "see": See.SHARED})
    created_by: Mapped[str] = mapped_column(default="", info={"class": "lww", "see": See.PARTNER})


def _ddl(text: str) -> Any:
    make: Any = DDL  # SQLAlchemy leaves its constructor untyped
    return make(text)


def refuse_changes(table: Any) -> None:
    """Triggers that refuse UPDATE and DELETE, whoever asks."""
    for verb in ("UPDATE", "DELETE"):
        text = f"CREATE TRIGGER {table.name}_no_{verb.lower()} BEFORE {verb} ON {table.name}"
        event.listen(table, "after_create", _ddl(f"{text} BEGIN SELECT RAISE(ABORT, 'append-only'); END"))


class Event(_Row, Base):
    """Append-only, united by id. `bodies` declares each kind's body keys and who may see them; `reads` what
    projections and pages read of them, and as what."""

    __abstract__ = True
    bodies: ClassVar[Mapping[str, Mapping[str, See]]] = {}
    reads: ClassVar[Mapping[str, Mapping[str, Read]]] = {}

    subject_id: Mapped[str] = mapped_column(String(32), index=True, info={"class": "lww", "see": See.SHARED})
    kind: Mapped[str] = lww(see=See.SHARED)
    at: Mapped[int] = mapped_column(InstantType, default=now, info={"class": "lww", "see": See.SHARED})
    zone: Mapped[str] = lww(see=See.SHARED, default="UTC")
    by: Mapped[str] = lww(see=See.PARTNER, default="")
    device: Mapped[str] = lww(see=See.SHARED, default="")
    seen: Mapped[int] = lww(see=See.SHARED, default=0)
    body: Mapped[dict[str, Any]] = mapped_column(default=dict, info={"class": "lww", "see": See.SHARED})
    corrects_id: Mapped[str] = mapped_column(String(32), default="", info={"class": "lww", "see": See.SHARED})

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "__tablename__" in cls.__dict__:
            refuse_changes(cls.__table__)

    def check(self) -> None:
        """Raise BugError for a kind or a body key that is not declared, or a body that `doubt` refuses."""
        declared = self.bodies.get(self.kind)
        if declared is None:
            raise BugError(f"{self.__tablename__} knows no event {self.kind}")
        if strangers := sorted(set(self.body) - set(declared)):
            raise BugError(f"{self.__tablename__}.{self.kind} does not declare {', '.join(strangers)}")
        if doubt := self.doubt(self.kind, self.body):  # no other desk would let it stand
            raise BugError(f"{self.__tablename__}.{self.kind} cannot be read: {doubt}")

    @classmethod
    def doubt(cls, kind: str, body: Mapping[str, Any]) -> str:
        """Why projections and pages could not read such a body, as a code, or ""; it may come from anywhere."""
        return reading.doubt(cls.reads.get(kind, {}), body)


class Sealed(_Row, Base):
    """An immutable document of two branches, each canonical JSON; `sha256` binds both.

    sha256 = SHA-256(SHA-256(shared) ‖ SHA-256(partner)); the partner branch holds a random salt, so that who sees
    only `shared` and the other branch's hash can check the whole and guess nothing. `branches` declares the keys of
    both; `reads` what pages and papers read of each (`shared`, `partner`), and as what.
    """

    __abstract__ = True
    branches: ClassVar[Mapping[str, See]] = {}
    reads: ClassVar[Mapping[str, Mapping[str, Read]]] = {}

    subject_id: Mapped[str] = mapped_column(String(32), index=True, info={"class": "lww", "see": See.SHARED})
    number: Mapped[str] = lww(see=See.SHARED, default="")
    at: Mapped[int] = mapped_column(InstantType, default=now, info={"class": "lww", "see": See.SHARED})
    zone: Mapped[str] = lww(see=See.SHARED, default="UTC")
    by: Mapped[str] = lww(see=See.PARTNER, default="")
    device: Mapped[str] = lww(see=See.SHARED, default="")
    shared: Mapped[str] = lww(see=See.SHARED)
    partner: Mapped[str] = lww(see=See.PARTNER)
    sha256: Mapped[str] = mapped_column(String(64), index=True, info={"class": "lww", "see": See.SHARED})
    previous: Mapped[str] = lww(see=See.SHARED, default="")
    corrects: Mapped[str] = lww(see=See.SHARED, default="")

    @classmethod
    def doubt(cls, shared: Mapping[str, Any], partner: Mapping[str, Any]) -> str:
        """Why no page or paper could show such a document, as a code, or ""; it may come from anywhere."""
        branches = (("shared", shared), ("partner", partner))
        return next(filter(None, (reading.doubt(cls.reads.get(name, {}), body) for name, body in branches)), "")

    def check(self) -> None:
        """Raise BugError for a document that `doubt` refuses: no other desk would let it stand."""
        if doubt := self.doubt(json.loads(self.shared), json.loads(self.partner)):
            raise BugError(f"{self.__tablename__} cannot be read: {doubt}")

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "__tablename__" in cls.__dict__:
            refuse_changes(cls.__table__)


class Operation(Base):
    """The outbox: `body` is canonical JSON that names the hash of the operation before it."""

    __tablename__ = "op"
    n: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class PastOperation(Base):
    """An operation of an earlier stream of this store: the hub has it, unless it comes back from a backup."""

    __tablename__ = "past_op"
    n: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Stream(Base):
    """One life of this database file; a restore or a copy draws a new one. `afresh` while a hub that came back from a
    backup is asked for everything, before anything goes out."""

    __tablename__ = "stream"
    rid: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(32))
    tag: Mapped[str]
    partner: Mapped[str] = mapped_column(default="LOC")
    device: Mapped[str]
    acked: Mapped[int] = mapped_column(default=0)
    cursor: Mapped[int] = mapped_column(default=0)
    next_number: Mapped[int] = mapped_column(default=1)
    afresh: Mapped[bool] = mapped_column(default=False)


def new_stream() -> dict[str, str]:
    """Identity of a new stream: 128 random bits, and `Z` with four Crockford characters until a hub gives a tag."""
    chance = random_token(20)
    return {"id": chance[:16].hex(), "tag": "Z" + "".join(_CROCKFORD[byte & 31] for byte in chance[16:])}


class Setting(Base):
    """A choice of this device (language, look, printer), by name."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class Draft(Base):
    """What somebody was typing; kept as typed, on this device, until saved or thrown away."""

    __tablename__ = "draft"
    place: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(default="")
    body: Mapped[dict[str, Any]]
    at: Mapped[int] = mapped_column(InstantType, default=now)


ALL_DERIVED = {"class": "projection"}  # `__table_args__ = {"info": ALL_DERIVED}`: a table of derived rows alone

Project = Callable[[Connection, Sequence[str]], None]
PROJECTIONS: dict[str, list[Project]] = {}


def projects(kind: str) -> Callable[[Project], Project]:
    """Register a projection: after each write of `kind`, it gets the ids of that kind's rows (at most 500)."""

    def register(project: Project) -> Project:
        PROJECTIONS.setdefault(kind, []).append(project)
        return project

    return register


@functools.cache
def lww_names(model: Any) -> tuple[str, ...]:
    """The columns of a kind that travel in operations."""
    return tuple(column.key for column in model.__table__.columns if column.info.get("class") == "lww")


def defaults_of(model: Any) -> dict[str, Any]:
    """What a row's columns hold when nobody says otherwise; `rid` and `id` are left out."""
    common = {}
    for column in model.__table__.columns:
        if column.key not in ("rid", "id") and column.default is not None:
            common[column.key] = column.default.arg if column.default.is_scalar else column.default.arg(None)
        elif column.nullable:
            common[column.key] = None
    return common


def kinds() -> Mapping[str, type[Any]]:
    """Every synced kind by its name, as far as its module has been imported (app.schema imports all)."""
    return _kinds(len(Base.metadata.tables))


@functools.lru_cache(maxsize=1)
def _kinds(_tables: int) -> Mapping[str, type[Any]]:
    """Asked at each statement: gathering them anew was a third of a page from the hub."""
    found = [mapper.class_ for mapper in Base.registry.mappers]
    return MappingProxyType({each.__tablename__: each for each in found if issubclass(each, Synced | Event | Sealed)})
