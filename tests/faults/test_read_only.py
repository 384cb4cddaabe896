"""A disk that is mounted for reading only: each command says so, and the crisis handbook opens all the same."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.commands.calling import Exit
from app.store.opening import open_store
from app.store.profile import create_sample
from app.workflows.sample import SYSTEM, fill_sample
from tests import lacking
from tests.tight import SmallDisk, disk

__all__ = ["disk"]

ROOT = Path(__file__).parents[2]


@pytest.fixture
def only_read(disk: SmallDisk) -> Path:
    folder = disk.folder / "desk"
    with open_store(create_sample(folder)) as store:
        store.write(SYSTEM, fill_sample)
    subprocess.run([lacking.tool("mount"), "-o", "remount,ro", str(disk.folder)], check=True)
    return folder


@pytest.mark.parametrize(
    ("words", "exit_code"),
    [
        (["handbook"], Exit.OK),
        (["handbook", "CP-01"], Exit.OK),
        (["backup"], Exit.DISK),
        (["restore", "--as-it-is"], Exit.DISK),
        (["sync"], Exit.DISK),
    ],
)
def test_what_needs_to_write_says_so_and_the_handbook_opens(only_read: Path, words: list[str], exit_code: Exit) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "main.py", "--profile", str(only_read), *words], cwd=ROOT,
        capture_output=True, text=True,
    )  # fmt: skip

    assert exit_code == done.returncode, done.stderr
    assert "File" not in done.stderr
    if exit_code is Exit.DISK:
        said = (
            "The disk is full or does not accept writing.",
            "Nothing can be written into the folder of this profile",
        )
        assert any(each in done.stderr for each in said), done.stderr
