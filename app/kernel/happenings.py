"""What happened to a record, and which of it still counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol, TypeVar


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as folds and pages need it; `at` is microseconds UTC, `corrects` the id of the event it takes back."""

    id: str
    kind: str
    at: int
    zone: str = "UTC"
    body: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    corrects: str = ""
    by: str = ""


class _Ordered(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def at(self) -> int: ...
    @property
    def corrects(self) -> str: ...


_T = TypeVar("_T", bound=_Ordered)


def in_force(events: Iterable[_T], *, undo: str) -> list[_T]:
    """The events that nobody took back by one of the kind `undo`, oldest first, the same for any order given.

    Taking back is final: it cannot be taken back itself.
    """
    ordered = sorted(events, key=lambda event: (event.at, event.id))
    void = {event.corrects for event in ordered if event.kind == undo}
    return [event for event in ordered if event.id not in void and event.kind != undo]
