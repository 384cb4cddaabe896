"""Digital signatures in the file (PAdES B-B): the technician certifies it, a later one is added on top.

Both are made with the device's key: a person's finger on our screen is a drawing that the device witnesses, and the
reason says so. After the certification only signatures may be filled in (DocMDP 2).
"""

import io
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.documents.characters import clean
from app.documents.cms import make_cms
from app.documents.device_key import DeviceKey
from app.documents.paper import Place
from app.kernel.errors import BugError
from app.kernel.instants import Instant, moment_of

RESERVED = 4096  # hex digits for the CMS, which takes about half of it


@dataclass(frozen=True, slots=True)
class Signing:
    """One act of signing: which field, who, why and where as words, when, and how it looks (a one-page PDF)."""

    field: str
    name: str
    reason: str
    at: Instant
    location: str = ""
    appearance: bytes = b""


def sign_certifying(pdf: bytes, key: DeviceKey, signing: Signing, places: Sequence[Place]) -> bytes:
    """`pdf` with the fields of `places` and the first signature, which permits nothing but further signatures."""
    from pyhanko.sign import fields

    writer = _writer(pdf)
    for place in places:
        spec = fields.SigFieldSpec(place.name, on_page=place.page, box=_rounded(place))
        fields.append_signature_field(writer, spec)
    return _sign(writer, key, signing, certify=True)


def _rounded(place: Place) -> tuple[int, int, int, int]:
    """pyHanko keeps a field's corners in whole points: outwards, so that a note below is covered to its edge."""
    left, bottom, right, top = place.box
    return math.floor(left), math.floor(bottom), math.ceil(right), math.ceil(top)


def sign_again(pdf: bytes, key: DeviceKey, signing: Signing) -> bytes:
    """`pdf` with one more signature in a field that the first one left open."""
    return _sign(_writer(pdf), key, signing, certify=False)


def _writer(pdf: bytes) -> Any:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    silence()
    return IncrementalPdfFileWriter(io.BytesIO(pdf))


def silence() -> None:
    """pyHanko logs whole tracebacks, with names from the file, for every certificate that it does not trust."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _sign(writer: Any, key: DeviceKey, signing: Signing, *, certify: bool) -> bytes:
    from pyhanko.sign import signers
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

    metadata = signers.PdfSignatureMetadata(
        field_name=signing.field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        name=clean(signing.name) or None,
        reason=clean(signing.reason) or None,
        location=clean(signing.location) or None,
    )
    signer = signers.PdfSigner(metadata, signer=_public_half(key), stamp_style=_stamp(writer, signing.appearance))
    session = signer.init_signing_session(writer, existing_fields_only=True)
    session.system_time = moment_of(signing.at, "UTC").replace(microsecond=0)
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=RESERVED)
    output = io.BytesIO()
    prepared, _ = document.digest_tbs_document(output=output)
    prepared.fill_with_cms(output, make_cms(prepared.document_digest, key.signing_key(), key.certificate))
    return output.getvalue()


def _public_half(key: DeviceKey) -> Any:
    """What pyHanko must know of the signer to lay out the file; the signature itself is made by `make_cms`."""
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.sign.signers import ExternalSigner

    (certificate,) = load_certs_from_pemder_data(key.certificate)
    return ExternalSigner(certificate, None, signature_value=RESERVED)


def _stamp(writer: Any, appearance: bytes) -> Any:
    """The page of `appearance` as the look of the signature: our own text layer, every font embedded."""
    from pyhanko.pdf_utils import content, layout
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.stamp import StaticStampStyle

    if not appearance:
        raise BugError("a signature in our papers has a look: pyHanko's own would draw in a font that is not embedded")
    page = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(appearance)))
    left, bottom, right, top = (float(n) for n in page.get_object()["/BBox"])
    box = layout.BoxConstraints(width=right - left, height=top - bottom)
    whole = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MIN,
        y_align=layout.AxisAlignment.ALIGN_MAX,
        inner_content_scaling=layout.InnerScaling.SHRINK_TO_FIT,
    )
    background = content.RawContent(b"/Stamp Do", box=box)
    background.resources.xobject["/Stamp"] = page
    return StaticStampStyle(background=background, background_layout=whole, border_width=0, background_opacity=1)
