"""Copies of the whole profile in a further folder: a stick, or a folder of the network.

They are `*.aftercare-backup` files, encrypted, and open on another computer. The newest three stay; nothing is ever
removed there that is not one of ours, of this very profile.
"""

import contextlib
import hashlib
import json
import re
import threading
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.kernel.errors import Trouble, UserError
from app.kernel.instants import DAY, instant_of, moment_of, now
from app.kernel.messages import say
from app.store.archive import ENDING, Archive, write_archive
from app.store.backups import HOUR
from app.store.first_page import setting_value
from app.store.profile import Profile, Unlocked, read_keys
from app.store.snapshot import Progress, reading, unheard

SETTING = "backup.elsewhere"
KEPT = 3
EVERY = DAY
_STAMP = "%Y%m%dT%H%M%S.%f"
_ONE = threading.Lock()  # the one of the day and one that is asked for would write one file
_tried: dict[str, int] = {}  # when a copy was last begun in a folder: a full stick is not tried every five minutes
_OWN = 12  # of the hash of the profile's id: ids that were made alike begin and end alike


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy in the further folder, and when it was made (microseconds UTC)."""

    path: Path
    at: int


def copy_elsewhere(unlocked: Unlocked, folder: Path, *, progress: Progress = unheard) -> Archive:
    """A verified copy of the whole profile in `folder`; older ones of ours go, down to the newest three.

    UserError: MISSING (field `folder`) when it is not there now, DISK, DAMAGED as the store's own.
    """
    with _ONE:
        return _copy(unlocked, folder, progress)


def _copy(unlocked: Unlocked, folder: Path, progress: Progress) -> Archive:
    require_folder(folder)
    at = now()
    name = f"{_start(unlocked.profile)}{moment_of(at, 'UTC').strftime(_STAMP)}Z{ENDING}"
    _drop_halves(unlocked.profile, folder, at)
    try:
        made = write_archive(unlocked, folder / name, progress=progress)
    except OSError as problem:  # pulled out in the middle, a network that hangs up
        raise _not_written() from problem
    except UserError as problem:
        raise (_not_written() if problem.kind is Trouble.DISK else problem) from problem
    _drop_old(unlocked.profile, folder)
    return made


def require_folder(folder: Path) -> None:
    """UserError MISSING when the folder is not there now: the stick is not in, the network is away."""
    try:
        there = folder.is_dir()
    except OSError:
        there = False
    if not there:
        raise UserError(
            Trouble.MISSING,
            say("The folder for further copies is not there now. Put in the stick, or choose another folder."),
            field="folder",
        )


def _not_written() -> UserError:
    return UserError(
        Trouble.DISK,
        say("No copy could be written into the further folder. Look whether there is room, then try again."),
        field="folder",
    )


def copies_elsewhere(profile: Profile, folder: Path) -> list[Copied]:
    """This profile's copies in a folder by their names, newest first; none where it is not there."""
    pattern = re.compile(re.escape(_start(profile)) + r"(\d{8}T\d{6}\.\d{6})Z" + re.escape(ENDING))
    found = []
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            match = pattern.fullmatch(path.name)
            if match and path.is_file() and not path.is_symlink():
                with contextlib.suppress(ValueError):  # a name of somebody's own with a day that no month has
                    moment = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
                    found.append(Copied(path, instant_of(moment)))
    return sorted(found, key=lambda copied: copied.at, reverse=True)


def copy_when_due(unlocked: Unlocked, at: int) -> Archive | None:
    """One a day into the folder that the desk's settings name, while it is there; None when there is no need."""
    named = further_folder(unlocked)
    if not named or not Path(named).is_dir():
        return None
    there = [copied for copied in copies_elsewhere(unlocked.profile, Path(named)) if copied.at <= at]
    if (there and at < there[0].at + EVERY) or at < _tried.get(named, -HOUR) + HOUR:
        return None
    _tried[named] = at
    return copy_elsewhere(unlocked, Path(named))


def further_folder(unlocked: Unlocked) -> str:
    """The folder that was chosen, or nothing."""
    with reading(unlocked.profile.store, unlocked.key) as store:
        row = store.execute("SELECT value FROM setting WHERE name = ?", (SETTING,)).fetchone()
    said = setting_value(row[0]) if row else ""
    return said if isinstance(said, str) else ""


def _start(profile: Profile) -> str:
    own = hashlib.sha256(read_keys(profile).profile.encode()).hexdigest()[:_OWN]
    return f"aftercare-{own}-"


def _drop_old(profile: Profile, folder: Path) -> None:
    """What cannot be removed, or cannot be proved to be ours, stays: a copy too many does no harm."""
    for copied in copies_elsewhere(profile, folder)[KEPT:]:
        if _is_ours(profile, copied.path):
            with contextlib.suppress(OSError):
                copied.path.unlink()


def _is_ours(profile: Profile, path: Path) -> bool:
    """Whether the file itself says that it is a copy of this profile."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("keys.json") as member:
            said = json.loads(member.read(1 << 16))
        return bool(said["profile"] == read_keys(profile).profile)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, EOFError, zipfile.BadZipFile):
        return False


def _drop_halves(profile: Profile, folder: Path, at: int) -> None:
    """What a killed copy left half-written; one that is being written is younger than an hour."""
    for path in folder.glob(f"{_start(profile)}*{ENDING}.part"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime_ns // 1000 < at - HOUR:
                path.unlink()
