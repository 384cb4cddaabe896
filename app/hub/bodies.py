"""What a request brings along, read with a limit: a body is cut, never trusted to be as small as it says."""

import zstandard
from starlette.requests import ClientDisconnect, Request

from app.hub.troubles import Refused
from app.sync.wire import MOST_BYTES


async def raw_body(request: Request, *, most: int = MOST_BYTES) -> bytes:
    """The bytes as sent; 413 beyond `most`, to whoever asks; 400 when the sender is gone: no mistake of ours."""
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > most:
                raise too_large()
            parts.append(part)
    except ClientDisconnect as gone:
        raise Refused(400, {"error": "cut"}) from gone
    return b"".join(parts)


def unpacked(body: bytes, encoding: str) -> bytes:
    """The JSON text of a body that may be zstd; 415 for another encoding, 413 for a bomb.

    `max_output_size` is ignored when a frame declares its size (32,786 bytes became 1 GiB): read as a stream and cut.
    """
    if encoding in ("", "identity"):
        return body
    if encoding != "zstd":
        raise Refused(415, {"error": "encoding"})
    try:
        with zstandard.ZstdDecompressor(max_window_size=1 << 23).stream_reader(body) as reader:
            text = reader.read(MOST_BYTES + 1)
    except zstandard.ZstdError:
        raise Refused(400, {"error": "not_zstd"}) from None
    if len(text) > MOST_BYTES:
        raise too_large()
    return bytes(text)


def too_large() -> Refused:
    """A body beyond the limit."""
    return Refused(413, {"error": "too_large"})
