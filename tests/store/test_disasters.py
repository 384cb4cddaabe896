import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.kernel.errors import Trouble, UserError
from app.store import snapshot
from app.store.opening import open_store
from app.store.profile import Unlocked
from app.store.snapshot import reading
from tests.killing import killed_after
from tests.sizes import KILLS
from tests.store.sample import levels

ROOT = Path(__file__).parents[2]
NO_ANSWER = 600  # s for all kills of a tier; 100 take 20 s


@pytest.fixture
def nursery(desk: Unlocked) -> Iterator["subprocess.Popen[str]"]:
    saver = subprocess.Popen(
        [sys.executable, "-m", "tests.store.saver", str(desk.profile.folder)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    limit = threading.Timer(NO_ANSWER, saver.kill)  # then its output ends, and the test says so
    limit.start()
    yield saver
    limit.cancel()
    saver.communicate()


def held(session: Any, kind: str) -> set[str]:
    return {key for (key,) in session.connection().exec_driver_sql(f"SELECT id FROM {kind}")}


def test_no_kill_loses_an_acknowledged_act_or_breaks_the_chain(
    desk: Unlocked, nursery: "subprocess.Popen[str]"
) -> None:
    """One profile through all kills, so that each also proves the opening after the one before."""
    chance, acknowledged = random.Random(7), []
    for _ in range(KILLS):
        acknowledged += killed_after(nursery, chance.uniform(0, 0.06))

    with open_store(desk) as store:
        there = {kind: store.read(held, (kind,)) for kind in ("sample_note", "sample_seal")}
        sums = store.read(levels)
        lost_files = store.read(lambda session: session.info["files"].damaged()[1])
    with reading(desk.profile.store, desk.key) as connection:
        pages, operation = snapshot.broken_pages(connection), snapshot.broken_operation(connection)

    assert KILLS <= len(acknowledged)
    assert [] == [key for kind, key in acknowledged if key not in there[kind]]
    assert [("seal", -2 * len(there["sample_note"]))] == sums
    assert ([], 0, []) == (pages, operation, lost_files)


def test_a_full_disk_gives_a_sentence_and_the_store_stays_good(desk: Unlocked) -> None:
    """RLIMIT_FSIZE makes every write beyond a size fail, as a full disk does, without a disk to fill."""
    code = """if True:
        import resource, sys, pathlib
        from app.kernel.errors import UserError
        from app.store.opening import open_store
        from app.store.profile import Profile, unlock
        from tests.store.sample import ANN
        from tests.store.test_disasters import held
        from tests.store.test_work import save
        unlocked, saved = unlock(Profile(pathlib.Path(sys.argv[1]))), 0
        size = unlocked.profile.store.stat().st_size
        with open_store(unlocked) as store:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + 300_000, size + 300_000))
            try:
                while saved < 1000:
                    store.write(ANN, save, (), {"note": "x" * 5000})
                    saved += 1
            except UserError as problem:
                print(saved, problem.kind, "make room" in problem.message.msgid)
            print(len(store.read(held, ("sample_note",))))
    """
    shown = subprocess.run(
        [sys.executable, "-c", code, str(desk.profile.folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )

    saved, kind, worded, count = shown.stdout.split()
    assert (Trouble.DISK, "True") == (kind, worded)
    assert 0 < int(saved) == int(count)
    with open_store(desk) as store:
        assert int(saved) == len(store.read(held, ("sample_note",)))
    snapshot.verify(desk.profile.store, desk.key)


@pytest.mark.parametrize("writes", ["file", "backup"])
def test_no_room_for_a_file_or_a_backup_leaves_neither(desk: Unlocked, writes: str) -> None:
    code = """if True:
        import resource, sys, pathlib
        from app.kernel.errors import UserError
        from app.store.backups import back_up
        from app.store.opening import open_store
        from app.store.profile import Profile, unlock
        from tests.store.sample import ANN
        unlocked = unlock(Profile(pathlib.Path(sys.argv[1])))
        with open_store(unlocked) as store:
            resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
            try:
                if sys.argv[2] == "file":
                    store.write(ANN, lambda work: work.files.keep(bytes(200_000)))
                else:
                    back_up(unlocked)
            except UserError as problem:
                print(problem.kind)
    """
    shown = subprocess.run(
        [sys.executable, "-c", code, str(desk.profile.folder), writes],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert Trouble.DISK == shown.stdout.strip()
    assert [] == [*desk.profile.files.rglob("*.part"), *desk.profile.backups.iterdir()]


def test_other_trouble_than_the_disks_is_not_worded_as_such(desk: Unlocked) -> None:
    with open_store(desk) as store, pytest.raises(ZeroDivisionError):
        store.read(lambda _session: 1 // 0)
    with open_store(desk) as store, pytest.raises(UserError) as missing:
        store.read(lambda session: session.info["files"].read("00" * 32))

    assert Trouble.MISSING == missing.value.kind
