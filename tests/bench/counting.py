"""A proxy on this machine that counts what goes through it: bytes both ways, headers included, and requests."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_REQUEST = re.compile(rb"(?:GET|POST|PUT|HEAD) \S+ HTTP/1\.[01]\r\n")


class Counter:
    """`port` to talk to instead of the server's."""

    def __init__(self, server: int) -> None:
        self._server = server
        self._lock = threading.Lock()
        self._counts = [0, 0, 0]
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def take(self) -> tuple[int, int, int]:
        """(bytes up, bytes down, requests) since the last time."""
        time.sleep(0.2)
        with self._lock:
            counts, self._counts = self._counts, [0, 0, 0]
        return counts[0], counts[1], counts[2]

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._server))
            for ends in ((near, far, 0), (far, near, 1)):
                threading.Thread(target=self._pump, args=ends, daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, way: int) -> None:
        try:
            while data := source.recv(65536):
                with self._lock:
                    self._counts[way] += len(data)
                    self._counts[2] += len(_REQUEST.findall(data)) if way == 0 else 0
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            source.close()
            sink.close()


@contextmanager
def counted(server: int) -> Iterator[Counter]:
    """A counter before the server of this port, until the block ends."""
    counter = Counter(server)
    try:
        yield counter
    finally:
        counter.close()
