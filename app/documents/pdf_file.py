"""From a drawn paper to the bytes of a PDF: fonts, structure tree, metadata, colour profile, attached data.

Equal input gives equal bytes in any process, time zone and locale; the date inside is the document's own. The file
is tagged and carries XMP and an output intent, but claims no conformance to PDF/A or PDF/UA: nothing here checks it.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from app.documents.characters import clean
from app.documents.paper import Paper, Tag
from app.kernel.instants import Instant, moment_of

ATTACHMENT = "form-data.json"
_PROFILE = Path(__file__).resolve().parents[2] / "resources" / "colour" / "srgb.icc"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the file says of itself. `seal` is the hash that stands in its QR code, `data` the JSON inside it."""

    title: str
    number: str
    author: str
    template: str
    at: Instant
    seal: str = ""
    data: bytes = b""


def write_pdf(paper: Paper, facts: Facts) -> bytes:
    """The finished file."""
    from reportlab.pdfbase import pdfdoc

    document = pdfdoc.PDFDocument(dummyoutline=1, compression=1, invariant=1, lang=paper.language, pdfVersion=(1, 7))
    document.Catalog.Outlines = None
    fonts = document.idToObject["BasicFonts"].dict
    pages = [_page(document, paper, code) for code in paper.pages]
    for embedded in paper.faces.values():
        fonts[embedded.name] = embedded.write(document)
    document.info = _info(facts)
    document._ID = _identity(paper, facts)
    _catalog(document, facts, paper)
    _structure(document, paper.root, pages)
    return bytes(document.format())


def _page(document: Any, paper: Paper, code: list[str]) -> Any:
    from reportlab.pdfbase import pdfdoc

    page = pdfdoc.PDFPage()
    page.pagewidth, page.pageheight = round(paper.width, 2), round(paper.height, 2)
    page.ExtGState, page._shadingUsed = None, {}  # a Canvas would set these
    page.setCompression(1)
    page.setStream(code)
    page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
    page.StructParents = document.pageCounter - 1
    page.Tabs = pdfdoc.PDFName("S")
    document.addPage(page)
    return page


def _identity(paper: Paper, facts: Facts) -> bytes:
    """The /ID of the trailer, drawn from the content: a random one would make every rendering another file."""
    digest = hashlib.sha256(facts.data + facts.number.encode())
    for code in paper.pages:
        digest.update("\n".join(code).encode())
    name = f"<{digest.hexdigest()[:32].upper()}>"
    return f"[{name}{name}]\n".encode()


def _info(facts: Facts) -> Any:
    from reportlab.pdfbase import pdfdoc

    date = _pdf_date(facts.at)
    values = {
        "Title": facts.title,
        "Author": facts.author,
        "Subject": facts.number,
        "Creator": "Aftercare",
        "Producer": "Aftercare",
        "CreationDate": date,
        "ModDate": date,
        "AftercareNumber": facts.number,
        "AftercareTemplate": facts.template,
        "AftercareSeal": facts.seal,
        "AftercareData": hashlib.sha256(facts.data).hexdigest() if facts.data else "",
    }
    return pdfdoc.PDFDictionary({key: pdfdoc.PDFString(clean(value)) for key, value in values.items() if value})


def _pdf_date(at: Instant) -> str:
    return moment_of(at, "UTC").strftime("D:%Y%m%d%H%M%SZ")


def _catalog(document: Any, facts: Facts, paper: Paper) -> None:
    from reportlab.pdfbase import pdfdoc

    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents", "AF"]
    catalog.Metadata = _metadata(facts, paper.language)
    catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
    # no /Direction /R2L for Arabic: PDFium then turns the words of every Latin line round when it reads the text
    catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
    catalog.OutputIntents = pdfdoc.PDFArray([document.Reference(_output_intent(document), "intent")])
    if facts.data:
        spec = document.Reference(_attachment(document, facts), "attachment")
        catalog.AF = pdfdoc.PDFArray([spec])
        files = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray([pdfdoc.PDFString(ATTACHMENT), spec])})
        catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": document.Reference(files, "files")})


