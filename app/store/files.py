"""Blobs: content-addressed, each encrypted on its own, never in plain on the disk.

A file is a 4-byte mark, a 16-byte salt and chunks of 1 MiB, each AES-256-GCM under a key that HKDF derives from the
store's key and the salt; the nonce is the chunk's number and whether it is the last, so that chunks cannot be moved,
dropped or cut off. Its name is an HMAC of the content's SHA-256: who sees the folder cannot tell a known file.
"""

import hashlib
import hmac
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.kernel.errors import Trouble, UserError
from app.kernel.ids import random_token
from app.kernel.messages import say
from app.store.disk import move_file, private_folder
from app.store.keyfile import derive

CHUNK = 1 << 20
_MARK = b"AFB1"
_SALT = 16
_HEADER = len(_MARK) + _SALT
_TAG = 16
_HALF = ".part"


class Files:
    """The files of one profile; safe to use from every thread."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = derive(key, "files")
        self._naming = derive(key, "file names")

    def keep(self, data: bytes) -> str:
        """Store bytes; returns their SHA-256 in hexadecimal. Kept once however often it is given; a copy that is
        damaged on the disk is replaced."""
        sha256 = hashlib.sha256(data).hexdigest()
        return sha256 if self._whole(self.path_of(sha256)) else self.keep_stream(io.BytesIO(data))

    def keep_stream(self, source: BinaryIO) -> str:
        """Store all that `source` reads, holding two chunks in memory; returns the SHA-256 of the content."""
        private_folder(self._folder)
        half = self._folder / (random_token().hex() + _HALF)
        try:
            sha256 = self._encrypt(source, half)
            target = self.path_of(sha256)
            private_folder(target.parent)
            move_file(half, target)
        finally:
            half.unlink(missing_ok=True)
        return sha256

    def read(self, sha256: str) -> bytes:
        """The content; UserError MISSING when it is not here (yet), DAMAGED when it is not what it was."""
        return b"".join(self.chunks(sha256))

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """The content in pieces of at most 1 MiB; the whole is proved only when the last has come (as `read`)."""
        try:
            file = self.path_of(sha256).open("rb")
        except FileNotFoundError:
            raise UserError(Trouble.MISSING, say("This file is not on this device yet.")) from None
        whole = hashlib.sha256()
        with file:
            for piece in self._decrypt(file):
                whole.update(piece)
                yield piece
        if whole.hexdigest() != sha256:
            raise _damaged()

    def has(self, sha256: str) -> bool:
        """Whether the file is on this device."""
        return self.path_of(sha256).exists()

    def drop(self, sha256: str) -> None:
        """Remove a file that nothing names: a piece of one that is whole now, or what was refused."""
        self.path_of(sha256).unlink(missing_ok=True)

    def path_of(self, sha256: str) -> Path:
        """Where the encrypted file stands or would stand."""
        name = hmac.digest(self._naming, bytes.fromhex(sha256), "sha256").hex()
        return self._folder / name[:2] / name

    def clean(self) -> int:
        """Remove what a killed process left half-written (encrypted, too); how many. Only before anyone writes."""
        halves = [*self._folder.glob("*" + _HALF), *self._folder.glob("??/*" + _HALF)]  # the latter: of a restore
        for half in halves:
            half.unlink()
        return len(halves)

    def damaged(self) -> tuple[int, list[str]]:
        """Read every file: how many there are, and the names of those that fail."""
        names = sorted(self._folder.glob("??/*"))
        return len(names), [path.name for path in names if not self._whole(path)]

    def _whole(self, path: Path) -> bool:
        digest = hashlib.sha256()
        try:
            with path.open("rb") as file:
                for piece in self._decrypt(file):
                    digest.update(piece)
        except (UserError, FileNotFoundError, IsADirectoryError):
            return False
        return self.path_of(digest.hexdigest()).name == path.name

    def _encrypt(self, source: BinaryIO, target: Path) -> str:
        salt, whole = random_token(_SALT), hashlib.sha256()
        cipher = self._cipher(salt)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(_MARK + salt)
            piece, n = source.read(CHUNK), 0
            while True:
                following = source.read(CHUNK) if piece else b""
                whole.update(piece)
                file.write(cipher.encrypt(_nonce(n, last=not following), piece, None))
                if not following:
                    break
                piece, n = following, n + 1
            file.flush()
            os.fsync(file.fileno())
        return whole.hexdigest()

    def _decrypt(self, file: BinaryIO) -> Iterator[bytes]:
        header = file.read(_HEADER)
        if header[: len(_MARK)] != _MARK:
            raise _damaged()
        cipher, n = self._cipher(header[len(_MARK) :]), 0
        sealed = file.read(CHUNK + _TAG)
        while sealed or n == 0:
            following = file.read(CHUNK + _TAG)
            try:
                yield cipher.decrypt(_nonce(n, last=not following), sealed, None)
            except (InvalidTag, ValueError):
                raise _damaged() from None
            sealed, n = following, n + 1

    def _cipher(self, salt: bytes) -> AESGCM:
        return AESGCM(derive(self._key, f"file {salt.hex()}"))


def _nonce(n: int, *, last: bool) -> bytes:
    return n.to_bytes(11, "big") + bytes([last])


def _damaged() -> UserError:
    return UserError(Trouble.DAMAGED, say("This file was changed or damaged on the disk. Restore it from a backup."))
