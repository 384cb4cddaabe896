"""Publishing a pack: `python -m app.content.publish FOLDER` checks it, signs it anew and stores the public key.

The private half of the key pair exists only while the manifest is signed; a changed pack gets a new pair.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.content.loading import read_items
from app.content.mistakes import BrokenPack, Findings
from app.content.packs import read_files
from app.content.signing import MANIFEST, SIGNATURE, manifest_of, sign_once

USAGE = "usage: python -m app.content.publish FOLDER"


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed: number of items and texts, and the raw public key."""

    items: int
    texts: int
    publisher: bytes


def publisher_path(folder: Path) -> Path:
    """Where the hex public key of a pack stands: beside the folder, never inside what it signs."""
    return folder.with_name(f"{folder.name}.publisher")


def read_publisher(folder: Path) -> bytes:
    """The raw public key stored beside a pack folder."""
    return bytes.fromhex(publisher_path(folder).read_text(encoding="ascii").strip())


def build_pack(folder: Path, *, version: int) -> Signed:
    """Check every file of `folder`, then write manifest, signature and public key.

    Raises BrokenPack with every mistake; nothing is written then.
    """
    findings = Findings()
    files = read_files(folder, findings=findings)
    findings.refuse_if_any()
    items, texts = read_items(files)
    manifest = manifest_of(files, pack=folder.name, version=version)
    signature, publisher = sign_once(manifest)
    (folder / MANIFEST).write_bytes(manifest.encoded())
    (folder / SIGNATURE).write_text(f"{signature.hex()}\n", encoding="ascii", newline="\n")
    publisher_path(folder).write_text(f"{publisher.hex()}\n", encoding="ascii", newline="\n")
    return Signed(len(items), len(texts), publisher)


def main(arguments: Sequence[str]) -> int:
    """Publish the folder named in `arguments`; 0 when signed, 1 with one line for each mistake, 2 for wrong use."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print(USAGE, file=sys.stderr)
        return 2
    folder = Path(arguments[0]).resolve()
    try:
        signed = build_pack(folder, version=_next_version(folder))
    except BrokenPack as broken:
        for each in broken.mistakes:
            print(f"{each.file}:{each.line}: {each.message.msgid.format(**each.message.values)}", file=sys.stderr)
        return 1
    print(f"{folder.name}: {signed.items} items, {signed.texts} texts, publisher {signed.publisher.hex()[:16]}")
    return 0


def _next_version(folder: Path) -> int:
    manifest = folder / MANIFEST
    return int(json.loads(manifest.read_bytes())["version"]) + 1 if manifest.exists() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
