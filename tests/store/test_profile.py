import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import keyring.errors
import pytest

from app.kernel.errors import Trouble, UserError
from app.store.profile import (
    Profile,
    Unlocked,
    create_profile,
    create_sample,
    default_folder,
    hold,
    holder_pid,
    read_keys,
    remove_slots,
    renew_recovery,
    set_passphrase,
    unlock,
)
from app.store.slots import Cost, SlotKind

CHEAP = Cost(time=1, memory=64, lanes=1)
WORDS = "four short plain words"


class MemoryRing(keyring.backend.KeyringBackend):
    """A key store in memory; its module name makes it one of the system's."""

    priority = 0
    viable = False  # keyring registers every subclass; only set_keyring may choose this one
    __module__ = "keyring.backends.SecretService"

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring gives it no types
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


@pytest.fixture
def ring() -> Iterator[MemoryRing]:
    before, ours = keyring.get_keyring(), MemoryRing()
    keyring.set_keyring(ours)
    yield ours
    keyring.set_keyring(before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def made(folder: Path, passphrase: str = WORDS) -> tuple[Unlocked, str]:
    new = create_profile(folder, passphrase=passphrase, cost=CHEAP)
    return new.unlocked, new.recovery


def trouble_of(run: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        run()
    return caught.value


def test_a_profile_opens_by_its_passphrase_and_by_its_recovery_key(folder: Path) -> None:
    new, recovery = made(folder)

    assert new == unlock(new.profile, passphrase=WORDS)
    assert new == unlock(new.profile, recovery=f"  {recovery.lower()}\n")


def test_a_wrong_passphrase_is_refused_with_a_sentence_at_its_field(folder: Path) -> None:
    new, _ = made(folder)

    wrong = trouble_of(lambda: unlock(new.profile, passphrase="another passphrase"))

    assert (Trouble.WRONG_KEY, "passphrase") == (wrong.kind, wrong.field)
    assert "passphrase does not open" in wrong.message.msgid


@pytest.mark.parametrize("typed", ["no key at all", "AGE-SECRET-KEY-1QQQQ"])
def test_a_wrong_recovery_key_is_refused(folder: Path, typed: str) -> None:
    new, _ = made(folder)
    _, of_another = made(folder.with_name("other"))

    assert Trouble.WRONG_KEY == trouble_of(lambda: unlock(new.profile, recovery=typed)).kind
    assert Trouble.WRONG_KEY == trouble_of(lambda: unlock(new.profile, recovery=of_another)).kind


def test_the_key_stands_in_no_file_and_others_may_not_look(folder: Path) -> None:
    new, recovery = made(folder)
    needles = (new.key, new.key.hex().encode(), recovery.encode(), WORDS.encode())

    written = [path for path in folder.rglob("*") if path.is_file()]

    assert [] == [path for path in written if any(needle in path.read_bytes() for needle in needles)]
    assert {0o700} == {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir()) if path.is_dir()}
    assert 0o600 == stat.S_IMODE(new.profile.keys.stat().st_mode)
    assert new.key.hex() not in repr(new)


def test_without_a_key_store_a_passphrase_is_mandatory(folder: Path) -> None:
    needed = trouble_of(lambda: create_profile(folder))

    assert (Trouble.BAD_INPUT, "passphrase") == (needed.kind, needed.field)
    assert not folder.exists()


def test_a_short_passphrase_is_refused(folder: Path) -> None:
    assert "passphrase" == trouble_of(lambda: made(folder, "short")).field


def test_a_key_store_opens_the_profile_without_a_question(folder: Path, ring: MemoryRing) -> None:
    new = create_profile(folder).unlocked

    assert new == unlock(new.profile)
    ring.kept.clear()
    assert Trouble.WRONG_KEY == trouble_of(lambda: unlock(new.profile)).kind


def test_a_key_store_plug_in_that_is_not_the_systems_is_not_used(folder: Path, ring: MemoryRing) -> None:
    keyring.set_keyring(type("Plain", (MemoryRing,), {"__module__": "keyrings.alt.file"})())

    assert "passphrase" == trouble_of(lambda: create_profile(folder)).field


def test_a_key_store_that_forgets_or_refuses_is_as_none(
    folder: Path, ring: MemoryRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_words: str) -> None:
        raise keyring.errors.KeyringLocked

    new = create_profile(folder).unlocked
    monkeypatch.setattr(ring, "get_password", lambda _service, _username: None)
    assert "passphrase" == trouble_of(lambda: create_profile(folder.with_name("b"))).field
    monkeypatch.setattr(ring, "get_password", refuses)

    assert Trouble.WRONG_KEY == trouble_of(lambda: unlock(new.profile)).kind


def test_removing_the_key_store_slot_forgets_its_secret(folder: Path, ring: MemoryRing) -> None:
    new = create_profile(folder, passphrase=WORDS, cost=CHEAP).unlocked

    remove_slots(new, SlotKind.KEY_STORE)

    assert {} == ring.kept
    assert new == unlock(new.profile, passphrase=WORDS)


@pytest.mark.parametrize(
    "change",
    [
        lambda keys: keys.update(sample=True),
        lambda keys: keys.update(device="0" * 32),
        lambda keys: keys["slots"].pop(),
        lambda keys: keys["slots"][0].update(extra="x"),
        lambda keys: keys["slots"][0].update(memory=1 << 40),
        lambda keys: keys["slots"][0].update(salt="no hex"),
        lambda keys: keys["slots"][0].update(kind="plain"),
        lambda keys: keys.update(profile=7),
        lambda keys: keys.update(slots=3),
        lambda keys: keys.pop("code"),
    ],
)
def test_a_changed_key_file_is_refused(folder: Path, change: Any) -> None:
    new, _ = made(folder)
    keys = json.loads(new.profile.keys.read_bytes())

    change(keys)
    new.profile.keys.write_text(json.dumps(keys))

    assert Trouble.DAMAGED == trouble_of(lambda: unlock(new.profile, passphrase=WORDS)).kind


def test_a_key_file_of_a_later_program_is_refused_as_too_new(folder: Path) -> None:
    new, _ = made(folder)

    new.profile.keys.write_text(new.profile.keys.read_text().replace('"version": 1', '"version": 2'))

    assert Trouble.TOO_NEW == trouble_of(lambda: unlock(new.profile, passphrase=WORDS)).kind


def test_a_changed_passphrase_opens_and_the_old_one_does_not(folder: Path) -> None:
    new, recovery = made(folder)

    set_passphrase(new, "another four plain words", cost=CHEAP)

    assert new == unlock(new.profile, passphrase="another four plain words")
    assert new == unlock(new.profile, recovery=recovery)
    assert Trouble.WRONG_KEY == trouble_of(lambda: unlock(new.profile, passphrase=WORDS)).kind


def test_a_renewed_recovery_key_replaces_the_printed_one(folder: Path) -> None:
    new, old = made(folder)

    fresh = renew_recovery(new)

    assert new == unlock(new.profile, recovery=fresh)
    assert Trouble.WRONG_KEY == trouble_of(lambda: unlock(new.profile, recovery=old)).kind


def test_the_last_slot_stays(folder: Path) -> None:
    new, _ = made(folder)
    remove_slots(new, SlotKind.RECOVERY)

    assert Trouble.BAD_INPUT == trouble_of(lambda: remove_slots(new, SlotKind.PASSPHRASE)).kind
    assert 1 == len(read_keys(new.profile).slots)


def test_a_sample_opens_by_itself_and_a_real_profile_never_by_the_published_words(folder: Path) -> None:
    sample = create_sample(folder)
    real, _ = made(folder.with_name("real"))

    assert sample == unlock(sample.profile)
    assert sample.sample
    assert Trouble.WRONG_KEY == trouble_of(lambda: unlock(real.profile)).kind


def test_a_second_profile_is_not_made_over_the_first(folder: Path) -> None:
    made(folder)

    assert Trouble.BAD_INPUT == trouble_of(lambda: made(folder)).kind


def test_a_folder_without_a_profile_says_so(folder: Path) -> None:
    assert Trouble.MISSING == trouble_of(lambda: unlock(Profile(folder))).kind


def test_the_sample_stands_beside_the_users_own_profile() -> None:
    assert default_folder().parent == default_folder(sample=True).parent


def test_one_process_holds_a_profile_and_a_killed_one_locks_nobody_out(folder: Path) -> None:
    new, _ = made(folder)
    code = (
        "import sys, pathlib; from app.store.profile import Profile, hold\n"
        "with hold(Profile(pathlib.Path(sys.argv[1]))): print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout and other.stdin
    other.stdout.readline()

    with pytest.raises(UserError) as locked, hold(new.profile):
        pass
    shown = holder_pid(new.profile)
    other.kill()
    other.communicate()

    assert (Trouble.LOCKED, other.pid) == (locked.value.kind, shown)
    with hold(new.profile):
        assert 0 < holder_pid(new.profile)
    assert 0 == holder_pid(new.profile)
