"""The tour on the real window: the longest time for which its event loop did not come round."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.architecture.house import ROOT
from tests.bench.figures import CannotError, Measured, Size


def measure(size: Size) -> Measured:
    """Milliseconds; and whether all checks of the tour held."""
    made, failed = Measured(), []
    gaps = []
    for _ in range(size.rounds):
        told = _tour()
        gaps.append(float(told["longest_gap_ms"]))
        failed += told["failed"]
    if failed:
        made.lacking.append(f"The tour: {len(failed)} of its checks did not hold: {failed[0]}")
    made.add("tour.gap", "Longest pause of the event loop in the tour", gaps, "ms")
    return made


def _tour() -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        done = subprocess.run(
            [sys.executable, "main.py", "tour", "--out", folder], cwd=ROOT, env=os.environ, text=True,
            capture_output=True,
        )  # fmt: skip
        told = Path(folder) / "tour.json"
        if not told.exists():
            raise CannotError(f"the tour did not end: {done.stderr.strip()[-200:]}")
        found: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
        return found
