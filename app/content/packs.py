"""The files of a pack, from a folder or a zip archive, read with limits and held against the signed manifest.

Nothing of a pack is believed before its signature and every hash agree; what is wrong is reported file by file.
"""

import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from app.content.mistakes import Findings
from app.content.signing import MANIFEST, SIGNATURE, Manifest, manifest_of, read_manifest
from app.kernel.messages import say

MOST_FILES = 300
LARGEST_FILE = 1_000_000
LARGEST_PACK = 16_000_000
SUFFIXES = (".yaml", ".md")

Files = dict[str, bytes]
Part = Callable[[str], bool]


def _every(_name: str) -> bool:
    return True


def open_pack(path: Path, *, publisher: bytes, part: Part = _every) -> tuple[Manifest, Files]:
    """The manifest and the files of the pack at `path`, a folder or a zip archive, by their path inside it.

    `publisher` is the raw Ed25519 public key (32 bytes) that must have signed the manifest. Raises BrokenPack for
    a wrong signature, a file changed, missing or too many, an unsafe path or a size beyond the limits.
    With `part` only the files whose path it accepts are asked for; the manifest answered names them alone.
    """
    findings = Findings()
    files = read_files(path, findings=findings)
    findings.refuse_if_any()
    signed = read_manifest(files, publisher=publisher)
    manifest = Manifest(signed.pack, signed.version, {name: each for name, each in signed.files.items() if part(name)})
    _compare({name: data for name, data in files.items() if part(name)}, manifest, findings)
    findings.refuse_if_any()
    return manifest, {name: files[name] for name in manifest.files}


def read_files(path: Path, *, findings: Findings) -> Files:
    """Every file under `path` by its POSIX path inside the pack, signature and manifest included."""
    files: Files = {}
    try:
        for name, data in _zip_files(path, findings) if path.is_file() else _folder_files(path, findings):
            files[name] = data
            if len(files) > MOST_FILES or sum(map(len, files.values())) > LARGEST_PACK:
                findings.add(name, 0, say("The pack is too large. Split it or remove what is not needed."))
                break
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError):
        findings.add(path.name, 0, say("The pack cannot be read. Ask for the file once more."))
    return files


def _compare(files: Files, manifest: Manifest, findings: Findings) -> None:
    present = manifest_of(files, pack=manifest.pack, version=manifest.version).files
    for name in sorted(present.keys() | manifest.files.keys()):
        if name not in present:
            findings.add(name, 0, say("The file is named in the manifest and missing. Ask for the pack once more."))
        elif name not in manifest.files:
            findings.add(name, 0, say("The file is not named in the signed manifest. Remove it or sign the pack anew."))
        elif present[name] != manifest.files[name]:
            findings.add(name, 0, say("The file was changed after the pack was signed. Sign the pack anew."))


def _folder_files(root: Path, findings: Findings) -> Iterator[tuple[str, bytes]]:
    if not root.is_dir():
        findings.add(root.name, 0, say("There is no pack here. Check the path."))
        return
    for folder, folders, names in os.walk(root, followlinks=False):
        folders.sort()
        for each in [*folders, *sorted(names)]:
            place = Path(folder, each)
            name = place.relative_to(root).as_posix()
            kind = place.lstat()
            if stat.S_ISDIR(kind.st_mode):
                continue
            if not stat.S_ISREG(kind.st_mode):
                findings.add(name, 0, say("This is a link or no plain file. Put the file itself here."))
            elif _may_stand(name, kind.st_size, findings):
                yield name, place.read_bytes()


def _zip_files(path: Path, findings: Findings) -> Iterator[tuple[str, bytes]]:
    if path.stat().st_size > LARGEST_PACK:  # before its directory is read, which could name millions of files
        findings.add(path.name, 0, say("The pack is too large. Split it or remove what is not needed."))
        return
    with zipfile.ZipFile(path) as archive:
        seen: set[str] = set()
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            if stat.S_ISLNK(entry.external_attr >> 16):
                findings.add(entry.filename, 0, say("This is a link or no plain file. Put the file itself here."))
            elif entry.filename in seen:
                findings.add(entry.filename, 0, say("The archive holds this file twice. Pack it anew."))
            elif _may_stand(entry.filename, entry.file_size, findings):
                seen.add(entry.filename)
                with archive.open(entry) as stream:
                    yield entry.filename, stream.read(LARGEST_FILE + 1)
            if len(seen) > MOST_FILES:
                return


def _may_stand(name: str, size: int, findings: Findings) -> bool:
    if not _is_inside(name):
        findings.add(name, 0, say("The path leads out of the pack or is not plain. Use letters, digits, - _ and /."))
    elif name not in (MANIFEST, SIGNATURE) and PurePosixPath(name).suffix not in SUFFIXES:
        findings.add(name, 0, say("Only .yaml and .md files belong in a pack. Remove this one."))
    elif size > LARGEST_FILE:
        findings.add(name, 0, say("The file is larger than {count} bytes. Split it.", count=LARGEST_FILE))
    else:
        return True
    return False


def _is_inside(name: str) -> bool:
    plain = name.isascii() and all(sign.isalnum() or sign in "-_./" for sign in name)
    return plain and len(name) < 200 and all(part and part.strip(".") for part in name.split("/"))
