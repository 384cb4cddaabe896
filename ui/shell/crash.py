"""What happens when a rule of the program is broken: a report of kinds and places, never of values."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import PySide6
from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

_ROOT = Path(__file__).resolve().parents[2]
_log = logging.getLogger(__name__)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
# Our own errors name ids and kinds only; the text of any other exception may hold what a customer said.
_NAMED = ("BugError",)


def report_of(error: BaseException) -> str:
    """Kinds and `file:line` of an exception and what caused it; no message but our own, no values, no home."""
    lines = [f"Python {sys.version.split()[0]}, PySide6 {PySide6.__version__}, {sys.platform}"]
    seen: BaseException | None = error
    while seen is not None and len(lines) < 200:
        kind = type(seen).__name__
        lines.append(f"{kind}: {seen}" if kind in _NAMED else kind)
        lines += [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in _frames(seen)]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


def logged(error: BaseException) -> str:
    """The report of an exception, which is also written to the log."""
    text = report_of(error)
    _log.error("a rule of the program was broken\n%s", text)
    return text


def _frames(error: BaseException) -> list[traceback.FrameSummary]:
    return list(traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__), lookup_lines=False))


def _place(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name


class Watch(QObject):
    """Hears of every exception that nobody caught, on any thread; `reported` carries the text of the report."""

    reported = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: tuple[Callable[..., object], Callable[..., object]] | None = None

    def start(self) -> None:
        """Takes over the hooks of Python and Qt."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        qInstallMessageHandler(_from_qt)

    def stop(self) -> None:
        """Gives the hooks back."""
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before
            self._before = None
            qInstallMessageHandler(None)

    def report(self, error: BaseException) -> None:
        """Reports an exception that reached the desk."""
        self.reported.emit(logged(error))

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.report(error)

    def _uncaught_in_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            self.report(told.exc_value)


def _from_qt(level: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Qt's own messages go to the log; they name classes and files of Qt, never texts of ours."""
    logging.getLogger("qt").log(_LEVELS.get(level, logging.WARNING), "%s", message)
