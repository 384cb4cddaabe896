"""The hub's key file, and what is derived from it: seals for secrets in the database, a key per partner for files."""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.hub.troubles import Exit, HubError
from app.kernel.ids import random_token

_NONCE = 12


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """The master key of 32 bytes; it is used for nothing but deriving."""

    master: bytes

    def seal(self, secret: bytes, *, what: str) -> bytes:
        """`secret` for the database, bound to what it is."""
        return _locked(self._derived("seal"), secret, what.encode())

    def open(self, sealed: bytes, *, what: str) -> bytes:
        """The secret again; HubError(WRONG_KEY) if another key file sealed it."""
        try:
            return _unlocked(self._derived("seal"), sealed, what.encode())
        except InvalidTag:
            sentence = "The key file is not the one that this hub's secrets were sealed with. Put the right one back."
            raise HubError(sentence, code=Exit.WRONG_KEY) from None

    def lock_piece(self, piece: bytes, *, tenant: str, sha256: str, number: int) -> bytes:
        """One piece of a partner's file as it is kept (AES-256-GCM; tenant, hash and number are bound to it)."""
        return _locked(self._derived(f"blob {tenant}"), piece, _bound(tenant, sha256, number))

    def unlock_piece(self, kept: bytes, *, tenant: str, sha256: str, number: int) -> bytes:
        """The piece again; InvalidTag for one that was changed or moved."""
        return _unlocked(self._derived(f"blob {tenant}"), kept, _bound(tenant, sha256, number))

    def _derived(self, purpose: str) -> bytes:
        return HKDF(SHA256(), 32, salt=None, info=f"aftercare hub {purpose}".encode()).derive(self.master)


def read_keys(file: Path, *, make: bool = False) -> Keys:
    """The keys of this file; with `make` a fresh one where there is none. HubError for a missing or open one."""
    if make and not file.exists():
        _make(file)
    try:
        master = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        raise HubError(f"The key file {file} cannot be read. Name it with --key-file.", code=Exit.WRONG_KEY) from None
    if len(master) != 32 or file.stat().st_mode & 0o077:
        sentence = f"The key file {file} must hold 64 hexadecimal digits and be readable by its owner alone (0600)."
        raise HubError(sentence, code=Exit.WRONG_KEY)
    return Keys(master)


def _make(file: Path) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(f"{random_token(32).hex()}\n")


def _locked(key: bytes, text: bytes, bound: bytes) -> bytes:
    nonce = random_token(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text, bound)


def _unlocked(key: bytes, kept: bytes, bound: bytes) -> bytes:
    return AESGCM(key).decrypt(kept[:_NONCE], kept[_NONCE:], bound)


def _bound(tenant: str, sha256: str, number: int) -> bytes:
    return f"{tenant}\0{sha256}\0{number}".encode()
