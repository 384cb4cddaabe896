"""The keyed connection, and the first list without SQLAlchemy (a test holds its text equal to Core's)."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say

FIRST_PAGE_SIZE = 50


def connect(path: Path, key: bytes, *, reader: bool = False) -> Any:
    """A keyed connection in autocommit, so that BEGIN is ours alone (the driver's own never locks for reads).

    A file that the key does not open raises UserError(WRONG_KEY); SQLCipher cannot tell that from a damaged
    first page, so the sentence names both.
    """
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write page numbers to the terminal
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError:
        connection.close()
        raise UserError(
            Trouble.WRONG_KEY,
            say("The store cannot be opened: the key does not fit it, or its first page is damaged."),
        ) from None
    for pragma in ("synchronous = FULL", "busy_timeout = 5000", "cell_size_check = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA query_only = ON" if reader else "PRAGMA journal_mode = WAL")
    return connection
