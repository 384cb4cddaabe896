"""Handing a file to the printing system as it is, where there is one (CUPS); no copy of it touches the disk."""

import os
import shutil
import subprocess

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say

PATIENCE = 20  # seconds


def printing_system() -> str:
    """The command that takes the very bytes of a PDF, or empty: then pages are drawn at the printer's resolution."""
    return shutil.which("lp") or ""


def print_file(pdf: bytes, *, title: str, copies: int = 1) -> None:
    """Queue the file itself; UserError DISK when the printing system does not take it."""
    words = [printing_system(), "-n", str(copies), "-t", title, "-"]
    said = {**os.environ, "LC_ALL": "C"}  # what it answers is read below
    try:
        done = subprocess.run(words, input=pdf, capture_output=True, timeout=PATIENCE, check=False, env=said)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise _not_taken() from problem
    if done.returncode and b"no default destination" in done.stderr.lower():
        raise UserError(
            Trouble.DISK,
            say("No printer is chosen on this computer. Choose one in its settings, or save a copy of the form."),
        )
    if done.returncode:
        raise _not_taken()


def _not_taken() -> UserError:
    return UserError(
        Trouble.DISK, say("The printer did not take the form. Look at its cable and paper, then try again.")
    )
