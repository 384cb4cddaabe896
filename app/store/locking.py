"""Facts that only some may read: each under its own key, wrapped for those who may; theirs is under their words.

Whoever writes needs no key. Destroying the wrap destroys the fact, wherever its sealed text still lies.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.kernel.canonical import canonical
from app.kernel.errors import UserError
from app.kernel.ids import random_token
from app.store.slots import KEY_SIZE, Cost, Slot, open_passphrase, passphrase_slot

_NONCE = 12


@dataclass(frozen=True, slots=True)
class Locked:
    """`ct` is nonce and AES-256-GCM text in base64, bound to its place; `wrap` is the key `kid` as an age file."""

    kid: str
    ct: str
    wrap: bytes


def lock(text: str, recipients: Iterable[str], *, place: Iterable[str]) -> Locked:
    """The text for these age recipients alone. `place` says what it belongs to: elsewhere it does not open."""
    key, kid, nonce = random_token(KEY_SIZE), random_token().hex(), random_token(_NONCE)
    sealed = nonce + AESGCM(key).encrypt(nonce, text.encode(), _bound(kid, place))
    return Locked(kid, base64.b64encode(sealed).decode(), _wrapped(key, recipients))


def unlock(locked: Locked, identity: str, *, place: Iterable[str]) -> str | None:
    """The text, or None for whom it was not wrapped, or when it is not what was locked there."""
    key = _unwrapped(locked.wrap, identity)
    if key is None:
        return None
    try:
        sealed = base64.b64decode(locked.ct, validate=True)
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(locked.kid, place)).decode()
    except (InvalidTag, ValueError):
        return None


def wrap_anew(wrap: bytes, identity: str, recipients: Iterable[str]) -> bytes | None:
    """The same key for other recipients; None when the identity does not open it."""
    key = _unwrapped(wrap, identity)
    return None if key is None else _wrapped(key, recipients)


def is_wrap(start: bytes) -> bool:
    """Whether a file that begins so can be the wrap of a key."""
    return start.startswith(b"age-encryption.org/")


def is_recipient(text: str) -> bool:
    """Whether this is a public key that something can be wrapped for."""
    from pyrage import RecipientError, x25519

    try:
        x25519.Recipient.from_str(text)
    except RecipientError:
        return False
    return True


def new_identity(words: str, name: str, *, cost: Cost | None = None) -> tuple[str, Slot]:
    """A person's public key, and the private one under their words; `name` (whose it is) is bound into it."""
    from pyrage import x25519

    identity = x25519.Identity.generate()
    return str(identity.to_public()), passphrase_slot(str(identity).encode(), words, name, cost=cost or Cost())


def under_other_words(slot: Slot, words: str, new: str, name: str, *, cost: Cost | None = None) -> Slot | None:
    """The same private key under new words; None when the old ones are others."""
    identity = identity_of(slot, words, name)
    return None if identity is None else passphrase_slot(identity.encode(), new, name, cost=cost or Cost())


def identity_of(slot: Slot, words: str, name: str) -> str | None:
    """The private key; None when the words are others, or the slot, which may come from anywhere, is none."""
    numbers, texts = ("time", "memory", "lanes"), ("salt", "wrapped")
    if any(type(slot.get(each)) is not int for each in numbers) or any(
        type(slot.get(each)) is not str for each in texts
    ):
        return None
    try:
        identity = open_passphrase(slot, words, name)
        return None if identity is None else identity.decode()
    except (ValueError, UserError):  # numbers that would eat the machine, what is no hexadecimal
        return None


def _wrapped(key: bytes, recipients: Iterable[str]) -> bytes:
    from pyrage import encrypt, x25519

    sealed: bytes = encrypt(key, [x25519.Recipient.from_str(each) for each in recipients])
    return sealed


def _unwrapped(wrap: bytes, identity: str) -> bytes | None:
    from pyrage import DecryptError, IdentityError, decrypt, x25519

    try:
        key: bytes = decrypt(wrap, [x25519.Identity.from_str(identity)])
    except (DecryptError, IdentityError):
        return None
    return key if len(key) == KEY_SIZE else None


def _bound(kid: str, place: Iterable[str]) -> bytes:
    return canonical([kid, *place])
