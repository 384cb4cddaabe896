"""The hub's root certificate, and the certificates it gives the signing keys of devices."""

from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.kernel.instants import moment_of, now
from app.sync.wire import WireError

DEVICE_YEARS = 20  # a form must outlive the laptop (app/documents/device_key.py)
ROOT_YEARS = 45
SLACK = timedelta(days=2)  # a laptop's clock may be wrong by a day
_DER = serialization.Encoding.DER


def make_root(epoch: str) -> tuple[bytes, bytes]:
    """(certificate, private key as PKCS #8) of a new P-256 authority, both DER; named after the hub's first epoch."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Aftercare", f"Aftercare hub {epoch[:16]}")
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)  # certificates and lists
    builder = _builder(name, name, key.public_key(), years=ROOT_YEARS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    certificate = builder.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    private = key.private_bytes(_DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return certificate.public_bytes(_DER), private


def certify(signing_key: bytes, *, device: str, partner: str, root: bytes, root_key: bytes) -> bytes:
    """The certificate (DER) of a device's P-256 key; WireError for any other sort of key."""
    authority = x509.load_der_x509_certificate(root)
    signer = serialization.load_der_private_key(root_key, password=None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)  # signature, non-repudiation
    builder = _builder(_name(partner, device), authority.subject, _signing_key(signing_key), years=DEVICE_YEARS)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(usage, critical=True)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    return builder.add_extension(issuer, critical=False).sign(signer, hashes.SHA256()).public_bytes(_DER)


def _signing_key(der: bytes) -> ec.EllipticCurvePublicKey:
    try:
        key = serialization.load_der_public_key(der)
    except ValueError:
        raise WireError("bad_signing_key") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise WireError("bad_signing_key")
    return key


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, *, years: int
) -> x509.CertificateBuilder:
    start = moment_of(now(), "UTC").replace(microsecond=0) - SLACK
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=365 * years))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(organisation: str, common: str) -> x509.Name:
    parts = ((NameOID.ORGANIZATION_NAME, organisation), (NameOID.COMMON_NAME, common))
    return x509.Name([x509.NameAttribute(oid, text[:64]) for oid, text in parts])
