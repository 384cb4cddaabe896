"""What the palette finds: records from a query, acts from the pages; and how well a text matches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.language.folding import folded
from ui.widgets.texts import Words


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the palette: its group, what it is, what it says besides, its key, and what Enter does."""

    group: Words
    icon: str
    title: Words
    line: Words = ""
    keys: str = ""
    run: Callable[[], object] | None = None
    place: str = ""
    argument: object = None
    code: bool = False


# find(text, deliver): `deliver` is called once, on the UI thread, with the records that match.
Find = Callable[[str, Callable[[Sequence[Hit]], None]], None]


def match(wanted: str, text: str) -> int | None:
    """How well `wanted` is found in `text`: 0 at its start, 1 at a word's start, 2 inside, 3 with letters left out
    between; None when it is not."""
    needle, straw = folded(wanted).strip(), folded(text)
    if not needle:
        return 0
    at = straw.find(needle)
    if at >= 0:
        return 0 if at == 0 else 1 if not straw[at - 1].isalnum() else 2
    rest = iter(straw)
    return 3 if all(sign in rest for sign in needle if not sign.isspace()) else None
