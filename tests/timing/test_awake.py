"""Who is awake now: local time, office hours, half-hour zones, the change of the clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.instants import DAY, SECOND, Instant, instant_of, moment_of
from app.timing.awake import OfficeHours, apart, there

WEEKDAYS = (((480, 1020),),) * 5 + ((), ())
SPLIT = (((540, 780), (840, 1080)),) * 5 + ((), ())
YEARS = (2026, 2027)


def at(zone: str, *parts: int) -> Instant:
    return instant_of(datetime(*parts, tzinfo=ZoneInfo(zone)))  # type: ignore[arg-type,misc]


def hours(zone: str, week: tuple[tuple[tuple[int, int], ...], ...] = WEEKDAYS, **more: object) -> OfficeHours:
    return OfficeHours(zone, week, complete_years=YEARS, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "ahead"),
    [
        ((2026, 1, 15), 13), ((2026, 3, 28), 13), ((2026, 3, 29), 12), ((2026, 4, 4), 12), ((2026, 4, 6), 11),
        ((2026, 7, 1), 11), ((2026, 9, 26), 11), ((2026, 9, 28), 12), ((2026, 10, 24), 12), ((2026, 10, 26), 13),
    ],
)  # fmt: skip
def test_lisbon_and_auckland_are_twelve_hours_apart_for_some_weeks_only(day: tuple[int, int, int], ahead: int) -> None:
    assert ahead * 60 == apart(at("Europe/Lisbon", *day, 12), "Europe/Lisbon", "Pacific/Auckland")


def test_half_hour_zone_opens_on_its_own_half_hour() -> None:
    kolkata = hours("Asia/Kolkata")

    before, after = there(at("UTC", 2026, 11, 24, 2, 29), kolkata), there(at("UTC", 2026, 11, 24, 2, 30), kolkata)

    assert (False, True) == (before.open, after.open)
    assert (7, 59) == (before.local.hour, before.local.minute)
    assert 330 == apart(at("UTC", 2026, 11, 24), "UTC", "Asia/Kolkata")


def test_office_opens_at_eight_on_the_wall_also_after_the_clock_was_changed() -> None:
    auckland = hours("Pacific/Auckland")
    friday = at("Pacific/Auckland", 2026, 4, 3, 18)  # the clock goes back on Sunday the 5th

    seen = there(friday, auckland)

    assert seen.changes_at is not None
    assert (6, 8) == ((opens := moment_of(seen.changes_at, "Pacific/Auckland")).day, opens.hour)
    assert not seen.open


def test_noon_break_weekend_and_night_are_told_apart() -> None:
    lisbon = hours("Europe/Lisbon", SPLIT)

    assert there(at("Europe/Lisbon", 2026, 11, 24, 12, 59), lisbon).open
    assert not there(at("Europe/Lisbon", 2026, 11, 24, 13, 0), lisbon).open
    assert not there(at("Europe/Lisbon", 2026, 11, 28, 10), lisbon).open
    assert [False, True, True, False] == [
        there(at("Europe/Lisbon", 2026, 11, 24, hour), lisbon).night for hour in (21, 22, 6, 7)
    ]


def test_holidays_half_days_closings_and_make_up_days() -> None:
    days = hours(
        "Asia/Shanghai", off=frozenset({date(2026, 2, 17)}), half=frozenset({date(2026, 2, 16)}),
        extra=frozenset({date(2026, 2, 14)}), closed=((date(2026, 12, 22), date(2027, 1, 10)),),
    )  # fmt: skip

    def is_open(*parts: int) -> bool:
        return there(at("Asia/Shanghai", *parts), days).open

    assert not is_open(2026, 2, 17, 10)
    assert (True, False) == (is_open(2026, 2, 16, 11), is_open(2026, 2, 16, 13))
    assert (True, False) == (is_open(2026, 2, 14, 10), is_open(2026, 2, 15, 10))
    assert not is_open(2026, 12, 28, 10)
    reopens = there(at("Asia/Shanghai", 2026, 12, 28, 10), days).changes_at
    assert reopens is not None and (2027, 1, 11, 8) == moment_of(reopens, "Asia/Shanghai").timetuple()[:4]


def test_year_whose_holidays_nobody_knows_is_not_sure_and_no_hours_never_open() -> None:
    lisbon = hours("Europe/Lisbon")

    assert (True, False) == (
        there(at("Europe/Lisbon", 2026, 6, 1), lisbon).sure, there(at("Europe/Lisbon", 2030, 6, 1), lisbon).sure,
    )  # fmt: skip
    nobody = there(at("UTC", 2026, 6, 1), OfficeHours("UTC", ((),) * 7))
    assert (False, None) == (nobody.open, nobody.changes_at)


def test_shift_until_midnight_ends_with_the_day() -> None:
    late = hours("Europe/Lisbon", (((840, 1440),),) * 7)

    assert there(at("Europe/Lisbon", 2026, 11, 24, 23, 59), late).open
    assert not there(at("Europe/Lisbon", 2026, 11, 25, 0, 0), late).open


@given(
    st.integers(min_value=1_700_000_000, max_value=1_900_000_000),
    st.sampled_from(["Europe/Lisbon", "Pacific/Auckland", "Asia/Kolkata", "America/Sao_Paulo", "Asia/Kathmandu"]),
)
def test_at_the_next_change_the_office_is_the_other_way_round(second: int, zone: str) -> None:
    now = Instant(second * SECOND)
    seen = there(now, hours(zone, SPLIT))

    assert seen.changes_at is not None and now < seen.changes_at <= now + 5 * DAY
    assert there(seen.changes_at, hours(zone, SPLIT)).open != seen.open
    assert there(Instant(seen.changes_at - 1), hours(zone, SPLIT)).open == seen.open
