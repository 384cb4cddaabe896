"""Answers: JSON, packed when asked for and worth it; an error is the same bytes whatever the cause."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.hub.troubles import Refused
from app.sync.packing import pack

_WORTH = 600  # bytes; below, a packed answer is not smaller than one packet either
_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encoded(value: Any) -> bytes:
    """JSON as this hub writes it."""
    return _text(value).encode()


def answer(request: Request, body: bytes, *, media_type: str | None = "application/json") -> Response:
    """200 with this JSON text; zstd if the request accepts it."""
    headers = {}
    if len(body) >= _WORTH and "zstd" in request.headers.get("accept-encoding", ""):
        body = pack(body)
        headers["content-encoding"] = "zstd"
    return Response(body, headers=headers, media_type=media_type)


def refusal(problem: Refused) -> Response:
    """The answer to a request that changed nothing."""
    return Response(encoded(problem.body), problem.status, problem.headers, "application/json")
