import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.readings import scaled, written


@pytest.mark.parametrize(
    ("text", "decimals", "value"),
    [
        ("1.78", 2, 178), ("1,78", 2, 178), ("١٫٧٨", 2, 178), ("１．７８", 2, 178), (" 1.8 ", 2, 180), (".5", 1, 5),
        ("-3", 0, -3), ("\u22123", 0, -3), ("1.780", 2, 178), ("1.785", 2, None), ("", 1, None), ("-", 1, None),
        (".", 1, None), ("1.2.3", 2, None), ("1e5", 0, None), ("nan", 0, None), ("12 bar", 0, None),
        ("9" * 30, 0, None),
    ],
)  # fmt: skip
def test_a_reading_is_a_scaled_integer_or_nothing(text: str, decimals: int, value: int | None) -> None:
    assert value == scaled(text, decimals)


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_what_is_written_is_read_back(value: int, decimals: int) -> None:
    kept = value % 10**9

    assert kept == scaled(written(kept, decimals), decimals)
    assert -kept == scaled(written(-kept, decimals), decimals)
