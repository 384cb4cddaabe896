"""What is imported before the first paint, against a bare window's import: medians of processes of their own."""

import statistics
import subprocess
import sys
import time

from tests.architecture.house import ROOT
from tests.architecture.test_imports import FIRST_PAINT, modules_below

ROUNDS = 5


def measure() -> dict[str, float]:
    """`first_paint`: imports before the first paint; `language`: the rooms that speak; both over bare Qt widgets."""
    names = [name.removesuffix(".__init__") for path in FIRST_PAINT for name in modules_below(ROOT / path)]
    codes = {
        "bare": "import PySide6.QtWidgets",
        "first_paint": "; ".join(f"import {name}" for name in ("PySide6.QtWidgets", *names)),
        "language": "import PySide6.QtWidgets, app.language.speaking",
    }
    taken: dict[str, list[float]] = {name: [] for name in codes}
    for _ in range(ROUNDS + 1):  # the first round warms the file cache
        for name, code in codes.items():
            taken[name].append(_seconds(code))
    medians = {name: statistics.median(times[1:]) for name, times in taken.items()}
    return {name: value / medians["bare"] for name, value in medians.items() if name != "bare"}


def _seconds(code: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    return time.perf_counter() - begun
