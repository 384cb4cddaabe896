"""Is this file what was signed? A verdict for any bytes whatever, never an exception, never a hang.

First the bytes alone (`envelope`): a file that does not come from us, or has one byte changed, gets no further. Only
then a PDF parser reads it (`revisions`), and what is kept of the document elsewhere is compared.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.oid import NameOID

from app.documents.envelope import Envelope, Refused, open_envelope
from app.documents.revisions import Field, read_paper, signed_fields
from app.documents.verdict import CertificateState, SignatureFound, Status, Verdict

OUR_MARK = b"/AftercareNumber"  # stands uncompressed in every paper: a broken file of ours is "changed"


@dataclass(frozen=True, slots=True)
class Trusted:
    """Certificates in DER: the devices that are known here, and the issuers (the hub) whose devices are confirmed."""

    devices: tuple[bytes, ...] = ()
    issuers: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What is kept of a document: the SHA-256 of its latest file, and of each state before it (`envelope.states`)."""

    sha256: str
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the one who asks knows; everything may be missing.

    `trusted` None means that nobody knows which devices exist: then a self-issued certificate is taken as it is.
    `known` maps document numbers to files. `fingerprint` computes the printed hash from the JSON inside the file;
    `regenerate` draws the unsigned paper again from that JSON, or returns None if it cannot.
    """

    trusted: Trusted | None = None
    known: Mapping[str, KnownFile] = field(default_factory=dict)
    fingerprint: Callable[[bytes], str] | None = None
    regenerate: Callable[[bytes], bytes | None] | None = None


NOTHING_KNOWN = Knowledge()


def verify_pdf(data: bytes, knowledge: Knowledge = NOTHING_KNOWN) -> Verdict:
    """The verdict about a file."""
    digest = hashlib.sha256(data).hexdigest()
    plain = Verdict(Status.UNCHANGED, digest)
    if number := _earlier(digest, knowledge):
        return replace(plain, status=Status.EARLIER_STATE, reasons=("earlier_state_kept",), number=number)
    try:
        return _read(data, knowledge, plain)
    except Refused as refused:
        return replace(plain, status=_refusal(data, refused), reasons=(refused.reason,))
    except Exception:  # whatever a hostile file makes a parser raise is an answer, not an accident
        return replace(plain, status=_refusal(data, Refused("unreadable")), reasons=("unreadable",))


def _earlier(digest: str, knowledge: Knowledge) -> str:
    return next((number for number, file in knowledge.known.items() if digest in file.earlier), "")


def _refusal(data: bytes, refused: Refused) -> Status:
    ours = OUR_MARK in data and refused.reason != "unknown_device"
    return Status.CHANGED if ours else Status.NOT_OURS


def _read(data: bytes, knowledge: Knowledge, plain: Verdict) -> Verdict:
    envelope = open_envelope(data)
    states = [_certificate_state(seal.certificate, knowledge.trusted) for seal in envelope.seals]
    if knowledge.trusted is not None and CertificateState.UNKNOWN in states:
        raise Refused("unknown_device")
    fields, open_fields = signed_fields(data, envelope)
    paper = read_paper(data[: envelope.paper])
    verdict = replace(
        plain,
        number=paper.number,
        template=paper.template,
        seal=paper.seal,
        data_sha256=paper.data_sha256,
        signatures=_signatures(envelope, fields, states),
        open_fields=tuple(open_fields),
    )
    return _compared(verdict, data, paper.data, knowledge)


def _compared(verdict: Verdict, data: bytes, json: bytes, knowledge: Knowledge) -> Verdict:
    """Against what is kept elsewhere, and the paper against its own data."""
    reasons = []
    kept = knowledge.known.get(verdict.number)
    if kept is not None and kept.sha256 != verdict.file_sha256:
        reasons.append("other_file_kept")
    if knowledge.fingerprint and knowledge.fingerprint(json) != verdict.seal:
        reasons.append("seal_differs")
    status = Status.CHANGED if reasons else Status.UNCHANGED
    again = knowledge.regenerate(json) if knowledge.regenerate else None
    printed = None if again is None else data.startswith(again)
    if printed is False:  # no proof of a change: another version of a library lays out or packs otherwise
        reasons.append("print_differs")
    return replace(verdict, status=status, reasons=tuple(reasons), printed_from_data=printed)


def _certificate_state(certificate: bytes, trusted: Trusted | None) -> CertificateState:
    parsed = x509.load_der_x509_certificate(certificate)
    if trusted is not None and any(_issued(parsed, issuer) for issuer in trusted.issuers):
        return CertificateState.CONFIRMED
    if trusted is None:
        return CertificateState.SELF_ISSUED if _issued(parsed, certificate) else CertificateState.UNKNOWN
    return CertificateState.SELF_ISSUED if certificate in trusted.devices else CertificateState.UNKNOWN


def _issued(certificate: x509.Certificate, issuer: bytes) -> bool:
    try:
        certificate.verify_directly_issued_by(x509.load_der_x509_certificate(issuer))
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _signatures(envelope: Envelope, fields: list[Field], states: list[CertificateState]) -> tuple[SignatureFound, ...]:
    return tuple(
        _signature(seal.certificate, found, state)
        for seal, found, state in zip(envelope.seals, fields, states, strict=True)
    )


def _signature(certificate: bytes, found: Field, state: CertificateState) -> SignatureFound:
    subject = x509.load_der_x509_certificate(certificate).subject
    device, partner = (
        next((str(part.value) for part in subject.get_attributes_for_oid(oid)), "")
        for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
    )
    digest = hashlib.sha256(certificate).hexdigest()
    return SignatureFound(
        found.name, found.signer, found.reason, found.location, found.at, device, partner, digest, state
    )
