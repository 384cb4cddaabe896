"""What the hub answers, checked before anything of it is believed: it may be another, or one that was broken into."""

import functools
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.kernel.operations import START
from app.sync.protocol import Forked, Gap
from app.sync.wire import HASH, ID, NAME, WireError, are_names, base64_bytes, count, field, matching

MOST_ROWS = 5000
_TAG = re.compile(r"[A-Z0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class HubRow:
    """One record, event or seal as the hub has it; `clocks` for records alone."""

    kind: str
    key: str
    cur: int
    fields: Mapping[str, Any]
    clocks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Published:
    """The newest pack that the hub has, whose publisher signed it, and the root's word for that publisher."""

    pack: str
    version: int
    sha256: str
    size: int
    publisher: str
    endorsed: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """The page from cursor `start` to `to`; `refused` and `restamped` by number of the operation. `ack` and `head` are
    where the hub has this stream's chain: they tell a desk that another life of its stream was there."""

    epoch: str
    ack: int
    head: bytes
    tag: str
    refused: Mapping[int, str]
    restamped: Mapping[int, str]
    start: int
    to: int
    more: bool
    rows: tuple[HubRow, ...]
    published: Published | None
    hub_ms: int


@dataclass(frozen=True, slots=True)
class Epoch:
    """The hub's database is another than it was: it came back from a backup."""

    epoch: str


def read_answer(said: dict[str, Any]) -> Answer | Gap | Forked:
    """The answer to an exchange; WireError for anything that no hub says."""
    if "gap" in said:
        return Gap(count(said, "gap"))
    if "forked" in said:
        return _forked(said["forked"])
    rows = field(said, "rows", list)
    if len(rows) > MOST_ROWS:
        raise WireError("too_many_rows")
    answer = Answer(
        epoch=matching(said, "epoch", ID), ack=count(said, "ack"),
        head=bytes.fromhex(matching(said, "head", HASH)), tag=matching(said, "tag", _TAG),
        refused=_numbered(said, "refused", NAME), restamped=_numbered(said, "restamped", ID),
        start=count(said, "from"), to=count(said, "to"), more=field(said, "more", bool),
        rows=tuple(_row(each) for each in rows), published=_published(said.get("published")),
        hub_ms=count(said, "hub_time"),
    )  # fmt: skip
    if answer.to < answer.start or any(not answer.start < row.cur <= answer.to for row in answer.rows):
        raise WireError("bad_page")
    return answer


def read_epoch(said: dict[str, Any]) -> Epoch:
    """The answer of a hub that was restored."""
    return Epoch(matching(said, "epoch", ID))


def _row(said: Any) -> HubRow:
    if not isinstance(said, dict):
        raise WireError("bad_row")
    fields, clocks = field(said, "fields", dict), field(said, "clocks", dict, default={})
    if not are_names(tuple(fields)):
        raise WireError("bad_fields")
    if clocks:
        clocks = _whole_clocks(clocks, tuple(fields))
    kind, key = matching(said, "kind", NAME), matching(said, "id", ID)
    return HubRow(kind, key, count(said, "cur"), fields, clocks)


def _whole_clocks(clocks: dict[str, Any], names: tuple[str, ...]) -> Mapping[str, str]:
    """The stamp of each field; `*` is that of all that are not named."""
    if not _are_stamps(clocks.values()):
        raise WireError("bad_clocks")
    every = clocks.pop("*", None)
    if every and not clocks:
        return _alike(names, every)
    if not set(names).issuperset(clocks):
        raise WireError("bad_clocks")
    return {**_alike(names, every), **clocks} if every else clocks


@functools.lru_cache(maxsize=64)
def _alike(names: tuple[str, ...], stamp: str) -> Mapping[str, str]:
    return MappingProxyType(dict.fromkeys(names, stamp))


def _are_stamps(values: Collection[Any]) -> bool:
    """Each is looked at once: one act stamps all that it writes alike."""
    return set(map(type, values)) == {str} and all(map(ID.fullmatch, set(values)))


def _forked(said: Any) -> Forked:
    match said:
        case [int(last), str(head)] if last >= 0 and HASH.fullmatch(head):
            return Forked(last, bytes.fromhex(head) if last else START)
    raise WireError("bad_forked")


def _published(said: Any) -> Published | None:
    if said is None:
        return None
    if not isinstance(said, dict):
        raise WireError("bad_published")
    pack, sha256 = matching(said, "pack", NAME), matching(said, "sha256", HASH)
    publisher, endorsed = matching(said, "publisher", HASH), base64_bytes(said, "endorsed")
    return Published(pack, count(said, "version"), sha256, count(said, "size"), publisher, endorsed)


def _numbered(said: dict[str, Any], name: str, pattern: re.Pattern[str]) -> dict[int, str]:
    found = {}
    for each in field(said, name, list):
        match each:
            case [int(n), str(text)] if n > 0 and pattern.fullmatch(text):
                found[n] = text
            case _:
                raise WireError(f"bad_{name}")
    return found
