"""A key store inside the process, for machines that have none: secrets in a file that AFTERCARE_BENCH_RING names.

It opens an invented store. The desk takes the way of a real key store: `keyring` is imported, asked, and answers.
"""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend

VARIABLE = "AFTERCARE_BENCH_RING"
CHOSEN = {"PYTHON_KEYRING_BACKEND": "tests.bench.key_ring.FileRing"}


class FileRing(KeyringBackend):
    """As tests and desks of the bench ask it. `backends`: made of none but the system's, so that a slot is made."""

    priority = 1
    backends = ()

    def __init__(self) -> None:
        """Nothing: the base's own reads settings from the environment, and keyring makes one of each class it sees."""

    @property
    def _file(self) -> Path:
        return Path(os.environ[VARIABLE])

    def get_password(self, service: str, username: str) -> str | None:
        found = self._kept().get(f"{service} {username}")
        return None if found is None else str(found)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._file.write_text(json.dumps(self._kept() | {f"{service} {username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        kept = self._kept()
        kept.pop(f"{service} {username}", None)
        self._file.write_text(json.dumps(kept))

    def _kept(self) -> dict[str, str]:
        return dict(json.loads(self._file.read_text())) if self._file.exists() else {}
