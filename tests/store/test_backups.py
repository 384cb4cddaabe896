import contextlib
import hmac
import json
import os
import shutil
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel import ids
from app.kernel.canonical import canonical
from app.kernel.damage import DamagedError
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import DAY
from app.store import snapshot
from app.store.archive import restore_archive, write_archive
from app.store.backups import DAILY, HALF_HOUR, HOUR, MONTHLY, WEEKLY, back_up, back_up_when_due, backups, kept
from app.store.engine import open_engine
from app.store.first_page import connect
from app.store.keyfile import derive
from app.store.migrate import stored_version
from app.store.opening import open_store
from app.store.profile import Profile, Unlocked, create_profile, hold, set_passphrase, unlock
from app.store.restore import go_on, restore_copy
from app.store.slots import Cost
from tests.noise import Announce
from tests.sizes import FLIPS
from tests.store.sample import ANN, levels
from tests.store.test_work import save

AT = 1_800_000_000_000_000
WORDS = "four short plain words"
TIMES = st.sets(st.integers(AT - 800 * DAY, AT), max_size=120)
RIGHT = st.sets(st.integers(AT - 170 * DAY, AT), max_size=120)
WRONG = st.sampled_from([AT + 40 * 365 * DAY, AT - 10 * 365 * DAY, AT + 365 * DAY, 0])


def write(desk: Unlocked, times: int = 1) -> None:
    with open_store(desk) as store:
        for _ in range(times):
            store.write(ANN, save, (), {})


def state(desk: Unlocked) -> tuple[int, str, str]:
    """What the moves sum up to, and the stream's id and tag."""
    with open_store(desk) as store:
        stream = store.read(lambda session: session.connection().exec_driver_sql("SELECT id, tag FROM stream").one())
        return sum(quantity for _, quantity in store.read(levels)), stream[0], stream[1]


