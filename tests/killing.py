"""Killing processes in the middle of their work, and hearing what they had acknowledged."""

import os
import signal
import subprocess
import time


def say(kind: str, value: object) -> None:
    """One line in one system call. `print` writes a line in pieces where output is unbuffered (PYTHONUNBUFFERED):
    parent and child then mix theirs, and a kill leaves half a line in front of the next one's first word."""
    os.write(1, f"{kind} {value}\n".encode())


def killed_after(nursery: "subprocess.Popen[str]", seconds: float) -> list[tuple[str, str]]:
    """Have a child save, kill it `seconds` after its first act; the (kind, id) of what it had acknowledged."""
    assert nursery.stdin and nursery.stdout
    print("go", file=nursery.stdin, flush=True)
    said: list[tuple[str, str]] = []
    child = 0
    for line in nursery.stdout:
        kind, value = line.split()
        if kind == "child":
            child = int(value)
        elif kind == "ended":
            return said
        else:
            said.append((kind, value))
        if said and child:
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
            child = 0
    raise AssertionError("the saver ended by itself")
