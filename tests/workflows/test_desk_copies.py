from pathlib import Path

import pytest

from app.kernel.errors import Trouble, UserError
from app.language.speaking import speak
from app.store.opening import open_store
from app.store.profile import Unlocked, create_sample
from app.workflows.desk_copies import DeskCopies


@pytest.fixture
def desk(tmp_path: Path) -> Unlocked:
    unlocked = create_sample(tmp_path / "desk")
    with open_store(unlocked):
        pass
    return unlocked


def test_what_is_there_is_counted_with_the_newest(desk: Unlocked) -> None:
    copies, heard = DeskCopies(desk), []
    before = copies.look("")

    taken = copies.take("", progress=lambda done, of: heard.append((done, of)))

    seen = copies.look("")
    assert (0, 0, None) == (before.count, before.newest_at, before.elsewhere)
    assert (1, taken.at, str(desk.profile.backups)) == (seen.count, seen.newest_at, seen.folder)
    assert heard and heard[-1][0] == heard[-1][1]


def test_a_further_folder_gets_one_too(desk: Unlocked, tmp_path: Path) -> None:
    copies = DeskCopies(desk)
    (tmp_path / "stick").mkdir()
    folder = copies.check(str(tmp_path / "stick"))

    taken = copies.take(folder, progress=lambda done, of: None)

    seen = copies.look(folder).elsewhere
    assert taken.trouble is None
    assert seen is not None and (True, 1) == (seen.there, seen.count) and seen.newest_at >= taken.at


def test_a_further_folder_that_is_away_does_not_spoil_the_copy_on_this_computer(desk: Unlocked, tmp_path: Path) -> None:
    copies = DeskCopies(desk)

    taken = copies.take(str(tmp_path / "away"), progress=lambda done, of: None)

    assert taken.trouble is not None
    assert speak(taken.trouble.message, "en").startswith("The folder for further copies is not there now.")
    seen = copies.look(str(tmp_path / "away"))
    assert 1 == seen.count
    assert seen.elsewhere is not None and not seen.elsewhere.there


def test_a_folder_is_refused_that_is_missing_or_the_desks_own_or_takes_nothing(
    desk: Unlocked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = DeskCopies(desk)
    (tmp_path / "full").mkdir()
    told = []
    for folder in (tmp_path / "away", desk.profile.backups):
        with pytest.raises(UserError) as caught:
            copies.check(str(folder))
        told.append((caught.value.kind, caught.value.field))

    def full(*_: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UserError) as caught:
        copies.check(str(tmp_path / "full"))

    told.append((caught.value.kind, caught.value.field))
    assert [(Trouble.MISSING, "folder"), (Trouble.BAD_INPUT, "folder"), (Trouble.DISK, "folder")] == told
    assert "" == copies.check("  ")
