"""What the figures were taken on: a sentence for the table."""

import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import PySide6

_CPU, _MEMORY, _LOAD = Path("/proc/cpuinfo"), Path("/proc/meminfo"), Path("/proc/loadavg")


def described(environment: Mapping[str, str], *, started: datetime, load: str) -> str:
    """Date, processor, memory, system, versions, the platform that windows are shown on, and how busy it was."""
    day = f"{started:%Y-%m-%d %H:%M} to {datetime.now(UTC):%H:%M} UTC"
    windows = environment.get("QT_QPA_PLATFORM", "") or "the system's own"
    versions = f"Python {platform.python_version()}, PySide6 {PySide6.__version__}"
    return (
        f"{day}. {_processor()}, {os.cpu_count()} cores, {_gigabytes()}; {platform.platform(terse=True)}; {versions};"
        f" windows on {windows}. Load of the machine {load} before and {load_now()} after."
    )


def load_now() -> str:
    """Processes that want a processor, over the last minute."""
    return _LOAD.read_text().split()[0] if _LOAD.exists() else "unknown"


def _processor() -> str:
    lines = _CPU.read_text().splitlines() if _CPU.exists() else []
    named = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _gigabytes() -> str:
    lines = _MEMORY.read_text().splitlines() if _MEMORY.exists() else []
    found = (int(line.split()[1]) for line in lines if line.startswith("MemTotal"))
    size = next(found, 0)
    return f"{size / 1024 / 1024:.0f} GB" if size else "memory unknown"
