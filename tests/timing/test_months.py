from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.timing.months import add_months, add_term, production_day


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 6, 11), 24, date(2028, 6, 11)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_a_term_ends_on_the_same_day_or_the_last_of_a_shorter_month(start: date, months: int, expected: date) -> None:
    assert expected == add_months(start, months)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 120), st.integers(0, 120))
def test_a_longer_term_never_ends_earlier(start: date, shorter: int, more: int) -> None:
    assert add_months(start, shorter) <= add_months(start, shorter + more)


def test_days_are_added_after_months() -> None:
    assert date(2026, 3, 1) == add_term(date(2026, 1, 31), months=1, days=1)


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        ("2617", date(2026, 4, 20)),
        ("2653", date(2026, 12, 28)),
        ("2553", None),
        ("2600", None),
        ("26", None),
        ("", None),
    ],
)
def test_a_production_week_is_its_monday_when_there_is_such_a_week(week: str, expected: date | None) -> None:
    assert expected == production_day(week)
