"""SQLAlchemy over the keyed connection: engines, sessions, and the guard against writes outside the doors."""

import json
import re
import threading
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from app.kernel.errors import BugError
from app.store.bases import Base, kinds
from app.store.first_page import connect

_WRITES = re.compile(r"\b(?:INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+(?:main\s*\.\s*)?[\"\[`]?(\w+)", re.IGNORECASE)
_refused_threads: set[int] = set()

encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def refuse_thread(ident: int) -> None:
    """Never open a session on this thread (the interface's own)."""
    _refused_threads.add(ident)


def open_engine(path: Path, key: bytes, *, reader: bool = False) -> Engine:
    """One connection for one thread; the driver begins no transaction for reads, so BEGIN is ours."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=lambda: connect(path, key, reader=reader),
        poolclass=StaticPool,
        json_serializer=encode,
        hide_parameters=True,  # an error names its statement; the values may be a customer's words
    )
    begin = "BEGIN" if reader else "BEGIN IMMEDIATE"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    _install_guard(engine)
    return engine


def open_session(engine: Engine) -> Session:
    """A session on the calling thread; on the interface's thread it raises BugError, in production too."""
    if threading.get_ident() in _refused_threads:
        raise BugError("the store was asked on the interface's thread")
    return Session(engine, autoflush=True, expire_on_commit=False)


def create_tables(engine: Engine) -> None:
    """Every table of every imported kind; used by tests and by the first migration's check."""
    with engine.begin() as connection:
        Base.metadata.create_all(connection)


def _install_guard(engine: Engine) -> None:
    """`before_cursor_execute`, not `before_execute`: exec_driver_sql fires only this one (tried on 2.0.58)."""

    @event.listens_for(engine, "before_cursor_execute")
    def refuse(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        if connection.info.get("door") or connection.info.get("migrating"):
            return
        names = kinds()
        if any(table in names for table in _WRITES.findall(statement)):
            raise BugError(f"write outside the doors: {statement[:60]}")
