"""The manifest of a pack and its Ed25519 signature by the one publisher key."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.content.mistakes import BrokenPack, Mistake
from app.kernel.canonical import canonical
from app.kernel.messages import Message, say

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files` maps the path inside the pack to the hex SHA-256 of the file; `version` grows with each pack."""

    pack: str
    version: int
    files: Mapping[str, str]

    def encoded(self) -> bytes:
        """The canonical JSON that is signed."""
        body = {"format": FORMAT, "pack": self.pack, "version": self.version, "files": dict(self.files)}
        return canonical(body)


def manifest_of(files: Mapping[str, bytes], *, pack: str, version: int) -> Manifest:
    """The manifest that describes `files`, itself and its signature left out."""
    hashes = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
    return Manifest(pack, version, {name: hashes[name] for name in hashes if name not in (MANIFEST, SIGNATURE)})


def sign_once(manifest: Manifest) -> tuple[bytes, bytes]:
    """(signature, raw public key) by a fresh key pair whose private half ends with this call."""
    key = Ed25519PrivateKey.generate()
    return key.sign(manifest.encoded()), key.public_key().public_bytes_raw()


def read_manifest(files: Mapping[str, bytes], *, publisher: bytes) -> Manifest:
    """The manifest among `files`, once `publisher` (raw public key) is seen to have signed these very bytes.

    Raises BrokenPack when it or its signature is missing, wrong, or by another key.
    """
    if MANIFEST not in files or SIGNATURE not in files:
        raise _broken(say("The pack is not signed. Ask the manufacturer for a signed pack."))
    try:
        signature = bytes.fromhex(_one_spelling(files[SIGNATURE]))
        Ed25519PublicKey.from_public_bytes(publisher).verify(signature, files[MANIFEST])
    except (InvalidSignature, ValueError):
        message = say("The signature is not the manufacturer's. Do not use this pack; ask for it once more.")
        raise _broken(message) from None
    return _decoded(files[MANIFEST])


def _one_spelling(signature: bytes) -> str:
    """The hex digits of a signature file; any other spelling of the same number counts as changed."""
    if not re.fullmatch(rb"[0-9a-f]{128}\n", signature):
        raise ValueError("not a signature")
    return signature.decode("ascii").strip()


def _decoded(data: bytes) -> Manifest:
    try:
        body: Any = json.loads(data)
        manifest = Manifest(str(body["pack"]), int(body["version"]), dict(body["files"]))
        plain = all(re.fullmatch(r"[0-9a-f]{64}", each) for each in manifest.files.values())
        if plain and manifest.encoded() == data:
            return manifest
    except (ValueError, KeyError, TypeError, RecursionError):
        pass  # refused below with the same words
    raise _broken(say("The manifest is of a form that this version does not know. Update Aftercare."))


def _broken(message: Message) -> BrokenPack:
    return BrokenPack([Mistake(MANIFEST, 0, message)])
