"""What one transaction changed: the answer of every write."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Kinds and the ids that changed in them; an open page decides for itself whether to read again."""

    ids: Mapping[str, tuple[str, ...]]

    def touches(self, *kinds: str) -> bool:
        """Whether anything of these kinds changed."""
        return any(kind in self.ids for kind in kinds)
