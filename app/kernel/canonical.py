"""Canonical JSON (RFC 8785) of integers, strings, booleans, null, lists and string-keyed mappings."""

import json
from collections.abc import Iterable
from typing import Any

from app.kernel.errors import BugError

MAX_SAFE = 2**53 - 1  # RFC 8785 rests on I-JSON: beyond this an integer is not the same number everywhere

_text = json.JSONEncoder(ensure_ascii=False).encode
# The same bytes for what `_is_plain` lets through, five times as fast: an import spent two fifths of its time here.
_quick = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")).encode
_SIMPLE = frozenset((str, bool, type(None)))


def canonical(value: Any) -> bytes:
    """UTF-8 bytes that are equal for equal data on every machine.

    Floats, integers beyond 2**53 - 1, lone surrogates and keys that are no strings raise BugError: amounts are
    minor units and measured values are scaled integers here.
    """
    try:
        return (_quick if _is_plain(value) else _encode)(value).encode("utf-8")
    except UnicodeEncodeError:
        raise BugError("a lone surrogate has no canonical form") from None


def _is_plain(value: Any) -> bool:
    """Whether Python's own encoder writes it canonically: exact types, and keys whose order by code point is the order
    by UTF-16, as it is for ASCII."""
    kind = type(value)
    if kind is int:
        return bool(-MAX_SAFE <= value <= MAX_SAFE)
    if kind is dict:
        parts, plain = value.values(), _are_plain_keys(value)
    elif kind is list or kind is tuple:
        parts, plain = value, True
    else:
        return kind in _SIMPLE
    return plain and all(_is_plain(each) for each in parts if type(each) not in _SIMPLE)


def _are_plain_keys(keys: Iterable[Any]) -> bool:
    try:
        return "".join(keys).isascii()
    except TypeError:  # a key that is no string
        return False


def _encode(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        if abs(value) > MAX_SAFE:
            raise BugError("an integer beyond 2**53 has no canonical form")
        return str(int(value))
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_encode, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{_string(k)}:{_encode(value[k])}" for k in sorted(value, key=_utf16)) + "}"
    raise BugError(f"{type(value).__name__} has no canonical form")


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise BugError("a key of canonical JSON is a string")
    return _text(str(value))


def _utf16(key: Any) -> bytes:
    return key.encode("utf-16-be") if isinstance(key, str) else b""
