"""Texts that every part of the house can take: the store, canonical JSON, PDF, a terminal."""

import re
from typing import Any

_HALF = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def storable(value: Any) -> Any:
    """The same value with its texts cleaned, also within lists and mappings.

    Half a character (a field's limit cuts an emoji in two) becomes the replacement sign, a control character that is
    neither tab nor line end a blank: neither was ever written by a person.
    """
    if isinstance(value, str):
        return value if value.isprintable() else _CONTROLS.sub(" ", _HALF.sub("\ufffd", value))
    if isinstance(value, dict):
        return {storable(key): storable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [storable(each) for each in value]
    return value
