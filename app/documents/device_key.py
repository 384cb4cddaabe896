"""A device's signing key: P-256, with a certificate that it issues to itself until the hub certifies the same key."""

from dataclasses import dataclass
from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.kernel.errors import BugError
from app.kernel.instants import Instant, moment_of

YEARS = 20  # a form must outlive the laptop; what ends a device's word is the hub's list, not this date
SLACK = timedelta(days=2)  # a laptop's clock may be wrong by a day


@dataclass(frozen=True, slots=True, repr=False)
class DeviceKey:
    """PKCS #8 and certificate, both DER. Nothing in this room writes the private half anywhere."""

    private: bytes
    certificate: bytes

    def signing_key(self) -> ec.EllipticCurvePrivateKey:
        """The key itself; BugError if it is no P-256 key."""
        key = serialization.load_der_private_key(self.private, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise BugError("a device signs with P-256")
        return key


def make_device_key(*, device: str, partner: str, at: Instant) -> DeviceKey:
    """A new key with a self-issued certificate that names the device and its partner (64 characters of each)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, partner[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, device[:64]),
        ]
    )
    start = moment_of(at, "UTC").replace(microsecond=0) - SLACK
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)  # signature, non-repudiation
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return DeviceKey(private, certificate.public_bytes(serialization.Encoding.DER))
