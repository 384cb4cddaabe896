"""What `verify` finds out about a file, as values and as JSON."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """unchanged: as it was signed; changed: any byte is not; earlier_state: once true, but the form went on;
    not_ours: no paper of ours, or signed by a device that is not known here."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    EARLIER_STATE = "earlier_state"
    NOT_OURS = "not_ours"


class CertificateState(StrEnum):
    """confirmed: issued by a known issuer; self_issued: by the device itself, not yet confirmed; unknown: neither."""

    CONFIRMED = "confirmed"
    SELF_ISSUED = "self_issued"
    UNKNOWN = "unknown"


REASONS = (
    "too_large",
    "no_pdf",
    "cut_or_extended",
    "no_signature",
    "after_last_signature",
    "signature_spelling",
    "signature_padding",
    "signature_broken",
    "extra_revision",
    "forbidden_change",
    "unreadable",
    "unknown_device",
    "other_file_kept",
    "earlier_state_kept",
    "data_differs",
    "seal_differs",
    "print_differs",
)


@dataclass(frozen=True, slots=True)
class SignatureFound:
    """Who signed in which field, when by the device's clock (PDF date), with which device's certificate."""

    field: str
    name: str
    reason: str
    location: str
    at: str
    device: str
    partner: str
    certificate_sha256: str
    certificate_state: CertificateState


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reasons` are codes of REASONS. `printed_from_data` is None where nobody could draw the paper again.

    `open_fields` wait for a signature; `seal` is the hash that the paper prints, `data_sha256` that of its JSON.
    """

    status: Status
    file_sha256: str
    reasons: tuple[str, ...] = ()
    number: str = ""
    template: str = ""
    seal: str = ""
    data_sha256: str = ""
    signatures: tuple[SignatureFound, ...] = ()
    open_fields: tuple[str, ...] = ()
    printed_from_data: bool | None = None

    def to_json(self) -> dict[str, object]:
        """Strings, booleans, lists and mappings alone."""
        return {
            "status": str(self.status),
            "reasons": list(self.reasons),
            "number": self.number,
            "template": self.template,
            "seal": self.seal,
            "data_sha256": self.data_sha256,
            "file_sha256": self.file_sha256,
            "printed_from_data": self.printed_from_data,
            "open_fields": list(self.open_fields),
            "signatures": [_signature_json(signature) for signature in self.signatures],
        }


def _signature_json(signature: SignatureFound) -> dict[str, object]:
    return {
        "field": signature.field,
        "name": signature.name,
        "reason": signature.reason,
        "location": signature.location,
        "at": signature.at,
        "device": signature.device,
        "partner": signature.partner,
        "certificate_sha256": signature.certificate_sha256,
        "certificate_state": str(signature.certificate_state),
    }
