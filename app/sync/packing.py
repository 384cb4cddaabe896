"""Bodies on the wire, packed with zstd; unpacking stops at a limit, whatever a frame says of its own size."""

import io

import zstandard

from app.sync.wire import WireError

LEVEL = 1  # a full message becomes 35 KB in half a millisecond; at level 3, 41 KB in one
ENCODING = "zstd"
WORTH = 512  # bytes below which packing costs more than it saves
_WINDOW = 1 << 23  # zstd asks the reader for as much memory as the writer's window


def pack(data: bytes) -> bytes:
    """The same, smaller."""
    return zstandard.ZstdCompressor(level=LEVEL).compress(data)


def unpack(data: bytes, *, most: int) -> bytes:
    """What was packed; WireError when it is longer than `most`, cut short, or was not packed so.

    Read as a stream: `decompress(max_output_size=…)` is ignored when the frame declares its size, and 32 KB became
    1 GiB.
    """
    try:
        reader = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(io.BytesIO(data))
        whole = reader.read(most + 1)
        declared = zstandard.frame_content_size(data)
    except zstandard.ZstdError:
        raise WireError("bad_packing") from None
    if len(whole) > most:
        raise WireError("too_large")
    if declared != len(whole):  # a frame that was cut ends in silence; ours always say how long they are
        raise WireError("bad_packing")
    return whole
