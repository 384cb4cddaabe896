"""What a hub is told at its start, and the few numbers that hold everywhere in it."""

import time
from dataclasses import dataclass
from pathlib import Path

DEVICE, OWNER, STAFF = "hub_device", "hub_owner", "hub_staff"  # the three roles; none superuser, none BYPASSRLS

CODE_LIFE_MS = 15 * 60_000
NONCE_LIFE_MS = 11 * 60_000  # a request dated five minutes ahead holds for ten
MOST_ROWS = 2000  # of one page
PAGE_BYTES = 800_000  # of its rows: the whole answer, with 2,000 operations restamped and refused, stays within 1 MiB
LARGEST_RECORD = 512 * 1024
PIECE = 256 * 1024
LARGEST_FILE = 256 * 1024 * 1024
CONNECTIONS = 8  # of one serving process
LIMITS = "-c lock_timeout=15s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s"  # then 503


@dataclass(frozen=True, slots=True)
class Place:
    """Where the database is: `folder` of an embedded one, or the `url` of a real one; and the key file."""

    folder: Path | None
    url: str
    key_file: Path


def now_ms() -> int:
    """The hub's clock, in milliseconds."""
    return time.time_ns() // 1_000_000
