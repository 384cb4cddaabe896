"""Becoming a device of a partner, on the desk's side: what is asked, and what is believed of the answer."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization

from app.sync.errors import SyncError, SyncTrouble
from app.sync.identity import EnrolmentCode, Identity, fingerprint_of
from app.sync.wire import HASH, ID, WireError, base64_bytes, count, field, matching

LONGEST_NAME = 100
_MARKET = re.compile("[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What the hub gave: who the partner is, its root, and our signing key certified by it (both DER)."""

    partner: str
    partner_name: str
    manufacturer: str
    root: bytes
    certificate: bytes
    epoch: str
    hub_ms: int
    market: str = ""  # two letters, or nothing from a hub that does not say


def ask(code: EnrolmentCode, identity: Identity, *, signing_key: bytes, name: str) -> dict[str, Any]:
    """The message that enrols this device; `signing_key` is its P-256 public key (SubjectPublicKeyInfo, DER)."""
    said = {
        "code": code.name, "device": identity.device, "name": name[:LONGEST_NAME],
        "key": base64.b64encode(identity.public).decode(), "signing_key": base64.b64encode(signing_key).decode(),
    }  # fmt: skip
    return said | {"proof": code.proof("desk", said)}


def believe(code: EnrolmentCode, asked: Mapping[str, Any], said: dict[str, Any]) -> Enrolled:
    """The hub's answer, once it has shown that it knows the code's secret and is the hub that the code names.

    SyncError(NOT_THE_HUB) otherwise: somebody else may have answered.
    """
    try:
        proof = matching(said, "proof", HASH)
        words = {name: value for name, value in said.items() if name != "proof"}
        if proof != code.proof("hub", words | {"asked": asked["proof"]}):
            raise WireError("bad_proof")
        enrolled = _read(said)
        if fingerprint_of(hashlib.sha256(enrolled.root).digest()) != code.fingerprint:
            raise WireError("other_root")
        _check_certificate(enrolled, asked)
        return enrolled
    except WireError as problem:
        raise SyncError(SyncTrouble.NOT_THE_HUB, problem.reason) from None


def _read(said: dict[str, Any]) -> Enrolled:
    texts = {name: field(said, name, str)[:LONGEST_NAME] for name in ("partner", "partner_name", "manufacturer")}
    if not texts["partner"].isalnum():
        raise WireError("bad_partner")
    market = str(said.get("market", ""))
    return Enrolled(
        **texts, market=market if _MARKET.fullmatch(market) else "",
        root=base64_bytes(said, "root"), certificate=base64_bytes(said, "certificate"),
        epoch=matching(said, "epoch", ID), hub_ms=count(said, "hub_time"),
    )  # fmt: skip


def _check_certificate(enrolled: Enrolled, asked: Mapping[str, Any]) -> None:
    """The certificate is of our own key and by the root of the code."""
    try:
        root = x509.load_der_x509_certificate(enrolled.root)
        ours = x509.load_der_x509_certificate(enrolled.certificate)
        ours.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature):
        raise WireError("bad_certificate") from None
    kind = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    if base64.b64encode(ours.public_key().public_bytes(*kind)).decode() != asked["signing_key"]:
        raise WireError("other_key")
