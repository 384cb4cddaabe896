"""The note of a first start: it is there before the key file, and a profile that was not made leaves nothing."""

from pathlib import Path
from typing import Any

import keyring
import pytest

from app.kernel.beginnings import Beginning, Step
from app.kernel.errors import Trouble, UserError
from app.store import beginning
from app.store.beginning import begin_profile, end_beginning, note_beginning, read_beginning
from app.store.profile import Profile, create_profile
from app.store.slots import has_key_store
from tests.conftest import MemoryKeyring
from tests.store.test_profile import MemoryRing

WORDS = "four words of mine"
BEGUN = Beginning(Step.RECOVERY, "ar", with_code=True)


def test_note_is_there_before_the_key_file_and_gone_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profile, seen = Profile(tmp_path / "desk"), list[tuple[Beginning | None, bool]]()

    def looked(*args: Any, **named: Any) -> Any:
        seen.append((read_beginning(profile), profile.exists()))
        return create_profile(*args, **named)

    monkeypatch.setattr(beginning, "create_profile", looked)

    begin_profile(profile.folder, BEGUN, passphrase=WORDS, key_store=False)

    assert [(BEGUN, False)] == seen
    note_beginning(profile, Beginning(Step.PEOPLE, "ar"))
    assert Beginning(Step.PEOPLE, "ar") == read_beginning(profile)
    end_beginning(profile)
    end_beginning(profile)
    assert read_beginning(profile) is None


def test_profile_that_is_there_already_is_not_made_to_begin_again(tmp_path: Path) -> None:
    create_profile(tmp_path / "desk", passphrase=WORDS, key_store=False)

    with pytest.raises(UserError) as told:
        begin_profile(tmp_path / "desk", BEGUN, passphrase=WORDS)

    assert Trouble.BAD_INPUT is told.value.kind
    assert read_beginning(Profile(tmp_path / "desk")) is None


def test_key_store_keeps_no_secret_of_a_profile_that_was_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = MemoryRing()
    keyring.set_keyring(ring)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("app.store.keyfile.replace_file", full)
        with pytest.raises(UserError) as told:
            begin_profile(tmp_path / "desk", BEGUN, passphrase=WORDS)
    assert (Trouble.DISK, {}) == (told.value.kind, ring.kept)

    begin_profile(tmp_path / "desk", BEGUN, passphrase=WORDS)
    assert 1 == len(ring.kept)


def test_only_a_key_store_of_the_system_is_offered(key_store: MemoryKeyring) -> None:
    assert not has_key_store()  # one of a plug-in

    keyring.set_keyring(MemoryRing())

    assert has_key_store()
