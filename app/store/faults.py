"""Reports of faults beside the store: written when something breaks, so that a program that dies leaves them.

They name kinds and places alone (app.kernel.reports), so they lie in plain; what a person adds goes into the store.
"""

import contextlib
import faulthandler
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from app.kernel.ids import new_id
from app.kernel.reports import Safe, place_of
from app.store.disk import private_folder, replace_file
from app.store.profile import Profile

HARD = "hard"  # what faulthandler writes while the process dies
_MOST, _LARGEST = 5, 20_000
_FATAL = re.compile(r"(Fatal Python error|Windows fatal exception): [A-Za-z0-9 _,-]{1,60}")
_FRAME = re.compile(r'  File "(.+)", line (\d{1,7}) in (\S{1,120})')
_NAMED = re.compile(r"[A-Za-z_<][A-Za-z0-9_<>.]*")


def keep_fault(profile: Profile, text: str) -> None:
    """Write a report down; a disk that takes none loses it."""
    folder = _folder(profile)
    with contextlib.suppress(OSError):
        private_folder(folder)
        if len(list(folder.glob("*.txt"))) < _MOST:
            replace_file(folder / f"{new_id()}.txt", text[:_LARGEST].encode(errors="replace"))


def forget_faults(profile: Profile) -> None:
    """What was written down was sent, or is on the screen."""
    for each in _folder(profile).glob("*.txt"):
        with contextlib.suppress(OSError):
            each.unlink()


def take_faults(profile: Profile) -> str:
    """The reports of before, oldest first; from here on they are nowhere but with the caller."""
    found: list[tuple[float, str]] = []
    for each in _folder(profile).glob("*.txt"):
        with contextlib.suppress(OSError):
            found.append((each.stat().st_mtime, each.read_bytes()[:_LARGEST].decode(errors="replace")))
    forget_faults(profile)
    return "\n\n".join(text for _, text in sorted(found))[:_LARGEST]


@contextlib.contextmanager
def watch_hard_faults(profile: Profile) -> Iterator[None]:
    """Until the block ends, a crash below Python leaves its places in a file; that of the last time becomes a report.

    A handler that somebody else set (`-X faulthandler`, a test run) stays.
    """
    place = _folder(profile) / HARD
    _take_hard(profile, place)
    if faulthandler.is_enabled():
        yield
        return
    try:
        private_folder(place.parent)
        file = place.open("wb")
    except OSError:
        yield
        return
    with file:
        faulthandler.enable(file)
        try:
            yield
        finally:
            faulthandler.disable()
    place.unlink(missing_ok=True)


def _take_hard(profile: Profile, place: Path) -> None:
    with contextlib.suppress(OSError):
        dump = place.read_bytes()[: 4 * _LARGEST].decode(errors="replace")
        place.unlink()
        if dump.strip():
            keep_fault(profile, hard_report(dump))


def hard_report(dump: str) -> Safe:
    """What faulthandler wrote, without homes, addresses and names of threads: kind, and `file:line` of each frame."""
    lines = [f"Python {sys.version.split()[0]}, {sys.platform}"]
    for line in dump.splitlines():
        frame = _FRAME.fullmatch(line)
        if fatal := _FATAL.match(line):
            lines.append(fatal[0])
        elif line.startswith(("Thread 0x", "Current thread 0x")):
            lines.append("Current thread" if line.startswith("Current") else "Thread")
        elif frame and _NAMED.fullmatch(frame[3]):
            lines.append(f"  {place_of(frame[1])}:{frame[2]} {frame[3]}")
    return Safe("\n".join(lines[:400]))


def _folder(profile: Profile) -> Path:
    return profile.folder / "reports"
