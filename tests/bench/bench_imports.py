"""What is imported before the first paint, against a bare window's import: processes of their own."""

import subprocess
import sys
import time
from collections.abc import Callable

from tests.architecture.house import ROOT
from tests.architecture.test_imports import FIRST_PAINT, modules_below
from tests.bench.figures import Measured, Size, milliseconds, ratios, rounds


def measure(size: Size) -> Measured:
    """Imports before the first paint, and of the rooms that speak, both over bare Qt widgets."""
    names = [name.removesuffix(".__init__") for path in FIRST_PAINT for name in modules_below(ROOT / path)]
    codes = {
        "bare": "import PySide6.QtWidgets",
        "first_paint": "; ".join(f"import {name}" for name in ("PySide6.QtWidgets", *names)),
        "language": "import PySide6.QtWidgets, app.language.speaking",
    }
    taken = rounds({name: _import(code) for name, code in codes.items()}, size.rounds)
    made = Measured()
    for name, words in (("first_paint", "all that the first paint needs"), ("language", "the rooms that speak")):
        beside = f"{milliseconds(taken[name])} against {milliseconds(taken['bare'])}"
        made.add(
            f"imports.{name}", f"Imports of {words} / Qt widgets'", ratios(taken[name], taken["bare"]), beside=beside
        )
    return made


def _import(code: str) -> Callable[[], float]:
    def run() -> float:
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
        return time.perf_counter() - begun

    return run
