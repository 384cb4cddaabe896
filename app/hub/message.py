"""What a desk says in one exchange, read strictly."""

import base64
import binascii
import re
from dataclasses import dataclass

from app.hub.settings import MOST_ROWS
from app.sync.protocol import SCHEMA, Op, head_text, read_ops
from app.sync.wire import WireError, field, read_object

_ID = re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")
_TAG = re.compile(r"[0-9A-Z]{1,8}")


@dataclass(frozen=True, slots=True)
class Message:
    """One request of POST /v1/sync."""

    epoch: str
    schema: int
    stream: str
    tag: str
    ops: tuple[Op, ...]
    head: bytes
    signature: bytes
    cur: int
    limit: int
    own: bool = True  # whether the desk wants back what it sends

    @property
    def head_text(self) -> bytes:
        """What the device must have signed with these operations."""
        return head_text(self.stream, self.ops[-1].n, self.head)


def read_message(body: bytes) -> Message:
    """The message in a body; WireError for anything that no desk sends."""
    said = read_object(body)
    message = Message(
        epoch=_matching(said, "epoch", _ID, or_nothing=True), schema=_whole(said, "schema", SCHEMA),
        stream=_matching(said, "stream", _ID), tag=_matching(said, "tag", _TAG), ops=read_ops(said.get("ops")),
        head=bytes.fromhex(_matching(said, "head", _HASH)), signature=_base64(said, "sig"),
        cur=_whole(said, "cur"), limit=min(_whole(said, "limit", MOST_ROWS), MOST_ROWS),
        own=field(said, "own", bool, default=True),
    )  # fmt: skip
    if message.ops and message.ops[-1].digest != message.head:
        raise WireError("bad_head")
    return message


def _matching(said: dict[str, object], name: str, pattern: re.Pattern[str], *, or_nothing: bool = False) -> str:
    value: str = field(said, name, str)
    if not pattern.fullmatch(value) and not (or_nothing and value == ""):
        raise WireError(f"bad_{name}")
    return value


def _whole(said: dict[str, object], name: str, default: int | None = None) -> int:
    value: int = field(said, name, int, default=default)
    if value < 0:
        raise WireError(f"bad_{name}")
    return value


def _base64(said: dict[str, object], name: str) -> bytes:
    try:
        return base64.b64decode(field(said, name, str), validate=True)
    except (binascii.Error, ValueError):
        raise WireError(f"bad_{name}") from None
