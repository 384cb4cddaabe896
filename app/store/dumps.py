"""No picture of this process's memory on the disk: it would hold the key and what is on the screen."""

import ctypes
import sys

if sys.platform == "linux":
    import resource

_PR_SET_DUMPABLE = 4  # linux/prctl.h; the soft limit alone does not stop a core_pattern that pipes


def refuse_core_dumps() -> None:
    """Ask the system for no core file when the process dies; Windows and macOS write none unless told to."""
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
