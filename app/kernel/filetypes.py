"""What a file is by its content: the first bytes decide, its name never does.

Width and height are read from the headers, so that a picture that is small on disk and endless in memory is
refused before anything decodes it.
"""

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE
MOST_PIXELS = 60_000_000  # a 48-megapixel telephone with room; 240 MB when decoded
LONGEST_SIDE = 30_000

_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class FileType(StrEnum):
    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"
    BMP = "bmp"
    PDF = "pdf"
    TEXT = "text"
    OTHER = "other"

    @property
    def picture(self) -> bool:
        """Whether it is drawn as a picture."""
        return self in _PICTURES

    @property
    def opens_inside(self) -> bool:
        """Only pictures, PDF and plain text are ever opened by this program."""
        return self is not FileType.OTHER


_PICTURES = frozenset({FileType.PNG, FileType.JPEG, FileType.GIF, FileType.WEBP, FileType.BMP})


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The type of some content; width and height in pixels of a picture, else 0."""

    type: FileType
    width: int = 0
    height: int = 0


def plain_name(name: str) -> str:
    """A file's name without signs that nobody sees: one that turns the direction makes `exe.pdf` of `fdp.exe`."""
    return _UNSEEN.sub("", name).strip()


def sniff(data: bytes) -> Sniffed:
    """The type by content. A picture whose header does not tell its size is OTHER: nothing may decode it."""
    for start, kind, size_of in _STARTS:
        if data.startswith(start) and (kind is not FileType.BMP or _is_bmp(data)):
            return _picture(data, kind, size_of)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _picture(data, FileType.WEBP, _webp_size)
    if data.startswith(b"%PDF-"):
        return Sniffed(FileType.PDF)
    return Sniffed(FileType.TEXT if _is_text(data) else FileType.OTHER)


def checked(data: bytes) -> Sniffed:
    """What `data` is; raises UserError (BAD_INPUT) when it is empty, too large, or too many pixels to show safely."""
    if not data:
        raise UserError(Trouble.BAD_INPUT, say("This file is empty."), field="file")
    if len(data) > LARGEST:
        raise UserError(
            Trouble.BAD_INPUT,
            say(
                "This file is larger than {most} MB. Take a smaller picture or split the document.",
                most=LARGEST // MEGABYTE,
            ),
            field="file",
        )
    found = sniff(data)
    if found.width * found.height > MOST_PIXELS or max(found.width, found.height) > LONGEST_SIDE:
        raise UserError(
            Trouble.BAD_INPUT,
            say(
                "This picture has {width} by {height} pixels, more than can be shown safely. Take a smaller one.",
                width=found.width,
                height=found.height,
            ),
            field="file",
        )
    return found


def _picture(data: bytes, kind: FileType, size_of: Callable[[bytes], tuple[int, int]]) -> Sniffed:
    try:
        width, height = size_of(data)
    except (struct.error, IndexError):
        return Sniffed(FileType.OTHER)
    return Sniffed(kind, width, height) if width > 0 and height > 0 else Sniffed(FileType.OTHER)


def _png_size(data: bytes) -> tuple[int, int]:
    return struct.unpack_from(">II", data, 16) if data[12:16] == b"IHDR" else (0, 0)


def _gif_size(data: bytes) -> tuple[int, int]:
    return struct.unpack_from("<HH", data, 6)


def _is_bmp(data: bytes) -> bool:
    return int.from_bytes(data[14:18], "little") in _BMP_HEADERS


def _bmp_size(data: bytes) -> tuple[int, int]:
    if struct.unpack_from("<I", data, 14)[0] == 12:
        return struct.unpack_from("<HH", data, 18)
    width, height = struct.unpack_from("<ii", data, 18)
    return abs(width), abs(height)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """From the first frame header; markers without length are passed over."""
    at = 2
    while at < len(data):
        if data[at] != 0xFF:
            return 0, 0
        marker = data[at + 1]
        if marker in _BARE_MARKERS:
            at += 1 if marker == 0xFF else 2
        elif marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        else:
            at += 2 + max(struct.unpack_from(">H", data, at + 2)[0], 2)
    return 0, 0


def _webp_size(data: bytes) -> tuple[int, int]:
    form = data[12:16]
    if form == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if form == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if form == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return 0, 0


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not _CONTROLS.search(data)


_BMP_HEADERS = frozenset({12, 40, 52, 56, 64, 108, 124})  # sizes of the headers there are: "BM" begins words, too
_BARE_MARKERS = frozenset({0x01, 0xFF, *range(0xD0, 0xD9)})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_STARTS = (
    (b"\x89PNG\r\n\x1a\n", FileType.PNG, _png_size),
    (b"\xff\xd8\xff", FileType.JPEG, _jpeg_size),
    (b"GIF87a", FileType.GIF, _gif_size),
    (b"GIF89a", FileType.GIF, _gif_size),
    (b"BM", FileType.BMP, _bmp_size),
)
