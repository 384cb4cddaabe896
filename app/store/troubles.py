"""Which of the database's errors are the world's fault, by SQLite's own code, never by text."""

import contextlib
import errno
import sqlite3
from collections.abc import Iterator

from app.kernel.damage import Damage, DamagedError, Harm
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say

_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM}


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Within: trouble of the disk comes as UserError(DISK), of the file as DamagedError, all else as it is."""
    try:
        yield
    except Exception as problem:
        worded = _worded(problem)
        if worded is None:
            raise
        raise worded from problem


def _worded(problem: Exception) -> UserError | None:
    code = getattr(getattr(problem, "orig", problem), "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGED:
        return DamagedError(Damage(Harm.PAGES))
    if code in _DISK or (isinstance(problem, OSError) and problem.errno in _NO_ROOM):
        return disk_trouble()
    return None


def disk_trouble() -> UserError:
    """The sentence for a disk that is full or does not take what is written."""
    return UserError(
        Trouble.DISK,
        say("The disk is full or does not accept writing. Nothing of this act was saved; make room and save again."),
    )
