"""The keys of an open profile: who changes one knows one, and no kill leaves a desk that nothing opens."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import keyring
import pytest

from app.kernel.errors import BugError, Trouble, UserError
from app.store.profile import Made, create_profile, create_sample, unlock
from app.store.slots import Cost
from app.workflows.desk_keys import DeskKeys
from tests.store.test_profile import MemoryRing, ring

__all__ = ["ring"]

CHEAP = Cost(time=1, memory=64, lanes=1)
OLD, NEW = "four short plain words", "five other quite plain words"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return create_profile(tmp_path / "desk", passphrase=OLD, key_store=False, cost=CHEAP)


def keys_of(made: Made) -> DeskKeys:
    return DeskKeys(made.unlocked, cost=CHEAP)


def refused(run: Any) -> tuple[Trouble, str]:
    with pytest.raises(UserError) as caught:
        run()
    return caught.value.kind, caught.value.field


def opens(made: Made, **secret: str) -> bool:
    try:
        return unlock(made.unlocked.profile, **secret) == made.unlocked
    except UserError:
        return False


def test_the_new_passphrase_opens_the_desk_and_the_old_one_no_more(made: Made) -> None:
    keys_of(made).change_passphrase(OLD, NEW)

    assert (True, False, True) == (
        opens(made, passphrase=NEW), opens(made, passphrase=OLD), opens(made, recovery=made.recovery),
    )  # fmt: skip


def test_who_forgot_the_passphrase_sets_another_one_with_the_recovery_key(made: Made) -> None:
    keys_of(made).change_passphrase(f" {made.recovery.lower()} ", NEW)

    assert opens(made, passphrase=NEW)


@pytest.mark.parametrize("known", ["", "   ", "not the one at all", "AGE-SECRET-KEY-1QQQQ"])
def test_nothing_changes_for_who_knows_no_key_even_where_the_key_store_opens_the_desk(
    tmp_path: Path, ring: MemoryRing, known: str
) -> None:
    made = create_profile(tmp_path / "desk", passphrase=OLD, cost=CHEAP)
    before, keys = made.unlocked.profile.keys.read_bytes(), keys_of(made)

    for act in (
        lambda: keys.change_passphrase(known, NEW),
        lambda: keys.draw_recovery(known),
        lambda: keys.open_by_itself(known, wanted=False),
    ):
        assert "known" == refused(act)[1]

    assert before == made.unlocked.profile.keys.read_bytes()


def test_a_short_passphrase_is_refused_at_its_own_field(made: Made) -> None:
    assert (Trouble.BAD_INPUT, "passphrase") == refused(lambda: keys_of(made).change_passphrase(OLD, "short"))
    assert opens(made, passphrase=OLD)


def test_a_new_recovery_key_counts_once_it_was_kept_and_not_before(made: Made) -> None:
    keys = keys_of(made)
    fresh = keys.draw_recovery(OLD)
    before = opens(made, recovery=made.recovery), opens(made, recovery=fresh)

    keys.keep_recovery()

    after = opens(made, recovery=made.recovery), opens(made, recovery=fresh)
    assert ((True, False), (False, True)) == (before, after)
    with pytest.raises(BugError):
        keys.keep_recovery()


def test_the_key_store_is_taken_in_and_put_out_again(made: Made, ring: MemoryRing) -> None:
    keys = keys_of(made)
    seen = [keys.ways().by_itself]
    for wanted in (True, False):
        keys.open_by_itself(OLD, wanted=wanted)
        seen.append(keys.ways().by_itself)

    assert [False, True, False] == seen
    assert {} == ring.kept
    assert opens(made, passphrase=OLD)


def test_without_a_key_store_the_desk_says_so_and_stays_as_it_was(made: Made) -> None:
    keyring.set_keyring(type("Plain", (MemoryRing,), {"__module__": "keyrings.alt.file"})())

    assert Trouble.MISSING == refused(lambda: keys_of(made).open_by_itself(OLD, wanted=True))[0]
    assert opens(made, passphrase=OLD)


def test_the_key_store_stays_while_nothing_else_that_people_know_opens_the_desk(
    tmp_path: Path, ring: MemoryRing
) -> None:
    made = create_profile(tmp_path / "desk", cost=CHEAP)
    keys = keys_of(made)

    assert Trouble.BAD_INPUT == refused(lambda: keys.open_by_itself(made.recovery, wanted=False))[0]
    assert keys.ways().by_itself
    keys.change_passphrase(made.recovery, NEW)
    keys.open_by_itself(NEW, wanted=False)
    assert opens(made, passphrase=NEW)


def test_nothing_of_a_sample_is_changed(tmp_path: Path) -> None:
    keys = DeskKeys(create_sample(tmp_path / "sample"))

    assert keys.ways().sample
    assert Trouble.NOT_ALLOWED == refused(lambda: keys.change_passphrase("averdell-demo", NEW))[0]


@pytest.mark.parametrize("broken", ["replace", "fsync", "open"])
def test_a_disk_that_fails_in_the_middle_leaves_the_old_passphrase(
    made: Made, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(5, "the disk went away")

    with monkeypatch.context() as patch:
        patch.setattr(os, broken, fails)
        with pytest.raises(OSError):
            keys_of(made).change_passphrase(OLD, NEW)

    assert opens(made, passphrase=OLD) and opens(made, recovery=made.recovery)


FOR_EVER = """
import os, sys
from pathlib import Path
from app.store.profile import Profile, unlock
from app.store.slots import Cost
from app.workflows.desk_keys import DeskKeys
at, words = 0, sys.argv[2:4]
keys = DeskKeys(unlock(Profile(Path(sys.argv[1])), passphrase=words[0]), cost=Cost(time=1, memory=64, lanes=1))
os.write(1, b"begun\\n")
while True:
    keys.change_passphrase(words[at], words[1 - at])
    at = 1 - at
"""


def test_a_desk_that_is_killed_while_its_passphrase_changes_opens_with_the_old_or_the_new_one(made: Made) -> None:
    for after in (0.0, 0.013, 0.05, 0.111):
        first = OLD if opens(made, passphrase=OLD) else NEW
        words = [str(made.unlocked.profile.folder), first, NEW if first == OLD else OLD]
        child = subprocess.Popen([sys.executable, "-c", FOR_EVER, *words], stdout=subprocess.PIPE, cwd=ROOT)
        assert child.stdout is not None and b"begun\n" == child.stdout.readline()
        time.sleep(after)
        child.kill()
        child.communicate()

        assert [opens(made, passphrase=OLD), opens(made, passphrase=NEW)].count(True) == 1
        assert opens(made, recovery=made.recovery)
