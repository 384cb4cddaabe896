"""Shelves with the sample's own handbook, each in a folder of its own."""

import shutil
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.content.mistakes import Findings
from app.content.packs import read_files
from app.content.signing import MANIFEST, SIGNATURE, manifest_of
from app.handbook.place import RESOURCES, Shelf, shelf_of
from app.handbook.shelf import keep
from app.kernel.instants import Instant
from app.views.handbook_page import HandbookReader, open_reader

AVERDELL = RESOURCES / "averdell"
KEPT = Instant(1_795_000_000_000_000)  # 2026-11-18
LATER = Instant(1_795_515_900_000_000)  # 2026-11-24 10:25 UTC


def filled(folder: Path, *, sample: bool = True) -> Shelf:
    """The sample's handbook, kept on 18 November; not a `sample`: without a last resort."""
    shelf = shelf_of(folder, sample=True, zone="Europe/Lisbon")
    assert shelf.bundled is not None
    keep(shelf, shelf.bundled, KEPT)
    return shelf if sample else shelf_of(folder, sample=False, zone="Europe/Lisbon")


def reader(folder: Path, language: str = "en", market: str = "PT") -> HandbookReader:
    """A reader over such a shelf."""
    made = open_reader(filled(folder), language=language)
    made.market = market
    return made


def issued(
    folder: Path, key: Ed25519PrivateKey, version: int, without: str = "", /, **changed: tuple[str, str]
) -> Path:
    """The sample's pack in this version, signed by this key; `changed` by the stem of a file (CP_01): (old, new).
    `without` names a file that it lacks."""
    pack = folder / f"pack-{version}"
    shutil.copytree(AVERDELL, pack)
    if without:
        (pack / without).unlink()
    for stem, (old, new) in changed.items():
        place = pack / "handbook" / f"{stem.replace('_', '-')}.yaml"
        text = place.read_text(encoding="utf-8")
        assert old in text
        place.write_text(text.replace(old, new), encoding="utf-8")
    manifest = manifest_of(read_files(pack, findings=Findings()), pack="averdell", version=version)
    (pack / MANIFEST).write_bytes(manifest.encoded())
    (pack / SIGNATURE).write_text(f"{key.sign(manifest.encoded()).hex()}\n", encoding="ascii", newline="\n")
    return pack
