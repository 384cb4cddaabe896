"""Copies in a further folder: whole, openable elsewhere, and nothing of others is touched."""

import contextlib
import os
from pathlib import Path

import pytest

from app.kernel.errors import Trouble, UserError
from app.kernel.instants import DAY, now
from app.kernel.messages import say
from app.store import archive, elsewhere
from app.store.archive import check_archive, restore_archive
from app.store.bases import Setting
from app.store.elsewhere import KEPT, copies_elsewhere, copy_elsewhere, copy_when_due, further_folder
from app.store.opening import open_store
from app.store.profile import Profile, Unlocked, create_sample, unlock
from app.store.work import Work
from tests.stores import EVERYTHING


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def keep_setting(work: Work, value: object) -> None:
    work.session.merge(Setting(name=elsewhere.SETTING, value=value))


def choose(desk: Unlocked, value: object) -> None:
    with open_store(desk) as store:
        store.write(EVERYTHING, keep_setting, (value,))


def test_a_copy_opens_on_another_computer_with_all_that_is_in_it(desk: Unlocked, stick: Path, tmp_path: Path) -> None:
    made = copy_elsewhere(desk, stick)

    there = Profile(tmp_path / "other")
    restored = restore_archive(there, made.path)

    assert made.operations == restored.operations
    assert desk.key == unlock(there).key
    assert [made.path] == [each.path for each in copies_elsewhere(desk.profile, stick)]


def test_the_newest_three_stay(desk: Unlocked, stick: Path) -> None:
    made = [copy_elsewhere(desk, stick).path for _ in range(KEPT + 2)]

    assert made[-KEPT:] == sorted(stick.iterdir())
    check_archive(made[-1], desk.key)


def test_what_is_not_ours_stays_though_it_is_called_alike(desk: Unlocked, stick: Path, tmp_path: Path) -> None:
    another = create_sample(tmp_path / "another")
    with open_store(another):
        pass
    start = copy_elsewhere(desk, stick).path.name.partition("Z.")[0][: -len("20260101T000000.000000")]
    of_another = copy_elsewhere(another, stick).path
    disguised = stick / f"{start}20200101T000000.000000Z.aftercare-backup"
    disguised.write_bytes(of_another.read_bytes())
    photograph = stick / f"{start}20200102T000000.000000Z.aftercare-backup"
    photograph.write_bytes(b"not a copy at all")
    letter = stick / "letter.aftercare-backup"
    letter.write_bytes(b"somebody's own")
    link = stick / f"{start}20200103T000000.000000Z.aftercare-backup"
    link.symlink_to(letter)
    no_day = stick / f"{start}20209999T000000.000000Z.aftercare-backup"
    no_day.write_bytes(b"no day")

    for _ in range(KEPT + 1):
        copy_elsewhere(desk, stick)

    assert all(each.exists() for each in (of_another, disguised, photograph, letter, link, no_day))


def test_a_folder_that_is_away_is_said_and_nothing_is_made(desk: Unlocked, stick: Path) -> None:
    stick.rmdir()

    with pytest.raises(UserError) as caught:
        copy_elsewhere(desk, stick)

    assert (Trouble.MISSING, "folder") == (caught.value.kind, caught.value.field)
    assert not stick.exists()
    assert [] == copies_elsewhere(desk.profile, stick)


def test_a_stick_that_is_pulled_out_in_the_middle_is_said_and_leaves_the_older_copies(
    desk: Unlocked, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = copy_elsewhere(desk, stick).path

    def pulled(*_: object) -> None:
        raise OSError(19, "no such device")

    monkeypatch.setattr(archive, "check_archive", pulled)
    with pytest.raises(UserError) as caught:
        copy_elsewhere(desk, stick)

    assert (Trouble.DISK, "folder") == (caught.value.kind, caught.value.field)
    assert [before] == list(stick.iterdir())


def test_a_stick_that_knows_no_owners_takes_a_copy(
    desk: Unlocked, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.chmod

    def chmod(path: Path, mode: int, **rest: bool) -> None:
        if path.parent == stick:
            raise PermissionError(1, "as FAT does")
        real(path, mode, **rest)

    monkeypatch.setattr(Path, "chmod", chmod)

    assert copy_elsewhere(desk, stick).path.exists()


def test_a_half_that_a_kill_left_goes_with_the_next_copy_and_one_that_is_written_stays(
    desk: Unlocked, stick: Path
) -> None:
    whole = copy_elsewhere(desk, stick).path
    old, young = whole.with_name(whole.name + ".part"), stick / f"{whole.stem[:-3]}1Z.aftercare-backup.part"
    for half in (old, young):
        half.write_bytes(b"half")
    os.utime(old, (1_600_000_000, 1_600_000_000))

    copy_elsewhere(desk, stick)

    assert (False, True) == (old.exists(), young.exists())


def test_once_a_day_a_copy_goes_into_the_folder_that_was_chosen(desk: Unlocked, stick: Path) -> None:
    at = now()
    without = copy_when_due(desk, at)
    choose(desk, str(stick))

    first, second, later = copy_when_due(desk, at), copy_when_due(desk, now()), copy_when_due(desk, now() + DAY)

    assert (None, None) == (without, second)
    assert first is not None and later is not None
    assert 2 == len(copies_elsewhere(desk.profile, stick))


def test_a_folder_that_takes_nothing_is_not_tried_again_within_the_hour(
    desk: Unlocked, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(desk, str(stick))
    tried: list[Path] = []

    def full(_desk: Unlocked, folder: Path) -> None:
        tried.append(folder)
        raise UserError(Trouble.DISK, say("full"))

    monkeypatch.setattr(elsewhere, "copy_elsewhere", full)
    at = now()
    for later in (0, DAY // 48, DAY // 12):
        with contextlib.suppress(UserError):
            copy_when_due(desk, at + later)

    assert 2 == len(tried)


def test_a_folder_that_is_away_when_a_copy_is_due_is_no_trouble(desk: Unlocked, stick: Path) -> None:
    choose(desk, str(stick))
    stick.rmdir()

    assert copy_when_due(desk, now()) is None


@pytest.mark.parametrize("kept", [7, None, ["x"]])
def test_a_setting_that_is_no_folder_is_none(desk: Unlocked, kept: object) -> None:
    choose(desk, kept)

    assert "" == further_folder(desk)


def test_two_profiles_share_a_folder(desk: Unlocked, stick: Path, tmp_path: Path) -> None:
    another = create_sample(tmp_path / "another")
    with open_store(another):
        pass

    for unlocked in (desk, another):
        for _ in range(KEPT + 1):
            copy_elsewhere(unlocked, stick)

    assert [KEPT, KEPT] == [len(copies_elsewhere(each.profile, stick)) for each in (desk, another)]
