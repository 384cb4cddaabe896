"""Facts under lock: for whom they are, in the place they were locked in, and for nobody and nowhere else."""

import base64
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.store import locking
from app.store.slots import Cost

CHEAP = Cost(1, 8, 1)
WORDS = "four words of mine"
PLACE = ("case", "health")


def person(name: str = "rita", words: str = WORDS) -> tuple[str, str]:
    """A person's public and private key."""
    recipient, slot = locking.new_identity(words, name, cost=CHEAP)
    identity = locking.identity_of(slot, words, name)
    assert identity is not None
    return recipient, identity


@given(st.text())
@settings(max_examples=40)
def test_whoever_it_is_for_reads_it_and_nobody_else(text: str) -> None:
    rita, rita_key = person()
    lead, lead_key = person("lead")
    _, other_key = person("other")

    locked = locking.lock(text, [rita, lead], place=PLACE)

    assert [text, text, None] == [locking.unlock(locked, key, place=PLACE) for key in (rita_key, lead_key, other_key)]


def test_it_does_not_open_in_another_place_or_changed() -> None:
    recipient, key = person()
    locked = locking.lock("burnt hand", [recipient], place=PLACE)
    flipped = bytearray(base64.b64decode(locked.ct))
    flipped[-1] ^= 1

    changed = [
        replace(locked, kid="0" * 32), replace(locked, ct=base64.b64encode(flipped).decode()), replace(locked, ct="%"),
        replace(locked, ct=""), replace(locked, wrap=b"age?"), replace(locked, wrap=locked.wrap[:-1]),
    ]  # fmt: skip

    assert [None] * 6 == [locking.unlock(each, key, place=PLACE) for each in changed]
    assert locking.unlock(locked, key, place=("other case", "health")) is None
    assert locking.unlock(locked, "no identity", place=PLACE) is None


def test_the_same_key_can_be_wrapped_for_others() -> None:
    rita, rita_key = person()
    late, late_key = person("late")
    locked = locking.lock("burnt hand", [rita], place=PLACE)

    anew = locking.wrap_anew(locked.wrap, rita_key, [late])

    assert anew is not None and locking.wrap_anew(locked.wrap, late_key, [late]) is None
    assert "burnt hand" == locking.unlock(replace(locked, wrap=anew), late_key, place=PLACE)
    assert locking.unlock(replace(locked, wrap=anew), rita_key, place=PLACE) is None


def test_words_are_changed_with_the_old_ones_alone() -> None:
    _, slot = locking.new_identity(WORDS, "rita", cost=CHEAP)

    other = locking.under_other_words(slot, WORDS, "other words of mine", "rita", cost=CHEAP)

    assert locking.under_other_words(slot, "guessed", "x", "rita", cost=CHEAP) is None
    assert other is not None and locking.identity_of(other, WORDS, "rita") is None
    assert locking.identity_of(slot, WORDS, "rita") == locking.identity_of(other, "other words of mine", "rita")
    assert locking.identity_of(slot, WORDS, "tiago") is None


@pytest.mark.parametrize(
    "slot",
    [
        {}, {"time": 1}, {"time": "1", "memory": 8, "lanes": 1, "salt": "00", "wrapped": "00"},
        {"time": 10**9, "memory": 10**9, "lanes": 1, "salt": "00" * 16, "wrapped": "00" * 40},
        {"time": 1, "memory": 8, "lanes": 1, "salt": "zz", "wrapped": "00" * 40},
        {"time": 1, "memory": 8, "lanes": 1, "salt": "00" * 16, "wrapped": ""},
        {"time": 1, "memory": 1, "lanes": 4, "salt": "", "wrapped": "no"},
    ],
)  # fmt: skip
def test_a_slot_from_anywhere_opens_nothing_and_costs_nothing(slot: dict[str, object]) -> None:
    assert locking.identity_of(slot, WORDS, "rita") is None


@pytest.mark.parametrize("text", ["", "age1", "AGE-SECRET-KEY-1", "ssh-ed25519 AAAA", "age1" + "q" * 58])
def test_what_is_no_public_key_is_none(text: str) -> None:
    assert not locking.is_recipient(text)
