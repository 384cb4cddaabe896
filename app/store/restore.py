"""Putting a verified copy in the place of the store; what was there is kept aside, and a new stream begins."""

import contextlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from app.kernel.damage import DamagedError
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import moment_of, now
from app.kernel.messages import say
from app.kernel.operations import Head
from app.kernel.rights import Actor, How
from app.store.backups import back_up_when_due
from app.store.disk import move_file, private_folder, sync_folder
from app.store.migrate import bring_up
from app.store.profile import Profile, Unlocked, hold
from app.store.sessions import ThreadStore
from app.store.snapshot import Progress, take_copy, unheard
from app.store.work import Work


@dataclass(frozen=True, slots=True)
class Restored:
    """How many operations the restored store holds, and where the one that was there is kept ("" when none was)."""

    operations: int
    aside: str


def restore_copy(unlocked: Unlocked, source: Path, *, progress: Progress = unheard) -> Restored:
    """Restore the store from one of its backups; the profile's files stay, since none is ever removed.

    UserError DAMAGED when the backup fails (nothing is changed then), TOO_NEW, LOCKED or DISK.
    """
    with hold(unlocked.profile):
        return put_in_place(unlocked, source, progress=progress)


def go_on(unlocked: Unlocked, *, progress: Progress = unheard) -> Restored:
    """Go on with a store that ends too early, as it is: its damaged file is kept, its copy lives in a new stream."""
    return restore_copy(unlocked, unlocked.profile.store, progress=progress)


def put_in_place(unlocked: Unlocked, source: Path, *, progress: Progress = unheard) -> Restored:
    """The same for a caller that holds the profile's lock already."""
    profile = unlocked.profile
    fresh = profile.folder / "restoring" / "store.db"  # apart from the tail, which hears of the new life at its opening
    shutil.rmtree(fresh.parent, ignore_errors=True)
    private_folder(fresh.parent)
    try:
        head = _taken(unlocked, source, fresh, progress)
        bring_up(fresh, unlocked.key)
        _draw_stream(fresh, unlocked)
        _back_up_before(unlocked, source)
        kept = set_aside(profile)
        move_file(fresh, profile.store)
    finally:
        shutil.rmtree(fresh.parent)
    return Restored(head.n, str(kept or ""))


def _taken(unlocked: Unlocked, source: Path, fresh: Path, progress: Progress) -> Head:
    try:
        return take_copy(source, unlocked.key, fresh, progress=progress)
    except DamagedError:
        if source == unlocked.profile.store:
            raise
        words = say("This file is no backup of this profile, or it was damaged. Nothing was changed.")
        raise UserError(Trouble.DAMAGED, words, field="file") from None


def _back_up_before(unlocked: Unlocked, source: Path) -> None:
    """A copy of what is there now stands among the others afterwards; when it cannot be taken, since the store is
    damaged or room is short, its file is still kept aside as it is."""
    if source != unlocked.profile.store and unlocked.profile.store.exists():
        with contextlib.suppress(UserError):
            back_up_when_due(unlocked, now(), every=0)


def set_aside(profile: Profile) -> Path | None:
    """Move the store that is there into a folder named by the date; None when there is none.

    A kill before the new one stands in its place leaves no store and a tail: that is found at the next opening.
    """
    there = [path for path in sorted(profile.folder.glob("store.db*")) if path.is_file()]
    if not there:
        return None
    folder = profile.aside / moment_of(now(), "UTC").strftime("%Y%m%dT%H%M%S.%fZ")
    private_folder(folder)
    for path in there:
        move_file(path, folder / path.name)
    sync_folder(profile.folder)
    return folder


def _draw_stream(path: Path, unlocked: Unlocked) -> None:
    """Unacknowledged operations go on under new numbers: the hub may know the old ones' numbers as others."""
    actor = Actor("", frozenset(), unlocked.device, How.SYSTEM)
    with contextlib.closing(ThreadStore(path, unlocked.key, reader=False)) as store:
        store.write(actor, Work.draw_stream)
