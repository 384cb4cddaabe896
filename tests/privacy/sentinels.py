"""Words that stand nowhere else, put where a customer's own words go; and the search for them in everything left."""

import base64
import contextlib
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

NAME = "Zervanquill"
ARABIC_NAME = "زرفنكويل"
CJK_NAME = "鑫鱻鼕龘"
PHONE = "+351299887766"
WORDS = "Kettlemurmur"
NOTE = "ملاحظةسريةجدا"
CALL = "秘密の電話内容"
SIGNER = "Quillsignatory"
SIGNER_ROLE = "Bargewarden"
FILE_NAME = "Plumbagophoto"
ATTACHED = "Attachedwhisper"
IMPORTED = "Importsussuration"
DRAFT = "Draftmurmuration"
FAILED = "Failuresibilance"
PASSPHRASE = "Vellichorous parapet 鑫"
EVERY = (
    NAME, ARABIC_NAME, CJK_NAME, PHONE, WORDS, NOTE, CALL, SIGNER, SIGNER_ROLE, FILE_NAME, ATTACHED, IMPORTED, DRAFT,
    FAILED, PASSPHRASE,
)  # fmt: skip


def spellings(word: str) -> Iterator[bytes]:
    """A word as it may lie in a file: UTF-8 and UTF-16, escaped in JSON and Python, in hexadecimal and base64."""
    plain = word.encode()
    yield from (plain, word.casefold().encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))
    yield from (word.encode("unicode-escape"), plain.hex().encode(), plain.hex().upper().encode())
    yield from (base64.b64encode(plain)[: len(plain) * 4 // 3],)


def found_in(data: bytes, where: str) -> list[str]:
    """`where: word` for each sentinel that shows."""
    return [f"{where}: {word}" for word in EVERY if any(each in data for each in spellings(word))]


def found_below(folders: Iterable[Path]) -> list[str]:
    """The same for every file, its name, and what a deflated file holds, below the folders; links are not followed."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            found += found_in(str(path.relative_to(folder)).encode(errors="surrogateescape"), f"name of {path.name}")
            if path.is_file() and not path.is_symlink():
                data = path.read_bytes()
                found += found_in(data, path.name) + found_in(_inflated(data), f"inflated {path.name}")
    return found


def _inflated(data: bytes) -> bytes:
    """What zlib and gzip streams in the data hold, as a forgotten cache or paper would."""
    out = b""
    for mark in (b"x\x9c", b"x\xda", b"\x1f\x8b\x08"):
        at = data.find(mark)
        while at >= 0 and len(out) < 1 << 22:
            with contextlib.suppress(zlib.error):  # chance bytes that look like a beginning
                out += zlib.decompressobj(47).decompress(data[at:], 1 << 20)
            at = data.find(mark, at + 1)
    return out
