"""The plain copy of the handbook in a profile: signed files that are read without the store, its key or a person.

`handbook/current` and `handbook/before` hold the manufacturer's own files with the signed manifest of their pack.
Each is verified by the pinned key whenever it is opened; nothing in it is about a customer.
"""

import hashlib
import logging
import os
import re
import shutil
import threading
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.content.loading import read_items
from app.content.mistakes import BrokenPack, Findings
from app.content.packs import open_pack, read_files
from app.content.signing import MANIFEST, SIGNATURE
from app.handbook.book import Handbook, build_handbook
from app.handbook.place import Shelf
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import Instant, now
from app.kernel.messages import say
from app.kernel.reports import Safe
from app.store.disk import private_folder, replace_file, sync_folder

FILES = re.compile(
    r"manufacturer\.yaml|markets/(markets|[A-Z]{2}-calendar)\.yaml|handbook/[A-Za-z0-9._-]+\.yaml"
    r"|texts/[A-Za-z-]+/(handbook/[A-Za-z0-9._-]+|markets)\.yaml"
)
CURRENT, BEFORE = "current", "before"
_log = logging.getLogger(__name__)
_lock = threading.Lock()
_built: tuple[bytes, Handbook] | None = (
    None  # by the manifest that was verified; building takes a twentieth of a second
)


class Origin(StrEnum):
    """Which copy is shown."""

    CURRENT = "current"
    PUT_BACK = "put_back"  # the current one was altered or lost: the last verified one stands in its place again
    BUNDLED = "bundled"  # both were: the sample's own


@dataclass(frozen=True, slots=True)
class Opened:
    """A verified handbook, since when it is in force here (0: not known), where it came from, and its signature."""

    book: Handbook
    since: Instant
    origin: Origin
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class _Copy:
    version: int
    files: dict[str, bytes]


def belongs(name: str) -> bool:
    """Whether a file of a pack is part of the plain copy."""
    return FILES.fullmatch(name) is not None


def keep(shelf: Shelf, pack: Path, at: Instant) -> bool:
    """Put the handbook of a signed pack (a folder or its archive) on the shelf as the current one; False when it stands
    there already.

    Raises BrokenPack for a pack that does not verify; then nothing changes.
    """
    fresh = _read(pack, shelf.publisher)
    if _try(shelf.folder / CURRENT, shelf.publisher) == fresh:
        _pair(shelf, fresh)
        return False
    private_folder(shelf.folder)
    last = _try(shelf.folder / CURRENT, shelf.publisher) or fresh
    since = _since(shelf, CURRENT) if last is not fresh else at
    _write(shelf, BEFORE, last, since)
    _write(shelf, CURRENT, fresh, at)
    return True


def open_shelf(shelf: Shelf) -> Opened:
    """The handbook that is in force here, verified now; an altered copy gives way to the last verified one.

    UserError: MISSING when none was ever kept here, DAMAGED when every copy was altered.
    """
    for name, origin in ((CURRENT, Origin.CURRENT), (BEFORE, Origin.PUT_BACK)):
        found = _try(shelf.folder / name, shelf.publisher)
        if found is not None:
            opened = Opened(_built_of(found), _since(shelf, name), origin, found.files[SIGNATURE])
            _mend(shelf, name, found)
            return opened
    if shelf.bundled is not None:
        return Opened(_built_of(_read(shelf.bundled, shelf.publisher)), Instant(0), Origin.BUNDLED)
    if (shelf.folder / CURRENT).exists() or (shelf.folder / BEFORE).exists():
        words = say(
            "The crisis handbook on this computer was changed by somebody and is not shown. Call the emergency number,"
            " then the manufacturer, and use the printed handbook."
        )
        raise UserError(Trouble.DAMAGED, words)
    raise no_book()


def no_book() -> UserError:
    """The trouble of a desk that never got a handbook."""
    words = say("There is no crisis handbook on this computer yet. It comes with the first exchange: connect this"
                " computer on the page Exchange, key Ctrl E.")  # fmt: skip
    return UserError(Trouble.MISSING, words)


def is_other(shelf: Shelf, opened: Opened) -> bool:
    """Whether another copy lies there than the one that was opened: a look at one small file, verified by nobody."""
    try:
        return (shelf.folder / CURRENT / SIGNATURE).read_bytes() != opened.signature
    except OSError:
        return False


