"""A small disk that can be filled to the last block, and what is asked of every act on it."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from app.kernel.errors import Trouble, UserError
from tests import lacking

_T = TypeVar("_T")
SIZE = 96 << 20
_WORDS = ("The disk is full or does not accept writing.", "Nothing can be written into the folder of this profile")
ROOMS = (0, *(4096 << n for n in range(13)))  # bytes: none, then one block and always twice as many


class SmallDisk:
    """`full(leaving)` holds it full but for so many bytes until the block ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def full(self, leaving: int) -> Iterator[None]:
        filler = self.folder / "filler"
        free = os.statvfs(self.folder)
        descriptor = os.open(filler, os.O_CREAT | os.O_WRONLY)
        try:
            if (size := free.f_bavail * free.f_frsize - leaving) > 0:
                os.posix_fallocate(descriptor, 0, size)
            yield
        finally:
            os.close(descriptor)
            filler.unlink()

    def until_it_fits(self, act: Callable[[], _T], check: Callable[[], object] = lambda: None) -> tuple[int, _T]:
        """With no room, then with more and more: how often `act` was refused, each time in the words for a full disk
        and with `check` holding afterwards, and what it gave when there was room enough."""
        for refused, room in enumerate(ROOMS):
            try:
                with self.full(room):
                    return refused, act()
            except UserError as problem:
                assert Trouble.DISK is problem.kind
                assert problem.message.msgid.startswith(_WORDS)
            check()
        raise AssertionError("there is never enough room")

    def halves(self) -> list[Path]:
        """What an act that was broken off left half-written."""
        ends = (".part", ".fresh", ".new")
        named = [each for each in self.folder.rglob("*") if each.suffix in ends or each.name in _BESIDE]
        return [each for each in named if each.exists()]


_BESIDE = ("restoring", "incoming.db", "archive.db")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = lacking.small_disk(tmp_path / "small", SIZE)
    yield SmallDisk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
