"""A verified copy of the store while it is in use, page by page, encrypted with the same key."""

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from app.kernel.damage import Damage, DamagedError, Harm
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.kernel.operations import START, Head, broken_link
from app.store.disk import move_file
from app.store.first_page import connect
from app.store.troubles import disk_trouble, told

Progress = Callable[[int, int], None]  # done, of how many
_PAGES = 2_000  # 8 MiB: a writer waits for one step at most
_ROWS = 2_000
_PAGE = 4096  # bytes


def unheard(_done: int, _of: int) -> None:
    """Progress that nobody watches."""


@contextlib.contextmanager
def reading(path: Path, key: bytes) -> Iterator[Any]:
    """A keyed read connection; the key is known to be right, so a file that does not open is damaged."""
    try:
        connection = connect(path, key, reader=True)
    except UserError as problem:
        if problem.kind is Trouble.WRONG_KEY:
            raise DamagedError(Damage(Harm.PAGES)) from None
        raise
    with contextlib.closing(connection), told():
        yield connection


def has_operations(store: Any) -> bool:
    """False for an empty file: a first start that was killed, or is not there yet, before its schema stood."""
    return bool(store.execute("SELECT count(*) FROM sqlite_master WHERE name = 'op'").fetchone()[0])


def may_be_store(path: Path) -> bool:
    """Whether a file has the size of a store: whole pages. More cannot be told without its key."""
    size = path.stat().st_size
    return size > 0 and size % _PAGE == 0


def take_copy(source: Path, key: bytes, target: Path, *, progress: Progress = unheard) -> Head:
    """Copy the store to `target`, verify the copy, and only then give it its name; where its chain ends.

    DamagedError when the store fails, UserError(DISK) when the copy does or there is no room; `target` is then as it
    was.
    """
    half = target.with_name(target.name + ".part")
    half.unlink(missing_ok=True)
    try:
        with reading(source, key) as store:
            _copy(store, half, key, progress)
        head = _verified(source, half, key)
        half.chmod(0o600)
        move_file(half, target)
        return head
    finally:
        half.unlink(missing_ok=True)


def _verified(source: Path, copy: Path, key: bytes) -> Head:
    try:
        return verify(copy, key)
    except DamagedError:
        with reading(source, key) as store:
            if pages_of(store) or broken_operation(store):
                raise
        raise _untrue() from None


def _untrue() -> UserError:
    return UserError(
        Trouble.DISK,
        say(
            "A copy was written and does not read back as it should. It was removed; look at the disk, it may be dying."
        ),
    )


def _copy(store: Any, target: Path, key: bytes, progress: Progress) -> None:
    with contextlib.closing(connect(target, key)) as copy, told():
        copy.execute("PRAGMA journal_mode = DELETE")
        store.execute("BEGIN")  # one snapshot: without it each commit of the desk makes the copy begin again
        store.execute("SELECT count(*) FROM sqlite_master").fetchone()
        try:
            store.backup(copy, pages=_PAGES, progress=lambda _status, left, total: progress(total - left, total))
        except sqlcipher.DatabaseError as problem:  # the driver gives it no code: ask the store itself
            raise (DamagedError(Damage(Harm.PAGES)) if broken_pages(store) else disk_trouble()) from problem
        store.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode = DELETE")  # the copied header says WAL; one file is easier to keep


def verify(path: Path, key: bytes) -> Head:
    """Prove every page and the whole chain of operations of a store that nobody writes; DamagedError if not."""
    with reading(path, key) as store:
        if broken_pages(store) or broken_operation(store):
            raise DamagedError(Damage(Harm.PAGES))
        n, digest = store.execute("SELECT max(n), hash FROM op").fetchone()
        return Head(n or 0, digest or b"")


def pages_of(store: Any) -> list[str]:
    """As `broken_pages`, of a store that is being written: what is copied into the file while it is read looks broken
    once, and no second time."""
    return broken_pages(store) and broken_pages(store)


def check_store(path: Path, key: bytes) -> None:
    """Read the whole store, also beside a desk that writes; DamagedError when a page or the chain is not whole."""
    with reading(path, key) as store:
        if pages_of(store):
            raise DamagedError(Damage(Harm.PAGES))
        store.execute("BEGIN")  # one snapshot of the chain
        if broken_operation(store):
            raise DamagedError(Damage(Harm.PAGES))


def broken_pages(store: Any) -> list[str]:
    """What SQLCipher's page codes and SQLite's own check find; empty when all is well."""
    found = [str(row[0]) for row in store.execute("PRAGMA cipher_integrity_check")]
    if found:
        return found
    return [str(row[0]) for row in store.execute("PRAGMA quick_check(20)") if row[0] != "ok"]


def broken_operation(store: Any) -> int:
    """The number of the first operation that breaks the chain, or 0."""
    first = store.execute("SELECT n, body, hash FROM op ORDER BY n LIMIT 1").fetchone()
    if first is None:
        return 0
    head = Head(first[0] - 1, bytes.fromhex(json.loads(first[1])["prev"]))  # acknowledged ones may have been dropped
    if head.n == 0 and head.digest != START:
        return 1
    rows = store.execute("SELECT n, body, hash FROM op ORDER BY n")
    while some := [(n, bytes(body), bytes(digest)) for n, body, digest in rows.fetchmany(_ROWS)]:
        if wrong := broken_link(some, head):
            return wrong
        head = Head(some[-1][0], some[-1][2])
    return 0
