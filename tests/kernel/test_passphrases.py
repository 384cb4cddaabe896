import pytest

from app.kernel.passphrases import Strength, strength_of


@pytest.mark.parametrize(
    ("passphrase", "expected"),
    [
        ("", Strength.SHORT),
        ("ninechars", Strength.SHORT),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("abcdefghijklmnop", Strength.WEAK),
        ("1234567890", Strength.WEAK),
        ("3141592653", Strength.WEAK),
        ("aa bb aa bb aa bb", Strength.WEAK),
        ("correct horse", Strength.FAIR),
        ("four short plain words", Strength.GOOD),
        ("plain words plain words plain words", Strength.FAIR),
        ("mühle läuft über nacht", Strength.GOOD),
        ("kT7#qv9LwZp2!mXs4Rb8", Strength.GOOD),
    ],
)
def test_a_passphrase_is_judged_by_length_variety_and_runs(passphrase: str, expected: Strength) -> None:
    assert expected == strength_of(passphrase)
