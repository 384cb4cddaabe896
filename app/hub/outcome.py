"""What a command of the hub answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.hub.troubles import Exit


@dataclass(frozen=True, slots=True)
class Outcome:
    """Sentences for a person, the same as data for `--json`, and how it ends."""

    lines: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    exit: Exit = Exit.OK
