"""How hard a passphrase is to guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.passphrases import LEAST, Strength, strength_of


@pytest.mark.parametrize(
    ("passphrase", "strength"),
    [
        ("", Strength.SHORT), ("ninechars", Strength.SHORT), ("aaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("12345678901234567890", Strength.WEAK), ("qwertyuiopasdfghjkl", Strength.WEAK),
        ("averdell2026", Strength.WEAK), ("Passwordpassword1", Strength.WEAK), ("abababababababab", Strength.WEAK),
        ("four words of mine", Strength.FAIR), ("kx92hfa83kd", Strength.FAIR),
        ("correct horse battery staple", Strength.GOOD), ("moinho verde azul grande", Strength.GOOD),
        ("abcdefghijklmnop", Strength.WEAK), ("3141592653", Strength.WEAK), ("aa bb aa bb aa bb", Strength.WEAK),
        ("correct horse", Strength.FAIR), ("plain words plain words plain words", Strength.WEAK),
        ("four short plain words", Strength.GOOD), ("mühle läuft über nacht", Strength.GOOD),
        ("kT7#qv9LwZp2!mXs4Rb8", Strength.GOOD),
    ],
)  # fmt: skip
def test_strength_is_that_of_what_cannot_be_foreseen(passphrase: str, strength: Strength) -> None:
    assert strength is strength_of(passphrase)


@given(st.text(max_size=80))
def test_any_text_has_a_strength_and_only_a_short_one_is_refused(passphrase: str) -> None:
    assert (strength_of(passphrase) is Strength.SHORT) == (len(passphrase) < LEAST)
