"""Tools and data that a machine may lack: what could not be checked is counted, named, and fails where CI=true."""

import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
_PREFIX = "lacking: "


def tool(name: str) -> str:
    """The path of a command; where it is not installed the test counts as not checked."""
    return shutil.which(name) or _lack(name)


def data(name: str) -> Path:
    """A file or folder of the real data: below AFTERCARE_DATA, else `../shared/data`."""
    base = Path(os.environ.get("AFTERCARE_DATA") or ROOT.parent / "shared" / "data")
    path = base / name
    return path if path.exists() else Path(_lack(f"data {name}"))


def file(name: str) -> Path:
    """A file that a package of the system brings; where it is not installed the test counts as not checked."""
    path = Path(name)
    return path if path.exists() else Path(_lack(name))


def small_disk(folder: Path, size: int) -> Path:
    """`folder` as a disk of its own of this many bytes, which whoever asked takes away again (`umount`); where nothing
    may be mounted the test counts as not checked."""
    folder.mkdir()
    asked = [tool("mount"), "-t", "tmpfs", "-o", f"size={size}", "small", str(folder)]
    done = subprocess.run(asked, capture_output=True)
    return folder if done.returncode == 0 else Path(_lack("a disk to mount"))


def counted(reports: list[pytest.TestReport]) -> Counter[str]:
    """How many tests each missing thing kept from checking."""
    reasons = (str(report.longrepr[2]) for report in reports if isinstance(report.longrepr, tuple))
    return Counter(reason.split(_PREFIX)[1] for reason in reasons if _PREFIX in reason)


def _lack(what: str) -> str:
    pytest.skip(_PREFIX + what)
