import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from app.kernel.damage import DamagedError, Harm
from app.kernel.errors import BugError, Trouble, UserError
from app.store.backups import back_up
from app.store.engine import open_engine
from app.store.opening import ROOMS, StoreOpener, open_reader, open_store
from app.store.profile import Unlocked
from app.store.runner import ThreadRunner
from tests.noise import Announce
from tests.store.sample import ANN, levels
from tests.store.test_work import save


def operations(session: Any) -> int:
    count: int = session.connection().exec_driver_sql("SELECT count(*) FROM op").scalar_one()
    return count


def test_what_the_first_paint_needs_loads_no_database_toolkit() -> None:
    code = (
        "import sys, app.store.profile, app.store.first_page, app.store.runner, app.store.opening\n"
        "print([name for name in ('sqlalchemy', 'alembic', 'keyring', 'argon2', 'pyrage') if name in sys.modules])"
    )

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]" == shown.stdout.strip()


def test_every_room_that_is_loaded_by_name_is_there() -> None:
    root = Path(__file__).parents[2]

    assert [] == [place for place in ROOMS.values() if not (root / (place.replace(".", "/") + ".py")).exists()]


def test_what_was_saved_is_there_at_the_next_opening(desk: Unlocked) -> None:
    with open_store(desk) as store:
        store.write(ANN, save, (), {})

    with open_store(desk) as store:
        found = store.read(levels, (), {})

    assert [("seal", -2)] == found


def test_the_runner_opens_a_profile_on_its_own_threads_and_refuses_the_interface(desk: Unlocked) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.store.engine._refused_threads", set())
        runner = ThreadRunner(StoreOpener(desk, interface=threading.get_ident()))
        written = runner.write(ANN, save).result(timeout=20)
        counted = runner.read(operations).result(timeout=20)
        with pytest.raises(BugError):
            StoreOpener(desk)(reader=True).read(operations, (), {})
        runner.close()

    assert 3 == counted
    assert written.changes.touches("sample_note")


def test_a_second_writer_is_refused_and_a_reader_is_not(desk: Unlocked) -> None:
    with open_store(desk) as store:
        store.write(ANN, save, (), {})

        with pytest.raises(UserError) as locked, open_store(desk):
            pass
        with open_reader(desk) as reader:
            seen = reader.read(operations, (), {})

    assert (Trouble.LOCKED, 3) == (locked.value.kind, seen)


def test_a_profile_without_a_store_is_not_read_as_an_empty_one(desk: Unlocked) -> None:
    desk.profile.store.unlink()

    with pytest.raises(UserError) as missing, open_reader(desk):
        pass

    assert Trouble.MISSING == missing.value.kind


def test_a_store_that_lost_its_last_commits_is_refused_with_their_number_and_the_backups(
    desk: Unlocked, announce: Announce
) -> None:
    announce("store ends early")
    with open_store(desk) as store:
        store.write(ANN, save, (), {})
    backup = back_up(desk)
    kept = desk.profile.store.read_bytes()
    with open_store(desk) as store:
        store.write(ANN, save, (), {})
        store.write(ANN, save, (), {})
    desk.profile.store.write_bytes(kept)

    with pytest.raises(DamagedError) as damaged, open_store(desk):
        pass

    damage = damaged.value.damage
    assert (Harm.ENDS_EARLY, 2) == (damage.harm, damage.acts)
    assert (str(backup.path),) == tuple(each.path for each in damage.backups)
    assert 0 < damage.since
    assert 2 == damaged.value.message.count


def test_a_damaged_write_ahead_log_after_a_kill_is_noticed(desk: Unlocked, announce: Announce) -> None:
    announce("store ends early")
    with open_store(desk) as store:
        store.write(ANN, save, (), {})
        store.write(ANN, save, (), {})
        log = desk.profile.store.with_name("store.db-wal")
        killed = desk.profile.folder.with_name("killed")
        shutil.copytree(desk.profile.folder, killed, ignore=shutil.ignore_patterns("lock", "running", "*-shm"))
        torn = bytearray(log.read_bytes())
    torn[len(torn) // 2] ^= 1
    shutil.copytree(killed, desk.profile.folder, dirs_exist_ok=True)
    log.write_bytes(torn)

    with pytest.raises(DamagedError) as damaged, open_store(desk):
        pass

    assert Harm.ENDS_EARLY == damaged.value.damage.harm


@pytest.mark.parametrize("emptied", [False, True])
def test_a_store_that_is_gone_or_emptied_is_not_replaced_by_a_new_one(desk: Unlocked, emptied: bool) -> None:
    with open_store(desk) as store:
        store.write(ANN, save, (), {})
    desk.profile.store.unlink()
    if emptied:
        desk.profile.store.touch()

    with pytest.raises(DamagedError) as damaged, open_store(desk):
        pass

    assert Harm.GONE == damaged.value.damage.harm
    assert not emptied or 0 == desk.profile.store.stat().st_size


def test_a_damaged_first_page_is_called_damage_for_the_key_is_known_to_fit(desk: Unlocked) -> None:
    data = bytearray(desk.profile.store.read_bytes())
    data[100] ^= 1
    desk.profile.store.write_bytes(data)

    with pytest.raises(DamagedError) as damaged, open_store(desk):
        pass

    assert Harm.PAGES == damaged.value.damage.harm


def test_a_damaged_page_is_told_when_it_is_read(desk: Unlocked) -> None:
    with open_store(desk) as store:
        for _ in range(40):
            store.write(ANN, save, (), {"note": "x" * 3000})
    data = bytearray(desk.profile.store.read_bytes())
    for page in range(30, len(data) // 4096):
        data[page * 4096 + 99] ^= 1
    desk.profile.store.write_bytes(data)

    with pytest.raises(DamagedError), open_store(desk) as store:
        store.read(lambda session: session.connection().exec_driver_sql("SELECT note FROM sample_note").all(), (), {})


def test_a_newer_store_is_not_read_either(desk: Unlocked) -> None:
    engine = open_engine(desk.profile.store, desk.key)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
    engine.dispose()

    with pytest.raises(UserError) as refused, open_reader(desk):
        pass

    assert Trouble.TOO_NEW == refused.value.kind


def test_an_empty_file_left_by_a_first_start_that_was_killed_becomes_a_store(desk: Unlocked) -> None:
    desk.profile.store.write_bytes(b"")

    with open_store(desk) as store:
        assert 0 == store.read(operations, (), {})
