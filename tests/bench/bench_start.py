"""The start of the desk over a large store, against a bare Qt window: first paint, list, everything; and memory.

The profile is opened by its key-store slot, from a key store inside the process (`key_ring.py`): machines that run
benches have none of their own. What a passphrase takes beyond it stands beside.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from app.store.profile import Profile, unlock
from tests.architecture.house import ROOT
from tests.bench.figures import CannotError, Measured, Size, milliseconds, ratios
from tests.bench.large_store import PASSPHRASE, Large, large_store

TARGETS: dict[str, float | None] = {"painted": 1.6, "listed": 2.0, "opened": None, "loaded": 4.5}
WORDS = {
    "painted": "Start: first paint / bare Qt window's",
    "listed": "Start: list filled / bare window's first paint",
    "opened": "Start: today's page stands / bare window's first paint",
    "loaded": "Start: everything loaded / bare window's first paint",
}
MEMORY = 2.2
_SOON = 0.3  # seconds: for rounds that do not look at the memory
_PATIENCE = 120

Told = Mapping[str, float]


def measure(size: Size) -> Measured:
    """Ratios of wall time and of processor time, memory after `size.resting` seconds, and Argon2id."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        large = large_store(size, Path(folder))
        made = Measured()
        made.lacking.append("Start: the key came from a key store inside the process, not from the system's")
        starts = [_round(large, _SOON) for _ in range(size.rounds + 1)][1:]
        for moment, target in TARGETS.items():
            _add(made, moment, starts, target)
        _add_memory(made, [_round(large, size.resting) for _ in range(size.rounds)], size)
        made.add("start.argon2id", "Start: what a passphrase adds (Argon2id)", _passphrase(large, size.rounds), "ms")
    return made


def _round(large: Large, resting: float) -> tuple[Told, Told]:
    bare = start(large, "bare", str(resting))
    return start(large, "desk", str(resting), str(large.folder)), bare


def start(large: Large, *words: str) -> Told:
    """What a start told, its moments in seconds since the process was asked for."""
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.start_child", *words], cwd=ROOT, env=_environment(large),
        text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with contextlib.closing(process.stdout) as out, contextlib.closing(process.stderr) as err:  # type: ignore[type-var]
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        said, wrong = out.read(), err.read()  # type: ignore[union-attr]
    if not said:
        raise CannotError(f"a start ended without a word: {wrong.strip().splitlines()[-1:]}")
    told: dict[str, float] = json.loads(said.splitlines()[-1])
    moments = [name for name in told if f"{name}.cpu" in told]
    return told | {name: told[name] - begun for name in moments}


def _environment(large: Large) -> dict[str, str]:
    """As a user's: with compiled modules, whatever this shell says."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | large.environment


def _add(made: Measured, moment: str, starts: list[tuple[Told, Told]], target: float | None) -> None:
    for clock, word, limit in (("", "", target), (".cpu", ", in processor time", None)):
        ours = [desk[f"{moment}{clock}"] for desk, _ in starts]
        theirs = [bare[f"painted{clock}"] for _, bare in starts]
        beside = f"{milliseconds(ours)} against {milliseconds(theirs)}"
        made.add(f"start.{moment}{clock}", f"{WORDS[moment]}{word}", ratios(ours, theirs), target=limit, beside=beside)


def _add_memory(made: Measured, starts: list[tuple[Told, Told]], size: Size) -> None:
    if "memory" not in starts[0][0]:
        made.lacking.append("Memory: this system has no /proc to read it from")
        return
    ours, theirs = ([told["memory"] for told in side] for side in zip(*starts, strict=True))
    made.add(
        "start.memory", f"Memory {size.resting:.0f} s after everything is loaded / bare window's",
        ratios(ours, theirs), target=MEMORY,
        beside=f"{statistics.median(ours):.0f} MiB against {statistics.median(theirs):.0f} MiB",
    )  # fmt: skip


def _passphrase(large: Large, count: int) -> list[float]:
    taken = []
    for _ in range(count):
        begun = time.perf_counter()
        unlock(Profile(large.folder), passphrase=PASSPHRASE)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken
