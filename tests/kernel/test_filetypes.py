import struct
import zlib

import pytest

from app.kernel.errors import Trouble, UserError
from app.kernel.filetypes import LARGEST, FileType, Sniffed, checked, plain_name, sniff


def png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))


def jpeg(width: int, height: int) -> bytes:
    exif = b"\xff\xe1" + struct.pack(">H", 4) + b"\xff\xd8"
    frame = b"\xff\xff\xc2" + struct.pack(">HBHHB", 11, 8, height, width, 3)
    return b"\xff\xd8" + exif + b"\xff\xd0" + frame


PICTURES = [
    (png(640, 480), Sniffed(FileType.PNG, 640, 480)),
    (jpeg(4000, 3000), Sniffed(FileType.JPEG, 4000, 3000)),
    (b"GIF89a" + struct.pack("<HH", 30, 20), Sniffed(FileType.GIF, 30, 20)),
    (b"GIF87a" + struct.pack("<HH", 3, 2), Sniffed(FileType.GIF, 3, 2)),
    (b"BM" + bytes(12) + struct.pack("<Iii", 40, 7, -9), Sniffed(FileType.BMP, 7, 9)),
    (b"BM" + bytes(12) + struct.pack("<IHH", 12, 7, 9), Sniffed(FileType.BMP, 7, 9)),
    (b"RIFF----WEBPVP8X" + bytes(8) + b"\x63\x00\x00\x31\x00\x00", Sniffed(FileType.WEBP, 100, 50)),
    (b"RIFF----WEBPVP8 " + bytes(10) + struct.pack("<HH", 64, 32), Sniffed(FileType.WEBP, 64, 32)),
    (b"RIFF----WEBPVP8L" + bytes(5) + struct.pack("<I", 63 | 31 << 14), Sniffed(FileType.WEBP, 64, 32)),
]


@pytest.mark.parametrize(("data", "found"), PICTURES)
def test_a_picture_is_known_by_its_first_bytes_with_its_size(data: bytes, found: Sniffed) -> None:
    assert found == sniff(data)


@pytest.mark.parametrize(
    ("data", "type"),
    [
        (b"%PDF-1.7\n", FileType.PDF),
        ("wörter\r\n\tund mehr".encode(), FileType.TEXT),
        (b"<svg onload='x()'>", FileType.TEXT),
        (b"BMW of the customer: a list of serial numbers", FileType.TEXT),
        (b"MZ\x90\x00", FileType.OTHER),
        (b"PK\x03\x04", FileType.OTHER),
        (b"text with a \x00", FileType.OTHER),
        (b"text with \x1b[2J", FileType.OTHER),
        (b"\xff\xfe", FileType.OTHER),
        (b"\x89PNG\r\n\x1a\n", FileType.OTHER),
        (png(0, 9), FileType.OTHER),
        (b"\xff\xd8\xff\xe1", FileType.OTHER),
        (b"\xff\xd8\xff\xe1\x00\x04ab\x00", FileType.OTHER),
        (b"\xff\xd8\xff\xe1\x00\x03a", FileType.OTHER),
        (b"RIFF----WEBPVP9 ", FileType.OTHER),
    ],
)
def test_whatever_else_it_is_only_text_and_pdf_open(data: bytes, type: FileType) -> None:
    assert type == sniff(data).type


def test_only_pictures_are_drawn_and_only_known_types_open() -> None:
    assert {"png", "jpeg", "gif", "webp", "bmp"} == {each for each in FileType if each.picture}
    assert {FileType.OTHER} == {each for each in FileType if not each.opens_inside}


@pytest.mark.parametrize("data", [b"", bytes(LARGEST + 1), png(20_000, 20_000), png(1, 40_000), jpeg(65_000, 65_000)])
def test_nothing_empty_endless_or_with_too_many_pixels_is_kept(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        checked(data)

    assert Trouble.BAD_INPUT == caught.value.kind


def test_a_name_that_turns_its_direction_shows_what_it_is() -> None:
    assert "reportfdp.exe" == plain_name(" report\u202efdp.exe\x07")
    assert "تقرير.pdf" == plain_name("تقرير.pdf")
