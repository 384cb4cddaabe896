"""Noise fails: what a test logs, sends, or leaves behind without saying so. Used by conftest.py for every test."""

import gc
import ipaddress
import logging
import re
import socket
import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
from PySide6.QtWidgets import QApplication

_GRACE = 2.0  # seconds for a thread that is already on its way out
Announce = Callable[[str], None]


@pytest.fixture
def announced() -> list[str]:
    """Patterns of log messages that this test expects."""
    return []


@pytest.fixture
def announce(announced: list[str]) -> Announce:
    """`announce("cannot be read")`: one log of WARNING or above that matches must come, and may."""
    return announced.append


@pytest.fixture(autouse=True)
def quiet_logs(caplog: pytest.LogCaptureFixture, announced: list[str]) -> Iterator[None]:
    """A log of WARNING or above that nobody announced fails, and an announced one that never came."""
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    loud = [record.getMessage() for record in records if record.levelno >= logging.WARNING]
    assert not (unheard := [each for each in announced if not any(re.search(each, log) for log in loud)]), unheard
    assert not (stray := [log for log in loud if not any(re.search(each, log) for each in announced)]), stray


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets reach this machine only."""
    connect, connect_ex, lookup = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def checked_connect(self: socket.socket, address: Any) -> None:
        connect(self, _local(address))

    def checked_connect_ex(self: socket.socket, address: Any) -> int:
        return connect_ex(self, _local(address))

    def checked_lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
        return lookup(_local((host,))[0], *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", checked_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", checked_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", checked_lookup)


@pytest.fixture(autouse=True)
def no_threads_left() -> Iterator[None]:
    """A thread that outlives its test fails; Qt's own pool threads are Qt's."""
    before = set(threading.enumerate())
    yield
    late = [each for each in threading.enumerate() if each not in before and not each.name.startswith("Dummy-")]
    for each in late:
        each.join(_GRACE)
    assert not (left := [each.name for each in late if each.is_alive()]), f"threads left running: {left}"


@pytest.fixture(autouse=True)
def no_qt_left(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A window left behind, a QTimer or a QThread left running fails."""
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        yield
        return
    started = _watch_starts(monkeypatch)
    before = {id(widget) for widget in _windows()}
    yield
    _delete_what_is_due()
    left = [widget for widget in _windows() if id(widget) not in before]
    if left:
        del left
        gc.collect()
        _delete_what_is_due()
        left = [widget for widget in _windows() if id(widget) not in before]
    running = [type(each).__name__ for each in started() if _runs(each)]
    names = [f"{type(widget).__name__} {widget.objectName()}".strip() for widget in left]
    for widget in left:
        widget.deleteLater()
    assert not names, f"windows left behind: {names}"
    assert not running, f"left running: {running}"


def _local(address: Any) -> Any:
    """The address itself if it stays on this machine, else the test fails."""
    host = address[0] if isinstance(address, tuple) else None
    if host in (None, "", "localhost") or isinstance(host, bytes):
        return address
    try:
        if ipaddress.ip_address(host).is_loopback:
            return address
    except ValueError:
        pass  # a name: only localhost stays here
    pytest.fail(f"no network in tests: {host}")


def _windows() -> list[Any]:
    return list(QApplication.topLevelWidgets()) if isinstance(QApplication.instance(), QApplication) else []


def _delete_what_is_due() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _watch_starts(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Any]]:
    """Notes every QTimer and QThread started from Python; the result lists those that still live."""
    seen: list[weakref.ref[Any]] = []
    for kind in (QTimer, QThread):
        monkeypatch.setattr(kind, "start", _noting(kind.start, seen))
    return lambda: [each for each in (ref() for ref in seen) if each is not None]


def _noting(start: Callable[..., None], seen: list["weakref.ref[Any]"]) -> Callable[..., None]:
    def noted(self: Any, *args: Any) -> None:
        seen.append(weakref.ref(self))
        start(self, *args)

    return noted


def _runs(each: Any) -> bool:
    valid = shiboken6.isValid(each)
    return bool(valid and (each.isActive() if hasattr(each, "isActive") else each.isRunning()))
