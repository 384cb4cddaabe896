"""The bytes of a signed PDF before a PDF parser sees them: what each signature covers, and that nothing else is there.

A signature covers its file but for the hex digits of its own `/Contents`. Those are held to one spelling here
(upper-case digits, one exact CMS, then zeros), so that no byte of the file can change unnoticed. A revision may only
use plain cross-reference tables, one for each signature and one for the paper below: no hybrid, no stream, no
revision in between.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.documents.cms import NotOurs, open_cms

MOST_BYTES = 32 * 1024 * 1024  # a form has a tenth of a megabyte
MOST_SIGNATURES = 16  # each is hashed from the start of the file

_RANGE = re.compile(rb"/ByteRange \[0 (\d{1,9}) (\d{1,9}) (\d{1,9})\]")
_DIGITS = re.compile(rb"[0-9A-F]+")
_END = re.compile(rb"startxref\n(\d{1,9})\n%%EOF\n")
_PREVIOUS = re.compile(rb"/Prev (\d{1,9})\b")
END_OF_FILE = b"%%EOF\n"


class Refused(Exception):
    """The envelope does not hold; `reason` is one of the codes of `verify.REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Seal:
    """One signature that holds: its gap is data[start:stop], it covers all else up to `end`."""

    start: int
    stop: int
    end: int
    certificate: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """The signatures of a file in their order, and the length of the paper below them."""

    seals: tuple[Seal, ...]
    paper: int


def open_envelope(data: bytes) -> Envelope:
    """The signatures that together cover every byte; Refused if anything is not as we write it."""
    if len(data) > MOST_BYTES:
        raise Refused("too_large")
    if not data.startswith(b"%PDF-1.") or not data.endswith(END_OF_FILE):
        raise Refused("no_pdf" if not data.startswith(b"%PDF-") else "cut_or_extended")
    gaps = list(_gaps(data))
    if not gaps:
        raise Refused("no_signature")
    if len(gaps) > MOST_SIGNATURES:
        raise Refused("extra_revision")
    if gaps[-1][2] != len(data):
        raise Refused("after_last_signature")
    seals = tuple(_seal(data, *gap) for gap in gaps)
    return Envelope(seals, _paper(data, seals))


def states(data: bytes) -> tuple[str, ...]:
    """SHA-256 of every earlier state of a signed file: the bare paper, then after each signature but the last.

    Kept beside the file, they let `verify` name a state that was cut out of it.
    """
    envelope = open_envelope(data)
    ends = [envelope.paper, *(seal.end for seal in envelope.seals[:-1])]
    return tuple(hashlib.sha256(data[:end]).hexdigest() for end in ends)


def _gaps(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(start, stop, end) of each byte range that fits this file; the words in a text that only look like one do not."""
    last = 0
    for match in _RANGE.finditer(data):
        start, stop, length = map(int, match.groups())
        end = stop + length
        fits = last < match.start() < end and last < start < stop <= end <= len(data)
        if fits and data[start : start + 1] == b"<" and data[stop - 1 : stop] == b">":
            yield start, stop, end
            last = end


def _seal(data: bytes, start: int, stop: int, end: int) -> Seal:
    digits = data[start + 1 : stop - 1]
    if len(digits) % 2 or not _DIGITS.fullmatch(digits):
        raise Refused("signature_spelling")
    filled = bytes.fromhex(digits.decode())
    der = filled[: _der_length(filled)]
    if filled[len(der) :].strip(b"\0"):
        raise Refused("signature_padding")
    digest = hashlib.sha256(data[:start])
    digest.update(memoryview(data)[stop:end])
    try:
        return Seal(start, stop, end, open_cms(der, digest.digest()).certificate)
    except NotOurs:
        raise Refused("signature_broken") from None


def _der_length(filled: bytes) -> int:
    """The length of the DER value at the start, by its own header (long form of two bytes, as ours always is)."""
    return 4 + int.from_bytes(filled[2:4], "big") if filled[1:2] == b"\x82" else 0


def _paper(data: bytes, seals: Sequence[Seal]) -> int:
    """Follows the cross-reference tables back, one to a revision; returns where the unsigned paper ends."""
    floors = [0, *(seal.end for seal in seals[:-1])]
    table = _last_table(data, len(data))
    for index in range(len(seals) - 1, -1, -1):
        if not floors[index] <= table < seals[index].end:
            raise Refused("extra_revision")
        previous = _PREVIOUS.search(_trailer(data, table))
        if previous is None:
            raise Refused("extra_revision")
        table = int(previous.group(1))
    trailer = _trailer(data, table)
    close = _END.match(data, data.find(b"startxref", table))
    if b"/Prev" in trailer or close is None or int(close.group(1)) != table:
        raise Refused("extra_revision")
    return close.end()


def _last_table(data: bytes, end: int) -> int:
    close = _END.search(data, max(end - 40, 0), end)
    if close is None or close.end() != end:
        raise Refused("cut_or_extended")
    return int(close.group(1))


def _trailer(data: bytes, table: int) -> bytes:
    """The trailer behind a plain cross-reference table."""
    if data[table : table + 5] != b"xref\n":
        raise Refused("extra_revision")
    start = data.find(b"trailer", table)
    trailer = data[start : data.find(b"startxref", start)]
    if start < 0 or b"XRefStm" in trailer or b"#" in trailer:
        raise Refused("extra_revision")
    return trailer
