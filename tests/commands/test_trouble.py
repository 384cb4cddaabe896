"""Whoever reads, or does not, what a command says; files that are no backups; a passphrase typed at a terminal."""

import importlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.commands.calling import Exit
from app.store.archive import write_archive
from app.store.backups import back_up
from app.store.opening import open_store
from app.store.profile import Profile, Unlocked, create_profile, unlock
from app.store.slots import Cost
from tests import lacking

ROOT = Path(__file__).parents[2]
WORDS = "four short plain words"
MAIN = [sys.executable, "-W", "error", "main.py"]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes and terminals as POSIX has them")


@pytest.fixture
def own(tmp_path: Path) -> Unlocked:
    made = create_profile(tmp_path / "own", passphrase=WORDS, key_store=False, cost=Cost(1, 64, 1)).unlocked
    with open_store(made):
        pass
    return made


@pytest.mark.parametrize(
    "words", [("handbook",), ("handbook", "CP-01"), ("--help",), ("import", "--help"), ("status",)]
)
def test_a_reader_who_has_seen_enough_is_no_trouble(tmp_path: Path, words: tuple[str, ...]) -> None:
    read, write = os.pipe()
    os.close(read)

    done = subprocess.run(
        [*MAIN, "--sample", "--profile", str(tmp_path / "desk"), *words], cwd=ROOT, stdout=write, stderr=subprocess.PIPE
    )

    os.close(write)
    assert (Exit.OK, b"") == (done.returncode, done.stderr.replace(b" %\n", b"").translate(None, b"0123456789 "))


def test_an_answer_that_the_disk_does_not_take_is_said(tmp_path: Path) -> None:
    with lacking.file("/dev/full").open("w") as full:
        done = subprocess.run(
            [*MAIN, "--sample", "--profile", str(tmp_path / "desk"), "handbook"], cwd=ROOT, stdout=full,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    assert Exit.DISK == done.returncode
    assert done.stderr.startswith("The disk is full")


def test_nobody_listening_at_all_is_no_trouble(own: Unlocked) -> None:
    done = subprocess.run(
        f'exec "{sys.executable}" main.py --profile "{own.profile.folder}" --passphrase-fd 3 doctor >&- 2>&- 3<words',
        shell=True, cwd=_with_words(own), env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    assert Exit.OK == done.returncode


def _with_words(own: Unlocked) -> Path:
    folder = own.profile.folder.with_name("words")
    folder.mkdir()
    (folder / "words").write_text(WORDS)
    (folder / "main.py").symlink_to(ROOT / "main.py")
    return folder


@pytest.mark.parametrize(
    ("content", "exit_code", "said"),
    [
        (b"Dear Sir,\n", Exit.BAD_INPUT, "This file is not a backup of this program."),
        (b"", Exit.BAD_INPUT, "This file is not a backup of this program."),
        (bytes(8192), Exit.DAMAGED, "This file is no backup of this profile, or it was damaged. Nothing was changed."),
        (b"PK\x03\x04 cut off", Exit.BAD_INPUT, "This file is not a backup of this program."),
    ],
)
def test_a_file_that_is_no_backup_is_called_so_and_never_a_damaged_disk(
    own: Unlocked, tmp_path: Path, content: bytes, exit_code: Exit, said: str
) -> None:
    letter, before = tmp_path / "letter", own.profile.store.read_bytes()
    letter.write_bytes(content)

    done = subprocess.run(
        [*MAIN, "--profile", str(own.profile.folder), "--passphrase-fd", "0", "restore", str(letter)], cwd=ROOT,
        input=WORDS, capture_output=True, text=True,
    )  # fmt: skip

    assert (exit_code, said) == (done.returncode, done.stderr.strip().splitlines()[-1])
    assert before == own.profile.store.read_bytes()


def test_the_backup_of_another_profile_is_called_none_of_this_one(own: Unlocked, tmp_path: Path) -> None:
    other = create_profile(tmp_path / "other", passphrase=WORDS, key_store=False, cost=Cost(1, 64, 1)).unlocked
    with open_store(other):
        pass
    foreign = back_up(other).path

    done = subprocess.run(
        [*MAIN, "--profile", str(own.profile.folder), "--passphrase-fd", "0", "restore", str(foreign)], cwd=ROOT,
        input=WORDS, capture_output=True, text=True,
    )  # fmt: skip

    assert Exit.DAMAGED == done.returncode
    assert "no backup of this profile" in done.stderr


class Terminal:
    """A child at a terminal of its own: what it asks is read, what is typed is its input."""

    def __init__(self, *words: str) -> None:
        pty = importlib.import_module("pty")  # not on Windows
        self.child, self.end = pty.fork()
        if self.child == 0:
            os.chdir(ROOT)
            os.execv(sys.executable, [*MAIN, *words])
        self.shown = ""

    def until(self, text: str) -> None:
        limit = time.monotonic() + 60
        while text not in self.shown and time.monotonic() < limit:
            try:
                self.shown += os.read(self.end, 4096).decode()
            except OSError:  # the child's end is closed
                break
        assert text in self.shown, self.shown

    def types(self, text: str) -> None:
        os.write(self.end, f"{text}\n".encode())

    def ended(self) -> int:
        while True:
            try:
                if not (more := os.read(self.end, 4096)):
                    break
                self.shown += more.decode()
            except OSError:
                break
        os.close(self.end)
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    made = create_profile(tmp_path / "first", passphrase=WORDS, key_store=False, cost=Cost(1, 64, 1))
    with open_store(made.unlocked):
        pass
    yield write_archive(made.unlocked, tmp_path / "all.aftercare-backup").path, made.recovery


def test_a_restore_on_another_machine_asks_for_the_passphrase(archive: tuple[Path, str], tmp_path: Path) -> None:
    terminal = Terminal("--profile", str(tmp_path / "second"), "restore", str(archive[0]))

    terminal.until("Passphrase")
    terminal.types(WORDS)

    assert Exit.OK == terminal.ended(), terminal.shown
    assert WORDS not in terminal.shown
    assert unlock(Profile(tmp_path / "second"), passphrase=WORDS).device


def test_the_recovery_key_is_asked_for_where_no_passphrase_is_typed(archive: tuple[Path, str], tmp_path: Path) -> None:
    terminal = Terminal("--profile", str(tmp_path / "second"), "restore", str(archive[0]))

    terminal.until("Passphrase")
    terminal.types("")
    terminal.until("Recovery key")
    terminal.types(archive[1])

    assert Exit.OK == terminal.ended(), terminal.shown
    assert Profile(tmp_path / "second").store.exists()


def test_a_wrong_passphrase_restores_nothing(archive: tuple[Path, str], tmp_path: Path) -> None:
    terminal = Terminal("--profile", str(tmp_path / "second"), "restore", str(archive[0]))

    terminal.until("Passphrase")
    terminal.types("other words than those")

    assert Exit.WRONG_KEY == terminal.ended()
    assert "This passphrase does not open this profile." in terminal.shown
    assert not Profile(tmp_path / "second").store.exists()
