"""Key slots: the store's random 256-bit key, wrapped once for each way to open it. There is no plain key file."""

import base64
import contextlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.kernel.errors import Trouble, UserError
from app.kernel.ids import random_token
from app.kernel.messages import say

KEY_SIZE = 32
_SERVICE = "aftercare"
_MOST = {"time": 4, "memory": 1 << 17, "lanes": 8}  # a forged slot must not eat the machine
MOST_SLOTS = 6  # each of them is tried

Slot = Mapping[str, Any]


class SlotKind(StrEnum):
    """Ways to open a profile."""

    KEY_STORE = "key_store"  # the operating system's (Keychain, Credential Locker, Secret Service)
    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"  # an age identity, printed once and kept by the partner


@dataclass(frozen=True, slots=True)
class Cost:
    """Argon2id: passes, memory in KiB, lanes. The default is the second choice of RFC 9106 (64 MiB)."""

    time: int = 3
    memory: int = 65_536
    lanes: int = 4


def passphrase_slot(key: bytes, passphrase: str, name: str, *, cost: Cost) -> Slot:
    """`key` wrapped for a passphrase; `name` (the profile's id) is bound into it."""
    made = {"kind": SlotKind.PASSPHRASE.value, "time": cost.time, "memory": cost.memory, "lanes": cost.lanes}
    salt = random_token()
    return made | {"salt": salt.hex(), "wrapped": _wrap(key, _stretched(passphrase, salt, cost), name)}


def open_passphrase(slot: Slot, passphrase: str, name: str) -> bytes | None:
    """The key, or None when the passphrase (or the slot) is another one."""
    from argon2.exceptions import HashingError

    numbers = {each: slot[each] for each in _MOST}
    if any(type(n) is not int or not 1 <= n <= _MOST[each] for each, n in numbers.items()):
        raise damaged_keys()
    try:
        stretched = _stretched(passphrase, bytes.fromhex(slot["salt"]), Cost(**numbers))
    except HashingError:  # numbers that do not go together, too short a salt, more memory than there is
        raise damaged_keys() from None
    return _unwrap(slot["wrapped"], stretched, name)


def key_store_slot(key: bytes, name: str) -> Slot | None:
    """`key` wrapped with a secret that the system's key store holds; None where there is no key store."""
    import keyring
    import keyring.errors

    secret = random_token(KEY_SIZE)
    if not _is_systems(keyring.get_keyring()):
        return None
    try:
        keyring.set_password(_SERVICE, name, secret.hex())
        if keyring.get_password(_SERVICE, name) != secret.hex():
            return None
    except keyring.errors.KeyringError:
        return None
    return {"kind": SlotKind.KEY_STORE.value, "wrapped": _wrap(key, secret, name)}


def has_key_store() -> bool:
    """Whether this machine has a key store that a profile could use; nothing is written to find out."""
    import keyring
    import keyring.errors

    try:
        ring = keyring.get_keyring()
        return _is_systems(ring) and type(ring).__module__ not in ("keyring.backends.fail", "keyring.backends.null")
    except (keyring.errors.KeyringError, RuntimeError):
        return False


def open_key_store(slot: Slot, name: str) -> bytes | None:
    """The key, or None when this machine's key store does not hold the secret."""
    import keyring
    import keyring.errors

    try:
        secret = keyring.get_password(_SERVICE, name)
    except keyring.errors.KeyringError:
        return None
    return _unwrap(slot["wrapped"], bytes.fromhex(secret), name) if secret else None


def forget_key_store(name: str) -> None:
    """Take the profile's secret out of the system's key store, where there is one."""
    import keyring
    import keyring.errors

    with contextlib.suppress(keyring.errors.KeyringError):  # no key store, or nothing kept in it: as wished
        keyring.delete_password(_SERVICE, name)


def recovery_slot(key: bytes) -> tuple[Slot, str]:
    """The slot, and the recovery key to print (`AGE-SECRET-KEY-1…`), which is kept nowhere."""
    from pyrage import encrypt, x25519

    identity = x25519.Identity.generate()
    sealed = encrypt(key, [identity.to_public()])
    made = {"kind": SlotKind.RECOVERY.value, "for": str(identity.to_public())}
    return made | {"wrapped": base64.b64encode(sealed).decode()}, str(identity)


def open_recovery(slot: Slot, recovery: str) -> bytes | None:
    """The key, or None when the recovery key is another one; blanks and case of what was typed do not matter."""
    from pyrage import DecryptError, IdentityError, decrypt, x25519

    try:
        identity = x25519.Identity.from_str("".join(recovery.split()).upper())
        key: bytes = decrypt(base64.b64decode(slot["wrapped"]), [identity])
        return key
    except (IdentityError, DecryptError):
        return None


def _is_systems(ring: Any) -> bool:
    """Only keyring's own backends: a plug-in (keyrings.alt) may keep secrets in a plain file."""
    return all(type(each).__module__.startswith("keyring.backends.") for each in getattr(ring, "backends", [ring]))


def damaged_keys() -> UserError:
    """The sentence for a key file that somebody or something changed."""
    return UserError(
        Trouble.DAMAGED,
        say("The key file of this profile was changed or is damaged. Put keys.json back from a backup."),
    )


def _stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    typed = unicodedata.normalize("NFC", passphrase).encode(errors="surrogatepass")  # as on another keyboard
    return hash_secret_raw(typed, salt, cost.time, cost.memory, cost.lanes, KEY_SIZE, Type.ID)


def _wrap(key: bytes, wrapping: bytes, name: str) -> str:
    nonce = random_token(12)
    return (nonce + AESGCM(wrapping).encrypt(nonce, key, name.encode())).hex()


def _unwrap(wrapped: str, wrapping: bytes, name: str) -> bytes | None:
    data = bytes.fromhex(wrapped)
    try:
        return AESGCM(wrapping).decrypt(data[:12], data[12:], name.encode())
    except InvalidTag:
        return None
