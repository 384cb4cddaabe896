"""What projections and pages read of JSON that may come from anywhere, declared key by key.

A row that lacks it, or holds another sort of thing there, is held back at the door (app/sync/local.py), and no desk
writes one: so a page may read what is declared here without asking.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_LARGEST = 10**12  # of what is added up: nine million of them fit into the store's sums


@dataclass(frozen=True, slots=True)
class Read:
    """What a key must hold. Keys that are not declared may hold anything.

    `sort` is str, int, bool, list, dict, or object where `fits` alone decides; `values` the texts that are known;
    `of` the keys of a dict; `each` every entry of a list (texts, unless said) or every value of a dict; `nothing`:
    null may stand there.
    """

    sort: type = str
    needed: bool = False
    values: frozenset[str] = frozenset()
    most: int = _LARGEST
    of: "Mapping[str, Read] | None" = None
    each: "Read | None" = None
    fits: Callable[[Any], bool] | None = None
    nothing: bool = False

    def takes(self, value: Any) -> bool:
        """Whether it can be read; sums of numbers must fit the store."""
        if value is None:
            return self.nothing
        if self.sort is not object and type(value) is not self.sort:
            return False
        return _INSIDE.get(self.sort, _all)(self, value) and (self.fits is None or self.fits(value))


def doubt(reads: Mapping[str, Read], body: Mapping[str, Any]) -> str:
    """Why such a body cannot be read, as a code (`missing_x`, `bad_x`), or ""."""
    for name, read in reads.items():
        if name not in body:
            if read.needed:
                return f"missing_{name}"
        elif not read.takes(body[name]):
            return f"bad_{name}"
    return ""


def _text(read: Read, value: str) -> bool:
    return not read.values or value in read.values


def _number(read: Read, value: int) -> bool:
    return abs(value) <= read.most


def _entries(read: Read, value: list[Any]) -> bool:
    each = read.each or Read()
    return all(each.takes(one) for one in value)


def _keys(read: Read, value: dict[str, Any]) -> bool:
    if read.each is not None and not all(map(read.each.takes, value.values())):
        return False
    return read.of is None or not doubt(read.of, value)


def _all(read: Read, value: Any) -> bool:
    return True


_INSIDE: Mapping[type, Callable[[Read, Any], bool]] = {str: _text, int: _number, list: _entries, dict: _keys}
