"""Who a request is from: an Ed25519 signature of the device over each one; there is no token that could be stolen.

Method, path, body, time and a nonce are signed, so that nothing of a request can be changed or sent a second time.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.kernel.canonical import canonical
from app.kernel.ids import random_token
from app.sync.wire import WireError

DEVICE, TIME, NONCE, SIGNATURE = "ac-device", "ac-time", "ac-nonce", "ac-sig"  # short: they go each time
TIME_LIMIT_MS = 300_000
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans("OIL", "011")
FINGERPRINT, SECRET = 8, 12  # symbols of 5 bits: 40 bits of the hub's root, 60 bits that only the code holds
_MESSAGE = re.compile(r"[0-9]{1,15} [0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Identity:
    """The device's own half; `seed` (32 bytes) is derived from the profile's key and never leaves the device."""

    device: str
    seed: bytes

    @property
    def public(self) -> bytes:
        """The raw public key that the hub knows this device by."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, text: bytes) -> bytes:
        """A signature of 64 bytes."""
        return self._key.sign(text)

    def headers(self, method: str, path: str, body: bytes, *, time_ms: int) -> dict[str, str]:
        """What goes with a request; `path` with its query, `time_ms` by the hub's clock as far as it is known."""
        nonce = random_token().hex()
        text = _request_text(method, path, body, self.device, time_ms, nonce)
        signature = base64.b64encode(self.sign(text)).decode()
        return {DEVICE: self.device, TIME: str(time_ms), NONCE: nonce, SIGNATURE: signature}

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def __repr__(self) -> str:
        return f"Identity({self.device})"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a request says about itself, not yet believed."""

    device: str
    time_ms: int
    nonce: str
    signature: bytes

    def holds(self, public: bytes, method: str, path: str, body: bytes) -> bool:
        """Whether this device's key signed this very request."""
        text = _request_text(method, path, body, self.device, self.time_ms, self.nonce)
        return verifies(public, self.signature, text)


def read_claim(headers: Mapping[str, str]) -> Claim:
    """The claim in a request's headers; WireError when there is none or it is no such claim."""
    device, nonce = headers.get(DEVICE, ""), headers.get(NONCE, "")
    if not _MESSAGE.fullmatch(f"{headers.get(TIME, '')} {nonce}") or not re.fullmatch(r"[0-9a-f]{32}", device):
        raise WireError("no_claim")
    try:
        signature = base64.b64decode(headers.get(SIGNATURE, ""), validate=True)
    except (binascii.Error, ValueError):
        raise WireError("no_claim") from None
    return Claim(device, int(headers[TIME]), nonce, signature)


def verifies(public: bytes, signature: bytes, text: bytes) -> bool:
    """Whether the raw Ed25519 key signed this text."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """What is read out on the telephone or scanned: which hub it must be, and a secret good for one device."""

    fingerprint: str
    secret: str

    @property
    def name(self) -> str:
        """What the hub finds the code by; it tells nothing of the secret (60 random bits)."""
        return hashlib.sha256(f"aftercare enrolment {self.secret}".encode()).hexdigest()[:32]

    def printed(self) -> str:
        """Four groups of five."""
        whole = self.fingerprint + self.secret
        return "-".join(whole[at : at + 5] for at in range(0, len(whole), 5))

    def proof(self, who: str, said: Mapping[str, object]) -> str:
        """A code over a message of the enrolment that only the two sides of this secret can make; `who` speaks."""
        return hmac.digest(self.secret.encode(), who.encode() + b"\0" + canonical(dict(said)), "sha256").hex()

    def __repr__(self) -> str:
        return "EnrolmentCode(...)"


def make_code(root_sha256: bytes) -> EnrolmentCode:
    """A fresh code of the hub with this root certificate."""
    chance = "".join(_CROCKFORD[byte & 31] for byte in random_token(SECRET))
    return EnrolmentCode(fingerprint_of(root_sha256), chance)


def read_code(typed: str) -> EnrolmentCode:
    """A code as typed: spaces, dashes and look-alikes forgiven; WireError when it is none."""
    plain = re.sub(r"[\s\-]", "", typed).upper().translate(_LOOK_ALIKES)
    if len(plain) != FINGERPRINT + SECRET or any(sign not in _CROCKFORD for sign in plain):
        raise WireError("bad_code")
    return EnrolmentCode(plain[:FINGERPRINT], plain[FINGERPRINT:])


def fingerprint_of(root_sha256: bytes) -> str:
    """The first 40 bits of the root certificate's SHA-256."""
    number = int.from_bytes(root_sha256[:5], "big")
    return "".join(_CROCKFORD[number >> shift & 31] for shift in range(35, -1, -5))


def _request_text(method: str, path: str, body: bytes, device: str, time_ms: int, nonce: str) -> bytes:
    return canonical([method.upper(), path, hashlib.sha256(body).hexdigest(), device, time_ms, nonce])
