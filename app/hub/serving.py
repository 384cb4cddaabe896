"""`serve`: uvicorn over the application, from a socket that is bound first to an end that finishes what it began."""

import asyncio
import gc
import json
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from app.hub.application import make_application
from app.hub.database import connected, make_pool
from app.hub.keys import Keys
from app.hub.logs import tell
from app.hub.roles import refuse_powerful
from app.hub.schema import check_revision
from app.hub.settings import DEVICE
from app.hub.troubles import HubError
from app.kernel.litter import seldom_collected

_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_PATIENCE = 20  # seconds for requests that are being answered at the end


class Server(uvicorn.Server):
    """Says when it is ready; leaves the signals to whoever runs it (uvicorn would raise them again at its end)."""

    def __init__(self, config: uvicorn.Config, *, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def check_place(reach: str) -> None:
    """HubError unless the database is ours, of this schema, and reached as one whom row-level security holds."""
    with connected(reach, DEVICE) as connection:
        refuse_powerful(connection)
        check_revision(connection)


def make_server(reach: str, keys: Keys, *, ready: Callable[[], None]) -> Server:
    """A server that is not started yet."""
    config = uvicorn.Config(
        make_application(make_pool(reach), keys), log_config=None, access_log=False, server_header=False,
        date_header=False, lifespan="on", timeout_graceful_shutdown=_PATIENCE,
    )  # fmt: skip
    return Server(config, ready=ready)


def bound(host: str, port: int) -> socket.socket:
    """A listening socket's number is known before anything answers; HubError where it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio switches Nagle's wait off only where the protocol is named: without it each answer took 44 ms (measured)
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as problem:
        listener.close()
        raise HubError(f"Nothing can listen on {host} port {port}: {problem.strerror}. Choose another.") from None
    return listener


def serve(reach: str, keys: Keys, *, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; one JSON line on standard output when it is ready."""
    check_place(reach)
    with bound(host, port) as listener:
        number = listener.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host

        def ready() -> None:
            tell("serving", port=number)
            print(json.dumps({"serving": f"http://{shown}:{number}"}), flush=True)

        server = make_server(reach, keys, ready=ready)
        gc.freeze()  # what is loaded by now stays
        with seldom_collected():
            asyncio.run(_until_told(server, listener))
    tell("stopped")


async def _until_told(server: Server, listener: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    if sys.platform != "win32":
        for each in _SIGNALS:
            loop.add_signal_handler(each, _stop, server)
    await server.serve([listener])


def _stop(server: Server) -> None:
    """The first signal ends it when all is answered, the second at once."""
    server.force_exit = server.should_exit
    server.should_exit = True
