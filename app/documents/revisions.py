"""What a PDF parser says of a file whose signatures hold: fields, later changes, the facts and data of the paper."""

import hashlib
import io
import zlib
from dataclasses import dataclass
from typing import Any

from app.documents.envelope import Envelope, Refused
from app.documents.pdf_file import ATTACHMENT
from app.documents.signing import silence

MOST_DATA = 16 * 1024 * 1024  # of JSON when inflated


@dataclass(frozen=True, slots=True)
class Field:
    """A signature field; an open one has no texts."""

    name: str
    signer: str = ""
    reason: str = ""
    location: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """What the paper under the signatures says of itself, and the JSON inside it."""

    number: str
    template: str
    seal: str
    data_sha256: str
    data: bytes


def signed_fields(data: bytes, envelope: Envelope) -> tuple[list[Field], list[str]]:
    """The fields in the order of `envelope`, and the names of open ones.

    Refused if a later revision does more than fill in a signature (pyHanko's difference analysis, DocMDP 2), or if
    the parser sees other signatures than the bytes hold.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    silence()
    reader = PdfFileReader(io.BytesIO(data))
    found = list(reader.embedded_signatures)
    gaps = [(0, seal.start, seal.stop, seal.end - seal.stop) for seal in envelope.seals]
    if gaps != [tuple(int(n) for n in signature.byte_range) for signature in found]:
        raise Refused("forbidden_change")
    for index, signature in enumerate(found):
        _judge(signature, first=index == 0, last=index == len(found) - 1)
    fields = [_field(signature) for signature in found]
    return fields, _open_fields(reader)


def _judge(signature: Any, *, first: bool, last: bool) -> None:
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    signature.compute_integrity_info()
    summary = signature.summarise_integrity_info()
    wanted = SignatureCoverageLevel.ENTIRE_FILE if last else SignatureCoverageLevel.ENTIRE_REVISION
    certified = signature.docmdp_level == MDPPerm.FILL_FORMS or not first
    if summary["coverage"] != wanted or not summary["docmdp_ok"] or not certified:
        raise Refused("forbidden_change")


def _field(signature: Any) -> Field:
    said = signature.sig_object
    texts = [str(said.get(key, "")) for key in ("/Name", "/Reason", "/Location", "/M")]
    return Field(str(signature.field_name), *texts)


def _open_fields(reader: Any) -> list[str]:
    from pyhanko.sign.fields import enumerate_sig_fields

    return [str(name) for name, value, _ in enumerate_sig_fields(reader) if value is None]


def read_paper(base: bytes) -> Paper:
    """The facts of the unsigned paper; Refused if the data inside is not the one that it names."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    silence()
    reader = PdfFileReader(io.BytesIO(base))
    info = reader.trailer["/Info"]
    number, template, seal, named = (
        str(info.get(key, "")) for key in ("/AftercareNumber", "/AftercareTemplate", "/AftercareSeal", "/AftercareData")
    )
    data = _attachment(reader) if named else b""
    if named and hashlib.sha256(data).hexdigest() != named:
        raise Refused("data_differs")
    return Paper(number, template, seal, named, data)


def _attachment(reader: Any) -> bytes:
    (spec,) = reader.root["/AF"]
    spec = spec.get_object()
    if spec["/UF"] != ATTACHMENT or spec["/AFRelationship"] != "/Data":
        raise Refused("data_differs")
    inflate = zlib.decompressobj()
    data = inflate.decompress(spec["/EF"]["/F"].encoded_data, MOST_DATA)
    if inflate.unconsumed_tail:
        raise Refused("data_differs")
    return data
