from datetime import date

import pytest

from app.kernel.instants import Instant
from app.language import formats
from app.language.isolates import LRI, PDI

WINTER = Instant(1_795_262_700_000_000)  # 2026-11-21 12:05 UTC
SUMMER = Instant(1_782_043_500_000_000)  # 2026-06-21 12:05 UTC


@pytest.mark.parametrize(
    ("instant", "zone", "text"),
    [
        (WINTER, "Europe/Copenhagen", "21 Nov 2026, 13:05 (UTC+1)"),
        (SUMMER, "Europe/Copenhagen", "21 Jun 2026, 14:05 (UTC+2)"),
        (SUMMER, "Asia/Kolkata", "21 Jun 2026, 17:35 (UTC+5:30)"),
        (SUMMER, "America/Chicago", "21 Jun 2026, 07:05 (UTC-5)"),
    ],
)
def test_zone_is_shown_as_its_distance_on_that_day(instant: Instant, zone: str, text: str) -> None:
    assert text == formats.moment(instant, zone, "en", show_zone=True)


def test_zone_runs_left_to_right_in_arabic() -> None:
    assert f"({LRI}UTC+3{PDI})" in formats.moment(WINTER, "Asia/Riyadh", "ar", show_zone=True)


def test_a_moment_in_chinese_has_no_comma_and_full_width_brackets() -> None:
    assert "2026年11月21日 20:05（UTC+8）" == formats.moment(WINTER, "Asia/Shanghai", "zh-Hans", show_zone=True)
    assert "6月" == formats.month(date(2026, 6, 11), "zh-Hans")
    assert "¥12.34" == formats.money(1234, "CNY", "zh-Hans")


def test_minus_stays_before_an_arabic_number() -> None:
    assert "\u061c-١٢" == formats.decimal(-12, 0, "ar")


def test_weekday_can_stand_before_the_date() -> None:
    assert "Sat, 21 Nov 2026" == formats.day(date(2026, 11, 21), "en", weekday=True)


@pytest.mark.parametrize(
    ("short", "language", "text"),
    [
        (True, "en", "Sat 21 Nov"),
        (False, "en", "Saturday 21 November"),
        (False, "ar", "السبت، ٢١ نوفمبر"),
        (True, "pt-PT", "sábado, 21/11"),
        (False, "pt-PT", "sábado, 21 de novembro"),
        (True, "zh-Hans", "11月21日周六"),
    ],
)
def test_a_day_near_today_is_named_without_its_year(short: bool, language: str, text: str) -> None:
    assert text == formats.named_day(date(2026, 11, 21), language, short=short)


@pytest.mark.parametrize(
    ("currency", "text"), [("JPY", "JP¥1,234"), ("EUR", "€12.34"), ("KWD", "KWD1.234"), ("SAR", "SAR12.34")]
)
def test_money_has_as_many_places_as_its_currency(currency: str, text: str) -> None:
    assert text == formats.money(1234, currency, "en").replace("\xa0", "")


def test_measured_values_keep_their_places() -> None:
    assert "-12.50" == formats.decimal(-1250, 2, "en")
    assert "١٬٢٣٤٫٥" == formats.decimal(12345, 1, "ar")
    assert ["0", "999", "1,000", "-1"] == [formats.number(value, "en") for value in (0, 999, 1000, -1)]
