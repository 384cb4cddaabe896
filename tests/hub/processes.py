"""The hub as its operator starts it: a process of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.architecture.house import ROOT

COMMAND = (sys.executable, "-W", "error", "-m", "app.hub")


class Serving:
    """A hub that said where it serves; its log is read when it has ended."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process = process
        self.url = url
        self.log: list[dict[str, Any]] = []
        self.text = ""

    def end(self, number: int = signal.SIGTERM) -> int:
        """The exit code after this signal; SIGKILL leaves the embedded server running."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> int:
        """The exit code, when it ends by itself."""
        _, self.text = self.process.communicate(timeout=60)
        self.log = [json.loads(line) for line in self.text.splitlines() if line.startswith("{")]
        return self.process.returncode


@contextmanager
def served(*words: str, **environment: str) -> Iterator[Serving]:
    """`serve` with these words on a free port, until the block ends."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", *words], cwd=ROOT, env=os.environ | environment, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    line = process.stdout.readline()
    if not line:
        _, told = process.communicate(timeout=60)
        raise AssertionError(told)
    serving = Serving(process, json.loads(line)["serving"])
    try:
        yield serving
    finally:
        if process.poll() is None:
            serving.end()


def said(*words: str, **environment: str) -> tuple[int, dict[str, Any], str]:
    """(exit code, JSON answer, standard error) of a command."""
    done = subprocess.run(
        [*COMMAND, *words, "--json"],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, json.loads(done.stdout) if done.stdout else {}, done.stderr


def postmaster(folder: Path) -> int | None:
    """The process of the embedded server below `folder`, if it runs."""
    note = folder / "data" / "postmaster.pid"
    return int(note.read_text(encoding="utf-8").splitlines()[0]) if note.exists() else None
