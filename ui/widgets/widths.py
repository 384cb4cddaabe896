"""The widths that people gave to columns: kept by list and head on this device, at text of 100 per cent.

What was kept may be stale or hostile: what is no width is passed over, and a column is never too narrow to be read.
"""

from collections.abc import Callable
from typing import Any

from ui.theme.look import look, px

LEAST, MOST = 56, 1200  # px
MOST_LISTS, MOST_COLUMNS, LONGEST = 60, 40, 80
Kept = dict[str, dict[str, int]]


class Widths:
    """One for the process. `on_change` gets the whole, to be kept; until it is set nothing is."""

    def __init__(self) -> None:
        self._kept: Kept = {}
        self.on_change: Callable[[Kept], object] = lambda _: None

    def know(self, kept: Any) -> None:
        """Takes what was kept, as far as it is widths."""
        lists = kept.items() if isinstance(kept, dict) else ()
        known = {name: _columns(found) for name, found in lists if _is_name(name) and isinstance(found, dict)}
        self._kept = dict(list(known.items())[:MOST_LISTS])

    def of(self, name: str, head: str) -> int:
        """The width at the text of now, or 0 where nobody gave one."""
        return px(self._kept.get(name, {}).get(head, 0))

    def give(self, name: str, head: str, width: int) -> int:
        """Takes a width at the text of now and says what it became; `keep` follows when the hand lets go."""
        usual = max(LEAST, min(MOST, width * 100 // look().size))
        self._kept.setdefault(name, {})[head] = usual
        return px(usual)

    def forget(self, name: str, head: str = "") -> None:
        """This column, or all of the list, fits its longest value again."""
        if head:
            self._kept.get(name, {}).pop(head, None)
        else:
            self._kept.pop(name, None)
        self.keep()

    def keep(self) -> None:
        """Hands the whole on."""
        self.on_change({name: dict(found) for name, found in self._kept.items() if found})


def _columns(found: dict[Any, Any]) -> dict[str, int]:
    fit = {head: width for head, width in found.items() if _is_name(head) and _is_width(width)}
    return dict(list(fit.items())[:MOST_COLUMNS])


def _is_name(name: object) -> bool:
    return isinstance(name, str) and 0 < len(name) <= LONGEST


def _is_width(width: object) -> bool:
    return type(width) is int and LEAST <= width <= MOST


WIDTHS = Widths()
