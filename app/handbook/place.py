"""Where the plain copy of the handbook lies, and whose signature it must bear. Loaded before the first paint."""

from dataclasses import dataclass
from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the copies lie (`folder`), and the raw public key of the one publisher that is believed here.

    `bundled` is the pack that came with the program: the last resort, for the sample alone. `zone` is this desk's.
    """

    folder: Path
    publisher: bytes
    bundled: Path | None = None
    zone: str = "UTC"


def shelf_of(profile: Path, *, sample: bool, zone: str = "UTC") -> Shelf:
    """The shelf in a profile's folder; the publisher's key is pinned by the program, not by the profile."""
    pack = RESOURCES / "averdell"
    publisher = bytes.fromhex((RESOURCES / "averdell.publisher").read_text(encoding="ascii").strip())
    return Shelf(profile / "handbook", publisher, pack if sample else None, zone)
