"""One window for one profile: a second start raises the first."""

import hashlib
import os
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WORD = b"raise\n"
_PATIENCE_MS = 500
_MOST_BYTES = 64


def socket_name(profile: Path) -> str:
    """The name of the local socket of a profile."""
    return f"aftercare-{hashlib.sha256(str(profile.resolve()).encode()).hexdigest()[:24]}"


def raise_other(profile: Path) -> bool:
    """Asks a window that already shows this profile to come to the front; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(socket_name(profile))
    if not socket.waitForConnected(_PATIENCE_MS) or not _ours(Path(socket.fullServerName())):
        return False
    socket.write(_WORD)
    socket.flush()
    socket.waitForBytesWritten(_PATIENCE_MS)
    socket.disconnectFromServer()
    return True


def _ours(place: Path) -> bool:
    """Whether this user made the socket: another one could take its name in the shared temporary folder, and no desk
    of ours would ever start. Windows keeps its pipes by user."""
    return os.name != "posix" or place.stat().st_uid == os.getuid()


class Listener(QObject):
    """`asked` is sent when a second start wants this window; anything else on the socket is ignored."""

    asked = Signal()

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._guests: set[_Guest] = set()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(8)
        self._server.newConnection.connect(self._greet)
        if not self._server.listen(socket_name(profile)):
            QLocalServer.removeServer(socket_name(profile))  # left by a start that was killed; the lock is ours
            self._server.listen(socket_name(profile))

    def close(self) -> None:
        """Listens no more."""
        self._server.close()
        for guest in [*self._guests]:
            self._dismiss(guest)

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            guest = _Guest(socket, self)
            self._guests.add(guest)
            guest.finished.connect(self._dismiss)
            guest.asked.connect(self.asked)
            guest.listen()

    def _dismiss(self, guest: "_Guest") -> None:
        self._guests.discard(guest)
        guest.deleteLater()


class _Guest(QObject):
    """One connection: it may say the one word, once; then, or after a second, it is shown out."""

    asked = Signal()
    finished = Signal(object)

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        socket.setParent(self)
        socket.setReadBufferSize(_MOST_BYTES)
        self._socket = socket
        self._timer = QTimer(self, singleShot=True, interval=1000)
        self._timer.timeout.connect(self._leave)

    def listen(self) -> None:
        """Waits for the word."""
        self._socket.readyRead.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._timer.start()
        if self._socket.bytesAvailable():
            self._hear()

    def _hear(self) -> None:
        if not self._timer.isActive():
            return
        if bytes(self._socket.read(_MOST_BYTES).data()) == _WORD:
            self.asked.emit()
        self._leave()

    def _leave(self) -> None:
        self._timer.stop()
        self.finished.emit(self)
