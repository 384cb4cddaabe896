"""The whole profile in one file: `*.aftercare-backup`.

A zip without compression whose members are encrypted already: `store.db` (a verified copy), `files/…`, `keys.json`
(the slots: passphrase or recovery key open it on any machine), and `manifest.json` with the SHA-256 of each member
under an HMAC of the store's key. Nothing of a customer is readable in it, names of members included.
"""

import contextlib
import errno
import hashlib
import hmac
import json
import os
import re
import shutil
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from app.kernel.canonical import canonical
from app.kernel.errors import BugError, Trouble, UserError
from app.kernel.instants import now
from app.kernel.messages import say
from app.store.disk import move_file, private_folder
from app.store.keyfile import KeyFile, derive, read_key_file
from app.store.profile import Profile, Unlocked, find_key, hold, read_keys
from app.store.restore import Restored, put_in_place
from app.store.slots import SlotKind
from app.store.snapshot import Progress, take_copy, unheard
from app.store.troubles import disk_trouble, told

ENDING = ".aftercare-backup"
VERSION = 1
_MEMBER = re.compile(r"store\.db|keys\.json|files/[0-9a-f]{2}/[0-9a-f]{64}")
_PIECE = 1 << 20
_MOST_MANIFEST = 1 << 28
_UNREADABLE = (
    zipfile.BadZipFile,
    RuntimeError,
    EOFError,
    ValueError,
    struct.error,
)  # what zipfile makes of changed bytes


@dataclass(frozen=True, slots=True)
class Archive:
    """A verified archive: when it was made (microseconds UTC), the operations and the files in it.

    `elsewhere` says whether it can be opened on another machine: there is a passphrase or a recovery key.
    """

    path: Path
    at: int
    operations: int
    files: int
    elsewhere: bool


def write_archive(unlocked: Unlocked, target: Path, *, progress: Progress = unheard) -> Archive:
    """Back up the whole profile into `target`, which is replaced only by a verified archive.

    Also while a desk writes. `progress(done, of)` counts bytes. DamagedError, UserError(DISK).
    """
    half, copy = target.with_name(target.name + ".part"), unlocked.profile.backups / f"archive-{os.getpid()}.db"
    with told():
        try:
            head = take_copy(unlocked.profile.store, unlocked.key, copy)
            sources = {"store.db": copy, "keys.json": unlocked.profile.keys} | _files_of(unlocked.profile)
            _pack(unlocked, sources, half, head.n, progress)
            verified = check_archive(half, unlocked.key)
            move_file(half, target)
        finally:
            half.unlink(missing_ok=True)
            copy.unlink(missing_ok=True)
    keys = read_keys(unlocked.profile)
    elsewhere = bool(keys.of_kind(SlotKind.PASSPHRASE) or keys.of_kind(SlotKind.RECOVERY))
    return Archive(target, verified["at"], head.n, len(sources) - 2, elsewhere)


def _files_of(profile: Profile) -> dict[str, Path]:
    """The blobs, and nothing else that lies about there: half ones, the system's own, links that lead out."""
    named = {f"files/{path.parent.name}/{path.name}": path for path in sorted(profile.files.glob("??/*"))}
    return {name: path for name, path in named.items() if _is_blob(name, path)}


def _is_blob(name: str, path: Path) -> bool:
    return bool(_MEMBER.fullmatch(name)) and path.is_file() and not path.is_symlink()


def _pack(unlocked: Unlocked, sources: dict[str, Path], target: Path, operations: int, progress: Progress) -> None:
    total, done, members = sum(path.stat().st_size for path in sources.values()), 0, {}
    with zipfile.ZipFile(target, "w") as archive:
        for name, path in sources.items():
            digest = hashlib.sha256()
            with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as member:
                for piece in _pieces(source):
                    member.write(piece)
                    digest.update(piece)
                    done += len(piece)
                    progress(done, total)
            members[name] = digest.hexdigest()
        body = {"version": VERSION, "at": now(), "operations": operations, "members": members}
        archive.writestr("manifest.json", json.dumps(body | {"code": _code(unlocked.key, body)}))
    with contextlib.suppress(PermissionError):  # a stick with FAT knows no owners; what lies there is encrypted
        target.chmod(0o600)


def check_archive(path: Path, key: bytes, *, progress: Progress = unheard) -> dict[str, Any]:
    """Read every member against the manifest, and the manifest against the key; UserError(DAMAGED) if one differs."""
    with _reading(path) as archive:
        manifest = _manifest(archive)
        code = manifest.pop("code", "")
        try:
            genuine = hmac.compare_digest(str(code).encode(), _code(key, manifest).encode())
        except BugError:  # a number or key that no manifest of ours holds
            genuine = False
        if not genuine:
            raise _damaged()
        members: dict[str, str] = manifest["members"]
        if {*members, "manifest.json"} != set(archive.namelist()):
            raise _damaged()
        for done, (name, sha256) in enumerate(members.items(), 1):
            if sha256 != _digest(archive, name):
                raise _damaged()
            progress(done, len(members))
    return manifest


