"""The CMS of our signatures in one exact form: what `make_cms` writes is all that `open_cms` accepts.

A CMS has bytes that no signature covers (versions, algorithm names, the certificate's copy). They are checked by
building the whole object again from its signed parts: a single other byte is refused. Form: RFC 5652 with the
attributes of PAdES (ETSI EN 319 142-1) for P-256, one certificate, nothing unsigned; s in its lower half, since
(r, -s) would be a second valid signature.
"""

import hashlib
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (FIPS 186-5)

_INTEGER, _OCTETS, _SEQUENCE, _SET, _CONTEXT_0 = 0x02, 0x04, 0x30, 0x31, 0xA0
_ONE = bytes((2, 1, 1))  # INTEGER 1: the version of SignedData and of SignerInfo
_DATA = bytes.fromhex("06092a864886f70d010701")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
_MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
_SIGNING_CERTIFICATE_V2 = bytes.fromhex("060b2a864886f70d010910022f")
_SHA256 = bytes.fromhex("300b0609608648016503040201")
_ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")


class NotOurs(Exception):
    """The bytes are no signature in our form, or one that does not hold."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A signature that holds over the digest; the certificate in DER."""

    certificate: bytes


def make_cms(digest: bytes, private_key: ec.EllipticCurvePrivateKey, certificate: bytes) -> bytes:
    """A detached CMS over the SHA-256 `digest` of a document, in DER."""
    attributes = _attributes(digest, certificate)
    r, s = decode_dss_signature(private_key.sign(_tlv(_SET, attributes), ec.ECDSA(hashes.SHA256())))
    return _assemble(attributes, encode_dss_signature(r, min(s, ORDER - s)), certificate)


def open_cms(der: bytes, digest: bytes) -> Opened:
    """Checks a CMS against the digest of what it should sign; raises NotOurs with the reason."""
    try:
        return _open(der, digest)
    except (ValueError, TypeError, IndexError, InvalidSignature, UnsupportedAlgorithm) as error:
        raise NotOurs(type(error).__name__) from None


def _open(der: bytes, digest: bytes) -> Opened:
    certificate, signature = _parts(der)
    attributes = _attributes(digest, certificate)
    if _assemble(attributes, signature, certificate) != der:
        raise NotOurs("another form, document or certificate")
    r, s = decode_dss_signature(signature)
    if s > ORDER // 2 or encode_dss_signature(r, s) != signature:
        raise NotOurs("signature value")
    key = x509.load_der_x509_certificate(certificate).public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise NotOurs("kind of key")
    key.verify(signature, _tlv(_SET, attributes), ec.ECDSA(hashes.SHA256()))
    return Opened(certificate)


def _tlv(tag: int, *contents: bytes) -> bytes:
    """A DER value: tag, shortest length, contents."""
    body = b"".join(contents)
    if len(body) < 0x80:
        return bytes((tag, len(body))) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def _read(tag: int, data: bytes) -> tuple[bytes, bytes]:
    """The contents of the value at the start of `data`, and what follows it."""
    length, start = data[1], 2
    if length > 0x80:
        start += length - 0x80
        length = int.from_bytes(data[2:start], "big")
    if data[0] != tag or start + length > len(data):
        raise ValueError("another value than expected")
    return data[start : start + length], data[start + length :]


def _parts(der: bytes) -> tuple[bytes, bytes]:
    """Certificate and signature value; building the whole again from them shows whether anything else was there."""
    signed = _read(_CONTEXT_0, _read(_SEQUENCE, der)[0][len(_SIGNED_DATA) :])[0]
    rest = _read(_SEQUENCE, signed)[0][len(_ONE + _tlv(_SET, _SHA256) + _tlv(_SEQUENCE, _DATA)) :]
    certificate, rest = _read(_CONTEXT_0, rest)
    signer = _read(_SEQUENCE, _read(_SET, rest)[0])[0]
    after_name = _read(_SEQUENCE, signer[len(_ONE) :])[1]
    after_attributes = _read(_CONTEXT_0, after_name[len(_SHA256) :])[1]
    return certificate, _read(_OCTETS, after_attributes[len(_ECDSA_SHA256) :])[0]


def _issuer_and_serial(certificate: bytes) -> bytes:
    """The two values that name a certificate (RFC 5652, 10.2.4), as they stand in it."""
    to_be_signed = _read(_SEQUENCE, _read(_SEQUENCE, certificate)[0])[0]
    from_serial = _read(_CONTEXT_0, to_be_signed)[1]
    from_algorithm = _read(_INTEGER, from_serial)[1]
    from_issuer = _read(_SEQUENCE, from_algorithm)[1]
    behind = _read(_SEQUENCE, from_issuer)[1]
    serial = from_serial[: len(from_serial) - len(from_algorithm)]
    return from_issuer[: len(from_issuer) - len(behind)] + serial


def _attributes(digest: bytes, certificate: bytes) -> bytes:
    """Content type, digest, and the hash of the certificate, so that no other can be put in its place."""
    identifier = _tlv(_SEQUENCE, _tlv(_OCTETS, hashlib.sha256(certificate).digest()))
    attributes = [
        _tlv(_SEQUENCE, _CONTENT_TYPE, _tlv(_SET, _DATA)),
        _tlv(_SEQUENCE, _MESSAGE_DIGEST, _tlv(_SET, _tlv(_OCTETS, digest))),
        _tlv(_SEQUENCE, _SIGNING_CERTIFICATE_V2, _tlv(_SET, _tlv(_SEQUENCE, _tlv(_SEQUENCE, identifier)))),
    ]
    return b"".join(sorted(attributes))  # DER orders a SET OF by its encodings


def _assemble(attributes: bytes, signature: bytes, certificate: bytes) -> bytes:
    signer = _tlv(
        _SEQUENCE,
        _ONE,
        _tlv(_SEQUENCE, _issuer_and_serial(certificate)),
        _SHA256,
        _tlv(_CONTEXT_0, attributes),
        _ECDSA_SHA256,
        _tlv(_OCTETS, signature),
    )
    signed = _tlv(
        _SEQUENCE,
        _ONE,
        _tlv(_SET, _SHA256),
        _tlv(_SEQUENCE, _DATA),
        _tlv(_CONTEXT_0, certificate),
        _tlv(_SET, signer),
    )
    return _tlv(_SEQUENCE, _SIGNED_DATA, _tlv(_CONTEXT_0, signed))
