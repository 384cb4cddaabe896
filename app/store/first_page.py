"""The keyed connection, and the first list without SQLAlchemy (a test holds its text equal to Core's)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.store.troubles import disk_trouble, told

FIRST_PAGE_SIZE = 50  # also stands in FIRST_ROWS_SQL
_WAL_PAGES = 4000  # 16 MB: at 1000, the default, each page of an exchange waited for two more writes to the disk


def connect(path: Path, key: bytes, *, reader: bool = False) -> Any:
    """A keyed connection in autocommit, so that BEGIN is ours alone (the driver's own never locks for reads).

    A file that the key does not open raises UserError(WRONG_KEY); SQLCipher cannot tell that from a damaged
    first page, so the sentence names both.
    """
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write page numbers to the terminal
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        with told():
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.OperationalError as problem:
        connection.close()
        if problem.sqlite_errorcode != sqlcipher.SQLITE_READONLY:
            raise
        raise disk_trouble() from problem  # a folder that cannot be written: reading needs a -shm beside the store
    except UserError as problem:
        connection.close()
        if problem.kind is not Trouble.DAMAGED:
            raise
        raise UserError(
            Trouble.WRONG_KEY,
            say("The store cannot be opened: the key does not fit it, or its first page is damaged."),
        ) from None
    for pragma in ("synchronous = FULL", "busy_timeout = 5000", "cell_size_check = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA query_only = ON" if reader else "PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_WAL_PAGES}")
    return connection


@dataclass(frozen=True, slots=True)
class FirstRow:
    """A ticket of the first list: number, matter, the customer's name (empty where it is not here)."""

    number: str
    title: str
    customer: str


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What the window shows before anything heavy is loaded; `choices` are this device's settings by name."""

    choices: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[FirstRow, ...] = ()


# The text that Core makes of app.views.first_rows.FIRST_ROWS.
FIRST_ROWS_SQL = (
    "SELECT ticket.number, ticket.title, coalesce(customer.name, '') AS customer_name"
    " FROM ticket LEFT OUTER JOIN customer ON customer.id = ticket.customer"
    " WHERE ticket.state IN ('new', 'in_progress', 'planned', 'waiting_customer', 'waiting_parts', 'waiting_return')"
    " AND ticket.deleted IS 0"
    " ORDER BY ticket.next_at, ticket.last_at DESC, ticket.rid DESC LIMIT 50 OFFSET 0"
)


def setting_value(kept: Any) -> Any:
    """What a setting holds: JSON text, but for numbers, which SQLite's columns of JSON keep as numbers."""
    return json.loads(kept) if isinstance(kept, str) else kept


def first_look(path: Path, key: bytes) -> FirstLook:
    """Read once, on the interface's thread, before the window stands.

    A store of an older version may lack a table or column: it is upgraded behind the window, which then opens bare.
    So it does over a damaged page, the first one too: the writer's opening finds it and says what can be done. The key
    is known to be right. UserError(DISK) as `connect`.
    """
    if not path.exists():
        return FirstLook()
    try:
        connection = connect(path, key, reader=True)
    except UserError as problem:
        if problem.kind is not Trouble.WRONG_KEY:
            raise
        return FirstLook()
    try:
        choices = {name: setting_value(value) for name, value in connection.execute("SELECT name, value FROM setting")}
        return FirstLook(choices, tuple(FirstRow(*row) for row in connection.execute(FIRST_ROWS_SQL)))
    except sqlcipher.DatabaseError:
        return FirstLook()
    finally:
        connection.close()