def restore_archive(
    profile: Profile, source: Path, *, passphrase: str = "", recovery: str = "", progress: Progress = unheard
) -> Restored:
    """Restore a whole profile from an archive, into a new folder or over the same profile's own.

    UserError: BAD_INPUT (no archive, or of another profile), WRONG_KEY, DAMAGED, TOO_NEW, LOCKED, DISK. The archive is
    verified whole before anything is written; the store that was there is kept aside.
    """
    with _reading(source) as archive:
        keys = read_key_file(_read(archive, "keys.json"))
    key = find_key(keys, passphrase=passphrase, recovery=recovery)
    check_archive(source, key, progress=progress)
    kept = _keys_to_keep(profile, keys, key)
    for each in (profile.folder, profile.files, profile.backups, profile.logs, profile.aside):
        private_folder(each)
    with hold(profile), told():
        return _unpack(source, profile, Unlocked(profile, key, keys.device, keys.sample), kept)


def _keys_to_keep(profile: Profile, ours: KeyFile, key: bytes) -> KeyFile:
    """The key file that is there if it is of the same profile (its passphrase may be newer), else the archive's.

    The same name under another key is another profile, too: its store would not open with the key file that is kept.
    """
    try:
        there = read_keys(profile)
    except UserError:  # none yet, or a damaged one, which is a reason to restore
        return ours
    if there.profile != ours.profile or there.sealed(key).code != there.code:
        raise UserError(
            Trouble.BAD_INPUT,
            say("This folder holds another profile. Choose an empty folder to restore this backup into."),
            field="profile",
        )
    return there


def _unpack(source: Path, profile: Profile, unlocked: Unlocked, keys: KeyFile) -> Restored:
    incoming = profile.folder / "incoming.db"
    try:
        with _reading(source) as archive:
            if sum(info.file_size for info in archive.infolist()) > shutil.disk_usage(profile.folder).free:
                raise disk_trouble()
            for name in archive.namelist():
                if name.startswith("files/"):
                    _extract(archive, name, profile.folder / name)
            _extract(archive, "store.db", incoming)
        restored = put_in_place(unlocked, incoming)
        keys.write(profile.keys)
        return restored
    finally:
        incoming.unlink(missing_ok=True)


def _extract(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    """Write a member over what is there: a file that is damaged here may be whole in the backup."""
    private_folder(target.parent)
    half = target.with_name(target.name + ".part")
    with archive.open(name) as member, half.open("wb") as file:
        shutil.copyfileobj(member, file, _PIECE)
    half.chmod(0o600)
    move_file(half, target)


def _reading(path: Path) -> zipfile.ZipFile:
    """Open an archive whose members all have names of ours and no compression; BAD_INPUT for anything else."""
    try:
        archive = zipfile.ZipFile(path)
    except (*_UNREADABLE, OSError):
        raise _no_archive() from None
    names = [info.filename for info in archive.infolist()]
    plain = all(info.compress_type == zipfile.ZIP_STORED and not info.flag_bits & 1 for info in archive.infolist())
    ours = all(_MEMBER.fullmatch(name) or name == "manifest.json" for name in names)
    if not (
        plain and ours and len(names) == len(set(names)) and {"manifest.json", "keys.json", "store.db"} <= {*names}
    ):
        archive.close()
        raise _no_archive()
    return archive


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(_read(archive, "manifest.json"))
        if manifest["version"] > VERSION:
            raise UserError(Trouble.TOO_NEW, say("A newer version of this program made this backup. Update first."))
        return manifest
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _damaged() from None


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with _unzipping(), archive.open(name) as member:
        return member.read(_MOST_MANIFEST)


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with _unzipping(), archive.open(name) as member:
        for piece in _pieces(member):
            digest.update(piece)
    return digest.hexdigest()


@contextlib.contextmanager
def _unzipping() -> Iterator[None]:
    """Every way in which zipfile complains about changed bytes; a changed offset is a seek to nowhere (EINVAL)."""
    try:
        yield
    except _UNREADABLE:
        raise _damaged() from None
    except OSError as problem:
        if problem.errno != errno.EINVAL:
            raise
        raise _damaged() from None


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(_PIECE):
        yield piece


def _code(key: bytes, body: dict[str, Any]) -> str:
    return hmac.new(derive(key, "archive"), canonical(body), "sha256").hexdigest()


def _damaged() -> UserError:
    return UserError(Trouble.DAMAGED, say("This backup was changed or is damaged; nothing was restored from it."))


def _no_archive() -> UserError:
    return UserError(Trouble.BAD_INPUT, say("This file is not a backup of this program."), field="file")
