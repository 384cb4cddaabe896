"""What may be told of an exception: kinds and places, never values. The text of a foreign one may quote a customer."""

import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from app.kernel.errors import BugError, UserError

_ROOT = Path(__file__).resolve().parents[2]
_MOST_LINES = 200


class Safe(str):
    """Text that names kinds, codes and places alone: the one sort of text that stands in a log as it is."""

    __slots__ = ()


def report_of(error: BaseException) -> Safe:
    """Kinds and `file:line` of an exception and of what caused it; no message but our own, no values, no home."""
    lines = [f"Python {sys.version.split()[0]}, {sys.platform}"]
    seen: BaseException | None = error
    while seen is not None and len(lines) < _MOST_LINES:
        kind = type(seen).__name__
        lines.append(f"{kind}: {seen}" if isinstance(seen, BugError | UserError) else kind)
        lines += [f"  {place_of(frame.filename)}:{frame.lineno} {frame.name}" for frame in _frames(seen)]
        seen = seen.__cause__ or seen.__context__
    return Safe("\n".join(lines))


def report_uncaught() -> None:
    """From here on an exception that nobody caught is told by its report: Python itself would print its text."""
    sys.excepthook = _uncaught
    threading.excepthook = lambda told: _uncaught(told.exc_type, told.exc_value, told.exc_traceback)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is not None and not isinstance(error, KeyboardInterrupt):
        print(report_of(error), file=sys.stderr, flush=True)


def place_of(file: str) -> str:
    """A source file within this program, or the bare name of another: a whole path names who uses the machine."""
    path = Path(file)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name


def _frames(error: BaseException) -> list[traceback.FrameSummary]:
    return list(traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__), lookup_lines=False))
