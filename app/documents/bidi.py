"""The Unicode Bidirectional Algorithm (UAX #9) for one paragraph: an embedding level for each character."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.documents.bidi_classes import EXPLICIT, ISOLATES, NEUTRAL, class_of, closes, opens, strength

MAX_DEPTH = 125  # BD2


def levels(text: str, base: int | None) -> tuple[list[int | None], int]:
    """Levels of `text` (None for characters that X9 removes) and the paragraph level.

    `base` is 0 or 1, or None to take it from the first strong character (P2, P3).
    """
    original = [class_of(character) for character in text]
    partners = _isolate_partners(original)
    if base is None:
        base = _first_strong(original, 0, len(original), partners) or 0
    paragraph = _Paragraph(text, original, list(original), [base] * len(text), partners, base)
    _explicit(paragraph)
    for sequence in _isolating_sequences(paragraph):
        _resolve(paragraph, sequence)
    _trailing(paragraph)
    return [None if k in EXPLICIT else n for k, n in zip(original, paragraph.level, strict=True)], base


def visual_order(level: Sequence[int]) -> list[int]:
    """Indices of one line from left to right (L2)."""
    order = list(range(len(level)))
    lowest = min((n for n in level if n % 2), default=MAX_DEPTH + 1)
    for threshold in range(max(level, default=0), lowest - 1, -1):
        start = 0
        while start < len(order):
            stop = start
            while stop < len(order) and level[order[stop]] >= threshold:
                stop += 1
            order[start:stop] = order[start:stop][::-1]
            start = max(stop, start + 1)
    return order


@dataclass(slots=True)
class _Paragraph:
    text: str
    original: list[str]
    kinds: list[str]  # after overrides (X5a, X6)
    level: list[int]
    partners: dict[int, int]  # isolate initiator -> its PDI
    base: int


@dataclass(slots=True)
class _Sequence:
    """An isolating run sequence (BD13) and the directions at its ends (X10)."""

    indices: list[int]
    kinds: list[str]
    level: int
    before: str
    after: str
    own: str = field(init=False)

    def __post_init__(self) -> None:
        self.own = _direction(self.level)


def _direction(level: int) -> str:
    return "R" if level % 2 else "L"


def _isolate_partners(kinds: Sequence[str]) -> dict[int, int]:
    partners: dict[int, int] = {}
    stack: list[int] = []
    for index, kind in enumerate(kinds):
        if kind in ISOLATES:
            stack.append(index)
        elif kind == "PDI" and stack:
            partners[stack.pop()] = index
    return partners


def _first_strong(kinds: Sequence[str], start: int, stop: int, partners: dict[int, int]) -> int | None:
    index = start
    while index < stop:
        kind = kinds[index]
        if kind in ("L", "R", "AL"):
            return int(kind != "L")
        if kind in ISOLATES:
            index = partners.get(index, stop)
        index += 1
    return None


class _Directions:
    """The directional status stack and its three counters (X1)."""

    def __init__(self, base: int) -> None:
        self.stack: list[tuple[int, str, bool]] = [(base, "", False)]
        self.overflow_isolates = self.overflow_embeddings = self.valid_isolates = 0

    def open(self, rtl: bool, override: str, isolate: bool) -> None:
        level = self.stack[-1][0]
        level = (level + 1) | 1 if rtl else (level + 2) & ~1
        if level <= MAX_DEPTH and not self.overflow_isolates and not self.overflow_embeddings:
            self.valid_isolates += isolate
            self.stack.append((level, override, isolate))
        elif isolate:
            self.overflow_isolates += 1
        elif not self.overflow_isolates:
            self.overflow_embeddings += 1

    def close_isolate(self) -> None:
        if self.overflow_isolates:
            self.overflow_isolates -= 1
        elif self.valid_isolates:
            self.overflow_embeddings = 0
            while not self.stack[-1][2]:
                self.stack.pop()
            self.stack.pop()
            self.valid_isolates -= 1

    def close_embedding(self) -> None:
        if self.overflow_isolates:
            return
        if self.overflow_embeddings:
            self.overflow_embeddings -= 1
        elif not self.stack[-1][2] and len(self.stack) > 1:
            self.stack.pop()


def _explicit(p: _Paragraph) -> None:
    """X2 to X8."""
    state = _Directions(p.base)
    for index, kind in enumerate(p.original):
        if kind == "PDI":
            state.close_isolate()
        level, override, _ = state.stack[-1]
        p.level[index] = p.base if kind == "B" else level
        if override and kind not in ("BN", "B") and kind not in EXPLICIT:
            p.kinds[index] = override
        if kind in ISOLATES:
            state.open(_isolates_rtl(p, index, kind), "", True)
        elif kind in ("RLE", "LRE", "RLO", "LRO"):
            state.open(kind[0] == "R", kind[0] if kind[2] == "O" else "", False)
        elif kind == "PDF":
            state.close_embedding()


def _isolates_rtl(p: _Paragraph, index: int, kind: str) -> bool:
    if kind != "FSI":
        return kind == "RLI"
    return bool(_first_strong(p.original, index + 1, p.partners.get(index, len(p.original)), p.partners))


def _isolating_sequences(p: _Paragraph) -> list[_Sequence]:
    """Level runs joined over their isolates (X10)."""
    kept = [index for index, kind in enumerate(p.original) if kind not in EXPLICIT]
    position = {index: place for place, index in enumerate(kept)}
    runs = _level_runs(p, kept)
    starts = {run[0]: run for run in runs}
    closing = set(p.partners.values())
    found = []
    for run in runs:
        if run[0] in closing:
            continue
        indices = list(run)
        while p.partners.get(indices[-1]) in starts:
            indices += starts[p.partners[indices[-1]]]
        found.append(_sequence(p, indices, kept, position))
    return found


def _level_runs(p: _Paragraph, kept: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for index in kept:
        if runs and p.level[runs[-1][-1]] == p.level[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _sequence(p: _Paragraph, indices: list[int], kept: list[int], position: dict[int, int]) -> _Sequence:
    level = p.level[indices[0]]
    first, last = position[indices[0]], indices[-1]
    before = p.level[kept[first - 1]] if first else p.base
    after = p.base
    unclosed = p.original[last] in ISOLATES and last not in p.partners
    if not unclosed and position[last] + 1 < len(kept):
        after = p.level[kept[position[last] + 1]]
    kinds = [p.kinds[index] for index in indices]
    return _Sequence(indices, kinds, level, _direction(max(level, before)), _direction(max(level, after)))


def _resolve(p: _Paragraph, s: _Sequence) -> None:
    _weak_marks_and_numbers(s)
    _weak_separators(s)
    _weak_terminators(s)
    _brackets(p, s)
    _neutrals(s)
    for kind, index in zip(s.kinds, s.indices, strict=True):  # I1, I2
        if s.level % 2:
            p.level[index] = s.level + (kind in ("L", "EN", "AN"))
        else:
            p.level[index] = s.level + {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)


def _weak_marks_and_numbers(s: _Sequence) -> None:
    """W1 to W3."""
    previous = s.before
    for place, kind in enumerate(s.kinds):
        if kind == "NSM":
            s.kinds[place] = "ON" if previous in ISOLATES or previous == "PDI" else previous
        previous = s.kinds[place]
    strong = s.before
    for place, kind in enumerate(s.kinds):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            s.kinds[place] = "AN"
    s.kinds = ["R" if kind == "AL" else kind for kind in s.kinds]


def _weak_separators(s: _Sequence) -> None:
    """W4."""
    kinds = s.kinds
    for place in range(1, len(kinds) - 1):
        left, kind, right = kinds[place - 1 : place + 2]
        european = kind == "ES" and left == right == "EN"
        common = kind == "CS" and left == right and left in ("EN", "AN")
        if european or common:
            kinds[place] = left


def _weak_terminators(s: _Sequence) -> None:
    """W5 to W7."""
    for start, stop in _spans(s.kinds, ("ET",)):
        beside = s.kinds[max(start - 1, 0) : start] + s.kinds[stop : stop + 1]
        if "EN" in beside:
            s.kinds[start:stop] = ["EN"] * (stop - start)
    strong = s.before
    for place, kind in enumerate(s.kinds):
        if kind in ("ES", "ET", "CS"):
            s.kinds[place] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            s.kinds[place] = "L"


def _spans(kinds: Sequence[str], wanted: Sequence[str] | frozenset[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for place, kind in enumerate(kinds):
        if kind not in wanted:
            continue
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found


def _brackets(p: _Paragraph, s: _Sequence) -> None:
    """N0: a pair of brackets takes the direction of what it holds."""
    for opening, closing in _bracket_pairs(p, s):
        inside = {strength(kind) for kind in s.kinds[opening + 1 : closing]} - {None}
        if not inside:
            continue
        direction = s.own
        if s.own not in inside:
            direction = next((d for k in reversed(s.kinds[:opening]) if (d := strength(k))), s.before)
        for place in (opening, closing):
            s.kinds[place] = direction
            _marks_follow(p, s, place, direction)


def _marks_follow(p: _Paragraph, s: _Sequence, place: int, direction: str) -> None:
    place += 1
    while place < len(s.kinds) and p.original[s.indices[place]] == "NSM":
        s.kinds[place] = direction
        place += 1


def _bracket_pairs(p: _Paragraph, s: _Sequence) -> list[tuple[int, int]]:
    """BD16."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, kind in enumerate(s.kinds):
        character = p.text[s.indices[place]]
        if kind != "ON":
            continue
        if expected := opens(character):
            if len(stack) == 63:
                break
            stack.append((expected, place))
        elif closing := closes(character):
            depth = next((n for n in range(len(stack) - 1, -1, -1) if stack[n][0] == closing), None)
            if depth is not None:
                pairs.append((stack[depth][1], place))
                del stack[depth:]
    return sorted(pairs)


def _neutrals(s: _Sequence) -> None:
    """N1, N2."""
    for start, stop in _spans(s.kinds, NEUTRAL):
        left = strength(s.kinds[start - 1]) if start else s.before
        right = strength(s.kinds[stop]) if stop < len(s.kinds) else s.after
        s.kinds[start:stop] = [left if left == right and left else s.own] * (stop - start)


def _trailing(p: _Paragraph) -> None:
    """L1, the paragraph taken as one line."""
    at_end = True
    for index in range(len(p.original) - 1, -1, -1):
        kind = p.original[index]
        if kind in ("S", "B"):
            p.level[index] = p.base
            at_end = True
        elif kind in ISOLATES or kind in ("PDI", "WS") or kind in EXPLICIT:
            if at_end:
                p.level[index] = p.base
        else:
            at_end = False
