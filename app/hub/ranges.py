"""The Range of a request, and an answer that is fetched part by part, with no transaction while the network waits."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.hub.troubles import Refused

_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes `start` to `stop` (not included) of `size`."""

    start: int
    stop: int
    size: int
    partial: bool


Part = Callable[[int, int], Awaitable[bytes]]  # (start, at most) -> at least one byte


def span_of(request: Request, size: int) -> Span:
    """What of `size` bytes was asked for; all without a Range of the one form that a desk sends; 416 beyond the end."""
    found = _RANGE.fullmatch(request.headers.get("range", ""))
    if not found:
        return Span(0, size, size, False)
    start, stop = int(found[1]), min(int(found[2]) + 1, size) if found[2] else size
    if start >= stop:
        raise Refused(416, {"error": "range"}, {"content-range": f"bytes */{size}"})
    return Span(start, stop, size, True)


def spanned(span: Span, part: Part) -> Response:
    """The bytes of a span: 206 for a part, 200 for the whole."""
    headers = {"content-length": str(span.stop - span.start), "accept-ranges": "bytes"}
    if span.partial:
        headers["content-range"] = f"bytes {span.start}-{span.stop - 1}/{span.size}"
    kind = "application/octet-stream"
    return StreamingResponse(_parts(span, part), 206 if span.partial else 200, headers, kind)


async def _parts(span: Span, part: Part) -> AsyncIterator[bytes]:
    at = span.start
    while at < span.stop:
        found = await part(at, span.stop - at)
        assert found
        yield found
        at += len(found)
