"""How the connection stands: the gravest thing first."""

import pytest

from app.sync.rules import WRONG_CLOCK_MS, Facts, Standing, clock_is_wrong, standing


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(False, "", 0, 0), Standing.NOT_SET_UP),
        (Facts(False, "offline", 3, 1), Standing.NOT_SET_UP),
        (Facts(True, "offline", 3, 1), Standing.OFFLINE),
        (Facts(True, "not_the_hub", 3, 1), Standing.STUCK),
        (Facts(True, "", 3, 1), Standing.TO_DECIDE),
        (Facts(True, "", 3, 1, 130_000), Standing.TO_DECIDE),
        (Facts(True, "", 3, 0, 130_000), Standing.CLOCK),
        (Facts(True, "", 0, 0, -130_000), Standing.CLOCK),
        (Facts(True, "", 3, 0, 110_000), Standing.WAITING),
        (Facts(True, "", 0, 0), Standing.SENT),
    ],
)
def test_standing_is_the_gravest_thing(facts: Facts, expected: Standing) -> None:
    assert expected is standing(facts)


@pytest.mark.parametrize(("error", "wrong"), [(0, False), (WRONG_CLOCK_MS, False), (WRONG_CLOCK_MS + 1, True)])
def test_clock_is_wrong_beyond_two_minutes_to_either_side(error: int, wrong: bool) -> None:
    assert [wrong, wrong] == [clock_is_wrong(error), clock_is_wrong(-error)]
