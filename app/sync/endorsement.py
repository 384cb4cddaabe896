"""Who may publish: the hub's root says which publisher's key signed a pack, so that a key can be changed."""

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.kernel.canonical import canonical


def endorse(root_key: bytes, *, pack: str, version: int, publisher: str, sha256: str) -> bytes:
    """The root's signature (ECDSA, DER) that this pack is by this publisher; `root_key` is PKCS #8."""
    key = serialization.load_der_private_key(root_key, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key.sign(_text(pack, version, publisher, sha256), ec.ECDSA(hashes.SHA256()))


def is_endorsed(root: bytes, signature: bytes, *, pack: str, version: int, publisher: str, sha256: str) -> bool:
    """Whether the root certificate (DER) that this desk was enrolled with stands behind it."""
    key = x509.load_der_x509_certificate(root).public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(signature, _text(pack, version, publisher, sha256), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _text(pack: str, version: int, publisher: str, sha256: str) -> bytes:
    return canonical({"pack": pack, "publisher": publisher, "sha256": sha256, "version": version})
