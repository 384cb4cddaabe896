"""A face inside one PDF: a Type0 font with exactly the glyphs that the paper shows."""

import hashlib
from typing import Any

import uharfbuzz as hb

from app.documents.fonts import Face

# a viewer draws by glyph index: these would only weigh
_DROPPED_TABLES = (
    "GSUB",
    "GPOS",
    "GDEF",
    "kern",
    "cmap",
    "STAT",
    "DSIG",
    "vhea",
    "vmtx",
    "BASE",
    "name",
    "post",
    "OS/2",
)


class EmbeddedFace:
    """Gives glyphs their CIDs while a paper is drawn, then writes the subset."""

    def __init__(self, name: str, face: Face) -> None:
        self.name = name  # in the page's resources
        self.face = face
        self._cids: dict[tuple[int, str], int] = {(0, ""): 0}

    def cid(self, glyph: int, text: str) -> int:
        """The CID of `glyph` where it stands for `text`."""
        return self._cids.setdefault((glyph, text), len(self._cids))

    def write(self, document: Any) -> Any:
        """Adds the font's objects to a ReportLab PDFDocument and returns the reference to it."""
        from reportlab.pdfbase import pdfdoc

        order = [glyph for glyph, _ in self._cids]
        data, new_ids = self._subset(order)
        digest = hashlib.sha256(data).digest()
        base = pdfdoc.PDFName("".join(chr(65 + byte % 26) for byte in digest[:6]) + "+" + self.face.name)
        glyph_map = b"".join(int(new_ids[glyph]).to_bytes(2, "big") for glyph in order)
        cid_font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": base,
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": self._reference(document, self._descriptor(document, base, data), "descriptor"),
                "DW": 0,
                "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray([self._width(glyph) for glyph in order])]),
                "CIDToGIDMap": self._stream(document, glyph_map, "glyphs"),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": base,
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([self._reference(document, cid_font, "cid")]),
                "ToUnicode": self._stream(document, self._to_unicode(), "unicode"),
            }
        )
        return self._reference(document, font, "font")

    def _subset(self, glyphs: list[int]) -> tuple[bytes, dict[int, int]]:
        wanted = hb.SubsetInput()
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(set(glyphs))
        wanted.sets(hb.SubsetInputSets.UNICODE).clear()
        wanted.flags = hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_HINTING
        dropped = wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
        for tag in _DROPPED_TABLES:
            dropped.add(int.from_bytes(tag.ljust(4).encode(), "big"))
        plan = hb.SubsetPlan(self.face.face, wanted)
        return bytes(plan.execute().blob.data), plan.old_to_new_glyph_mapping

    def _width(self, glyph: int) -> float:
        return round(self.face.advance(glyph) * 1000 / self.face.units, 2)

    def _descriptor(self, document: Any, base: str, data: bytes) -> Any:
        from reportlab.pdfbase import pdfdoc

        ascent, descent = (round(n * 1000 / self.face.units) for n in (self.face.ascent, self.face.descent))
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": base,
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray([-1000, descent, 2000, ascent]),
                "ItalicAngle": 0,
                "Ascent": ascent,
                "Descent": descent,
                "CapHeight": 714,  # of Noto Sans; viewers use it only to replace a font, and this one is embedded
                "StemV": 80,
                "FontFile2": self._stream(document, data, "file", {"Length1": len(data)}),
            }
        )

    def _to_unicode(self) -> bytes:
        pairs = [(cid, text) for (_, text), cid in self._cids.items() if text]
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        ]
        for start in range(0, len(pairs), 100):  # the limit of one bfchar block
            block = pairs[start : start + 100]
            lines.append(f"{len(block)} beginbfchar")
            lines += [f"<{cid:04X}> <{text.encode('utf-16-be').hex().upper()}>" for cid, text in block]
            lines.append("endbfchar")
        lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
        return "\n".join(lines).encode()

    def _stream(self, document: Any, content: bytes, key: str, extra: dict[str, object] | None = None) -> Any:
        from reportlab.pdfbase import pdfdoc

        stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(dict(extra or {})), content, [pdfdoc.PDFZCompress])
        return self._reference(document, stream, key)

    def _reference(self, document: Any, thing: Any, key: str) -> Any:
        return document.Reference(thing, f"{self.name}:{key}")
