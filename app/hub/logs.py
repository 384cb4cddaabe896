"""Structured logs: one JSON object a line, with codes, numbers and ids; never a body, name, token or code."""

import json
import logging
import sys
import time
from typing import Any

from psycopg import OperationalError
from psycopg_pool import PoolClosed, PoolTimeout
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.hub.answers import refusal
from app.hub.troubles import Refused
from app.kernel.ids import random_token
from app.kernel.reports import report_of

NAME = "aftercare.hub"
_log = logging.getLogger(NAME)
_UNREACHABLE = (OperationalError, PoolTimeout, PoolClosed)


class JsonLines(logging.Formatter):
    """Our own records whole; of others' the place, and the text while it is unfilled: its values may be anybody's."""

    def format(self, record: logging.LogRecord) -> str:
        said = getattr(record, "said", None) or {
            "place": f"{record.module}:{record.lineno}",
            "says": str(record.msg)[:200] if record.args else "",
        }
        at = f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(record.created))}.{int(record.msecs):03d}Z"
        return json.dumps({"at": at, "level": record.levelname.lower(), "log": record.name, **said})


def log_to_stderr() -> None:
    """Send every record of INFO and above to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for noisy in ("uvicorn", "uvicorn.error", "alembic", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def tell(event: str, **said: Any) -> None:
    """One record of the hub itself."""
    _log.info(event, extra={"said": {"event": event, **said}})


class Logged:
    """The outermost layer: every request has an id and leaves one record; nothing that it raises goes further."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        seen = _Seen(scope)
        try:
            await self._app(scope, receive, seen.noting(send))
        except Exception as problem:
            seen.problem = problem
            if not seen.status:
                await answer_to(problem)(scope, receive, seen.noting(send))
        seen.tell()


def answer_to(problem: Exception) -> Response:
    """503 where the database could not be reached (ask again later), 500 for a mistake of ours."""
    if isinstance(problem, _UNREACHABLE):
        return refusal(Refused(503, {"error": "busy"}, {"retry-after": "5"}))
    return refusal(Refused(500, {"error": "bug"}))


class _Seen:
    """What is told of one request."""

    def __init__(self, scope: Scope) -> None:
        self.status = 0
        self.problem: Exception | None = None
        self._scope = scope
        self._id = random_token(8).hex()
        self._began = time.perf_counter()

    def noting(self, send: Send) -> Send:
        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
            await send(message)

        return noted

    def tell(self) -> None:
        route, state = self._scope.get("route"), self._scope.get("state", {})
        said: dict[str, Any] = {
            "event": "request", "request": self._id, "method": self._scope["method"],
            "route": getattr(route, "path", "-"), "status": self.status,
            "ms": round((time.perf_counter() - self._began) * 1000, 1),
        }  # fmt: skip
        said |= {name: state[name] for name in ("device", "ops", "rows", "bytes") if name in state}
        if self.problem is not None:
            said["report"] = str(report_of(self.problem))
        level = logging.ERROR if self.status == 500 else logging.WARNING if self.problem else logging.INFO
        _log.log(level, "request ended with %d", self.status, extra={"said": said})
