"""What happens when a rule of the program is broken: a report of kinds and places, never of values."""

import logging
import re
import sys
import threading
from collections.abc import Callable
from types import TracebackType

import PySide6
from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from app.kernel import reports
from app.kernel.reports import Safe

_log = logging.getLogger(__name__)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_QUOTED = re.compile(r"""["'].*["']|[^\x20-\x7e]+""", re.DOTALL)
_LONGEST = 200


def report_of(error: BaseException) -> Safe:
    """Kinds and `file:line` of an exception and what caused it; no message but our own, no values, no home."""
    return Safe(f"PySide6 {PySide6.__version__}, {reports.report_of(error)}")


def logged(error: BaseException) -> Safe:
    """The report of an exception, which is also written to the log."""
    text = report_of(error)
    _log.error("a rule of the program was broken\n%s", text)
    return text


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
    """Qt's own messages go to the log without what they quote: `QString::arg` and others quote texts of ours."""
    told = _QUOTED.sub("…", message)[:_LONGEST]
    logging.getLogger("qt").log(_LEVELS.get(level, logging.WARNING), "%s", Safe(told))
