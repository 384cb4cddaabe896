"""Contenders of the sync benchmark: each client is a process that is told by lines what to do and answers in JSON.

Load is read from /proc: Linux alone.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.architecture.house import ROOT

_PROC = Path("/proc")
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True, slots=True)
class Load:
    """CPU seconds, and MiB of memory beyond what was held before."""

    cpu: float
    memory: float


class Client:
    """A client process; `pid` is the process whose load is read."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, *words: str) -> dict[str, Any]:
        """The answer to a line; `seconds` is the time that the work took inside the client."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(" ".join(words) + "\n")
        self._process.stdin.flush()
        while line := self._process.stdout.readline():
            if line.startswith("{"):
                return dict(json.loads(line))
        raise RuntimeError(f"the client ended at {words[0]}")


@contextmanager
def client(*command: str, cwd: Path = ROOT, **environment: str) -> Iterator[Client]:
    """A client that runs until the block ends."""
    process = subprocess.Popen(
        command, cwd=cwd, env=os.environ | environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        yield Client(process)
    finally:
        assert process.stdin
        process.stdin.close()
        process.wait(60)


def serve_lines(doer: Any) -> None:
    """The client's side: each line is a method and its words."""
    for line in sys.stdin:
        word, *rest = line.split()
        begun = time.perf_counter()
        answer = getattr(doer, word)(*rest)
        print(json.dumps({**answer, "seconds": time.perf_counter() - begun}), flush=True)


def cpu_of(pids: Sequence[int]) -> float:
    """CPU seconds of these processes and of the children that they have waited for."""
    return sum(map(_cpu, pids))


def _cpu(pid: int) -> float:
    try:
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(each) for each in fields[11:15]) / _TICK


def children_of(pid: int) -> list[int]:
    """A process and the children that it has now."""
    tasks = (_PROC / str(pid) / "task").glob("*/children")
    return [pid, *(int(each) for task in tasks for each in task.read_text().split())]


def memory_of(pid: int, name: str) -> float:
    """MiB: `VmRSS` now, `VmHWM` at most since `forget_peak`."""
    for line in (_PROC / str(pid) / "status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    return 0.0


def forget_peak(pid: int) -> None:
    """From here on `VmHWM` counts anew."""
    (_PROC / str(pid) / "clear_refs").write_text("5")
