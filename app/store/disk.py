"""Writing small files so that a killed process or a lost power leaves the old or the new one, never half."""

import contextlib
import os
from pathlib import Path


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner enters (0700), and its parents."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)


def replace_file(path: Path, data: bytes) -> None:
    """Write beside `path`, flush to the disk, rename over it; readable by the owner alone."""
    fresh = path.with_name(path.name + ".new")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        move_file(fresh, path)
    except BaseException:  # no half of it stays
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise


def move_file(source: Path, target: Path) -> None:
    """Rename over `target` and make the rename itself last."""
    os.replace(source, target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last; Windows has no such call and needs none."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