@given(RIGHT)
def test_retention_keeps_the_newest_and_two_days_and_never_more_than_its_share(times: set[int]) -> None:
    keep = kept(times, AT)

    days = {time // DAY for time in times if time > AT - 2 * DAY}
    assert keep <= times
    assert {time for time in times if time > AT - 2 * DAY} <= keep
    assert len(days) > 3 or len({time // DAY for time in keep}) <= 3 + DAILY + WEEKLY + MONTHLY
    assert not times or max(times) in keep
    assert DAILY + WEEKLY + MONTHLY >= len({time for time in keep if time <= AT - 3 * DAY})


@given(TIMES)
def test_retention_asked_again_removes_nothing_more(times: set[int]) -> None:
    once = kept(times, AT)

    assert once == kept(once, AT)


@given(RIGHT, WRONG, st.sets(st.integers(0, 3 * DAY), max_size=40), st.booleans())
def test_a_clock_that_jumps_years_and_back_costs_no_copy(
    right: set[int], wrong: int, since: set[int], back: bool
) -> None:
    """While it is wrong and after it was put right, what was taken under the right clock is kept as ever."""
    strange = {wrong + each for each in since}

    keep = kept(right | strange, AT if back else max(strange, default=AT))

    assert kept(right, AT) == keep & right
    assert kept(strange, wrong + 3 * DAY) == keep & strange


@given(st.lists(st.tuples(st.integers(HALF_HOUR, 3 * DAY), st.sampled_from([0, 0, 0, 1, -1, 400, -4000])), max_size=80))
def test_whatever_the_clock_does_the_copies_taken_last_are_there(steps: list[tuple[int, int]]) -> None:
    """Each step: how long it took, and by how many days the clock is wrong from then on."""
    there: set[int] = set()
    true = AT
    for passed, wrong in steps:
        true += passed
        there.add(true + wrong * DAY)

        there = kept(there, true + wrong * DAY)

        assert true + wrong * DAY in there


def test_a_backup_every_day_reaches_back_months() -> None:
    every_day = [AT - n * DAY for n in range(400)]

    keep = kept(every_day, AT)

    assert set(every_day[:DAILY]) <= keep
    assert 8 * 28 * DAY < AT - min(keep) < 9 * 31 * DAY


def test_a_backup_is_taken_while_a_desk_writes_and_old_ones_go(desk: Unlocked) -> None:
    steps: list[tuple[int, int]] = []
    old = desk.profile.backups / "store-20200101T000000.000000Z-3.db"
    for n in range(1, 30):
        old.with_name(f"store-202001{n:02d}T000000.000000Z-3.db").write_bytes(b"old")
    with open_store(desk) as store:
        store.write(ANN, save, (), {})
        taken = back_up(desk, progress=lambda done, of: steps.append((done, of)))

    there = backups(desk.profile.backups)
    assert taken == there[0]
    assert 3 == taken.operations
    assert 1 + DAILY - 1 + WEEKLY >= len(there)
    assert steps[-1][0] == steps[-1][1]


def test_what_a_killed_backup_left_goes_with_the_next_one_and_one_in_the_making_stays(desk: Unlocked) -> None:
    write(desk)
    halves = [desk.profile.backups / name for name in ("store-20200101T000000.000000.db.fresh.part", "archive.db")]
    fresh = desk.profile.backups / "archive.db.part"
    for path in (*halves, fresh):
        path.write_bytes(b"half")
    for path in halves:
        os.utime(path, (0, 0))

    back_up(desk)

    assert [False, False, True] == [path.exists() for path in (*halves, fresh)]


def test_a_copy_that_does_not_prove_true_never_gets_its_name(desk: Unlocked, monkeypatch: pytest.MonkeyPatch) -> None:
    write(desk)
    copy = snapshot._copy

    def bad_disk(store: Any, target: Path, key: bytes, progress: Any) -> None:
        copy(store, target, key, progress)
        data = bytearray(target.read_bytes())
        data[len(data) // 2] ^= 1
        target.write_bytes(data)

    monkeypatch.setattr(snapshot, "_copy", bad_disk)

    with pytest.raises(UserError) as told:
        back_up(desk)

    assert (Trouble.DISK, "does not read back" in told.value.message.msgid) == (told.value.kind, True)
    assert [] == backups(desk.profile.backups)
    assert [] == list(desk.profile.backups.iterdir())


def test_a_restored_store_is_the_copy_in_a_new_stream_and_the_old_one_is_kept(desk: Unlocked) -> None:
    write(desk)
    backup = back_up(desk)
    write(desk)
    before = state(desk)

    restored = restore_copy(desk, backup.path)

    after = state(desk)
    assert (-4, -2) == (before[0], after[0])
    assert not {before[1], before[2]} & {after[1], after[2]}
    assert (Path(restored.aside) / "store.db").exists()
    write(desk)
    assert -4 == state(desk)[0]


def test_a_backup_with_a_changed_byte_is_refused_and_the_store_left_alone(desk: Unlocked) -> None:
    write(desk)
    backup = back_up(desk)
    data = bytearray(backup.path.read_bytes())
    for where in range(0, len(data), max(1, len(data) // FLIPS)):
        data[where] ^= 1
        backup.path.write_bytes(data)
        data[where] ^= 1

        with pytest.raises(UserError) as told:
            restore_copy(desk, backup.path)
        assert (Trouble.DAMAGED, "file") == (told.value.kind, told.value.field)

    assert -2 == state(desk)[0]
    assert [] == list(desk.profile.aside.iterdir())


def test_what_stood_there_is_among_the_copies_after_a_restore(desk: Unlocked) -> None:
    write(desk)
    first = back_up(desk)
    write(desk)

    restore_copy(desk, first.path)

    there = backups(desk.profile.backups)
    assert [first.operations + 3, first.operations] == [each.operations for each in there]
    restore_copy(desk, there[0].path)
    assert -4 == state(desk)[0]


def test_a_damaged_store_is_restored_although_no_copy_of_it_can_be_taken(desk: Unlocked) -> None:
    write(desk)
    first = back_up(desk)
    data = bytearray(desk.profile.store.read_bytes())
    data[len(data) - 2000] ^= 1
    desk.profile.store.write_bytes(data)

    restored = restore_copy(desk, first.path)

    assert [first] == backups(desk.profile.backups)
    assert bytes(data) == (Path(restored.aside) / "store.db").read_bytes()
    assert -2 == state(desk)[0]


def test_the_copies_stand_in_the_order_in_which_they_were_taken_whatever_the_clock_said(
    desk: Unlocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, taken = time.time_ns, []
    monkeypatch.setattr(ids, "_last", ids._last)
    for years in (0, 40, 0, -10, 0):
        monkeypatch.setattr(time, "time_ns", lambda years=years: real() + years * 365 * DAY * 1000)
        write(desk)
        taken.append(back_up(desk))

    assert taken[::-1] == backups(desk.profile.backups)
    assert [1, 2, 3, 4, 5] == [each.number for each in taken]


def test_what_only_looks_like_a_backup_is_none(desk: Unlocked) -> None:
    for name in ("store-20261301T000000.000000Z-3.db", "store-00000000T000000.000000Z-3-1.db", "store-x.db"):
        (desk.profile.backups / name).write_bytes(b"")

    assert [] == backups(desk.profile.backups)


def test_the_store_is_copied_before_it_is_brought_up(desk: Unlocked, monkeypatch: pytest.MonkeyPatch) -> None:
    write(desk)
    monkeypatch.setattr("app.store.migrate.SCHEMA_VERSION", 2)
    with open_store(desk):
        pass

    there = backups(desk.profile.backups)

    assert [(3, 1)] == [(each.operations, stored_version(each.path, desk.key)) for each in there]
    assert 2 == stored_version(desk.profile.store, desk.key)


def test_a_store_is_not_brought_up_where_no_copy_can_be_taken(desk: Unlocked, monkeypatch: pytest.MonkeyPatch) -> None:
    write(desk)
    monkeypatch.setattr("app.store.migrate.SCHEMA_VERSION", 2)
    monkeypatch.setattr("app.store.snapshot.move_file", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError), open_store(desk):
        pass

    assert 1 == stored_version(desk.profile.store, desk.key)


def test_a_store_that_ends_early_can_go_on_as_it_is_with_its_file_kept(desk: Unlocked, announce: Announce) -> None:
    announce("store ends early")
    write(desk)
    short = desk.profile.store.read_bytes()
    write(desk)
    desk.profile.store.write_bytes(short)
    with pytest.raises(DamagedError):
        state(desk)

    restored = go_on(desk)

    assert -2 == state(desk)[0]
    assert (Path(restored.aside) / "store.db").exists()


def test_nothing_is_restored_under_a_running_desk(desk: Unlocked) -> None:
    backup = back_up(desk)

    with hold(desk.profile), pytest.raises(UserError) as locked:
        restore_copy(desk, backup.path)

    assert Trouble.LOCKED == locked.value.kind


@pytest.fixture
def archived(desk: Unlocked, tmp_path: Path) -> Path:
    """An archive of a profile with one save and one file."""
    with open_store(desk) as store:
        store.write(ANN, save, (), {})
        store.write(ANN, lambda work: work.files.keep(b"receipt of Mrs Ito"))
    return write_archive(desk, tmp_path / "all.aftercare-backup").path


def test_an_archive_restores_the_whole_profile_into_an_empty_folder(archived: Path, tmp_path: Path) -> None:
    there = Profile(tmp_path / "other machine")

    restored = restore_archive(there, archived)

    again = unlock(there)
    assert (3, "") == (restored.operations, restored.aside)
    assert -2 == state(again)[0]
    with open_store(again) as store:
        kept_files = store.read(lambda session: session.info["files"].damaged())
    assert (1, []) == kept_files


def test_an_archive_shows_nothing_of_a_customer(archived: Path) -> None:
    assert b"Mrs Ito" not in archived.read_bytes()
    with zipfile.ZipFile(archived) as archive:
        assert {"store.db", "keys.json", "manifest.json"} == {n for n in archive.namelist() if "/" not in n}


def test_a_damaged_profile_is_restored_in_its_own_folder_with_its_newer_passphrase(tmp_path: Path) -> None:
    own = create_profile(tmp_path / "own", passphrase=WORDS, cost=Cost(1, 64, 1)).unlocked
    with open_store(own) as store:
        sha256 = store.write(ANN, lambda work: work.files.keep(b"receipt")).result
        damaged_file = session_files(store).path_of(sha256)
    archive = write_archive(own, tmp_path / "all.aftercare-backup").path
    set_passphrase(own, "another four plain words", cost=Cost(1, 64, 1))
    damaged_file.write_bytes(b"gone")
    own.profile.store.write_bytes(b"gone")

    restore_archive(own.profile, archive, passphrase=WORDS)

    again = unlock(own.profile, passphrase="another four plain words")
    with open_store(again) as store:
        assert b"receipt" == session_files(store).read(sha256)


def session_files(store: Any) -> Any:
    return store.read(lambda session: session.info["files"])


def test_an_archive_of_another_profile_does_not_replace_this_one(
    desk: Unlocked, archived: Path, tmp_path: Path
) -> None:
    other = create_profile(tmp_path / "other", passphrase=WORDS, cost=Cost(1, 64, 1)).unlocked

    with pytest.raises(UserError) as refused:
        restore_archive(other.profile, archived)

    assert (Trouble.BAD_INPUT, "profile") == (refused.value.kind, refused.value.field)


def test_a_file_that_is_no_archive_says_so(desk: Unlocked, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"PK\x03\x04 no zip")
    with zipfile.ZipFile(tmp_path / "y", "w") as foreign:
        foreign.writestr("../../etc/passwd", "x")

    for name in ("x", "y", "nowhere"):
        with pytest.raises(UserError) as refused:
            restore_archive(Profile(tmp_path / "new"), tmp_path / name)
        assert Trouble.BAD_INPUT == refused.value.kind
    assert not (tmp_path / "new").exists()


def test_an_archive_with_any_byte_changed_is_refused_or_restores_the_same(archived: Path, tmp_path: Path) -> None:
    data = bytearray(archived.read_bytes())
    whole, outcomes = bytes(data), set()

    for n, where in enumerate(range(7, len(data), max(1, len(data) // FLIPS))):
        data[where] ^= 0x10
        archived.write_bytes(data)
        data[where] ^= 0x10
        folder = tmp_path / f"try {n}"
        try:
            restore_archive(Profile(folder), archived)
            outcomes.add("restored")
            assert -2 == state(unlock(Profile(folder)))[0]
        except UserError as problem:
            outcomes.add(problem.kind)
            assert not folder.exists()

    archived.write_bytes(whole)
    assert Trouble.DAMAGED in outcomes
    assert outcomes <= {"restored", Trouble.DAMAGED, Trouble.BAD_INPUT, Trouble.WRONG_KEY}


def repacked(archive: Path, key: bytes, **changes: Any) -> Path:
    """The archive with another manifest, rightly coded by whoever holds the key."""
    with zipfile.ZipFile(archive) as source:
        members = {name: source.read(name) for name in source.namelist()}
    manifest = json.loads(members["manifest.json"]) | changes
    manifest.pop("code")
    manifest["code"] = hmac.new(derive(key, "archive"), canonical(manifest), "sha256").hexdigest()
    with zipfile.ZipFile(archive, "w") as target:
        for name, data in (members | {"manifest.json": json.dumps(manifest).encode()}).items():
            target.writestr(name, data)
    return archive


def refusal(archive: Path, folder: Path) -> Trouble:
    with pytest.raises(UserError) as refused:
        restore_archive(Profile(folder), archive)
    return refused.value.kind


def test_an_archive_of_a_later_program_is_too_new(desk: Unlocked, archived: Path, tmp_path: Path) -> None:
    assert Trouble.TOO_NEW == refusal(repacked(archived, desk.key, version=2), tmp_path / "new")


def test_an_archive_with_a_member_too_many_or_another_hash_is_refused(
    desk: Unlocked, archived: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(archived) as archive:
        members = json.loads(archive.read("manifest.json"))["members"]
    one_less = {name: sha256 for name, sha256 in members.items() if not name.startswith("files/")}

    assert Trouble.DAMAGED == refusal(repacked(archived, desk.key, members=one_less), tmp_path / "new")
    assert Trouble.DAMAGED == refusal(
        repacked(archived, desk.key, members=members | {"store.db": "0" * 64}), tmp_path / "new"
    )


def test_without_room_nothing_of_an_archive_is_unpacked(
    archived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: shutil._ntuple_diskusage(1000, 990, 10))

    assert Trouble.DISK == refusal(archived, tmp_path / "new")
    assert not (tmp_path / "new" / "store.db").exists()


def test_an_older_copy_is_brought_up_and_a_newer_one_refused(desk: Unlocked) -> None:
    write(desk)
    backup = back_up(desk)
    engine = open_engine(backup.path, desk.key)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
    engine.dispose()

    with pytest.raises(UserError) as refused:
        restore_copy(desk, backup.path)

    assert Trouble.TOO_NEW == refused.value.kind
    assert -2 == state(desk)[0]


def test_a_chain_that_does_not_begin_at_its_beginning_or_breaks_is_damage(desk: Unlocked) -> None:
    write(desk, 2)
    with snapshot.reading(desk.profile.store, desk.key) as whole:
        assert 0 == snapshot.broken_operation(whole)

    found = []
    for change in (
        "UPDATE op SET body = CAST(replace(body, '\"n\":1', '\"n\":9') AS BLOB) WHERE n = 1",
        "DELETE FROM op WHERE n = 3",
    ):
        engine = open_engine(desk.profile.store, desk.key)
        with engine.begin() as connection:
            connection.exec_driver_sql(change)
            found.append(snapshot.broken_operation(connection.connection.driver_connection))
            connection.rollback()
        engine.dispose()

    assert [1, 4] == found


def test_a_damaged_page_is_never_copied_into_a_backup(desk: Unlocked) -> None:
    write(desk)
    data = bytearray(desk.profile.store.read_bytes())
    data[len(data) - 2000] ^= 1
    desk.profile.store.write_bytes(data)

    with pytest.raises(DamagedError):
        back_up(desk)

    assert [] == list(desk.profile.backups.iterdir())


def test_a_backup_is_due_when_the_newest_is_old_and_something_happened_since(desk: Unlocked) -> None:
    assert back_up_when_due(desk, 0) is None
    write(desk)
    first = back_up_when_due(desk, AT)
    assert first is not None

    assert back_up_when_due(desk, first.at + 7 * HOUR) is None
    assert back_up_when_due(desk, first.at + 1, every=0) is None
    write(desk)
    assert back_up_when_due(desk, first.at + HALF_HOUR - 1) is None
    ending = back_up_when_due(desk, first.at + 1, every=0)
    write(desk)
    assert ending is not None and back_up_when_due(desk, ending.at + HALF_HOUR) is not None


def test_what_cannot_be_coded_or_read_in_an_archive_is_damage(archived: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archived) as source:
        members = {name: source.read(name) for name in source.namelist()}
    for manifest in (b"[]", b"no json", b'{"version": 1, "at": 1.5}', b'{"at": 1}'):
        with zipfile.ZipFile(archived, "w") as target:
            for name, data in (members | {"manifest.json": manifest}).items():
                target.writestr(name, data)

        assert Trouble.DAMAGED == refusal(archived, tmp_path / "new")


def test_a_chain_whose_first_operation_follows_another_is_damage(desk: Unlocked) -> None:
    write(desk)
    engine = open_engine(desk.profile.store, desk.key)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            'UPDATE op SET body = CAST(replace(body, \'"prev":"00\', \'"prev":"01\') AS BLOB) WHERE n = 1'
        )
    engine.dispose()

    with pytest.raises(DamagedError):
        back_up(desk)


def test_a_store_that_is_not_made_yet_needs_no_backup(desk: Unlocked) -> None:
    """A first start asks for a copy while the writer is still making the schema."""
    for file in desk.profile.folder.glob("store.db*"):
        file.unlink()
    with contextlib.closing(connect(desk.profile.store, desk.key)) as empty:
        empty.execute("PRAGMA user_version = 0")

    assert back_up_when_due(desk, AT) is None