def _metadata(facts: Facts, language: str) -> Any:
    from reportlab.pdfbase import pdfdoc

    date = moment_of(facts.at, "UTC").strftime("%Y-%m-%dT%H:%M:%SZ")
    title, author, number = (escape(clean(text)) for text in (facts.title, facts.author, facts.number))
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
        f"<dc:identifier>{number}</dc:identifier>"
        f"<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>"
        f"<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    )
    head = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")})
    return pdfdoc.PDFStream(head, packet.encode(), [])


@cache
def _profile() -> bytes:
    return _PROFILE.read_bytes()


def _output_intent(document: Any) -> Any:
    from reportlab.pdfbase import pdfdoc

    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"N": 3}), _profile(), [pdfdoc.PDFZCompress])
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
            "DestOutputProfile": document.Reference(stream, "profile"),
        }
    )


def _attachment(document: Any, facts: Facts) -> Any:
    from reportlab.pdfbase import pdfdoc

    params = {"Size": len(facts.data), "ModDate": pdfdoc.PDFString(_pdf_date(facts.at))}
    head = {
        "Type": pdfdoc.PDFName("EmbeddedFile"),
        "Subtype": pdfdoc.PDFName("application#2Fjson"),
        "Params": pdfdoc.PDFDictionary(params),
    }
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(head), facts.data, [pdfdoc.PDFZCompress])
    reference = document.Reference(stream, "data")
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Filespec"),
            "F": pdfdoc.PDFString(ATTACHMENT),
            "UF": pdfdoc.PDFString(ATTACHMENT),
            "Desc": pdfdoc.PDFString("Canonical form data"),
            "AFRelationship": pdfdoc.PDFName("Data"),
            "EF": pdfdoc.PDFDictionary({"F": reference, "UF": reference}),
        }
    )


def _structure(document: Any, root: Tag, pages: list[Any]) -> None:
    """The structure tree, and for each page the elements of its marked contents (ParentTree)."""
    from reportlab.pdfbase import pdfdoc

    parents: dict[int, dict[int, Any]] = {index: {} for index in range(len(pages))}
    tree = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructTreeRoot")})
    top = document.Reference(tree, "structure")
    tree["K"] = _element(document, root, top, parents, [0])
    numbers: list[Any] = []
    for index, found in parents.items():
        numbers += [index, pdfdoc.PDFArray([found[key] for key in sorted(found)])]
    tree["ParentTree"] = document.Reference(pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)}), "parents")
    document.Catalog.StructTreeRoot = tree


def _element(document: Any, tag: Tag, parent: Any, parents: dict[int, dict[int, Any]], counter: list[int]) -> Any:
    from reportlab.pdfbase import pdfdoc

    counter[0] += 1
    element = pdfdoc.PDFDictionary({"S": pdfdoc.PDFName(tag.role), "P": parent})
    own = document.Reference(element, f"tag{counter[0]}")
    if tag.alt:
        element["Alt"] = pdfdoc.PDFString(clean(tag.alt))
    if tag.role == "TH":
        scope = {"O": pdfdoc.PDFName("Table"), "Scope": pdfdoc.PDFName("Column")}
        element["A"] = pdfdoc.PDFDictionary(scope)
    kids: list[Any] = []
    for kid in tag.kids:
        if isinstance(kid, Tag):
            kids.append(_element(document, kid, own, parents, counter))
            continue
        page, marked = kid
        parents[page][marked] = own
        reference = pdfdoc.PDFObjectReference(f"Page{page + 1}")
        content = {"Type": pdfdoc.PDFName("MCR"), "Pg": reference, "MCID": marked}
        kids.append(pdfdoc.PDFDictionary(content))
    element["K"] = pdfdoc.PDFArray(kids)
    return own
