"""What a measurement hands over: figures with their targets, and what this machine could not measure."""

import os
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Values = Sequence[float]


class CannotError(Exception):
    """Why a measurement is not possible on this machine, as a sentence."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: `rounds` interleaved ones, `tickets` in the large store, `imported` in one import,
    `exchanged` in one exchange. `folder` keeps the large store until the next run; empty makes it anew each time."""

    rounds: int = 5
    tickets: int = 100_000
    imported: int = 10_000
    exchanged: int = 10_000
    resting: float = 10.0  # seconds after which memory is read
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """The median of the rounds with the lowest and highest; `unit` is "x" for a ratio. `target` is the most that it
    may be. `beside` says in words what was put side by side."""

    name: str
    what: str
    value: float
    low: float
    high: float
    unit: str = "x"
    target: float | None = None
    beside: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        return None if self.target is None else self.value <= self.target


@dataclass(slots=True)
class Measured:
    """The figures of one measurement; `lacking` says what was not measured, and why."""

    figures: list[Figure] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)

    def add(
        self, name: str, what: str, values: Values, unit: str = "x", *, target: float | None = None, beside: str = ""
    ) -> None:
        """A figure from the values of its rounds."""
        median, low, high = statistics.median(values), min(values), max(values)
        self.figures.append(Figure(name, what, median, low, high, unit, target, beside))


Round = Mapping[str, float]


def rounds(sides: Mapping[str, Callable[[], float]], count: int, *, warm: bool = True) -> dict[str, list[float]]:
    """Each side's answer of each round; one after the other within a round, so that what burdens the machine burdens
    all. The first round warms everything up and does not count."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(count + warm):
        for name, side in sides.items():
            value = side()
            if number >= warm:
                taken[name].append(value)
    return taken


def ratios(over: Values, under: Values) -> list[float]:
    """Within each round."""
    return [one / other for one, other in zip(over, under, strict=True)]


def percentile(values: Values, share: float) -> float:
    """The value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def milliseconds(seconds: Values) -> str:
    """The median in words."""
    median = statistics.median(seconds) * 1000
    return f"{median:.0f} ms" if median >= 20 else f"{median:.2f} ms"


def size_from(environment: Mapping[str, str]) -> Size:
    """As AFTERCARE_ROUNDS, AFTERCARE_TICKETS and AFTERCARE_BENCH (a folder to keep the large store in) say."""
    usual = Size()
    tickets = int(environment.get("AFTERCARE_TICKETS", usual.tickets))
    few = min(tickets, usual.imported)
    count = int(environment.get("AFTERCARE_ROUNDS", usual.rounds))
    return Size(count, tickets, few, few, usual.resting, environment.get("AFTERCARE_BENCH", ""))


def cpu_seconds() -> float:
    """This process, all its threads."""
    taken = os.times()
    return taken.user + taken.system


def folder_of(size: Size) -> Path | None:
    """Where the large store is kept."""
    return Path(size.folder) if size.folder else None