def renewed_at(shelf: Shelf) -> Instant:
    """Since when another handbook stands in the place of an older one; 0 when the first one still does, or when only
    the rest of the pack is newer. A look at both copies, verified by nobody."""
    current, before = (_texts(shelf.folder / name) for name in (CURRENT, BEFORE))
    return _since(shelf, CURRENT) if current and before and current != before else Instant(0)


def _texts(place: Path) -> dict[str, bytes]:
    """What stands in a copy beside the words about its pack; nothing when it cannot be read."""
    try:
        return {
            each.relative_to(place).as_posix(): each.read_bytes()
            for each in place.rglob("*.yaml") if each.is_file() and not each.is_symlink()
        }  # fmt: skip
    except OSError:
        return {}


def chosen_market(shelf: Shelf) -> str:
    """The market that this desk is in, as it was last chosen; empty when nobody has."""
    try:
        said = (shelf.folder / "market").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""
    return said if re.fullmatch("[A-Z]{2}", said) else ""


def choose_market(shelf: Shelf, market: str) -> None:
    """Remember the market of this desk; a folder that cannot be written forgets it."""
    try:
        private_folder(shelf.folder)
        replace_file(shelf.folder / "market", f"{market}\n".encode("ascii"))
    except OSError as problem:
        _log.warning("the market of the handbook was not kept: %s", Safe(type(problem).__name__))


def _read(place: Path, publisher: bytes) -> _Copy:
    manifest, files = open_pack(place, publisher=publisher, part=belongs)
    whole = read_files(place, findings=Findings()) if place.is_file() else {}
    signed = {name: whole.get(name) or (place / name).read_bytes() for name in (MANIFEST, SIGNATURE)}
    return _Copy(manifest.version, files | signed)


def _try(place: Path, publisher: bytes) -> _Copy | None:
    """The copy at this place, if it is whole and signed."""
    if not place.exists():
        return None
    try:
        return _read(place, publisher)
    except (BrokenPack, OSError) as problem:
        _log.warning("a copy of the handbook is not taken: %s", Safe(type(problem).__name__))
        return None


def _built_of(copy: _Copy) -> Handbook:
    global _built
    key = hashlib.sha256(copy.files[MANIFEST] + copy.files[SIGNATURE]).digest()
    with _lock:
        if _built is None or _built[0] != key:
            plain = {name: data for name, data in copy.files.items() if name not in (MANIFEST, SIGNATURE)}
            _built = (key, build_handbook(copy.version, *read_items(plain, whole=False)))
        return _built[1]


def _mend(shelf: Shelf, good: str, copy: _Copy) -> None:
    """What was altered or lost is replaced by what was verified; a disk that takes nothing changes nothing."""
    try:
        if good == BEFORE:
            _write(shelf, CURRENT, copy, _since(shelf, BEFORE))
        else:
            _pair(shelf, copy)
    except OSError as problem:
        _log.warning("a copy of the handbook was not put back: %s", Safe(type(problem).__name__))


def _pair(shelf: Shelf, current: _Copy) -> None:
    if _try(shelf.folder / BEFORE, shelf.publisher) is None:
        _write(shelf, BEFORE, current, _since(shelf, CURRENT))


def _write(shelf: Shelf, name: str, copy: _Copy, since: Instant) -> None:
    """A whole folder beside, then in the place of the old one; killed between the two, the other copy is there."""
    target, fresh = shelf.folder / name, shelf.folder / f"{name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    for path, data in copy.files.items():
        place = fresh / path
        private_folder(place.parent)
        replace_file(place, data)
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)
    os.replace(fresh, target)
    replace_file(shelf.folder / f"{name}.since", _dated(since, copy.files[SIGNATURE]))
    sync_folder(shelf.folder)


def _dated(since: Instant, signature: bytes) -> bytes:
    """The day is the device's own remark, not the publisher's: a check keeps a slip of the disk out, not a person."""
    check = hashlib.sha256(f"{since}".encode() + signature).hexdigest()[:16]
    return f"{since} {check}\n".encode("ascii")


def _since(shelf: Shelf, name: str) -> Instant:
    try:
        said = (shelf.folder / f"{name}.since").read_bytes()
        since = Instant(int(said.split()[0]))
        signature = (shelf.folder / name / SIGNATURE).read_bytes()
    except (OSError, ValueError, IndexError):
        return Instant(0)
    return since if said == _dated(since, signature) and 0 < since <= now() else Instant(0)
