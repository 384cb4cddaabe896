"""Searching as somebody types, keystroke after keystroke, beside LIKE on the same encrypted store.

What is measured is what the palette asks at each keystroke (machines, tickets, customers, parts, answers) and what the
list of tickets asks, both on a reader's connection, answers built.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from app.store.first_page import connect
from app.store.sessions import ThreadStore
from app.tickets.queries import Shelf
from app.views.finding import find_records
from app.views.ticket_list import ticket_rows
from tests.bench.figures import Measured, Size, milliseconds, percentile, ratios
from tests.bench.large_store import ZONE, large_store
from tests.bench.old_tickets import typed_pairs, typed_words

ONE_WORD, TWO_WORDS, OVER_LIKE = 40.0, 90.0, 0.06  # ms, ms, ratio
WORDS, LIKES, SHARE = 24, 6, 0.95
LIKE = (
    "SELECT rid FROM ticket WHERE number LIKE ?1 OR title LIKE ?1 OR serial LIKE ?1 OR words LIKE ?1"
    " ORDER BY occurred_at DESC LIMIT 50"
)

Ask = Callable[[str], Any]


def measure(size: Size) -> Measured:
    """The 95th percentile of all keystrokes of a round, the median of the rounds."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        unlocked = large_store(size, Path(folder)).unlocked()
        store = ThreadStore(unlocked.profile.store, unlocked.key, reader=True, zone=ZONE)
        with closing(store), closing(connect(unlocked.profile.store, unlocked.key, reader=True)) as bare:
            asks: dict[str, Ask] = {
                "palette": lambda text: store.read(find_records, (text, "en")),
                "list": lambda text: store.read(ticket_rows, (Shelf.ALL,), {"words": text}),
                "like": lambda text: bare.execute(LIKE, (f"%{text}%",)).fetchall(),
            }
            return _measured(asks, size.rounds)


def _measured(asks: dict[str, Ask], count: int) -> Measured:
    taken: dict[str, list[float]] = {}
    for number in range(count + 1):
        for name, value in _round(asks, number).items():
            taken.setdefault(name, []).append(value)
    rounds = {name: values[1:] for name, values in taken.items()}  # the first one warms everything up
    made, worst = Measured(), rounds["like"]
    for who, words in (("palette", "Search per keystroke"), ("list", "Search in the list of tickets, per keystroke")):
        for kind, target in (("one word", ONE_WORD), ("two words", TWO_WORDS)):
            values = rounds[f"{who}, {kind}"]
            milli = [each * 1000 for each in values]
            made.add(f"search.{who}.{kind[:3]}", f"{words}, p95, {kind}", milli, "ms", target=target)
    one = rounds["palette, one word"]
    beside = f"{milliseconds(one)} against {milliseconds(worst)}"
    made.add("search.like", "Search p95, one word / LIKE's worst", ratios(one, worst), target=OVER_LIKE, beside=beside)
    return made


def _round(asks: dict[str, Ask], number: int) -> dict[str, float]:
    typed = {"one word": typed_words(WORDS, seed=number), "two words": typed_pairs(WORDS, seed=number)}
    found = {
        f"{who}, {kind}": percentile(_seconds(asks[who], texts), SHARE)
        for kind, texts in typed.items()
        for who in ("palette", "list")
    }
    likes = typed["one word"][:: max(1, len(typed["one word"]) // LIKES)]
    return found | {"like": max(_seconds(asks["like"], likes))}


def _seconds(ask: Ask, texts: Sequence[str]) -> list[float]:
    taken = []
    for text in texts:
        begun = time.perf_counter()
        ask(text)
        taken.append(time.perf_counter() - begun)
    return taken
