"""Where a file dialog begins: where the last one of its kind ended, else in the person's own folder."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths

DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation
PICTURES = QStandardPaths.StandardLocation.PicturesLocation
_last: dict[QStandardPaths.StandardLocation, Path] = {}  # interface thread only; a start begins anew


def begin_in(kind: QStandardPaths.StandardLocation, name: str = "") -> str:
    """The folder, or `name` in it for a file that is to be saved; empty where the system knows none."""
    kept = _last.get(kind)
    folder = str(kept) if kept is not None and kept.is_dir() else QStandardPaths.writableLocation(kind)
    return str(Path(folder) / name) if folder else name


def ended_at(kind: QStandardPaths.StandardLocation, path: str) -> None:
    """A file was chosen here; a dialog that was left changes nothing."""
    if path:
        _last[kind] = Path(path).parent
