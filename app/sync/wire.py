"""JSON from outside, read strictly: what is doubtful is refused before anything looks at it.

A text that orjson writes again to the byte as it came is taken at its speed: a doubled key would be missing from what
it writes, and numbers, depth and keys are looked at besides. Every other text goes the slow way, which says why.
"""

import base64
import binascii
import functools
import json
import re
from typing import Any

import orjson

from app.kernel.canonical import MAX_SAFE, canonical

MOST_BYTES = 1 << 20  # of a body, unpacked
DEEPEST = 24
ID, HASH = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")
NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_SORTED = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER  # which refuses integers beyond 2^53
_INNER = frozenset((dict, list))
_DIGITS = len(str(MAX_SAFE)) + 1
# A string, ended or not: one that never ends must match too, or each quote in it would be tried up to the end again
# (8,000 escaped quotes took half a second, 1 MiB of them hours).
_STRINGS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_NO_BRACKETS = bytes(each for each in range(256) if each not in b"[]{}")
_BEYOND = re.compile(rb"[\xee-\xff]")  # UTF-8 of U+E000 and above, where code points sort otherwise than UTF-16
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")  # half of a pair, or a pair: rare enough to look closely


class WireError(ValueError):
    """A message that no desk of ours sends; `reason` is a code without any of its content."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_json(data: bytes, *, most: int = MOST_BYTES) -> Any:
    """The value of a JSON text: integers within 2^53, no floats, keys once, at most 24 deep; WireError otherwise."""
    if len(data) > most:
        raise WireError("too_large")
    value = _quick(data)
    return _slow(data) if value is _DOUBTFUL else value


_DOUBTFUL = object()


def _quick(data: bytes) -> Any:
    """The value of a text that is beyond doubt."""
    try:
        value = orjson.loads(data)
        same = orjson.dumps(value, option=_SORTED) == data
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return _DOUBTFUL
    return value if same and _plain(value) else _DOUBTFUL


def _plain(value: Any) -> bool:
    """Whether no number is broken, and at most DEEPEST brackets stand around anything."""
    level: list[Any] = [[value]]
    for _ in range(DEEPEST + 1):
        inner: list[Any] = []
        for outer in level:
            values = outer.values() if type(outer) is dict else outer
            types = set(map(type, values))
            if float in types:
                return False
            if not types.isdisjoint(_INNER):
                inner += [each for each in values if type(each) in _INNER]
        if not inner:
            return True
        level = inner
    return False


def _slow(data: bytes) -> Any:
    if _depth(data) > DEEPEST:
        raise WireError("too_deep")
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=_once, parse_int=_integer, parse_float=_no_float,
            parse_constant=_no_float,
        )  # fmt: skip
    except WireError:
        raise
    except (ValueError, RecursionError):
        raise WireError("not_json") from None
    if _HALF.search(data):
        _refuse_halves(value)
    return value


def read_object(data: bytes, *, most: int = MOST_BYTES) -> dict[str, Any]:
    """The same for a JSON object."""
    value = read_json(data, most=most)
    if not isinstance(value, dict):
        raise WireError("not_object")
    return value


def canonical_text(value: Any) -> bytes:
    """`canonical` of a value that came from here, in little time: what it refuses was refused on the way in."""
    text = orjson.dumps(value, option=_SORTED)
    return text if text.isascii() or not _BEYOND.search(text) else canonical(value)


def field(body: dict[str, Any], name: str, kind: type, *, default: Any = None) -> Any:
    """`body[name]`, which must be of this very type (a boolean is no integer); WireError otherwise."""
    value = body.get(name, default)
    if type(value) is not kind:
        raise WireError(f"bad_{name}")
    return value


def matching(body: dict[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    """`body[name]`, a text of this whole shape; WireError otherwise."""
    value: str = field(body, name, str)
    if not pattern.fullmatch(value):
        raise WireError(f"bad_{name}")
    return value


@functools.lru_cache(maxsize=1000)
def are_names(names: tuple[str, ...]) -> bool:
    """Whether each is a field's name; records of one kind have the same ones, so that they are looked at once."""
    return all(map(NAME.fullmatch, names))


def count(body: dict[str, Any], name: str, *, least: int = 0) -> int:
    """`body[name]`, an integer of at least `least`; WireError otherwise."""
    value: int = field(body, name, int)
    if value < least:
        raise WireError(f"bad_{name}")
    return value


def base64_bytes(body: dict[str, Any], name: str) -> bytes:
    """The bytes that `body[name]` spells in base64; WireError otherwise."""
    try:
        return base64.b64decode(field(body, name, str), validate=True)
    except (binascii.Error, ValueError):
        raise WireError(f"bad_{name}") from None


def _depth(data: bytes) -> int:
    depth = deepest = 0
    for mark in _STRINGS.sub(b"", data).translate(None, _NO_BRACKETS):
        depth += 1 if mark in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _refuse_halves(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise WireError("half_character") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise WireError("doubled_key")
    return found


def _integer(text: str) -> int:
    value = int(text) if len(text) <= _DIGITS else MAX_SAFE + 1
    if abs(value) > MAX_SAFE:
        raise WireError("too_large_number")
    return value


def _no_float(text: str) -> Any:
    raise WireError("no_integer")
