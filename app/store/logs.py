"""The log of a profile: kinds, ids, counts, durations and places. What a customer said cannot get into it.

A text among a record's arguments is left out unless it is `Safe`, a code or an id; of other people's loggers only
the place is kept, of an exception only `report_of`.
"""

import contextlib
import logging
import logging.handlers
import os
import re
import time
from collections.abc import Iterator
from enum import Enum
from io import BufferedWriter, FileIO, TextIOWrapper
from pathlib import Path
from typing import Any

from app.kernel.reports import Safe, place_of, report_of

LARGEST, OLDER = 512 * 1024, 3  # bytes of one file, and how many full ones stay beside it
LEFT_OUT = "…"
_OURS = ("app", "ui", "qt", "main", "__main__")
_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{64}")


@contextlib.contextmanager
def keep_log(folder: Path, name: str) -> Iterator[None]:
    """Write the log to `folder/name.log` until the block ends; a folder that cannot be written gets none."""
    root, before, handler = logging.getLogger(), logging.getLogger().level, _opened(folder / f"{name}.log")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
        handler.close()


def _opened(path: Path) -> logging.Handler:
    try:
        return _Handler(path)
    except OSError:  # no profile yet, or one that can only be read: it can still be looked at
        return logging.NullHandler()


class _Handler(logging.handlers.RotatingFileHandler):
    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LARGEST, backupCount=OLDER, encoding="utf-8", errors="backslashreplace")
        self.setFormatter(Discreet())

    def _open(self) -> TextIOWrapper:
        """Each file is its owner's alone, those that follow a full one too."""
        file = BufferedWriter(FileIO(self.baseFilename, self.mode, opener=_private))
        return TextIOWrapper(file, encoding=self.encoding, errors=self.errors)

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk loses lines of the log and nothing else; the base would print the record with its values."""


class Discreet(logging.Formatter):
    """A record as one line, and an exception as its report."""

    def format(self, record: logging.LogRecord) -> str:
        """Time (UTC), level, logger, place, words; nothing that is not known to be free of values."""
        when = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        place = f"{place_of(record.pathname)}:{record.lineno}"
        line = f"{when}.{int(record.msecs):03d}Z {record.levelname} {record.name} {place} {_words(record)}".rstrip()
        error = record.exc_info[1] if record.exc_info else None
        return f"{line}\n{report_of(error)}" if error is not None else line


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _words(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] not in _OURS or not isinstance(record.msg, str):
        return ""
    if isinstance(record.args, dict):
        return record.msg % {name: _known(value) for name, value in record.args.items()}
    return record.msg % tuple(map(_known, record.args or ()))


def _known(value: Any) -> Any:
    if isinstance(value, Safe | Enum | int | float) or value is None:
        return value
    return value if isinstance(value, str) and _ID.fullmatch(value) else LEFT_OUT
