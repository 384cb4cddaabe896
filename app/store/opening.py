"""Opening the store: for the desk's threads, and for one thread of the command line and of tests.

What needs SQLAlchemy is loaded by name from `ROOMS`, on the thread that opens (the writer's): the interface stands
before it. Only this module and ui/shell/pages.py load by name.
"""

import contextlib
import dataclasses
import importlib
import logging
from collections.abc import Iterator

from app.kernel.damage import Damage, DamagedError, Harm
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.store.backups import backups
from app.store.files import Files
from app.store.profile import Unlocked, hold
from app.store.runner import Opened
from app.store.snapshot import has_operations, reading
from app.store.tail import Tail

ROOMS = {
    "schema": "app.schema",
    "engine": "app.store.engine",
    "migrate": "app.store.migrate",
    "sessions": "app.store.sessions",
}
_log = logging.getLogger(__name__)


class StoreOpener:
    """The opener for ThreadRunner; the caller holds the profile's lock (`profile.hold`).

    `interface` is the thread that may never ask the store (threading.get_ident()); `zone` is an IANA name.
    """

    def __init__(self, unlocked: Unlocked, *, zone: str = "UTC", interface: int = 0) -> None:
        self._unlocked = unlocked
        self._zone = zone
        self._interface = interface

    def __call__(self, *, reader: bool) -> Opened:
        """Open for the calling thread; the writer's call looks for damage and upgrades first.

        DamagedError (with the backups there are), UserError TOO_NEW or DISK.
        """
        rooms = {name: importlib.import_module(place) for name, place in ROOMS.items()}
        if self._interface:
            rooms["engine"].refuse_thread(self._interface)
        unlocked = self._unlocked
        if not reader:
            with naming_backups(unlocked):
                look_for_damage(unlocked)
                rooms["migrate"].prepare(unlocked)
            Files(unlocked.profile.files, unlocked.key).clean()
        opened: Opened = rooms["sessions"].ThreadStore(
            unlocked.profile.store, unlocked.key, reader=reader, zone=self._zone
        )
        return opened


@contextlib.contextmanager
def open_store(unlocked: Unlocked, *, zone: str = "UTC") -> Iterator[Opened]:
    """Hold the profile and open its store for writing and reading on this thread, until the block ends.

    Use `writer.write(actor, action, args, named)` and `writer.read(query, args, named)`. Errors as StoreOpener,
    and UserError(LOCKED) while a desk has it.
    """
    with hold(unlocked.profile):
        store = StoreOpener(unlocked, zone=zone)(reader=False)
        with contextlib.closing(store):
            yield store


@contextlib.contextmanager
def open_reader(unlocked: Unlocked, *, zone: str = "UTC") -> Iterator[Opened]:
    """Open the store for reading beside a desk that may be running; UserError TOO_NEW, or MISSING when there is
    none yet or it must be upgraded first (open it once for writing)."""
    migrate, path = importlib.import_module(ROOMS["migrate"]), unlocked.profile.store
    version = migrate.stored_version(path, unlocked.key) if path.exists() else 0
    if version < migrate.SCHEMA_VERSION:
        raise UserError(Trouble.MISSING, say("This profile has no store of this version yet. Open the desk once."))
    if version > migrate.SCHEMA_VERSION:
        raise migrate.too_new()
    with contextlib.closing(StoreOpener(unlocked, zone=zone)(reader=True)) as store:
        yield store


def look_for_damage(unlocked: Unlocked) -> None:
    """Raise DamagedError when the store is gone, does not open, or ends before what was acknowledged.

    Afterwards the tail goes on from the store's end. A damaged page is found when it is read, or by doctor.
    """
    profile = unlocked.profile
    tail = Tail(profile.tail, unlocked.derive("tail"))
    known = bool(tail.marks())
    if not profile.store.exists():
        if known:
            raise DamagedError(Damage(Harm.GONE))
        return
    with reading(profile.store, unlocked.key) as store, contextlib.closing(tail):
        empty = not has_operations(store)
        missing = None if empty else tail.begin(store)
    if empty and known:
        raise DamagedError(Damage(Harm.GONE))
    if missing:
        _log.error("store ends early: %d acts", missing.acts)
        raise DamagedError(Damage(Harm.ENDS_EARLY, missing.acts, missing.since))


@contextlib.contextmanager
def naming_backups(unlocked: Unlocked) -> Iterator[None]:
    """Within: a DamagedError comes with the backups that could be restored."""
    try:
        yield
    except DamagedError as problem:
        known = tuple(backup.candidate() for backup in backups(unlocked.profile.backups))
        raise DamagedError(dataclasses.replace(problem.damage, backups=known)) from problem
