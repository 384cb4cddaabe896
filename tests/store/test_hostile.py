"""Key files, archives and folders that somebody changed, and clocks that ran ahead: told, never believed."""

import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.commands.calling import Exit
from app.customers.actions import add_customer
from app.customers.queries import find_customers
from app.customers.rules import CustomerDraft
from app.kernel import ids
from app.kernel.damage import DamagedError, Harm
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import DAY, SECOND, now
from app.store import slots
from app.store.archive import restore_archive, write_archive
from app.store.backups import back_up, back_up_when_due
from app.store.files import Files
from app.store.keyfile import KeyFile
from app.store.opening import open_store
from app.store.profile import SAMPLE_PASSPHRASE, Profile, Unlocked, create_profile, create_sample, read_keys, unlock
from app.store.restore import restore_copy
from app.store.slots import Cost
from tests import lacking
from tests.noise import Announce
from tests.store.sample import ANN, SampleMove, SampleNote
from tests.store.test_work import save
from tests.stores import EVERYTHING

ROOT = Path(__file__).parents[2]
CHEAP = Cost(time=1, memory=64, lanes=1)
WORDS = "four short plain words"
YEARS = 40 * 365 * DAY
Change = Callable[[dict[str, Any]], Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A profile with a passphrase, and its recovery key."""
    folder = tmp_path_factory.mktemp("made") / "own"
    return folder, create_profile(folder, passphrase=WORDS, key_store=False, cost=CHEAP).recovery


def changed(made: tuple[Path, str], tmp_path: Path, change: Change) -> Profile:
    """A copy of the profile whose key file was changed; a change may return the whole text."""
    shutil.copytree(made[0], tmp_path / "changed")
    profile = Profile(tmp_path / "changed")
    said = json.loads(profile.keys.read_bytes())
    text = change(said)
    profile.keys.write_text(text if isinstance(text, str) else json.dumps(said))
    return profile


CHANGES: dict[str, Change] = {
    "memory and lanes that do not go together": lambda said: said["slots"][0].update(memory=1, lanes=8),
    "a short salt": lambda said: said["slots"][0].update(salt="ab"),
    "no passes": lambda said: said["slots"][0].update(time=0),
    "gigabytes of memory": lambda said: said["slots"][0].update(memory=1 << 22),
    "hours of passes": lambda said: said["slots"][0].update(time=1 << 30),
    "a wrapping of another length": lambda said: said["slots"][0].update(wrapped="ab"),
    "a nest without an end": lambda said: "[" * 60_000,
    "a huge file": lambda said: json.dumps(said) + " " * (1 << 20),
    "called a sample": lambda said: said.update(sample=True),
    "another device": lambda said: said.update(device="0" * 32),
    "a code that is no text": lambda said: said.update(code="é"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_key_file_is_called_damaged(made: tuple[Path, str], tmp_path: Path, name: str) -> None:
    profile = changed(made, tmp_path, CHANGES[name])

    with pytest.raises(UserError) as refused:
        unlock(profile, passphrase=WORDS)

    assert Trouble.DAMAGED == refused.value.kind


def test_slots_of_another_profile_with_the_same_passphrase_open_nothing(made: tuple[Path, str], tmp_path: Path) -> None:
    other = create_profile(tmp_path / "other", passphrase=WORDS, key_store=False, cost=CHEAP)
    theirs = json.loads(other.unlocked.profile.keys.read_bytes())
    profile = changed(made, tmp_path, lambda said: said.update(slots=theirs["slots"], code=theirs["code"]))

    with pytest.raises(UserError) as by_passphrase:
        unlock(profile, passphrase=WORDS)
    with pytest.raises(UserError) as by_recovery:
        unlock(profile, recovery=other.recovery)

    assert [Trouble.WRONG_KEY, Trouble.DAMAGED] == [by_passphrase.value.kind, by_recovery.value.kind]


def test_a_thousand_forged_slots_cost_no_more_than_a_few(made: tuple[Path, str], tmp_path: Path) -> None:
    profile = changed(made, tmp_path, lambda said: said.update(slots=[said["slots"][0] | {"salt": "00" * 16}] * 100))
    tried: list[int] = []

    def stretched(*_: object) -> bytes:
        tried.append(1)
        return bytes(32)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slots, "_stretched", stretched)
        with pytest.raises(UserError):
            unlock(profile, passphrase=WORDS)

    assert slots.MOST_SLOTS == len(tried)


@pytest.mark.parametrize("typed", ["\ud800" + WORDS, "\0" + WORDS, "‮" + WORDS])
def test_any_passphrase_that_can_be_typed_opens_what_it_closed(tmp_path: Path, typed: str) -> None:
    create_profile(tmp_path / "own", passphrase=typed, key_store=False, cost=CHEAP)

    assert unlock(Profile(tmp_path / "own"), passphrase=typed).device


@pytest.mark.parametrize("member", ["manifest.json", "keys.json"])
def test_an_archive_whose_json_never_ends_is_damaged(desk: Unlocked, tmp_path: Path, member: str) -> None:
    members = {"keys.json": desk.profile.keys.read_text(), "manifest.json": "{}", "store.db": "x"}
    with zipfile.ZipFile(tmp_path / "deep", "w") as archive:
        for name, text in (members | {member: "[" * 60_000}).items():
            archive.writestr(name, text)

    with pytest.raises(UserError) as refused:
        restore_archive(Profile(tmp_path / "new"), tmp_path / "deep")

    assert Trouble.DAMAGED == refused.value.kind
    assert not (tmp_path / "new").exists()


def test_an_archive_under_the_name_of_this_profile_and_another_key_replaces_nothing(tmp_path: Path) -> None:
    own = create_profile(tmp_path / "own", passphrase=WORDS, key_store=False, cost=CHEAP).unlocked
    with open_store(own) as store:
        store.write(EVERYTHING, add_customer, (CustomerDraft("Ann"),))
    forged = create_sample(tmp_path / "forged")
    with open_store(forged):
        pass
    name = read_keys(own.profile).profile
    slot = slots.passphrase_slot(forged.key, SAMPLE_PASSPHRASE, name, cost=CHEAP)
    KeyFile(name, own.device, True, (slot,)).sealed(forged.key).write(forged.profile.keys)
    archive = write_archive(unlock(forged.profile), tmp_path / "all.aftercare-backup").path

    with pytest.raises(UserError) as refused:
        restore_archive(own.profile, archive)

    assert ("profile", Trouble.BAD_INPUT) == (refused.value.field, refused.value.kind)
    with open_store(own) as store:
        assert 1 == len(store.read(find_customers, ("Ann",)))


def litter(folder: Path, secret: Path) -> None:
    """What a killed restore, a file manager and a curious hand leave among the blobs."""
    (folder / "ab").mkdir()
    (folder / "ab" / ("a" * 64 + ".part")).write_bytes(b"half")
    (folder / "ab" / ".DS_Store").write_bytes(b"the system's own")
    (folder / "ab" / ("b" * 64)).symlink_to(secret)
    (folder / "ab" / ("c" * 64)).mkdir()


def test_a_backup_takes_blobs_alone_and_follows_no_link(desk: Unlocked, tmp_path: Path) -> None:
    (tmp_path / "letter").write_bytes(b"in plain, from elsewhere")
    litter(desk.profile.files, tmp_path / "letter")
    Files(desk.profile.files, desk.key).keep(b"receipt")
    with open_store(desk):
        pass

    archive = write_archive(desk, tmp_path / "all.aftercare-backup")

    assert 1 == archive.files
    assert b"in plain" not in archive.path.read_bytes()
    assert not list(desk.profile.files.glob("*/*.part"))


def test_a_file_that_is_given_again_replaces_its_damaged_copy(desk: Unlocked) -> None:
    files = Files(desk.profile.files, desk.key)
    sha256 = files.keep(b"photograph")
    files.path_of(sha256).write_bytes(b"rubbish")

    files.keep(b"photograph")

    assert b"photograph" == files.read(sha256)


def test_two_blobs_that_changed_names_are_damage(desk: Unlocked) -> None:
    files = Files(desk.profile.files, desk.key)
    one, other = (files.path_of(files.keep(data)) for data in (b"one", b"other"))
    whole = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(whole)

    assert (2, sorted([one.name, other.name])) == files.damaged()


def test_the_store_of_an_earlier_life_put_back_by_hand_is_told_by_what_it_lacks(
    desk: Unlocked, announce: Announce
) -> None:
    announce("store ends early")
    with open_store(desk) as store:
        store.write(ANN, save, (), {})
    restored = restore_copy(desk, back_up(desk).path)
    with open_store(desk) as store:
        store.write(ANN, save, (), {})
    for path in desk.profile.folder.glob("store.db*"):
        path.unlink()
    shutil.copy(Path(restored.aside) / "store.db", desk.profile.store)

    with pytest.raises(DamagedError) as told, open_store(desk):
        pass

    assert Harm.ENDS_EARLY == told.value.damage.harm


def test_a_restore_that_died_before_its_store_stood_leaves_the_old_one_whole(
    desk: Unlocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(desk) as store:
        store.write(ANN, save, (), {})
    copy = back_up(desk).path
    monkeypatch.setattr("app.store.restore.set_aside", lambda _: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        restore_copy(desk, copy)

    with open_store(desk) as store:
        assert 1 == store.read(lambda session: session.query(SampleNote).count())


def test_edits_after_a_clock_that_ran_ahead_are_still_the_later_ones(
    desk: Unlocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.time_ns
    monkeypatch.setattr(ids, "_last", ids._last)  # they grow within a process: the other tests are of this century
    monkeypatch.setattr(time, "time_ns", lambda: real() + YEARS * 1000)
    with open_store(desk) as store:
        store.write(ANN, save, (), {})
    monkeypatch.setattr(time, "time_ns", real)
    with open_store(desk) as store:
        store.write(ANN, save, (), {})

        said = store.read(lambda session: session.connection().exec_driver_sql("SELECT body FROM op ORDER BY n").all())

    stamps = [json.loads(body)["hlc"] for (body,) in said]
    assert sorted(stamps) == stamps
    assert stamps[0] < stamps[-1]


def test_a_backup_of_a_clock_that_ran_ahead_does_not_put_off_the_next_for_years(
    desk: Unlocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.time_ns
    monkeypatch.setattr(ids, "_last", ids._last)
    with open_store(desk) as store:
        store.write(ANN, save, (), {})
    monkeypatch.setattr(time, "time_ns", lambda: real() + YEARS * 1000)
    back_up(desk)
    monkeypatch.setattr(time, "time_ns", real)
    with open_store(desk) as store:
        store.write(ANN, save, (), {})

    assert back_up_when_due(desk, now() + SECOND) is not None


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_a_profile_that_can_only_be_read_is_called_so(desk: Unlocked) -> None:
    (desk.profile.folder / "lock").unlink(missing_ok=True)
    desk.profile.store.chmod(0o444)
    desk.profile.folder.chmod(0o500)
    bare = [lacking.tool("setpriv"), "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    words = [sys.executable, "main.py", "--profile", str(desk.profile.folder)]

    told = [
        subprocess.run([*bare, *words, *command], cwd=ROOT, capture_output=True, text=True).returncode
        for command in (["status"], ["doctor"], ["backup"], ["restore", "--as-it-is"])
    ]

    desk.profile.folder.chmod(0o700)
    assert [Exit.DISK] * 4 == told


@pytest.mark.parametrize("name", ["with a blank", "مجلد", "工具 🧰", "per%cent%s", "quo'te\"", "q?x=1#y"])
def test_a_profile_may_lie_on_any_path(tmp_path: Path, name: str) -> None:
    own = create_sample(tmp_path / name)
    with open_store(own) as store:
        store.write(EVERYTHING, add_customer, (CustomerDraft("Ann"),))
    archive = write_archive(own, tmp_path / f"{name}.aftercare-backup").path

    restored = restore_archive(Profile(tmp_path / f"{name} again"), archive)

    assert 1 == restored.operations


def test_half_characters_and_controls_are_kept_as_signs_that_everything_can_take(desk: Unlocked) -> None:
    def write(work: Any) -> str:
        note = SampleNote(number="1", title="cut \ud83d", note="nul \0 escape \x1b[31m", created_at=1)
        work.session.add(note)
        return str(work.add_event(SampleMove, "P", "used", {"quantity": 1}).id)

    with open_store(desk) as store:
        store.write(ANN, write)
        note = store.read(lambda session: session.query(SampleNote).one())

    assert ("cut \ufffd", "nul   escape  [31m") == (note.title, note.note)


QUERIES = [
    '"',
    'a" OR b',
    "NEAR(a b)",
    "*",
    "a:b",
    "{a b}",
    "-a",
    "%",
    "_",
    "\\",
    "a\0b",
    "\ud800",
    "'); DROP TABLE op;--",
]


@pytest.mark.parametrize("query", [*QUERIES, "x" * 100_000, '"' * 5_000, "a " * 5_000])
def test_whatever_is_searched_for_is_words_and_never_an_expression(desk: Unlocked, query: str) -> None:
    with open_store(desk) as store:
        store.write(EVERYTHING, add_customer, (CustomerDraft("Pump Works"),))

        found = store.read(find_customers, (query,))
        whole = store.read(find_customers, ("pump",))

    assert [] == [each.name for each in found]
    assert ["Pump Works"] == [each.name for each in whole]
