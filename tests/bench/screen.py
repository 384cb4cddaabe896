"""A screen for the windows: one of Xvfb's own where that is installed, since a window system is what users have."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping

_SIZE = "1600x1000x24"


@contextlib.contextmanager
def screen(environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The variables that choose it. A platform that was named before (QT_QPA_PLATFORM) stays."""
    program = shutil.which("Xvfb")
    if environment.get("QT_QPA_PLATFORM") or program is None:
        yield {"QT_QPA_PLATFORM": environment.get("QT_QPA_PLATFORM", "") or "offscreen"}
        return
    seen, told = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(told), "-screen", "0", _SIZE, "-nolisten", "tcp"], pass_fds=[told],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(told)
    try:
        with os.fdopen(seen) as line:  # Xvfb chooses a free number, and says it when it is ready
            number = line.readline().strip()
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"} if number else {"QT_QPA_PLATFORM": "offscreen"}
    finally:
        server.terminate()
        server.wait(30)
